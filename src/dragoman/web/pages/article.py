"""An article: its text with marks, what it says fact by fact, and from each fact to the thing of the record and back to the characters that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.exports.readings.facts import KINDS, Fact, facts
from dragoman.exports.readings.marks import paragraphs
from dragoman.linking.undated import Inferred
from dragoman.model.reading import Reading
from dragoman.model.record import ArticleOf
from dragoman.model.shelf import Events, Named, Shelf, Statements
from dragoman.model.spans import Span
from dragoman.service.dating import when_written
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.pages.cards import Card, Said, cards, said
from dragoman.web.query import Query
from dragoman.web.wording import wording

# Copies, events and statements that are listed beside the text.
_LISTED = 40
_NAMED = frozenset({"person", "state", "organization", "place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A piece of text: characters start:end, the facts on it (the narrowest first), what it shows, and the places that begin here ('c120-188')."""

    start: int
    end: int
    text: str
    facts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    begins: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact of the article: `to` is its page in the record, `spans` the characters that say it; `quoted` where the head is words of the article."""

    id: str
    kind: str
    head: str
    quoted: bool
    notes: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    said: str | None
    to: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyOf:
    """An article of one origin with this one."""

    kind: str
    score: float
    article: ArticleOf


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """`text` are paragraphs of pieces, joined with `gaps` the article's text; `facts` by kind in the order of the text."""

    article: ArticleOf
    written: Inferred | None
    story: Named | None
    copies: tuple[CopyOf, ...]
    text: tuple[tuple[Mark, ...], ...]
    facts: tuple[tuple[str, tuple[Told, ...]], ...]
    events: tuple[Card, ...]
    statements: tuple[Said, ...]
    troubles: tuple[str, ...]


def page(desk: Desk, query: Query) -> ArticlePage | None:
    """The article of an id."""
    shelf = desk.shelf
    article = shelf.article(query.path["id"])
    reading = shelf.reading(article.id) if article else None
    if article is None or reading is None:
        return None
    found = facts(reading, wording(query.language))
    events = shelf.events(Events(articles=(article.id,), order="oldest"))
    statements = shelf.statements(Statements(articles=(article.id,), order="oldest"))
    pages = _pages(shelf, reading, [(fact, kind) for kind in KINDS for fact in found[kind]])
    told = {kind: tuple(_told(fact, kind, pages) for fact in found[kind]) for kind in KINDS if found[kind]}
    return ArticlePage(
        article=article, written=when_written(shelf, article), story=_story(shelf, article), copies=_copies(shelf, article.id),
        text=tuple(_text(reading, [one for kind in KINDS for one in found[kind]])),
        facts=tuple(told.items()), events=cards(shelf, events.rows[:_LISTED], article.language), statements=said(shelf, statements.rows[:_LISTED]),
        troubles=tuple(one.message for one in reading.troubles),
    )  # fmt: skip


def _story(shelf: Shelf, article: ArticleOf) -> Named | None:
    story = shelf.story(article.story) if article.story else None
    return Named(id=story.id, name=story.title, kind="story") if story else None


def _copies(shelf: Shelf, id: str) -> tuple[CopyOf, ...]:
    copies = shelf.copies(id)
    articles = shelf.heads(other for one in copies for other in one.articles if other != id)
    found = {other: CopyOf(kind=one.kind, score=one.score, article=articles[other]) for one in copies for other in one.articles if other in articles}
    return tuple(found.values())[:_LISTED]


def _told(fact: Fact, kind: str, pages: Mapping[str, str]) -> Told:
    spans = fact.keys or fact.spans if kind in ("event", "person", "state", "organization", "place", "date", "office") else fact.spans
    return Told(
        id=f"fact-{fact.id}", kind=kind, head=fact.head, quoted=fact.quoted, notes=fact.notes, lines=fact.lines, said=fact.said, to=pages.get(fact.id),
        spans=spans,
    )  # fmt: skip


def _pages(shelf: Shelf, reading: Reading, found: Sequence[tuple[Fact, str]]) -> dict[str, str]:
    """Where facts lead in the record: to the thing itself, of an office to those who held it, of what is said to who said it."""
    ids = shelf.standing(reading.article.id)
    named = shelf.named([ids[fact.id] for fact, kind in found if kind in _NAMED and fact.id in ids])
    pages: dict[str, str] = {}
    for fact, kind in found:
        identity = ids.get(fact.id)
        if kind == "office":
            number = int(fact.id.rpartition("-")[2]) - 1
            holding = reading.offices[number] if 0 <= number < len(reading.offices) else None
            if holding is not None and holding.of and (of := holding.of if reading.entity(holding.of) is None else ids.get(holding.of)):
                pages[fact.id] = links.office(of, holding.office)
        elif identity is not None and kind in ("event", "statement", "commitment"):
            pages[fact.id] = f"/{kind}/{identity}"
        elif identity is not None and identity in named:
            pages[fact.id] = links.to(named[identity])
    return pages


def _text(reading: Reading, found: Sequence[Fact]) -> Iterator[tuple[Mark, ...]]:
    """The pieces of the text; also cut where sentences end, so that each sentence can be led to."""
    offices = [Fact(id=one.id, kind="office", head="", spans=one.spans) for one in found if one.kind == "office"]
    sentences = [Fact(id=f"sentence-{number}", kind="commitment", head="", spans=(span,)) for number, span in enumerate(reading.sentences)]
    places = _places([*found, *sentences])
    at = 0
    for paragraph in paragraphs(reading.article.text, [*(one for one in found if one.kind != "office"), *offices, *sentences]):
        marks = []
        for piece in paragraph.pieces:
            end = at + len(piece.text)
            facts_here = tuple(f"fact-{one}" for one in piece.facts if not one.startswith("sentence-"))
            titled = any(one.startswith("fact-office-") for one in facts_here)
            kinds = (*piece.kinds, *(("office",) if titled else ()))
            begins = piece.begins or (titled and at in places)
            marks.append(Mark(start=at, end=end, text=piece.text, facts=facts_here, kinds=kinds, begins=begins, places=places.get(at, ())))
            at = end
        at += len(paragraph.gap)
        if marks:
            yield tuple(marks)


def _places(found: Iterable[Fact]) -> dict[int, tuple[str, ...]]:
    spans = sorted({span for fact in found for span in (*fact.spans, *fact.keys)})
    starts: dict[int, list[str]] = {}
    for span in spans:
        starts.setdefault(span.start, []).append(f"c{span.start}-{span.end}")
    return {start: tuple(names) for start, names in starts.items()}
