"""Whether an event happened, is planned, only possible or called off, where no parser tells: by the form of its verb and the words that govern it."""

from __future__ import annotations

from dragoman.reading.events.plain_triggers import PlainTrigger, Telling
from dragoman.reading.events.reality import Reality

# A governing word stands so near: names, dates and small words do not count.
_NEAR = 4
# Words that make an act the date or cause of another stand so near behind it.
_SINCE = 2
_ORDER: tuple[Reality, ...] = ("denied", "planned", "possible")
_STOPS = (".", "؛", ";", ":", "«", "»", '"', "“", "”")
_COMMAS = (",", "،")


def reality(telling: Telling, one: PlainTrigger) -> Reality:
    """Read from the verb itself, then from what governs it."""
    if one.verb is not None:
        own = _own(telling, one)
        if own != "actual":
            return own
    if _conditional(telling, one):
        return "possible"
    return _ahead(telling, one) if telling.scene.inflection.before_verb else _behind(telling, one)


def _own(telling: Telling, one: PlainTrigger) -> Reality:
    """By tense and negation, whether told by the form or by a word before the verb."""
    scene, verb = telling.scene, one.verb
    if verb is None:
        return "actual"
    if scene.says(one.index - 1, "futures_negated"):
        return "denied"
    if scene.says(one.index - 1, "pasts_negated") or (one.index > scene.sentence(one.index).start and scene.has(one.index - 1, "presents_negated")):
        return "negated"
    if scene.says(one.index - 1, "future_helpers"):
        return "planned"
    if verb.negated:
        return "denied" if verb.tells in ("future", "content-future") else "negated"
    if verb.tells in ("future", "content-future"):
        return "planned"
    if verb.tells in ("possible", "condition"):
        return "possible"
    return "actual"


def _conditional(telling: Telling, one: PlainTrigger) -> bool:
    """Whether the clause opens with 'if', or ends with it where words follow what they govern."""
    if telling.scene.inflection.before_verb:
        return any(telling.governs(index, "conditions") for index in range(one.index + 1, min(one.index + 3, one.stop + 1, len(telling.scene.tokens))))
    return any(telling.governs(index, "conditions") for index in range(max(one.first - 1, 0), one.index) if index not in telling.scene.named)


def _behind(telling: Telling, one: PlainTrigger) -> Reality:
    """The nearest governing word before the trigger in its sentence: 'من المقرر أن يزور', 'يعتزم زيارة'."""
    scene = telling.scene
    start = scene.sentence(one.index).start
    if one.verb is None and one.index > start and scene.has(one.index - 1, "presents_negated"):
        return "negated"
    subjunctive = (
        one.verb is not None and one.verb.tells == "present" and (scene.says(one.index - 1, "subjunctives") or one.verb.before.endswith(_purposes(telling)))
    )
    steps = 0
    for index in range(one.index - 1, start - 1, -1):
        text = scene.tokens[index].text
        if text in _STOPS or steps > _NEAR:
            break
        if index in scene.named or index in scene.dated:
            continue
        if text in _COMMAS and not subjunctive:
            break
        if scene.says(index, "perhaps"):
            return "possible"
        for name in _ORDER:
            if telling.governs(index, name):
                return name
        if telling.governs(index, "actual"):
            return "actual"
        if telling.governs(index, "belying"):
            return "denied"
        if not subjunctive and one.verb is not None:
            break  # a verb that nothing leads to stands for itself
        steps += 1
    after = one.index + 1
    if one.verb is None and after < len(scene.tokens) and any(telling.governs(index, "planned_after") for index in range(after, min(after + _NEAR, one.stop))):
        return "planned"
    return "possible" if subjunctive else "actual"


def _purposes(telling: Telling) -> tuple[str, ...]:
    """What is joined to a verb to say what for: 'ليلتقي'."""
    letters = telling.scene.small.get("purposes", frozenset())
    return tuple(f"{letter}{person}" for letter in letters for person in telling.scene.small.get("persons", frozenset())) or ("\0",)


def _ahead(telling: Telling, one: PlainTrigger) -> Reality:
    """The next governing word after the trigger: 'ziyaret etmesi planlanıyor', 'zirve ertelendi'."""
    scene = telling.scene
    stop = scene.sentence(one.index).stop
    verb = one.verb
    if verb is not None and verb.tells not in ("noun", "purpose", "content", "converb"):
        return "actual"
    if any(telling.governs(index, "since") for index in range(one.index + 1, min(one.index + 1 + _SINCE, stop))):
        return "actual"  # 'devrilmesinden bu yana': what dates something else has been
    steps = 0
    for index in range(one.index + 1, stop):
        text = scene.tokens[index].text
        if text in _STOPS or steps > _NEAR or (text in _COMMAS and verb is None):
            break
        if index in scene.named or index in scene.dated:
            continue
        for name in _ORDER:
            if telling.governs(index, name) and (verb is None or verb.tells != "converb"):
                return name
        if telling.governs(index, "belying") and (verb is None or verb.tells != "converb"):
            return "denied"
        form = next((found for found in scene.verbs[index] if found.tells not in ("noun", "purpose")), None)
        if form is not None and (verb is None or verb.tells == "converb") and (index < one.stop or verb is not None):
            if form.negated:
                return "denied" if form.tells in ("future", "content-future") else "negated"
            if form.tells in ("future", "content-future"):
                return "planned"
            return "possible" if form.tells in ("possible", "condition") else "actual"
        steps += 1
    return "possible" if verb is not None and verb.tells in ("noun", "purpose") else "actual"
