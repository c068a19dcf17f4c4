"""An article's text cut into pieces, each with the facts that lie on it: marks may nest and overlap, pieces never do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from dragoman.exports.readings.facts import Fact
from dragoman.exports.readings.legible import same_length
from dragoman.model.spans import Span

# The facts whose words are marked at rest; an event shows its trigger, and its sentences only when they are lit.
_SHOWN = ("person", "state", "organization", "place", "date", "event", "statement")
_BLANK_LINE = re.compile(r"(?:\r?\n[ \t]*){2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`facts` are the ids on it, the narrowest first; `kinds` what it shows at rest; `keys` the ids whose key words it is part of.

    `begins` is True where one of the shown marks begins here, so that a reader on the keyboard meets each mark once; `anchors` are
    the facts that are reached here from their entry: where their key words are first, or else any of their words.
    """

    text: str
    facts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    begins: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The pieces of a paragraph and the blank lines after it; joined, all of them are the article's text."""

    pieces: tuple[Piece, ...]
    gap: str


def paragraphs(text: str, facts: Iterable[Fact]) -> tuple[Paragraph, ...]:
    """The text in paragraphs of pieces, character for character, controls that HTML forbids replaced."""
    shown = same_length(text)
    covers = sorted(_covers(facts, len(text)), key=lambda cover: (cover.span.start, cover.span.end, cover.id))
    ends = [(gap.start(), gap.end()) for gap in _BLANK_LINE.finditer(shown)] + [(len(shown), len(shown))]
    found: list[Paragraph] = []
    at, coming, lying = 0, 0, list[_Cover]()
    for end, next_start in ends:
        until = coming
        while until < len(covers) and covers[until].span.start < end:
            until += 1
        lying = [cover for cover in (*lying, *covers[coming:until]) if cover.span.end > at]
        found.append(Paragraph(tuple(_pieces(shown, Span(at, end), lying)), shown[end:next_start]))
        at, coming = next_start, until
    return _anchored(found)


def _anchored(found: list[Paragraph]) -> tuple[Paragraph, ...]:
    """The same paragraphs, each fact with its anchor at one piece."""
    pieces = [piece for paragraph in found for piece in paragraph.pieces]
    first: dict[str, int] = {}
    for layer in ("keys", "facts"):
        for number, piece in enumerate(pieces):
            for fact in getattr(piece, layer):
                first.setdefault(fact, number)
    reached: dict[int, list[str]] = {}
    for fact, number in first.items():
        reached.setdefault(number, []).append(fact)
    anchored = iter([replace(piece, anchors=tuple(sorted(reached.get(number, ())))) for number, piece in enumerate(pieces)])
    return tuple(Paragraph(tuple(islice(anchored, len(paragraph.pieces))), paragraph.gap) for paragraph in found)


@dataclass(frozen=True, slots=True)
class _Cover:
    """A span of a fact: `kind` is None where it is not shown at rest, `key` marks the words that stand out."""

    span: Span
    id: str
    kind: str | None
    key: bool


def _covers(facts: Iterable[Fact], length: int) -> Iterator[_Cover]:
    for fact in facts:
        keys = frozenset(fact.keys)
        for span in dict.fromkeys((*fact.spans, *fact.keys)):
            inside = Span(max(0, span.start), min(length, span.end))
            if inside.start >= inside.end:
                continue
            shows = fact.kind in _SHOWN and (fact.kind not in ("event", "statement") or (span in keys) == (fact.kind == "event"))
            yield _Cover(inside, fact.id, fact.kind if shows else None, span in keys)


def _pieces(text: str, whole: Span, near: list[_Cover]) -> Iterator[Piece]:
    """Cut at every boundary of a cover, sweeping from left to right; all of `near` touch the whole, sorted by their start."""
    cuts = sorted({whole.start, whole.end, *(max(whole.start, cover.span.start) for cover in near), *(min(whole.end, cover.span.end) for cover in near)})
    coming, lying = 0, list[_Cover]()
    for start, end in pairwise(cuts):
        while coming < len(near) and near[coming].span.start <= start:
            lying.append(near[coming])
            coming += 1
        lying = [cover for cover in lying if cover.span.end > start]
        yield _piece(text, Span(start, end), lying)


def _piece(text: str, span: Span, covers: list[_Cover]) -> Piece:
    narrow = sorted(covers, key=lambda cover: (cover.kind is None, cover.span.end - cover.span.start, cover.id))
    return Piece(
        text=span.of(text),
        facts=tuple(dict.fromkeys(cover.id for cover in narrow)),
        kinds=tuple(dict.fromkeys(cover.kind for cover in narrow if cover.kind)),
        keys=tuple(dict.fromkeys(cover.id for cover in narrow if cover.key)),
        begins=any(cover.kind and cover.span.start == span.start for cover in covers),
    )
