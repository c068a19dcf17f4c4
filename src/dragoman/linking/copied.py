"""The copies of a record: articles of one origin, by what they are to one another, and the origin each goes back to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dragoman.linking.copies import copy_kind, likeness
from dragoman.linking.given import Given
from dragoman.linking.items import Item
from dragoman.model.record import Copies, CopyKind


def copies_in(given: Given) -> tuple[Copies, ...]:
    """Of each group of copies: those of one language as near-duplicates or excerpts, and all of it as translations where it has several languages."""
    found: list[Copies] = []
    for group in given.groups.get("copy", ()):
        if len(group) > 1:
            items = [given.items[identity] for identity in sorted(group)]
            by_language: dict[str, list[Item]] = defaultdict(list)
            for item in items:
                by_language[_language(given, item)].append(item)
            found.extend(_copies(given, by_language[language]) for language in sorted(by_language) if len(by_language[language]) > 1)
            if len(by_language) > 1:
                found.append(_copies(given, items, "translation"))
    return tuple(sorted(found, key=lambda one: (one.articles, one.kind)))


def _language(given: Given, item: Item) -> str:
    return given.heads[_article(given, item)].language


def _article(given: Given, item: Item) -> str:
    return given.where[item.id][0].article


def _copies(given: Given, items: Sequence[Item], kind: CopyKind | None = None) -> Copies:
    """The items as one entry; its score is the weakest link between two neighbours of them."""
    scores = [likeness(left, right) for left, right in pairwise(items)]
    kinds = [copy_kind(left, right, score) for (left, right), score in zip(pairwise(items), scores, strict=True)]
    own: CopyKind = "excerpt" if kinds and all(one == "excerpt" for one in kinds) else "near-duplicate"
    articles = tuple(sorted(_article(given, item) for item in items))
    return Copies(kind=kind or own, articles=articles, score=round(min(one.score for one in scores), 2))


def origin_of(given: Given, copies: Sequence[Copies]) -> Mapping[str, str]:
    """From article to the one it goes back to: of all that are copies of one another the one published first, then the smallest by id."""
    root: dict[str, str] = {}

    def top(article: str) -> str:
        while root.get(article, article) != article:
            article = root[article]
        return article

    for one in copies:
        for article in one.articles:
            ends = sorted((top(one.articles[0]), top(article)), key=lambda identity: (_day(given, identity), identity))
            root[ends[1]] = ends[0]
    return {article: top(article) for one in copies for article in one.articles}


def _day(given: Given, article: str) -> str:
    published = given.heads[article].published
    return published.isoformat() if published else "9999"
