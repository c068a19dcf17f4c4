"""Sums over a record, and who is named, put into the form of answers; the same for a record in memory and one in tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dragoman.model.record import RecordEntity, Tenure
from dragoman.model.shelf import Month, Named
from dragoman.service.marks import CODE

_FACETS = {"side": "states", "type": "types", "topic": "topics", "language": "languages", "outlet": "outlets"}
FACET_MARKS = tuple(_FACETS)


def named_as(ids: Sequence[str], found: Mapping[str, RecordEntity]) -> Mapping[str, Named]:
    """The names of what was found; a code of three letters that the record has not is a state of that code."""
    named = {}
    for id_ in ids:
        entity = found.get(id_)
        if entity is not None:
            named[id_] = Named(id=entity.id, name=entity.name, kind=entity.kind, code=entity.code, state=entity.state)
        elif len(id_) == CODE:
            named[id_] = Named(id=id_, name=id_, kind="state", code=id_)
    return named


def months_of(seen: Mapping[str, int]) -> tuple[Month, ...]:
    """From marks such as '2025-10 cooperation' to months, in order."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for value, count in seen.items():
        month, _, course = value.partition(" ")
        found[month][course] = count
    return tuple(Month(month=month, cooperation=of.get("cooperation", 0), conflict=of.get("conflict", 0)) for month, of in sorted(found.items()))


def facets_of(events: Iterable[tuple[str, str, int]], channels: Iterable[tuple[str, int]]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """The values of marks with their counts, the most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {facet: [] for facet in (*_FACETS.values(), "channels")}
    for name, value, count in events:
        if name in _FACETS and (name != "side" or len(value) == CODE):
            found[_FACETS[name]].append((value, count))
    found["channels"].extend(channels)
    return {facet: tuple(sorted(values, key=lambda row: (-row[1], row[0]))) for facet, values in found.items()}


def tenures_on(tenures: Iterable[Tenure], on: str | None) -> tuple[Tenure, ...]:
    """All of them, or those seen by a day and not ended by then."""
    return tuple(one for one in tenures if on is None or (one.first_seen and one.first_seen <= on and not (one.ended_before and one.ended_before <= on)))
