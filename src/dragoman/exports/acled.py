"""`acled`: the events that ACLED would record in its 31 columns, as CSV; meetings, accusations and statements are outside it and owned up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from dragoman.exports.actors import Actor, sides
from dragoman.exports.calendar_days import interval
from dragoman.exports.csv_tables import delimited
from dragoman.exports.format import Format, Part, lose_all, text_part
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.where import where
from dragoman.knowledge.acled import kinds_of_event
from dragoman.knowledge.countries import codes
from dragoman.model.record import Event

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2",
    "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_PRECISION = {"town": 1, "region": 2, "state": 3, "body": 3}
_FORCES = {
    "GOV": "State forces",
    "MIL": "State forces",
    "SPY": "State forces",
    "REB": "Rebel group",
    "IGO": "External/Other forces",
    "PTY": "Political militia",
}


def _line(selection: Selection, event: Event, losses: Losses) -> list[object] | None:
    kinds = kinds_of_event(event.type, event.mode)
    if kinds is None or event.factuality != "actual":
        losses.lose("events outside ACLED", event.id)
        return None
    published = selection.published(report.article for report in event.reports)
    span = interval(event.date)
    day = span.first if span else date.fromisoformat(published) if published else None
    if day is None:
        losses.lose("events without a day", event.id)
        return None
    if event.disputed:
        losses.lose("disputed versions", event.id)
    losses.lose("offices", event.id, count=sum(1 for part in event.participants if part.office))
    found = sides(selection, event)
    one, other = next(iter(found.pairs()))
    place = where(selection, event.place)
    state = (place.state if place else None) or next((each.state for each in (other, one) if each and each.state), None)
    of = codes(state) if state else None
    known = [article for article in map(selection.article, dict.fromkeys(report.article for report in event.reports)) if article]
    gathered = {"Protests": "Protesters", "Riots": "Rioters"}.get(kinds[1])
    behind = "; ".join(each.name for each in found.behind)
    first, second = gathered or _inter(one), _inter(other)
    known_names = sorted({article.outlet or article.name for article in known})
    country = place.country if place else one.country if one else ""
    first_name = one.name if one else f"{gathered} ({country})" if gathered else ""
    both = f"{first}-{second}".strip("-") if second else f"{first} only" if first else ""
    continent = (of.continent if of else None) or ""
    return [
        f"{state or 'XXX'}{event.id[1:]}", day.isoformat(), day.year, span.precision if span else 3, *kinds,
        first_name, behind, first, other.name if other else "", "", second, both,
        "", "" if of is None or not of.numeric else of.numeric, continent, country,
        "", "", "", place.name if place else "", *_position(place.latitude if place else None, place.longitude if place else None),
        _PRECISION[place.precision] if place else 3, "; ".join(known_names), "Other", _notes(selection, event),
        "", "", int(datetime.combine(date.fromisoformat(published or day.isoformat()), time(), UTC).timestamp()),
    ]  # fmt: skip


def _inter(one: Actor | None) -> str:
    """The kind of an actor, in ACLED's words."""
    return "" if one is None else _FORCES.get(one.sector("plover"), "State forces" if one.kind == "state" else "Civilians")


def _position(latitude: float | None, longitude: float | None) -> tuple[str, str]:
    return ("", "") if latitude is None else (f"{latitude:.4f}", f"{longitude:.4f}")


def _notes(selection: Selection, event: Event) -> str:
    """The sentence that tells it, of the first article."""
    for identity, span in selection.evidence(event):
        article = selection.text(identity)
        if article is not None:
            return " ".join(span.of(article.text).split())
    return ""


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    def lines() -> Iterator[str]:
        yield from delimited([COLUMNS])
        for event in selection.events():
            line = _line(selection, event, losses)
            if line is not None:
                yield from delimited([line])
        lose_all(losses, "statements", selection.statements())
        lose_all(losses, "commitments", selection.commitments())
        for tenure in selection.tenures():
            losses.lose("tenures", tenure.person)

    return (text_part("acled.csv", lines),)


FORMAT = Format(
    name="acled",
    layout="file",
    parts=_parts,
    cannot={
        "events outside ACLED": "it records violence, protests and a few strategic developments that happened; talks, accusations and plans are none of them",
        "events without a day": "event_date must be a day, and no report of them is dated",
        "disputed versions": "a row has one value a column",
        "offices": "an actor has a name and a kind, no office",
        "statements": "there is no column for what was said",
        "commitments": "there is no column for what was promised",
        "tenures": "there is no table for who holds an office",
    },
)
