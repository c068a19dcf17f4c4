"""The stage `events`: what happened, by the frames of the language.

words ──triggers──▶ each with parties, reality, date, place ──▶ sightings ──merging──▶ one entry an event ──▶ sides, offices, evidence
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.knowledge.plover import TYPES
from dragoman.model.reading import Article, EventReport, Factuality, Participation, Reading, Role
from dragoman.model.spans import Span, distinct
from dragoman.reading.events.circumstances import Circumstances, pluperfect
from dragoman.reading.events.frames import Frame, frames
from dragoman.reading.events.merging import Company, Gathered, Sighting, gather
from dragoman.reading.events.parties import Parties, parties
from dragoman.reading.events.reality import Reality, reality
from dragoman.reading.events.scene import Scene
from dragoman.reading.events.triggers import Trigger, triggers
from dragoman.reading.kit import Kit
from dragoman.reading.referents import referents
from dragoman.reading.stage import Stage

# PLOVER: any future CONSULT, SUPPORT, COOPERATE or AID is AGREE; a withdrawal to come is CONCEDE, force to come a threat.
_TO_COME = {
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
_TWO = 2
# Of these a report may name nobody as the doer.
_NAMELESS = frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE"})


# These take place somewhere, the same place as what was told before them unless another is named.
_SOMEWHERE = frozenset({"CONSULT", "PROTEST", "ASSAULT", "COERCE", "RETREAT", "SUPPORT", "AGREE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Day and place that the story has reached: what is told next in the past tense goes on there until it names others."""

    day: str | None = None
    place: str | None = None
    paragraph: int = 1

    def after(self, sighting: Sighting, paragraph: int) -> Setting:
        """The setting once this has been told; a new day leaves the place behind."""
        known = sighting.date if sighting.dated and len(sighting.date or "") == len("2025-10-12") else None
        if known and known != self.day:
            return Setting(day=known, place=sighting.place if sighting.place else self.place if self.day is None else None, paragraph=paragraph)
        return Setting(day=self.day, place=sighting.place or self.place, paragraph=paragraph if sighting.place else self.paragraph)


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `events`."""
    known = frames(article.language)
    if known is None or not reading.parse.grammatical:
        return reading
    scene = Scene(reading=reading, frames=known, referents=referents(reading))
    every = triggers(scene)
    circumstances = Circumstances(scene, every)
    sightings: list[Sighting] = []
    setting = Setting(place=circumstances.dateline())
    for trigger in every:
        sighting = _sighting(scene, trigger, circumstances, setting)
        if sighting is None:
            continue
        sightings.append(sighting)
        if sighting.factuality == "actual" and not sighting.retold and not (sighting.date and _to_come(scene, sighting.date)):
            setting = setting.after(sighting, scene.paragraph(trigger.token))
    company = _company(reading)
    gathered = [event for event in gather(sightings, company) if _worth(event)]
    events = [_report(scene, event, company, number) for number, event in enumerate(gathered, start=1)]
    return replace(reading, events=tuple(events))


def _sighting(scene: Scene, trigger: Trigger, circumstances: Circumstances, setting: Setting) -> Sighting | None:
    frame = trigger.pattern.frame
    real = reality(scene, trigger)
    if real in ("possible", "negated"):
        return None
    if real == "actual" and frame.real == "planned":
        real = "planned"
    who = parties(scene, trigger)
    if not _has_needed(scene, trigger, frame, who):
        return None
    if trigger.nominal and frame.type == "CONSULT" and len(who.all) < _TWO and _is_interview(scene, trigger):
        return None
    retold = pluperfect(scene, trigger)
    date = circumstances.date(trigger)
    if real == "actual" and date and frame.type != "AGREE" and _to_come(scene, date):
        date = None  # a deadline or a day spoken of, not that of the event; what is agreed may lie ahead
    place = circumstances.place(trigger)
    goes_on = real == "actual" and not retold and (date is None or setting.day in (None, date))
    statement = scene.said.get(trigger.token.index)
    return Sighting(
        trigger=trigger,
        frame=frame,
        type=_TO_COME.get(frame.type, frame.type) if real == "planned" else frame.type,
        factuality=_factuality(real),
        actors=who.actors,
        recipients=who.recipients,
        date=date or (setting.day if goes_on else None),
        dated=date is not None,
        place=place or (setting.place if goes_on and frame.type in _SOMEWHERE and scene.paragraph(trigger.token) <= setting.paragraph + 1 else None),
        source=statement.speaker if statement else None,
        anaphoric=frame.joins or (trigger.nominal and _definite(scene, trigger)),
        retold=retold,
    )


def _to_come(scene: Scene, date: str) -> bool:
    """Whether a full day lies after the day of publication."""
    published = scene.reading.article.published
    return published is not None and len(date) == len("2025-10-12") and date > published.isoformat()


def _is_interview(scene: Scene, trigger: Trigger) -> bool:
    """Whether the noun only says on what occasion somebody is quoted: 'a-t-il dit dans un entretien à …'."""
    verb = scene.clause(trigger.token)
    return verb.index in scene.cued


def _factuality(real: Reality) -> Factuality:
    return real if real in ("planned", "possible", "denied") else "actual"


def _has_needed(scene: Scene, trigger: Trigger, frame: Frame, who: Parties) -> bool:
    """Whether those are known whom the frame needs."""
    if frame.actor == "person" and not trigger.nominal and not _acts_in_person(scene, who):
        return False
    if frame.actor == "crowd" and not trigger.nominal:
        return who.subject is not None and (scene.is_a(who.subject, "crowd") or any(child.pos == "NUM" for child in scene.parse.children(who.subject)))
    if frame.joins:
        return any(scene.referents.entity(identity).kind != "place" for identity in who.all)
    if trigger.nominal or frame.needs in ("any", "none"):
        return True
    if frame.needs == "both":
        return len(who.all) > 1
    return bool(who.actors or (scene.passive(trigger.token) and who.recipients))


def _acts_in_person(scene: Scene, who: Parties) -> bool:
    kinds = {scene.referents.entity(identity).kind for identity in who.actors}
    return "person" in kinds or (who.subject is not None and scene.word(who.subject, scene.referents.actors.bodies))


def _definite(scene: Scene, trigger: Trigger) -> bool:
    """Whether a noun points back: 'the talks', 'cette rencontre', not 'a meeting', 'any deal'."""
    children = scene.parse.children(trigger.token)
    if any(scene.frames.governs("generic", child.text) for child in children):
        return False
    return any(child.dep in ("det", "poss") and scene.frames.governs("definite", child.text) for child in children)


def _worth(event: Gathered) -> bool:
    """Whether an event is told, not only mentioned: it has parties, or is of a kind that needs none and has a day or a place."""
    if all(one.trigger.nominal for one in event.sightings):
        if not event.parties:
            return event.type in _NAMELESS and any(one.dated and one.place for one in event.sightings)
        return any(one.dated or one.place for one in event.sightings)
    return bool(event.parties) or (event.type in _NAMELESS and bool(event.told("date") or event.told("place")))


def _company(reading: Reading) -> Company:
    sides: dict[str, str | None] = {}
    for entity in reading.entities:
        held = next((one.of for one in reading.offices if one.person == entity.id and one.of), None)
        sides[entity.id] = held or entity.state or (entity.code if entity.kind == "state" else None)
    return Company(sides=sides, states={entity.id: entity.code for entity in reading.entities if entity.kind == "state" and entity.code})


def _report(scene: Scene, event: Gathered, company: Company, number: int) -> EventReport:
    lead = event.lead
    evidence = distinct(sentence for one in event.sightings if (sentence := scene.reading.sentence_at(one.trigger.token.start)))
    return EventReport(
        id=f"v{number}",
        type=event.type,
        mode=next((one.frame.mode for one in (lead, *event.sightings) if one.frame.mode in TYPES[event.type].modes), None),
        date=event.told("date"),
        place=event.told("place"),
        participants=_participants(scene, event, company),
        factuality=lead.factuality,
        source=lead.source,
        trigger=_words(scene, lead.trigger),
        evidence=evidence,
        confidence=_confidence(event),
        frame=f"{lead.frame.name}: {lead.trigger.pattern.text}",
    )


def _words(scene: Scene, trigger: Trigger) -> Span:
    """The trigger with the words and nouns of its pattern, as far as they stand together."""
    last = trigger.token
    wanted = set(trigger.pattern.words)
    for index in range(trigger.token.index + 1, min(trigger.token.index + 4, len(scene.parse.tokens))):
        token = scene.parse.tokens[index]
        if token.sentence != trigger.token.sentence:
            break
        is_theme = bool(trigger.pattern.noun) and trigger.theme is not None and index == trigger.theme.index
        if is_theme or scene.folded[index] in wanted or scene.lemmas[index] in wanted:
            last = token
    return Span(trigger.token.start, last.end)


def _confidence(event: Gathered) -> float:
    """A rough order, for sorting: more tellings, a verb, known parties and a day make an event surer."""
    score = 0.5 + 0.1 * (not event.lead.trigger.nominal) + 0.1 * (len(event.parties) > 1) + 0.1 * bool(event.told("date")) + 0.05 * (len(event.sightings) > 1)
    return round(min(score, 0.95), 2)


def _participants(scene: Scene, event: Gathered, company: Company) -> tuple[Participation, ...]:
    """Everybody once, in text order of naming; a state is left out where one of its persons takes part."""
    actors = list(dict.fromkeys(one for sighting in event.sightings for one in sighting.actors))
    recipients = [one for one in dict.fromkeys(one for sighting in event.sightings for one in sighting.recipients) if one not in actors]
    every = [*actors, *recipients]
    spoken_for = {company.sides.get(one) for one in every if scene.referents.entity(one).kind == "person"}
    kept = [one for one in every if not (one in company.states and company.states[one] in spoken_for)]
    return tuple(_participation(scene, event, one, one in actors) for one in kept)


def _participation(scene: Scene, event: Gathered, identity: str, acts: bool) -> Participation:  # noqa: FBT001 - which of two lists it came from
    holding = next((one for one in scene.reading.offices if one.person == identity and not one.former), None)
    entity = scene.referents.entity(identity)
    side = (holding.of if holding else None) or entity.code or entity.state or (entity.id if entity.kind == "organization" else None)
    return Participation(entity=identity, role=_role(event, acts), side=side, office=holding.office if holding else None)


def _role(event: Gathered, acts: bool) -> Role:  # noqa: FBT001 - which of two lists it came from
    if event.type == "CONSULT":
        if any(one.frame.name == "visit" for one in event.sightings):
            return "visitor" if acts else "host"
        return "participant"
    return "actor" if acts else "recipient"


def stage() -> Stage:
    """The stage as the pipeline takes it."""
    return Stage(name="events", version=1, needs=("sentences", "entities", "offices", "dates", "titles", "statements"), gives=("events",), run=run)
