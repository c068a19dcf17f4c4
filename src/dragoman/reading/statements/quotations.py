"""Words in quotation marks, as they stand in the text, across paragraphs where a quotation goes on.

A mark that is an apostrophe, an inch or a minute is none; a quotation left open at the end of a paragraph goes on
where the next begins with the same mark, and else ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model.spans import Span

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SPACE = " \t\n\r\u00a0\u202f\u2009"
_SINGLE = "'’‘"
# Two typewriter apostrophes or accents, as news wires write a quotation mark; one stands for both, beside a letter that is no letter.
_DOUBLED = re.compile(r"``|''")
_HOLE = "\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """`parts` are the words without marks, one part a paragraph; `outer` the same with marks; `paragraph` where it begins."""

    parts: tuple[Span, ...]
    outer: Span
    paragraph: int
    words: int

    @property
    def inner(self) -> Span:
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True)
class _Piece:
    mark: str
    inner: Span
    outer: Span
    closed: bool


def quotations(text: str, paragraphs: Sequence[Span], pairs: Sequence[tuple[str, str]]) -> tuple[Quotation, ...]:
    """All outermost quotations of a text in order."""
    text = _single(text)
    found: list[Quotation] = []
    open_mark: str | None = None
    for number, paragraph in enumerate(paragraphs):
        pieces = list(_pieces(text, paragraph, pairs))
        follower = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if pieces and not pieces[-1].closed and not (follower and text.startswith(pieces[-1].mark, follower.start)):
            last = pieces[-1]
            if last.mark in ('"', *_SINGLE):  # an inch mark or a slip: no quotation
                pieces.pop()
        for place, piece in enumerate(pieces):
            inner = _trim(text, piece.inner)
            if inner.end <= inner.start:
                continue
            if (
                open_mark
                and place == 0
                and piece.mark == open_mark
                and text[paragraph.start : piece.inner.start].strip() in pairs_of(piece.mark, pairs)
                and found
            ):
                last_found = found[-1]
                found[-1] = replace(
                    last_found, parts=(*last_found.parts, inner), outer=last_found.outer.hull(piece.outer), words=last_found.words + _count(text, inner)
                )
            else:
                found.append(Quotation(parts=(inner,), outer=piece.outer, paragraph=number, words=_count(text, inner)))
        open_mark = pieces[-1].mark if pieces and not pieces[-1].closed else None
    return tuple(found)


def _single(text: str) -> str:
    """The text with doubled marks as one, of the same length."""

    def mark(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
        opens = match[0] == "``" or ((not before or before in _SPACE + "([—–-") and after.strip() != "")
        return f'{_HOLE}"' if opens else f'"{_HOLE}'

    return _DOUBLED.sub(mark, text) if "``" in text or "''" in text else text


def _whole(text: str, outer: Span) -> Span:
    """The span with the other half of doubled marks."""
    return Span(outer.start - (text[outer.start - 1 : outer.start] == _HOLE), outer.end + (text[outer.end : outer.end + 1] == _HOLE))


def pairs_of(mark: str, pairs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The mark and those that may stand at the head of a paragraph in its place: in French a closing one may."""
    return frozenset({mark, *(closing for opening, closing in pairs if opening == mark)})


def _count(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE + ",":
        end -= 1
    return Span(start, end)


def _pieces(text: str, paragraph: Span, pairs: Sequence[tuple[str, str]]) -> list[_Piece]:
    openers: dict[str, list[str]] = {}
    for opening, closing in pairs:
        openers.setdefault(opening, []).append(closing)
    marks = re.compile("[" + re.escape("".join(openers)) + "]")
    found: list[_Piece] = []
    at = paragraph.start
    while match := marks.search(text, at, paragraph.end):
        start, mark = match.start(), match[0]
        if not _opens(text, start, mark, paragraph):
            at = start + 1
            continue
        end = _closing(text, start, mark, openers[mark], paragraph)
        if end is None:
            if mark in _SINGLE:
                at = start + 1
                continue
            found.append(_Piece(mark, Span(start + 1, paragraph.end), _whole(text, Span(start, paragraph.end)), closed=False))
            break
        found.append(_Piece(mark, Span(start + 1, end), _whole(text, Span(start, end + 1)), closed=True))
        at = end + 1
    return found


def _opens(text: str, at: int, mark: str, paragraph: Span) -> bool:
    """Whether a mark at this place opens: never right after a letter or digit, nor before a space (but « may)."""
    if at > paragraph.start and text[at - 1].isalnum():
        return False
    if mark in _SINGLE:
        return at + 1 < paragraph.end and text[at + 1].isalpha() and (at == paragraph.start or text[at - 1] in _SPACE + "([:—–")
    return at + 1 < paragraph.end and (mark in "«»" or text[at + 1] not in _SPACE)


def _closing(text: str, start: int, mark: str, closings: Sequence[str], paragraph: Span) -> int | None:
    """Where the mark opened at `start` is closed within its paragraph; quotations inside it are passed over."""
    depth = 0
    for at in range(start + 1, paragraph.end):
        letter = text[at]
        if letter == mark and mark not in closings:
            depth += 1
        elif letter in closings:
            following = text[at + 1] if at + 1 < len(text) else " "
            if mark in _SINGLE or letter == "’":
                if following.isalnum() or (text[at - 1] in "sS" and following in _SPACE and _later(text, at, letter, paragraph)):
                    continue
            elif letter == mark and following.isalnum() and text[at - 1] in _SPACE:
                continue  # an opening mark of the same shape: a quotation in the quotation
            if depth == 0:
                return at
            depth -= 1
    return None


def _later(text: str, at: int, mark: str, paragraph: Span) -> bool:
    """Whether the single mark after an s may be a genitive: the same mark closes something later on in the sentence."""
    end = min(paragraph.end, at + 200)
    later = text.find(mark, at + 1, end)
    return later > 0 and text[later - 1] in ",.?!"
