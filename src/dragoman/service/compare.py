"""Two articles side by side: which sentences answer each other, what both say, what only one says, and where they differ on one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.languages.fold import fold
from dragoman.model.errors import InputError
from dragoman.model.reading import EventReport
from dragoman.model.record import ArticleOf, Event
from dragoman.model.shelf import Statements
from dragoman.reading.kit import Kit
from dragoman.reading.vectors import Space, space_of, vectors
from dragoman.service.book import Book, Named, Quote
from dragoman.service.dossier import SaidLine, local_event, own_participants, said_in, said_line, told_in
from dragoman.service.finding import find_article
from dragoman.service.timeline import EventLine, day_order, event_line

# From here on two sentences answer each other: in a space of vectors, or by the share of names and figures in common. Of two articles with nothing in
# common the nearest two sentences had 0.37 in "use" and 0.84 in "e5"; of an article and its translation nine in ten had more than 0.5 and 0.88.
_ALIKE: dict[Space, float] = {"use": 0.5, "e5": 0.87}
_ALIKE_BY_NAMES = 0.34
# What one sentence's place in the text adds at most, so that of two equally near the one that stands where the other does is taken.
_PLACE = 0.02
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A sentence of each article, or of one alone; `score` says how alike they are."""

    left: Quote | None
    right: Quote | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Of one event the field that the two articles give otherwise; values that name entities are their names."""

    event: str
    field: str
    left: str | None
    right: str | None
    left_named: tuple[Named, ...] = ()
    right_named: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Events, entities named and statements."""

    events: tuple[EventLine, ...]
    named: tuple[Named, ...]
    statements: tuple[SaidLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`copy` is the kind of copies that the two are; `by` how sentences were aligned: a space of vectors, or names and figures."""

    left: ArticleOf
    right: ArticleOf
    copy: str | None
    by: str
    sentences: tuple[Pairing, ...]
    both: Facts
    only_left: Facts
    only_right: Facts
    differences: tuple[Difference, ...]


def compare(book: Book, kit: Kit, left: str, right: str) -> Comparison:
    """The comparison of two articles, by id or file name. Raises NotFound, Ambiguous, or InputError where both are one."""
    one, other = find_article(book.shelf, left), find_article(book.shelf, right)
    if one.id == other.id:
        raise InputError(f"'{left}' and '{right}' are one article; give two")
    by, pairings = aligned(book, kit, one, other)
    copy = next((copies.kind for copies in book.shelf.copies(one.id) if other.id in copies.articles), None)
    both, only_left, only_right = _facts(book, one, other)
    return Comparison(
        left=one, right=other, copy=copy, by=by, sentences=pairings, both=both, only_left=only_left, only_right=only_right,
        differences=tuple(_differences(book, one.id, other.id)),
    )  # fmt: skip


def aligned(book: Book, kit: Kit, one: ArticleOf, other: ArticleOf) -> tuple[str, tuple[Pairing, ...]]:
    """How sentences were aligned (a space of vectors, or 'names'), and each with the one that answers it best, the best pairs first.

    They come in the order of the left article, those of the right alone in between.
    """
    ours, theirs = ([book.quote(article.id, span) for span in book.reading(article.id).sentences] for article in (one, other))
    space = space_of((one.language, other.language), kit)
    scores = _by_vectors(ours, theirs, space, kit) if space else _by_names(book, ours, theirs)
    least = _ALIKE[space] if space else _ALIKE_BY_NAMES
    ranked = sorted(
        ((score, left, right) for left, row in enumerate(scores) for right, score in enumerate(row) if score >= least),
        key=lambda found: (-found[0] + _PLACE * abs(found[1] / len(ours) - found[2] / len(theirs)), found[1], found[2]),
    )
    answer: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, left, right in ranked:
        if left not in answer and right not in taken:
            answer[left] = (right, round(score, 2))
            taken.add(right)
    return space or "names", tuple(_in_order(ours, theirs, answer))


def _in_order(ours: Sequence[Quote], theirs: Sequence[Quote], answer: dict[int, tuple[int, float]]) -> Iterator[Pairing]:
    taken = {right for right, _ in answer.values()}
    said: set[int] = set()

    def alone_before(place: int) -> Iterator[Pairing]:
        for right in range(place):
            if right not in taken and right not in said:
                said.add(right)
                yield Pairing(left=None, right=theirs[right], score=None)

    for left, quote in enumerate(ours):
        if left in answer:
            right, score = answer[left]
            yield from alone_before(right)
            yield Pairing(left=quote, right=theirs[right], score=score)
        else:
            yield Pairing(left=quote, right=None, score=None)
    yield from alone_before(len(theirs))


def _by_vectors(ours: Sequence[Quote], theirs: Sequence[Quote], space: Space, kit: Kit) -> list[list[float]]:
    if not ours or not theirs:
        return []
    matrix = vectors([one.quote for one in ours], space, kit).matrix @ vectors([one.quote for one in theirs], space, kit).matrix.T
    return [[float(score) for score in row] for row in matrix]


def _by_names(book: Book, ours: Sequence[Quote], theirs: Sequence[Quote]) -> list[list[float]]:
    left, right = ([_marks(book, one) for one in side] for side in (ours, theirs))
    return [[len(one & other) / len(one | other) if one & other else 0.0 for other in right] for one in left]


def _marks(book: Book, quote: Quote) -> frozenset[str]:
    """Entities of the record that are named in a sentence, and its figures."""
    reading = book.reading(quote.article)
    entities = {
        book.at(quote.article, entity.id)
        for entity in reading.entities
        for mention in entity.mentions
        if quote.start <= mention.start and mention.end <= quote.end and mention.form == "name"
    }
    return frozenset(filter(None, entities)) | frozenset(_NUMBER.findall(fold(quote.quote)))


def _facts(book: Book, one: ArticleOf, other: ArticleOf) -> tuple[Facts, Facts, Facts]:
    events = [{event.id: event for event in told_in(book, [article.id])} for article in (one, other)]
    named = [_named(book, article.id) for article in (one, other)]
    said = [{said.id: said for said in said_in(book, Statements(articles=(article.id,)))} for article in (one, other)]

    def facts(place: int, *, shared: bool, language: str) -> Facts:
        there = 1 - place
        chosen: list[Event] = [event for identity, event in events[place].items() if (identity in events[there]) is shared]
        return Facts(
            events=tuple(event_line(book, event, language=language) for event in sorted(chosen, key=day_order)),
            named=tuple(book.named(identity) for identity in named[place] if (identity in named[there]) is shared),
            statements=tuple(said_line(book, each) for identity, each in said[place].items() if (identity in said[there]) is shared),
        )

    return (
        facts(0, shared=True, language=one.language), facts(0, shared=False, language=one.language), facts(1, shared=False, language=other.language),
    )  # fmt: skip


def _named(book: Book, article: str) -> list[str]:
    reading = book.reading(article)
    named = (book.at(article, entity.id) for entity in reading.entities if any(mention.form == "name" for mention in entity.mentions))
    return list(dict.fromkeys(one for one in named if one))


def _differences(book: Book, left: str, right: str) -> Iterator[Difference]:
    """Fields of the events that both report; what one of them leaves open is no difference."""
    for event in sorted(told_in(book, [left]), key=day_order):
        ours, theirs = (_local(book, event, article) for article in (left, right))
        if ours is None or theirs is None:
            continue
        for field in ("type", "mode", "date", "factuality"):
            values = getattr(ours, field), getattr(theirs, field)
            if all(values) and values[0] != values[1]:
                yield Difference(event=event.id, field=field, left=values[0], right=values[1])
        places = [book.at(article, local.place) for article, local in ((left, ours), (right, theirs))]
        if places[0] and places[1] and places[0] != places[1]:
            yield _of_entities(book, event.id, "place", {places[0]}, {places[1]})
        companies = [{part.entity for part in own_participants(book, article, local)} for article, local in ((left, ours), (right, theirs))]
        if companies[0] - companies[1] and companies[1] - companies[0]:
            yield _of_entities(book, event.id, "participants", companies[0] - companies[1], companies[1] - companies[0])


def _of_entities(book: Book, event: str, field: str, left: set[str], right: set[str]) -> Difference:
    return Difference(
        event=event, field=field, left=" ".join(sorted(left)), right=" ".join(sorted(right)), left_named=tuple(book.named(one) for one in sorted(left)),
        right_named=tuple(book.named(one) for one in sorted(right)),
    )  # fmt: skip


def _local(book: Book, event: Event, article: str) -> EventReport | None:
    return next((local_event(book, article, report.event) for report in event.reports if report.article == article), None)
