"""The events of a record: one for all reports of a thing, with what they say together, and what each says where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.linking.disputes import Report, disputed, told
from dragoman.linking.events import fulfils
from dragoman.linking.given import ANCHOR, Given, anchored, local_at
from dragoman.linking.items import Item
from dragoman.model.reading import EventReport, Participation, Reading
from dragoman.model.record import Event, ReportOf

# From here on what was held is what was announced.
_FULFILLED = 0.5
# Fields that a correction may set.
FIELDS = ("date", "place", "type", "mode", "factuality")
# What an event may have happened in.
PLACES = ("place", "state", "organization")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event, but for the planned one that it fulfils, with the items of its reports."""

    event: Event
    items: tuple[Item, ...]


def events_in(given: Given, origins: Mapping[str, str], story_of: Mapping[str, str]) -> tuple[Event, ...]:
    """All events, by day and id, held ones with the planned one that they fulfil; those whose every report was rejected are left out."""
    found = told_in(given, origins)
    planned_as = fulfilled(found, story_of)
    events = (replace(one.event, planned_as=planned_as.get(one.event.id)) for one in found)
    return tuple(sorted(events, key=lambda one: (one.date or "9999", one.id)))


def told_in(given: Given, origins: Mapping[str, str]) -> list[Told]:
    """The same with the items of their reports, before it is asked what they fulfil."""
    rejected, settled = _corrected(given)
    found = []
    for group in given.groups.get("event", ()):
        reports = []
        for identity in sorted(group):
            for one in given.where.get(identity, ()):
                event = _local(given, one.article, one.local)
                if event is not None and (one.article, one.local) not in rejected:
                    reports.append(Report(item=given.items[identity], article=one.article, origin=origins.get(one.article, one.article), event=event))
        if reports:
            found.append(Told(event=_event(given, given.record_ids[min(group)], reports, settled), items=tuple(one.item for one in reports)))
    return found


def fulfilled(told: Sequence[Told], story_of: Mapping[str, str]) -> Mapping[str, str]:
    """From held events to the planned event of the same story that each fulfils most surely."""
    planned: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.event.factuality == "planned":
            for story in _stories(one.event, story_of):
                planned[story].append(one)
    found: dict[str, str] = {}
    for one in told:
        stories = _stories(one.event, story_of) if one.event.factuality == "actual" else []
        scores = [
            (max(fulfils(ours, theirs).score for ours in one.items for theirs in other.items), other.event.id)
            for story in stories
            for other in planned.get(story, ())
        ]
        best = max(scores, key=lambda score: (score[0], score[1]), default=(0.0, ""))
        if best[0] >= _FULFILLED:
            found[one.event.id] = best[1]
    return found


def _stories(event: Event, story_of: Mapping[str, str]) -> list[str]:
    return sorted({story_of[report.article] for report in event.reports if report.article in story_of})


def _local(given: Given, article: str, local: str) -> EventReport | None:
    """The event of a reading with the record's ids for its place and participants."""
    reading = given.readings[article]
    event = next((one for one in reading.events if one.id == local), None)
    if event is None:
        return None
    parts = []
    for part in event.participants:
        identity = record_id(given, reading, part.entity)
        if identity is not None:
            parts.append(Participation(entity=identity, role=part.role, side=_side(given, reading, part.side), office=part.office))
    return replace(event, place=record_id(given, reading, event.place), participants=tuple(parts))


def record_id(given: Given, reading: Reading, local: str | None) -> str | None:
    """What an entity of a reading is in the record."""
    entity = reading.entity(local)
    return given.id_of(entity.kind, reading.article.id, local) if entity else None


def _side(given: Given, reading: Reading, side: str | None) -> str | None:
    """A side is a state's code, or an organisation by its id."""
    return side if side is None or reading.entity(side) is None else record_id(given, reading, side)


def _event(given: Given, identity: str, reports: Sequence[Report], settled: Mapping[tuple[str, str], Mapping[str, str | None]]) -> Event:
    fields = told(reports)
    differing = disputed(reports)
    by_hand: dict[str, str | None] = {}
    for report in reports:
        by_hand |= settled.get((report.article, report.event.id), {})
    event = Event(
        id=identity, type=fields.type, mode=fields.mode, date=fields.date, place=fields.place, participants=fields.participants, topics=fields.topics,
        contexts=fields.contexts, factuality=fields.factuality, origins=fields.origins, disputed=tuple(one for one in differing if one.field not in by_hand),
        reports=tuple(sorted((ReportOf(article=one.article, event=one.event.id, evidence=one.event.evidence) for one in reports),
                             key=lambda one: (one.article, one.event))),
    )  # fmt: skip
    return replace(event, **by_hand) if by_hand else event  # type: ignore[arg-type]


def _corrected(given: Given) -> tuple[frozenset[tuple[str, str]], Mapping[tuple[str, str], dict[str, str | None]]]:
    """What corrections reject, and the fields they set, by article and local id of an event."""
    rejected: set[tuple[str, str]] = set()
    settled: dict[tuple[str, str], dict[str, str | None]] = {}
    for one in given.corrections:
        if one.undone or one.kind != "event":
            continue
        # An event of several reports is rejected by the words of each.
        for anchor in one.left.split():
            article, _, words = anchor.partition(ANCHOR)
            reading = given.readings.get(article)
            local = local_at(reading, "event", words) if reading is not None else None
            if local is None:
                continue
            if one.verdict == "reject":
                rejected.add((article, local))
            elif one.verdict == "value" and one.field in FIELDS:
                _settle(settled.setdefault((article, local), {}), one.field, one.right, given)
    return frozenset(rejected), settled


def _settle(fields: dict[str, str | None], field: str, value: str | None, given: Given) -> None:
    """Set a field; a place is named by its words in an article, and stays as it was where nothing stands there any more."""
    if field != "place" or value is None or ANCHOR not in value:
        fields[field] = value
        return
    items = (anchored(value, kind, given) for kind in PLACES)
    place = next((given.record_ids[item] for item in items if item), None)
    if place is not None:
        fields[field] = place
