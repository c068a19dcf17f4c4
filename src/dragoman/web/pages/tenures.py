"""Tenures as pages show them: who, in what office, as far as reports show, with words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model.reading import Reading
from dragoman.model.record import ArticleOf, Place, Tenure
from dragoman.model.shelf import Named, Shelf
from dragoman.model.spans import Span
from dragoman.web.pages.cards import Quote, named_as, quote

# Evidence that is quoted: the first days and the last on which reports show it.
_QUOTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureLine:
    """A person in an office; days of publication, first and last, on which reports show it."""

    person: Named
    office: str
    of: Named | None
    first_seen: str | None
    last_seen: str | None
    ended_before: str | None
    former: bool
    acting: bool
    reports: int
    evidence: tuple[Quote, ...]


def tenure_lines(shelf: Shelf, tenures: Sequence[Tenure], *, quoted: int = _QUOTED) -> tuple[TenureLine, ...]:
    """The tenures with names, the first seen first; each with at most `quoted` sentences that show it."""
    named = shelf.named([one for tenure in tenures for one in (tenure.person, tenure.of) if one])
    ordered = sorted(tenures, key=lambda one: (one.first_seen or "9999", one.last_seen or "9999", one.person, one.office))
    places = {id(one): _places(one, quoted) for one in ordered}
    readings = shelf.readings(place.article for some in places.values() for place in some)
    articles = shelf.heads(readings)
    lines = []
    for one in ordered:
        person = named_as(one.person, named)
        if person is not None:
            quotes = [_quote(place, articles[place.article], readings[place.article]) for place in places[id(one)] if place.article in articles]
            lines.append(_line(one, person, named_as(one.of, named), quotes))
    return tuple(lines)


def _places(tenure: Tenure, quoted: int) -> Sequence[Place]:
    """The first places and the last."""
    every = tenure.evidence
    return every if len(every) <= quoted else (*every[: quoted - 1], *every[-1:]) if quoted else ()


def _quote(place: Place, article: ArticleOf, reading: Reading) -> Quote:
    sentence = reading.sentence_at(place.start) or Span(place.start, place.end)
    return quote(article, sentence, sentence.of(reading.article.text))


def _line(tenure: Tenure, person: Named, of: Named | None, quotes: Sequence[Quote]) -> TenureLine:
    return TenureLine(
        person=person, office=tenure.office, of=of, first_seen=tenure.first_seen, last_seen=tenure.last_seen, ended_before=tenure.ended_before,
        former=tenure.former, acting=tenure.acting, reports=len({one.article for one in tenure.evidence}),
        evidence=tuple(sorted({(one.article, one.start): one for one in quotes}.values(), key=lambda one: (one.published or "9999", one.article, one.start))),
    )  # fmt: skip
