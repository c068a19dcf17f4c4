"""Who holds an office, since when reports show it and how sure that is; who held it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.linking.holders import holders
from dragoman.model.record import Tenure
from dragoman.model.spans import Span
from dragoman.service.book import Book, Named, Quote
from dragoman.service.finding import find_office, find_side

# Sentences of evidence that are given with a tenure: the first and the last days on which it was seen.
_QUOTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureLine:
    """A person in an office: days of publication on which reports show it, first and last, and sentences that say so."""

    person: Named
    office: str
    of: Named | None
    first_seen: str | None
    last_seen: str | None
    ended_before: str | None
    acting: bool
    reports: int
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who holds an office on a day; `seen` the last day up to then on which reports show it, `sure` from 0 to 1, `also` whom else they show in it."""

    tenure: TenureLine
    seen: str
    sure: float
    also: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDossier:
    """An office of a state or organisation: who holds it on a day, and all who were seen in it, the first first."""

    office: str
    of: Named
    on: str
    holders: tuple[Held, ...]
    succession: tuple[TenureLine, ...]


def office(book: Book, of: str, title: str, *, on: date | None = None) -> OfficeDossier:
    """The office of a state or organisation, both as typed. Raises NotFound or Ambiguous."""
    side, code, day = find_side(book.shelf, of), find_office(book.shelf, title), on or book.newest
    known = book.shelf.tenures(of=side, office=code)
    return OfficeDossier(
        office=code, of=side_named(book, side), on=day.isoformat(), holders=_held(book, known, code, side, day),
        succession=tuple(tenure_line(book, one) for one in known),
    )  # fmt: skip


def offices_of(book: Book, side: str, on: date) -> tuple[Held, ...]:
    """Who holds which office of a state (its code) or organisation (its id) on a day, by office."""
    known = book.shelf.tenures(of=side)
    return tuple(held for code in sorted({one.office for one in known}) for held in _held(book, known, code, side, on))


def side_named(book: Book, side: str) -> Named:
    """A state by its code, an organisation by its id."""
    named = book.named(side)
    return Named(id=side, name=named.name, kind=named.kind, code=named.code)


def _held(book: Book, known: Sequence[Tenure], office: str, side: str, on: date) -> tuple[Held, ...]:
    found = holders(known, office, side, on)
    return tuple(Held(tenure=tenure_line(book, one.tenure), seen=one.seen, sure=one.sure, also=tuple(book.named(other) for other in one.also)) for one in found)


def tenure_line(book: Book, tenure: Tenure) -> TenureLine:
    """A tenure with names and the sentences that show it."""
    book.fetch(place.article for place in tenure.evidence)
    by_day = sorted(tenure.evidence, key=lambda place: (book.article(place.article).published or "9999", place.article, place.start))
    chosen: dict[str, Span] = {}
    for place in [*by_day[: _QUOTED - 1], *by_day[-1:]]:
        chosen.setdefault(place.article, Span(place.start, place.end))
    quotes = [quote for article, span in chosen.items() for quote in book.sentences(article, (span,))]
    return TenureLine(
        person=book.named(tenure.person), office=tenure.office, of=side_named(book, tenure.of) if tenure.of else None, first_seen=tenure.first_seen,
        last_seen=tenure.last_seen, ended_before=tenure.ended_before, acting=tenure.acting, reports=len({place.article for place in tenure.evidence}),
        evidence=tuple(quotes),
    )  # fmt: skip
