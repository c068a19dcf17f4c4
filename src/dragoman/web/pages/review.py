"""What people are asked and what they have said: the links that are least sure, and all corrections."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.reading import Reading
from dragoman.model.record import Correction
from dragoman.model.shelf import DoubtfulLink, Named, Shelf
from dragoman.model.spans import Span
from dragoman.web import links
from dragoman.web.desk import Desk
from dragoman.web.pages.cards import Quote, quote
from dragoman.web.query import Query

KINDS = ("person", "state", "organization", "place", "event", "statement", "commitment", "story", "copy")
_LISTED = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One of two things that a correction or a link is about: its anchor, the words there in their sentence, and its page."""

    anchor: str
    words: str | None
    sentence: Quote | None
    to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two that were linked, and how surely; `one` whether they are one thing of the record now."""

    kind: str
    score: float
    left: End
    right: End
    one: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The links that are least sure, of one kind or of all."""

    kind: str | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLine:
    """A correction with what its sides are now."""

    correction: Correction
    left: tuple[End, ...]
    right: End | None
    value: Named | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage:
    """All of them, the last first, undone ones too."""

    corrections: tuple[CorrectionLine, ...]


def page(desk: Desk, query: Query) -> ReviewPage:
    """The queue."""
    kind = query.one("kind") if query.one("kind") in KINDS else None
    return ReviewPage(kind=kind, doubts=tuple(_doubt(desk.shelf, one) for one in desk.shelf.doubtful(kind=kind, limit=_LISTED)))


def _doubt(shelf: Shelf, link: DoubtfulLink) -> Doubt:
    left, right = end(shelf, link.kind, link.left), end(shelf, link.kind, link.right)
    return Doubt(kind=link.kind, score=link.score, left=left, right=right, one=left.to is not None and left.to == right.to)


def end(shelf: Shelf, kind: str, anchor: str) -> End:
    """What an anchor ('ARTICLE#START-END', or 'ARTICLE' of a story or copy) stands for; without words where no article has it."""
    identity, _, place = anchor.partition("#")
    article, reading = shelf.article(identity), shelf.reading(identity)
    if article is None or reading is None:
        return End(anchor=anchor, words=None, sentence=None, to=None)
    start, _, last = place.partition("-")
    if not (start.isdecimal() and last.isdecimal()):
        title = article.title or article.name
        to = f"/story/{article.story}" if kind == "story" and article.story else links.article(identity)
        return End(anchor=anchor, words=title, sentence=quote(article, Span(0, 0), title), to=to)
    span = Span(int(start), int(last))
    sentence = reading.sentence_at(span.start) or span
    shown = quote(article, sentence.hull(span), reading.article.text[min(sentence.start, span.start) : max(sentence.end, span.end)])
    return End(anchor=anchor, words=span.of(reading.article.text), sentence=shown, to=_page_of(shelf, kind, reading, span))


def _page_of(shelf: Shelf, kind: str, reading: Reading, span: Span) -> str | None:
    local = next((one.id for one in reading.entities if one.kind == kind and any(mention.span == span for mention in one.mentions)), None)
    local = local or next((one.id for one in reading.events if kind == "event" and one.trigger == span), None)
    local = local or next((one.id for one in reading.statements if kind == "statement" and one.span == span), None)
    local = local or next((one.id for one in reading.commitments if kind == "commitment" and span in one.evidence), None)
    identity = shelf.at(reading.article.id, local) if local else None
    if identity is None:
        return None
    if kind in ("person", "state", "organization", "place"):
        named = shelf.named([identity]).get(identity)
        return links.to(named) if named else None
    return f"/{kind}/{identity}"


def corrections(desk: Desk, _: Query) -> CorrectionsPage:
    """All corrections."""
    return CorrectionsPage(corrections=tuple(_line(desk.shelf, one) for one in reversed(desk.shelf.corrections())))


def _line(shelf: Shelf, correction: Correction) -> CorrectionLine:
    left = tuple(end(shelf, correction.kind, anchor) for anchor in correction.left.split())
    other = correction.verdict in ("same", "different") and correction.right is not None
    right = end(shelf, correction.kind, correction.right or "") if other else None
    value = None
    if correction.verdict == "value" and correction.right is not None:
        place = next((one for kind in ("place", "state", "organization") if (one := end(shelf, kind, correction.right)).words), None)
        value = Named(id=correction.right, name=(place.words or "") if correction.field == "place" and place else correction.right, kind=correction.field or "")
    return CorrectionLine(correction=correction, left=left, right=right, value=value)
