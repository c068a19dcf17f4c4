"""Who holds an office on a day, by the tenures that reports show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.linking.offices import ONE_AT_A_TIME
from dragoman.model.record import Tenure

# After so many days without being seen a holder is half as sure.
_HALF = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office on a day: `seen` the last day up to then on which reports show it, `sure` from 0 to 1, less by half for each year since.

    `also` are persons whom reports show in the office over the same day.
    """

    tenure: Tenure
    seen: str
    sure: float
    also: tuple[str, ...] = ()


def tenures_on(known: Iterable[Tenure], day: str | None) -> tuple[Tenure, ...]:
    """All, or those seen by a day (ISO) and not ended by then, in their order; of a person who came back to an office that many hold, the last."""
    if day is None:
        return tuple(known)
    begun = [one for one in known if one.first_seen and one.first_seen <= day and not (one.ended_before and one.ended_before <= day)]
    last = {(one.person, one.office, one.of): one for one in sorted(begun, key=lambda one: one.first_seen or "")}
    return tuple(one for one in begun if last[one.person, one.office, one.of] is one)


def holders(known: Iterable[Tenure], office: str, of: str, on: date) -> tuple[Holder, ...]:
    """Everybody who may have held an office on a day, the surest first: seen by then, and not ended by then."""
    day = on.isoformat()
    open_then = tenures_on([tenure for tenure in known if tenure.office == office and tenure.of == of], day)
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


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
