"""A story: its articles and the events they report; and all stories, the last told first."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.record import ArticleOf, Story
from dragoman.model.shelf import Articles, Cut, Events, Named
from dragoman.web.desk import Desk
from dragoman.web.pages.cards import Card, cards
from dragoman.web.query import Query

_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """`articles` as they were published, copies among them."""

    id: str
    title: str
    language: str
    first: str | None
    last: str | None
    articles: tuple[ArticleOf, ...]
    events: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in the list; `language` is that of its title."""

    story: Named
    language: str
    first: str | None
    last: str | None
    articles: int
    languages: tuple[str, ...]
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """Stories, the last told first."""

    total: int | None
    stories: tuple[StoryLine, ...]
    after: str | None


def page(desk: Desk, query: Query) -> StoryPage | None:
    """The story of an id."""
    shelf = desk.shelf
    story = shelf.story(query.path["id"])
    if story is None:
        return None
    articles = shelf.articles(Articles(stories=(story.id,), order="oldest"), Cut(limit=_LISTED)).rows
    events = shelf.events(Events(stories=(story.id,), order="oldest"), Cut(limit=_LISTED)).rows
    return StoryPage(
        id=story.id, title=story.title, language=_language(story, articles), first=story.first, last=story.last, articles=articles,
        events=cards(shelf, events, query.language),
    )  # fmt: skip


def _language(story: Story, articles: tuple[ArticleOf, ...]) -> str:
    """That of the article whose title the story bears."""
    return next((one.language for one in articles if one.title == story.title), articles[0].language if articles else "und")


def listed(desk: Desk, query: Query) -> Stories:
    """A page of all stories."""
    found = desk.shelf.stories(query.cut(40))
    lines = []
    known = desk.shelf.heads(article for story in found.rows for article in story.articles)
    for story in found.rows:
        articles = tuple(known[one] for one in story.articles if one in known)
        lines.append(
            StoryLine(
                story=Named(id=story.id, name=story.title, kind="story"), language=_language(story, articles), first=story.first, last=story.last,
                articles=len(story.articles), languages=tuple(sorted({one.language for one in articles})), outlets=len({one.outlet for one in articles}),
            )
        )  # fmt: skip
    return Stories(total=found.total, stories=tuple(lines), after=found.after)
