"""Events in a language without a parser: frames matched on word forms, parties by case, preposition and order; then merged as all others.

Without a table of frames nothing is told of events but what the encoder marks, see `tagged`.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from dragoman.model.reading import EventReport, Reading
from dragoman.model.spans import Span
from dragoman.reading.events.frames import frames
from dragoman.reading.events.merging import Gathered, Sighting, gather
from dragoman.reading.events.parties import Parties
from dragoman.reading.events.plain_circumstances import PlainCircumstances
from dragoman.reading.events.plain_parties import parties
from dragoman.reading.events.plain_reality import reality
from dragoman.reading.events.plain_triggers import PlainTrigger, Telling, triggers
from dragoman.reading.events.reports import SOMEWHERE, TO_COME, Setting, company_of, factuality, report, to_come, worth
from dragoman.reading.plain.scenes import plain_scene

_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_TWO = 2


def plain_events(reading: Reading) -> tuple[EventReport, ...]:
    """All events in text order."""
    known = frames(reading.article.language)
    scene = plain_scene(reading)
    if known is None or not scene.inflection.forms:
        return tagged(reading)
    telling = Telling(scene, known)
    every = triggers(telling)
    lines = [match.start() for match in _LINE.finditer(scene.text)]
    circumstances = PlainCircumstances(telling, every)
    setting = Setting(place=circumstances.dateline())
    sightings: list[Sighting] = []
    for one in every:
        paragraph = bisect_right(lines, one.trigger.token.start)
        sighting = _sighting(telling, one, circumstances, setting, paragraph)
        if sighting is None:
            continue
        sightings.append(sighting)
        if sighting.factuality == "actual" and not sighting.retold and not (sighting.date and to_come(reading, sighting.date)):
            setting = setting.after(sighting, paragraph)
    company = company_of(reading)
    gathered = [event for event in gather(sightings, company) if worth(event)]
    return tuple(report(reading, event, company, number, _words(telling, event)) for number, event in enumerate(gathered, start=1))


def tagged(reading: Reading) -> tuple[EventReport, ...]:
    """Events by the encoder's tags alone: none are told yet, since a type without its parties says little."""
    return ()


def _sighting(telling: Telling, one: PlainTrigger, circumstances: PlainCircumstances, setting: Setting, paragraph: int) -> Sighting | None:
    frame = one.trigger.pattern.frame
    real = reality(telling, one)
    if real in ("possible", "negated"):
        return None
    if real == "actual" and frame.real == "planned":
        real = "planned"
    who = parties(telling, one)
    if not _has_needed(telling, one, who):
        return None
    scene = telling.scene
    if one.verb is None and frame.type == "CONSULT" and len(who.all) < _TWO and one.index in scene.cued:
        return None
    date = circumstances.date(one)
    ahead = bool(date and to_come(scene.reading, date))
    if ahead and real == "actual" and (one.verb is None or one.verb.tells == "present") and frame.type in TO_COME:
        real = "planned"
    elif ahead and real == "actual" and frame.type != "AGREE":
        date = None  # a deadline or a day spoken of, not that of the event
    retold = one.verb is not None and (one.verb.tells == "pluperfect" or _looks_back(telling, one))
    place = circumstances.place(one)
    goes_on = real == "actual" and not retold and (date is None or setting.day in (None, date))
    statement = scene.said.get(one.index)
    return Sighting(
        trigger=one.trigger,
        frame=frame,
        type=TO_COME.get(frame.type, frame.type) if real == "planned" else frame.type,
        factuality=factuality(real),
        actors=who.actors,
        recipients=who.recipients,
        date=date or (setting.day if goes_on else None),
        dated=date is not None,
        place=place or (setting.place if goes_on and frame.type in SOMEWHERE and paragraph <= setting.paragraph + 1 else None),
        source=statement.speaker if statement else None,
        anaphoric=frame.joins or (_definite(telling, one, who) if one.verb is None else frame.type == "CONSULT" and _theme_definite(telling, one)),
        retold=retold,
    )


def _has_needed(telling: Telling, one: PlainTrigger, who: Parties) -> bool:
    """Whether those are known whom the frame needs."""
    frame = one.trigger.pattern.frame
    kinds = {telling.scene.entities[identity].kind for identity in who.all}
    if frame.actor == "person" and one.verb is not None and "person" not in {telling.scene.entities[identity].kind for identity in who.actors}:
        return _bodied(telling, one)
    if frame.actor == "crowd" and one.verb is not None:
        return any(telling.is_a(index, "crowd") for index in one.clause)
    if frame.joins:
        return bool(kinds)
    if one.verb is None or frame.needs in ("any", "none"):
        return True
    if frame.needs == "both":
        return len(who.all) > 1
    passive = one.verb is not None and (one.verb.passive or telling.scene.voiced(one.index))
    return bool(who.actors or (passive and (who.recipients or one.trigger.theme is not None)))


def _looks_back(telling: Telling, one: PlainTrigger) -> bool:
    """Whether two small words make a pluperfect: 'كان … قد التقى'."""
    scene = telling.scene
    return scene.says(one.index - 1, "perfects") and any(scene.says(index, "pasts") for index in range(scene.sentence(one.index).start, one.index))


def _bodied(telling: Telling, one: PlainTrigger) -> bool:
    """Whether a delegation or a minister that nobody names is the subject."""
    bodies = telling.scene.actors.bodies
    return any(not bodies.isdisjoint(telling.scene.nouns[index]) for index in one.clause)


def _definite(telling: Telling, one: PlainTrigger, who: Parties) -> bool:
    """Whether a noun points back: with an article or 'this', or alone and with nobody named beside it."""
    scene = telling.scene
    if any(telling.governs(index, "generic") for index in (one.index - 1, one.index + 1) if 0 <= index < len(scene.tokens)):
        return False
    if scene.bare[one.index].startswith(tuple(scene.small.get("articles", ())) or ("\0",)):
        return True
    return telling.governs(max(one.index - 1, 0), "definite") or (scene.inflection.before_verb and not who.all)


def _theme_definite(telling: Telling, one: PlainTrigger) -> bool:
    """Whether the talks that a verb is about were told before: 'شارك في الجلسات', 'toplantıya katıldı'."""
    theme = one.trigger.theme
    if theme is None:
        return False
    scene = telling.scene
    if not scene.inflection.before_verb:
        return scene.bare[theme.index].startswith(tuple(scene.small.get("articles", ())) or ("\0",))
    ends = {end for rows in scene.inflection.cases.values() for end in rows}
    bare = scene.bare[theme.index]
    cased = any(bare == f"{noun}{end}" for noun in scene.nouns[theme.index][1:] for end in ends)
    return cased and (theme.index == scene.sentence(theme.index).start or telling.governs(theme.index - 1, "definite"))


def _words(telling: Telling, event: Gathered) -> Span:
    """The trigger with the words and nouns of its pattern, as far as they stand together."""
    scene, lead = telling.scene, event.lead.trigger
    first = last = lead.token.index
    wanted = set(lead.pattern.words)
    ahead = scene.inflection.before_verb
    for step in range(1, 4):
        index = lead.token.index - step if ahead else lead.token.index + step
        if not 0 <= index < len(scene.tokens) or scene.tokens[index].sentence != lead.token.sentence:
            break
        if (lead.theme is not None and lead.theme.index == index) or scene.any_of(index, wanted):
            first, last = (index, last) if ahead else (first, index)
    return scene.span(first, last)
