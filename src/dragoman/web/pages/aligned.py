"""Two reports side by side: sentences that answer each other, facts that both have, and what only one says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from dragoman.model.reading import Reading
from dragoman.model.record import ArticleOf
from dragoman.model.shelf import Named, Shelf
from dragoman.model.spans import Span
from dragoman.service.book import Book, Quote
from dragoman.service.compare import aligned
from dragoman.service.read import kit_of
from dragoman.web.desk import Desk
from dragoman.web.pages.cards import named_as

# Pairs of articles whose alignment is kept.
_REMEMBERED = 512
# An encoder serves one thread at a time.
_ENCODING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters start:end of an article; `fact` is the id of a thing that both reports name here."""

    start: int
    end: int
    text: str
    fact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A sentence of each report, or of one alone."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """`both` are named in both reports, `only_left` and `only_right` in one alone; `by` says how sentences were aligned: a space of vectors, or names."""

    left: ArticleOf
    right: ArticleOf
    by: str
    sentences: tuple[Pairing, ...]
    both: tuple[Named, ...]
    only_left: tuple[Named, ...]
    only_right: tuple[Named, ...]


def side_by_side(desk: Desk, left: ArticleOf, right: ArticleOf) -> SideBySide | None:
    """The comparison of two articles; None where one cannot be read."""
    readings = desk.shelf.reading(left.id), desk.shelf.reading(right.id)
    if readings[0] is None or readings[1] is None:
        return None
    ours, theirs = _things(desk.shelf, readings[0]), _things(desk.shelf, readings[1])
    by, pairs = _aligned(desk, left, right)
    shared = {one for one, _ in ours.values()} & {one for one, _ in theirs.values()}
    named = desk.shelf.named(sorted({one for one, kind in (*ours.values(), *theirs.values()) if kind == "entity"}))

    def names(own: Mapping[Span, tuple[str, str]], *, common: bool) -> tuple[Named, ...]:
        ids = dict.fromkeys(one for span, (one, kind) in sorted(own.items()) if kind == "entity" and (one in shared) is common)
        return tuple(found for one in ids if (found := named_as(one, named)) is not None)

    return SideBySide(
        left=left, right=right, by=by, both=names(ours, common=True), only_left=names(ours, common=False), only_right=names(theirs, common=False),
        sentences=tuple(
            Pairing(left=_pieces(readings[0], one, ours, shared), right=_pieces(readings[1], other, theirs, shared))
            for one, other in pairs
            if _worded(readings[0], one) or _worded(readings[1], other)
        ),
    )  # fmt: skip


def _things(shelf: Shelf, reading: Reading) -> dict[Span, tuple[str, str]]:
    """From characters to the thing of the record that they name, and whether that is an entity, an event or a day."""
    standing, found = shelf.standing(reading.article.id), dict[Span, tuple[str, str]]()
    for when in reading.dates:
        if when.value and when.kind == "date":
            found[when.span] = (f"day {when.value}", "day")
    for event in reading.events:
        identity = standing.get(event.id)
        if identity:
            found[event.trigger] = (identity, "event")
    for entity in reading.entities:
        identity = standing.get(entity.id)
        if identity:
            found |= {mention.span: (identity, "entity") for mention in entity.mentions if mention.form != "pronoun"}
    return found


def _aligned(desk: Desk, one: ArticleOf, other: ArticleOf) -> tuple[str, tuple[tuple[Span | None, Span | None], ...]]:
    """How sentences were aligned, and each with the one that answers it; remembered, for an encoder takes a second for it."""
    # Vectors are of the texts alone; names are of the record as it is.
    ours, of_now = ("", one.id, other.id), (desk.shelf.version(), one.id, other.id)
    found = desk.alignments.get(ours) or desk.alignments.get(of_now)
    if found is None:
        with _ENCODING:
            by, pairs = aligned(Book(desk.shelf), kit_of(desk.config), one, other)
        found = by, tuple((_span(pair.left), _span(pair.right)) for pair in pairs)
        if len(desk.alignments) >= _REMEMBERED:
            desk.alignments.clear()
        desk.alignments[of_now if by == "names" else ours] = found
    return found


def _worded(reading: Reading, span: Span | None) -> bool:
    """A quotation mark alone on its line is no sentence."""
    return span is not None and any(letter.isalnum() for letter in span.of(reading.article.text))


def _span(quote: Quote | None) -> Span | None:
    return Span(quote.start, quote.end) if quote is not None else None


def _pieces(reading: Reading, sentence: Span | None, things: Mapping[Span, tuple[str, str]], shared: set[str]) -> tuple[Piece, ...]:
    """A sentence cut where a shared thing is named; of things that overlap the first and longest."""
    if sentence is None:
        return ()
    text, at, found = reading.article.text, sentence.start, list[Piece]()
    inside = sorted((span for span, (identity, _) in things.items() if identity in shared and sentence.covers(span)), key=lambda span: (span.start, -span.end))
    for span in inside:
        if span.start < at:
            continue
        if span.start > at:
            found.append(Piece(start=at, end=span.start, text=text[at : span.start]))
        found.append(Piece(start=span.start, end=span.end, text=span.of(text), fact=things[span][0]))
        at = span.end
    if at < sentence.end:
        found.append(Piece(start=at, end=sentence.end, text=text[at : sentence.end]))
    return tuple(found)
