"""From the sightings of an event to its entry in the reading: what both ways of finding them, with and without a parser, share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.knowledge.plover import TYPES
from dragoman.model.reading import EventReport, Factuality, Participation, Reading, Role
from dragoman.model.spans import Span, distinct
from dragoman.reading.events.bodies import home
from dragoman.reading.events.merging import Company, Gathered, Sighting
from dragoman.reading.events.reality import Reality

# PLOVER: any future CONSULT, SUPPORT, COOPERATE or AID is AGREE; a withdrawal to come is CONCEDE, force to come a threat.
TO_COME = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
    "SANCTION": "THREATEN",
    "COERCE": "THREATEN",
    "ASSAULT": "THREATEN",
    "MOBILIZE": "THREATEN",
}
# Of these a report may name nobody as the doer.
NAMELESS = frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE"})
# These take place somewhere, the same place as what was told before them unless another is named.
SOMEWHERE = frozenset({"CONSULT", "PROTEST", "ASSAULT", "COERCE", "RETREAT", "SUPPORT", "AGREE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Day and place that the story has reached: what is told next in the past tense goes on there until it names others."""

    day: str | None = None
    place: str | None = None
    paragraph: int = 1

    def after(self, sighting: Sighting, paragraph: int) -> Setting:
        """The setting once this has been told; a new day leaves the place behind."""
        if sighting.type not in SOMEWHERE:
            # What is threatened or asked names a place of its own.
            sighting = replace(sighting, place=None)
        known = sighting.date if sighting.dated and len(sighting.date or "") == len("2025-10-12") else None
        if known and known != self.day:
            return Setting(day=known, place=sighting.place if sighting.place else self.place if self.day is None else None, paragraph=paragraph)
        return Setting(day=self.day, place=sighting.place or self.place, paragraph=paragraph if sighting.place else self.paragraph)


def to_come(reading: Reading, date: str) -> bool:
    """Whether a full day lies after the day of publication."""
    published = reading.article.published
    return published is not None and len(date) == len("2025-10-12") and date > published.isoformat()


def factuality(real: Reality) -> Factuality:
    """What a reading says of it: only what is told at all."""
    return real if real in ("planned", "possible", "denied") else "actual"


def worth(event: Gathered) -> bool:
    """Whether an event is told, not only mentioned: it has parties, or is of a kind that needs none and has a day or a place."""
    if all(one.trigger.nominal for one in event.sightings):
        if not event.parties:
            return event.type in NAMELESS and any(one.dated and one.place for one in event.sightings)
        return any(one.dated or one.place for one in event.sightings)
    return bool(event.parties) or (event.type in NAMELESS and bool(event.told("date") or event.told("place")))


def company_of(reading: Reading) -> Company:
    """For which state each entity of the reading stands."""
    sides: dict[str, str | None] = {}
    for entity in reading.entities:
        held = next((one.of for one in reading.offices if one.person == entity.id and one.of), None)
        sides[entity.id] = held or entity.state or (entity.code if entity.kind == "state" else None)
    return Company(sides=sides, states={entity.id: entity.code for entity in reading.entities if entity.kind == "state" and entity.code})


def report(reading: Reading, event: Gathered, company: Company, number: int, trigger: Span) -> EventReport:
    """One entry; `trigger` are the words that tell of it first."""
    lead = event.lead
    evidence = distinct(sentence for one in event.sightings if (sentence := reading.sentence_at(one.trigger.token.start)))
    return EventReport(
        id=f"v{number}",
        type=event.type,
        mode=next((one.frame.mode for one in (lead, *event.sightings) if one.frame.mode in TYPES[event.type].modes), None),
        date=event.told("date"),
        place=event.told("place"),
        participants=_participants(reading, event, company),
        factuality=lead.factuality,
        source=lead.source,
        trigger=trigger,
        evidence=evidence,
        confidence=_confidence(event),
        frame=f"{lead.frame.name}: {lead.trigger.pattern.text}",
    )


def _confidence(event: Gathered) -> float:
    """A rough order, for sorting: more tellings, a verb, known parties and a day make an event surer."""
    score = 0.5 + 0.1 * (not event.lead.trigger.nominal) + 0.1 * (len(event.parties) > 1) + 0.1 * bool(event.told("date")) + 0.05 * (len(event.sightings) > 1)
    return round(min(score, 0.95), 2)


def _participants(reading: Reading, event: Gathered, company: Company) -> tuple[Participation, ...]:
    """Everybody once, in text order of naming; a state is left out where one of its persons takes the same part."""
    actors = list(dict.fromkeys(one for sighting in event.sightings for one in sighting.actors))
    recipients = [one for one in dict.fromkeys(one for sighting in event.sightings for one in sighting.recipients) if one not in actors]
    every = [*actors, *recipients]
    kinds = {entity.id: entity.kind for entity in reading.entities}
    apart = event.type != "CONSULT"
    spoken_for = {(company.sides.get(one), apart and one in actors) for one in every if kinds[one] == "person"}
    kept = [one for one in every if not (one in company.states and (company.states[one], apart and one in actors) in spoken_for)]
    return tuple(_participation(reading, event, one, one in actors) for one in kept)


def _participation(reading: Reading, event: Gathered, identity: str, acts: bool) -> Participation:  # noqa: FBT001 - which of two lists it came from
    holding = next((one for one in reading.offices if one.person == identity and not one.former), None)
    entity = next(one for one in reading.entities if one.id == identity)
    side = (holding.of if holding else None) or entity.code or home(reading, entity) or (entity.id if entity.kind == "organization" else None)
    return Participation(entity=identity, role=_role(event, acts), side=side, office=holding.office if holding else None)


def _role(event: Gathered, acts: bool) -> Role:  # noqa: FBT001 - which of two lists it came from
    if event.type == "CONSULT":
        if any(one.frame.name == "visit" for one in event.sightings):
            return "visitor" if acts else "host"
        return "participant"
    return "actor" if acts else "recipient"
