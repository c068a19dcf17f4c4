"""Tenures: who held which office, as far as reports show, and who holds it on a day.

A tenure says when a person was seen in an office, never when it was taken up: days are days of publication. A gap parts it only where somebody else held
the office meanwhile; one day on which somebody else is seen in an office that has one holder ends it. What one article alone says against two others,
before and after it, is taken for a slip and left out; a second article that says it brings it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.linking.offices import ONE_AT_A_TIME
from dragoman.model.reading import OfficeHolding
from dragoman.model.record import Place, Tenure

# Hardly anybody leaves an office and returns to it within so many days: who is seen in between is a slip of a report or of its reading.
_RETURN = 90
# So many articles outweigh one.
_OUTWEIGH = 2
# After so many days without being seen a holder is half as sure.
_HALF = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An office that an article says a person holds; `person` and `of` are ids of the record (or `of` a state's code), not of the article."""

    person: str
    holding: OfficeHolding
    of: str | None
    article: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office on a day: `seen` the last day up to then on which reports show it, `sure` from 0 to 1, less by half for each year since.

    `also` are persons whom reports show in the office over the same day.
    """

    tenure: Tenure
    seen: str
    sure: float
    also: tuple[str, ...] = ()


def tenures(holdings: Iterable[Holding]) -> tuple[Tenure, ...]:
    """All tenures, by office, of, first day and person. Persons of whom reports only say that they held an office once have none."""
    offices: dict[tuple[str, str | None], list[Holding]] = {}
    for row in _without_slips(_with_state(list(holdings))):
        offices.setdefault((row.holding.office, row.of), []).append(row)
    found = [tenure for rows in offices.values() for tenure in _of_office(rows)]
    return tuple(sorted(found, key=lambda tenure: (tenure.office, tenure.of or "", tenure.first_seen or "", tenure.person)))


def _with_state(rows: Sequence[Holding]) -> list[Holding]:
    """Holdings of nothing said ('the minister') are of what the person holds that office of elsewhere, where that is one thing."""
    known: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row.of:
            known.setdefault((row.person, row.holding.office), set()).add(row.of)
    return [replace(row, of=next(iter(homes))) if not row.of and len(homes := known.get((row.person, row.holding.office), set())) == 1 else row for row in rows]


def _without_slips(rows: Sequence[Holding]) -> list[Holding]:
    """All but what a single article says of an office against several: another holder of it, or the same holder for another state."""
    shown: dict[tuple[str, str, str | None], dict[str, str]] = {}
    for row in rows:
        if row.published and not row.holding.former:
            shown.setdefault((row.person, row.holding.office, row.of), {})[row.article] = row.published.isoformat()
    by_office: dict[str, list[tuple[str, str, str | None]]] = {}
    for key in shown:
        by_office.setdefault(key[1], []).append(key)
    found = []
    for row in rows:
        own = (row.person, row.holding.office, row.of)
        alone = len(shown.get(own, ())) == 1 and row.published is not None and not row.holding.former and not row.holding.acting
        if not (alone and row.published and any(_outweighs(own, other, shown[other], row.published.isoformat()) for other in by_office[own[1]])):
            found.append(row)
    return found


def _outweighs(own: tuple[str, str, str | None], other: tuple[str, str, str | None], shown: Mapping[str, str], day: str) -> bool:
    """Whether the other holding is shown around that day by several articles, and cannot be beside this one."""
    if own == other or len(shown) < _OUTWEIGH:
        return False
    before, after = max((one for one in shown.values() if one <= day), default=None), min((one for one in shown.values() if one >= day), default=None)
    if before and own[0] == other[0]:
        return after is not None and _between(before, after) < _RETURN
    # The day of a change shows both: who comes may be shown once so far.
    later = min((one for one in shown.values() if one > day), default=None)
    same_office = own[1] in ONE_AT_A_TIME and own[2] is not None and own[2] == other[2]
    return bool(same_office and before and later and _between(before, later) < _RETURN)


def _of_office(rows: Sequence[Holding]) -> list[Tenure]:
    """The tenures of one office of one state or body."""
    single = rows[0].holding.office in ONE_AT_A_TIME and rows[0].of is not None
    now = [row for row in rows if not row.holding.former]
    seen: dict[str, set[str]] = {}
    for row in now:
        if row.published:
            seen.setdefault(row.person, set()).add(row.published.isoformat())
    found = []
    for person in sorted({row.person for row in now}):
        own = [row for row in now if row.person == person]
        others = sorted({day for one, days in seen.items() if one != person for day in days}) if single else []
        left = sorted(row.published.isoformat() for row in rows if row.person == person and row.holding.former and row.published)
        spells = _spells(sorted(seen.get(person, ())), others) or [[]]
        for place, days in enumerate(spells):
            inside = [row for row in own if not days or (row.published and row.published.isoformat() in days) or (row.published is None and not place)]
            ends = [day for day in (*others, *left) if days and day > days[-1]]
            found.append(_tenure(inside, days, min(ends, default=None)))
    return found


def _spells(days: Sequence[str], others: Sequence[str]) -> list[list[str]]:
    """The days of one person, parted where somebody else was seen in a gap long enough to leave and return."""
    spells: list[list[str]] = []
    for day in days:
        last = spells[-1][-1] if spells else None
        if last and not (_between(last, day) >= _RETURN and any(last < other < day for other in others)):
            spells[-1].append(day)
        else:
            spells.append([day])
    return spells


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _tenure(rows: Sequence[Holding], days: Sequence[str], ended_before: str | None) -> Tenure:
    evidence = {Place(article=row.article, start=span.start, end=span.end) for row in rows for span in row.holding.evidence}
    return Tenure(
        person=rows[0].person,
        office=rows[0].holding.office,
        of=rows[0].of,
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        ended_before=ended_before,
        acting=all(row.holding.acting for row in rows),
        evidence=tuple(sorted(evidence, key=lambda place: (place.article, place.start, place.end))),
    )


def holders(known: Iterable[Tenure], office: str, of: str, on: date) -> tuple[Holder, ...]:
    """Everybody who may have held an office on a day, the surest first: seen by then, and not ended by then."""
    day = on.isoformat()
    of_office = [tenure for tenure in known if tenure.office == office and tenure.of == of and tenure.first_seen and tenure.first_seen <= day]
    open_then = [tenure for tenure in of_office if not tenure.ended_before or day < tenure.ended_before]
    found = []
    for tenure in open_then:
        seen = min(day, tenure.last_seen or day)
        also = tuple(sorted(other.person for other in open_then if other is not tenure and (other.last_seen or day) >= seen)) if office in ONE_AT_A_TIME else ()
        sure = 0.5 ** (_between(seen, day) / _HALF) / (1 + len(also))
        found.append(Holder(tenure=tenure, seen=seen, sure=round(sure, 3), also=also))
    return tuple(sorted(found, key=lambda holder: (holder.seen, holder.tenure.first_seen or "", holder.tenure.person), reverse=True))


def holder(known: Iterable[Tenure], office: str, of: str, on: date) -> Holder | None:
    """Who was seen last in an office by that day and had not left it, or None: holder(found, "intelligence-chief", "SYR", date(2025, 3, 1))."""
    return next(iter(holders(known, office, of, on)), None)
