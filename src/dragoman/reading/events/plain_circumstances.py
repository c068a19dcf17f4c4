"""When and where, where no parser tells: the nearest day and place of the sentence, less near across the bounds of clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dragoman.model.reading import When
from dragoman.reading.events.plain_triggers import PlainTrigger, Telling
from dragoman.reading.plain.phrases import Phrase

# Words that a day or place may stand away from its event, and what a bound of clauses counts for.
_FAR = 40
_BOUND = 12
# What these are done to may be the place itself: 'قصف مدينة …'.
_STRUCK = frozenset({"ASSAULT", "COERCE", "RETREAT"})


@dataclass(frozen=True)
class PlainCircumstances:
    """Dates and places by sentence."""

    telling: Telling
    triggers: Sequence[PlainTrigger]

    @cached_property
    def _dates(self) -> dict[int, list[tuple[int, When]]]:
        found: dict[int, list[tuple[int, When]]] = {}
        for when in self.telling.scene.reading.dates:
            tokens = self.telling.scene.reading.parse.within(when.span)
            if tokens and when.value and when.kind in ("date", "time"):
                found.setdefault(tokens[0].sentence, []).append((tokens[0].index, when))
        return found

    @cached_property
    def _places(self) -> dict[int, list[tuple[int, Phrase]]]:
        found: dict[int, list[tuple[int, Phrase]]] = {}
        marks = self.telling.marks("places")
        for phrase in self.telling.scene.phrases:
            if phrase.kind in ("place", "state") and not phrase.adjective and phrase.marks & marks:
                found.setdefault(self.telling.scene.tokens[phrase.first].sentence, []).append((phrase.first, phrase))
        return found

    @cached_property
    def _by_sentence(self) -> dict[int, list[PlainTrigger]]:
        found: dict[int, list[PlainTrigger]] = {}
        for one in self.triggers:
            found.setdefault(one.trigger.token.sentence, []).append(one)
        return found

    def date(self, one: PlainTrigger) -> str | None:
        """The EDTF value of the day told of this event; times of day are cut."""
        rows = [
            (self._distance(one, index), index, when) for index, when in self._dates.get(one.trigger.token.sentence, []) if index not in self.telling.quoted
        ]
        for distance, index, when in sorted(rows, key=lambda row: row[:2]):
            if not self._told_by_another(one, index) and distance <= _FAR and not self._owned(one, index, distance):
                return str(when.value).split("T")[0]
        return None

    def place(self, one: PlainTrigger) -> str | None:
        """The entity id of where it was: towns before states; of a visit also where it led."""
        rows = list(self._places.get(one.trigger.token.sentence, []))
        if one.trigger.pattern.frame.mode == "visit" or one.trigger.pattern.frame.type in _STRUCK:
            rows += [(phrase.first, phrase) for phrase in self.telling.scene.between(one.first, one.stop) if self._visited(one, phrase)]
        scored = []
        for index, phrase in rows:
            distance = self._distance(one, index)
            if (
                phrase.ids
                and not self._told_by_another(one, index)
                and distance <= _FAR
                and index not in self.telling.quoted
                and not self._owned(one, index, distance)
            ):
                scored.append((phrase.kind == "state", distance, index, phrase.ids[0]))
        return min(scored)[3] if scored else None

    def _told_by_another(self, one: PlainTrigger, index: int) -> bool:
        """Whether a day or place stands in what somebody is said to have said, and the event does not."""
        inside = self.telling.scene.said.get(index)
        return inside is not None and inside is not self.telling.scene.said.get(one.index)

    def _visited(self, one: PlainTrigger, phrase: Phrase) -> bool:
        """Whether a visit led there: as its object, or by a mark that says whereto."""
        visit = one.trigger.pattern.frame.mode == "visit"
        if phrase.kind not in (("place", "state") if visit else ("place",)) or phrase.adjective:
            return False
        lists = self.telling.frames.light
        if phrase.marks & (
            lists.get("towards", frozenset()) | (lists.get("objects", frozenset()) if self.telling.scene.inflection.before_verb else frozenset())
        ):
            return True
        return not self.telling.scene.inflection.before_verb and not phrase.marks and one.verb is not None and phrase.first > one.index

    def dateline(self) -> str | None:
        """The place that a report opens with before a dash."""
        reading = self.telling.scene.reading
        first = reading.sentences[:1]
        if not first or first[0].of(self.telling.scene.text).rstrip()[-1:] not in ("-", "–", "—", ":"):
            return None
        return next((entity.id for _, entity in reading.entities_in(first[0]) if entity.kind == "place"), None)

    def _distance(self, one: PlainTrigger, index: int) -> int:
        """Words between, more for each clause entered; the first words of a sentence belong to all its clauses."""
        first, last = min(one.index, index), max(one.index, index)
        bounds = bisect_right(self.telling.heads, last) - bisect_right(self.telling.heads, first)
        opening = index - self.telling.scene.sentence(index).start < 3 and index < one.index
        return last - first + _BOUND * (0 if opening else bounds)

    def _owned(self, one: PlainTrigger, index: int, distance: int) -> bool:
        """Whether another event of the sentence stands clearly nearer, in another clause."""
        return any(
            other.index != one.index and other.first != one.first and self._distance(other, index) < distance - _BOUND + 1
            for other in self._by_sentence.get(one.trigger.token.sentence, ())
        )
