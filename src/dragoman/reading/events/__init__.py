"""The stage `events`: what happened, by the frames of the language.

words ──triggers──▶ each with parties, reality, date, place ──▶ sightings ──merging──▶ one entry an event ──▶ sides, offices, evidence
"""

from __future__ import annotations

from dataclasses import replace

from dragoman.model.parse import Token
from dragoman.model.reading import Article, Reading
from dragoman.model.spans import Span
from dragoman.reading.events.circumstances import Circumstances, pluperfect
from dragoman.reading.events.frames import Frame, Trigger, frames
from dragoman.reading.events.merging import Sighting, gather
from dragoman.reading.events.parties import Parties, parties
from dragoman.reading.events.plain import plain_events
from dragoman.reading.events.reality import reality
from dragoman.reading.events.reports import SOMEWHERE, TO_COME, Setting, company_of, factuality, report, to_come, worth
from dragoman.reading.events.scene import Scene
from dragoman.reading.events.triggers import triggers
from dragoman.reading.kit import Kit
from dragoman.reading.referents import referents
from dragoman.reading.stage import Stage

_TWO = 2


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `events`."""
    known = frames(article.language)
    if not reading.parse.grammatical:
        return replace(reading, events=plain_events(reading))
    if known is None:
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
        if sighting.factuality == "actual" and not sighting.retold and not (sighting.date and to_come(scene.reading, sighting.date)):
            setting = setting.after(sighting, scene.paragraph(trigger.token))
    company = company_of(reading)
    gathered = [event for event in gather(sightings, company) if worth(event)]
    events = [report(reading, event, company, number, _words(scene, event.lead.trigger)) for number, event in enumerate(gathered, start=1)]
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
    retold = pluperfect(scene, trigger) or (trigger.nominal and scene.behind(trigger.token))
    # What is said not to be done is refused when it is said.
    anchor = trigger if trigger.cue is None else replace(trigger, token=trigger.cue)
    date = circumstances.date(anchor)
    if real == "actual" and date and frame.type != "AGREE" and to_come(scene.reading, date):
        date = None  # a deadline or a day spoken of, not that of the event; what is agreed may lie ahead
    place = circumstances.place(anchor)
    goes_on = real == "actual" and not retold and (date is None or setting.day in (None, date))
    statement = scene.said.get(trigger.token.index)
    return Sighting(
        trigger=trigger,
        frame=frame,
        type=TO_COME.get(frame.type, frame.type) if real == "planned" else frame.type,
        factuality=factuality(real),
        actors=who.actors,
        recipients=who.recipients,
        date=date or (setting.day if goes_on else None),
        dated=date is not None,
        place=place or (setting.place if goes_on and frame.type in SOMEWHERE and scene.paragraph(trigger.token) <= setting.paragraph + 1 else None),
        source=statement.speaker if statement else None,
        anaphoric=frame.joins or (trigger.nominal and _definite(scene, trigger)),
        retold=retold,
    )


def _is_interview(scene: Scene, trigger: Trigger) -> bool:
    """Whether the noun only says on what occasion somebody is quoted: 'a-t-il dit dans un entretien à …'."""
    verb = scene.clause(trigger.token)
    return verb.index in scene.cued


def _has_needed(scene: Scene, trigger: Trigger, frame: Frame, who: Parties) -> bool:
    """Whether those are known whom the frame needs."""
    if frame.actor == "person" and not trigger.nominal and not _acts_in_person(scene, who):
        return False
    if frame.actor == "crowd" and not trigger.nominal:
        return who.subject is not None and _is_crowd(scene, who.subject)
    if frame.joins:
        return any(scene.referents.entity(identity).kind != "place" for identity in who.all)
    if trigger.nominal or frame.needs in ("any", "none"):
        return True
    if frame.needs == "both":
        return len(who.all) > 1
    return bool(who.actors or (scene.passive(trigger.token) and who.recipients))


def _is_crowd(scene: Scene, subject: Token) -> bool:
    """Whether many act: a word for them, a number, or a people in the plural."""
    if scene.is_a(subject, "crowd") or any(child.pos == "NUM" for child in scene.parse.children(subject)):
        return True
    return "Number=Plur" in subject.morph and any(entity.kind == "state" for entity in scene.referents.covering(subject))


def _acts_in_person(scene: Scene, who: Parties) -> bool:
    kinds = {scene.referents.entity(identity).kind for identity in who.actors}
    return "person" in kinds or (who.subject is not None and scene.word(who.subject, scene.referents.actors.bodies))


def _definite(scene: Scene, trigger: Trigger) -> bool:
    """Whether a noun points back: 'the talks', 'cette rencontre', not 'a meeting', 'any deal'."""
    children = scene.parse.children(trigger.token)
    if any(scene.frames.governs("generic", child.text) for child in children):
        return False
    return any(child.dep in ("det", "poss") and scene.frames.governs("definite", child.text) for child in children)


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


def stage() -> Stage:
    """The stage as the pipeline takes it."""
    return Stage(name="events", version=6, needs=("sentences", "entities", "offices", "dates", "titles", "statements"), gives=("events",), run=run)
