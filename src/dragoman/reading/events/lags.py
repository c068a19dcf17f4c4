"""The day of an event from which another clause counts its own: 'on Wednesday, a day after the parties traded prisoners' tells of a Tuesday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model.parse import Token
from dragoman.model.reading import When
from dragoman.reading.dates.table import words
from dragoman.reading.events.frames import Trigger
from dragoman.reading.events.scene import Scene

# Units that count whole days.
_DAYS = {"day": 1, "week": 7}
Row = tuple[Token, When]


@dataclass(frozen=True, slots=True)
class Lag:
    """`days` from the event to what its clause dates, negative where the event comes later; `above` the word of that clause."""

    days: int
    unit: Token
    above: Token


def lag(scene: Scene, trigger: Trigger) -> Lag | None:
    """The days that stand before 'after' or 'before' where these open the clause of the trigger or govern its noun; None where none do."""
    known = words(scene.reading.article.language)
    for token in _opening(scene, trigger):
        sign = next((sign for name, sign in (("lag_after", 1), ("lag_before", -1)) if scene.folded[token.index] in scene.frames.light.get(name, ())), 0)
        unit = scene.parse.tokens[token.index - 1] if sign and token.index > 1 else None
        if known is None or unit is None or unit.sentence != token.sentence:
            continue
        size = _DAYS.get(known.units.get(scene.folded[unit.index], ""), 0)
        written = scene.folded[unit.index - 1]
        count = known.numbers.get(written, int(written) if written.isdecimal() else 0)
        if size and count:
            inner = _inner(scene, trigger)
            above = scene.parse.head(inner)
            # one parser hangs the noun on the preposition, the other the preposition on the noun
            return Lag(days=sign * size * count, unit=unit, above=scene.parse.head(above) if above.index == token.index else above)
    return None


def _inner(scene: Scene, trigger: Trigger) -> Token:
    return trigger.token if trigger.nominal else scene.clause(trigger.token)


def _opening(scene: Scene, trigger: Trigger) -> Sequence[Token]:
    """The small words that open the trigger's clause, or govern its noun."""
    inner = _inner(scene, trigger)
    found = [child for child in scene.parse.children(inner) if child.dep in ("mark", "case")]
    return [scene.parse.head(inner), *found] if trigger.nominal and inner.dep == "pobj" else found


def counted(found: Lag, rows: Sequence[Row]) -> str | None:
    """The day that the lag counts back to, from the full day told nearest to the clause above; None where the sentence tells none."""
    days = [(abs(root.index - found.above.index), root.index, day) for root, when in rows if (day := _day(when)) and root.index != found.unit.index]
    return str(min(days)[2] - timedelta(days=found.days)) if days else None


def counts_on(scene: Scene, when: When) -> bool:
    """Whether a date is no day of its own but leads on to the event that it counts from: 'a day after the raid', not 'the day after, …'."""
    inside = scene.parse.within(when.span)
    words = scene.frames.light.get("lag_after", frozenset()) | scene.frames.light.get("lag_before", frozenset())
    if not inside or scene.folded[inside[-1].index] not in words or inside[-1].index + 1 >= len(scene.parse.tokens):
        return False
    following = scene.parse.tokens[inside[-1].index + 1]
    return following.sentence == inside[-1].sentence and following.pos in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")


def _day(when: When) -> date | None:
    try:
        return date.fromisoformat(str(when.value).split("T")[0])
    except ValueError:
        return None
