"""`geojson`: events as features of RFC 7946, each at the place where it happened, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.exports.format import Format, Part, joined, json_part, json_text, lose_all
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import anchor
from dragoman.exports.where import Where, where
from dragoman.model.record import Event


def _features(selection: Selection, losses: Losses) -> Iterator[str]:
    for event in selection.events():
        place = where(selection, event.place)
        if place is None or place.latitude is None:
            losses.lose("where an event happened", event.id, count=int(place is not None))
        yield json_text({"type": "Feature", "id": event.id, "geometry": _point(place), "properties": _properties(selection, event, place)})
    lose_all(losses, "statements", selection.statements())
    lose_all(losses, "commitments", selection.commitments())
    for tenure in selection.tenures():
        losses.lose("tenures", tenure.person)


def _point(place: Where | None) -> dict[str, Any] | None:
    """Longitude first; no geometry where no table has the place."""
    return None if place is None or place.latitude is None else {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _named(place: Where | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"id": place.id, "name": place.name, "state": place.state, "precision": place.precision, "geonameid": place.geonameid}


def _properties(selection: Selection, event: Event, place: Where | None) -> dict[str, Any]:
    return {
        "type": event.type, "mode": event.mode, "date": event.date, "factuality": event.factuality, "topics": list(event.topics),
        "contexts": list(event.contexts), "origins": event.origins, "planned_as": event.planned_as,
        "place": _named(place),
        "participants": [
            {"id": part.entity, "name": selection.named(part.entity).name, "role": part.role, "side": part.side, "office": part.office}
            for part in event.participants
        ],
        "disputed": [
            {"field": one.field, "versions": [{"value": version.value, "articles": list(version.articles)} for version in one.versions]}
            for one in event.disputed
        ],
        "evidence": [found.plain() for article, span in selection.evidence(event) if (found := anchor(selection, article, span)) is not None],
    }  # fmt: skip


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    opening = '{"type":"FeatureCollection","features":['
    return (json_part("events.geojson", lambda: joined(_features(selection, losses), opening=opening, closing="]}\n")),)


FORMAT = Format(
    name="geojson",
    layout="file",
    parts=_parts,
    cannot={
        "where an event happened": "no table of ours has the position of the place it names; its feature has no geometry",
        "statements": "nothing says where a statement was made",
        "commitments": "a promise is made to somebody, not somewhere",
        "tenures": "an office has a state, and no position",
    },
)
