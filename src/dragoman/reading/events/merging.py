"""One event of an article is one entry: sightings of it in several sentences are brought together, and who, when and where with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman.model.reading import Factuality
from dragoman.reading.events.frames import Frame, Trigger

# Sentences apart within which two tellings with the same parties are one, by how the later one refers.
_NEAR = 2
# An event is joined to one of the last so many.
_BACK = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One telling of an event. `type` is after the rules for plans; `dated` whether the date stands in its own sentence."""

    trigger: Trigger
    frame: Frame
    type: str
    factuality: Factuality
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str | None
    dated: bool
    place: str | None
    source: str | None
    anaphoric: bool
    retold: bool

    @property
    def parties(self) -> frozenset[str]:
        return frozenset((*self.actors, *self.recipients))


@dataclass(slots=True)
class Gathered:
    """An event while its sightings are gathered; the first that names a party leads."""

    sightings: list[Sighting] = field(default_factory=list)

    @property
    def lead(self) -> Sighting:
        peopled = [one for one in self.sightings if one.parties and not one.frame.joins]
        return next((one for one in peopled if not one.trigger.nominal), next(iter(peopled), self.sightings[0]))

    @property
    def type(self) -> str:
        return self.sightings[0].type

    @property
    def parties(self) -> frozenset[str]:
        return frozenset().union(*(one.parties for one in self.sightings))

    def told(self, name: str) -> str | None:
        """The first date or place told in so many words, else the first inferred."""
        values = [getattr(one, name) for one in self.sightings if getattr(one, name)]
        if name == "date":
            own = [one.date for one in self.sightings if one.date and one.dated]
            return own[0] if own else next(iter(values), None)
        return next(iter(values), None)


@dataclass(frozen=True, slots=True)
class Company:
    """Which state each person or body stands for, so that 'Serbia' and its negotiator agree."""

    sides: dict[str, str | None]
    states: dict[str, str]

    def agree(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Whether two sets of parties can be of one event: they share one, or one names the state of another's person."""
        if not left or not right or left & right:
            return True
        return bool(self._mute(left) & self._spoken(right) or self._spoken(left) & self._mute(right))

    def share(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Whether they have a party in common, or a state and its person."""
        return bool(left and right) and self.agree(left, right)

    def newcomers(self, known: frozenset[str], named: frozenset[str]) -> frozenset[str]:
        """Those named whom the known ones do not include, nor by their state alone; states of known persons are none."""
        mute, spoken = self._mute(known), self._spoken(known)
        new = [one for one in named - known if not (one in self.states and self.states[one] in spoken)]
        return frozenset(one for one in new if one in self.states or self.sides.get(one) not in mute)

    def _spoken(self, parties: frozenset[str]) -> set[str]:
        """The states of the persons among them."""
        return {side for one in parties if one not in self.states and (side := self.sides.get(one))}

    def _mute(self, parties: frozenset[str]) -> set[str]:
        """The states named for which no person among them stands."""
        return {self.states[one] for one in parties if one in self.states} - self._spoken(parties)


def gather(sightings: Sequence[Sighting], company: Company) -> list[Gathered]:
    """Sightings in text order to events, in the order of their first sighting."""
    events: list[Gathered] = []
    for sighting in sightings:
        home = next((event for event in reversed(events[-_BACK:]) if _same(event, sighting, company)), None)
        if home is None and sighting.frame.joins:
            continue
        if home is None:
            events.append(Gathered([sighting]))
        else:
            home.sightings.append(_fitted(home, sighting))
    return events


def _fitted(event: Gathered, sighting: Sighting) -> Sighting:
    """A later telling adds no place of its own kind where one is known."""
    return sighting if event.told("place") is None else replace(sighting, place=None)


def _same(event: Gathered, sighting: Sighting, company: Company) -> bool:
    first, last = event.sightings[0], event.sightings[-1]
    if event.type != sighting.type or (first.factuality == "denied") != (sighting.factuality == "denied"):
        return False
    own = [one for one in event.sightings if one.dated]
    if sighting.dated and own and not any(_meet(one.date, sighting.date) for one in own):
        return False
    place = event.told("place")
    if sighting.place and place and sighting.place != place and sighting.type != "CONSULT":
        return False
    if sighting.frame.once and first.frame.once:
        return company.share(event.parties, sighting.parties)
    apart = sighting.trigger.token.sentence - last.trigger.token.sentence
    if sighting.retold != last.retold and not sighting.anaphoric and apart:
        return False
    refers = sighting.frame.joins or (sighting.type == "CONSULT" and sighting.anaphoric)
    if not refers and not company.agree(event.parties, sighting.parties):
        return False
    if sighting.type == "CONSULT":
        return _same_meeting(event, sighting, company, apart)
    if apart == 0:
        if not sighting.trigger.nominal and not last.trigger.nominal and sighting.actors and last.actors:
            return bool(set(sighting.actors) & set(last.actors))
        return not sighting.parties or company.share(event.parties, sighting.parties)
    if sighting.anaphoric:
        return company.agree(event.parties, sighting.parties)
    set_apart = sighting.dated or sighting.place is not None
    return apart <= _NEAR and sighting.trigger.nominal and not set_apart and company.share(event.parties, sighting.parties)


def _same_meeting(event: Gathered, sighting: Sighting, company: Company, apart: int) -> bool:
    if sighting.frame.joins:
        return apart <= _NEAR + 1
    if sighting.anaphoric and not sighting.dated:
        return True
    if not sighting.parties:
        return apart <= _NEAR
    if not company.share(event.parties, sighting.parties):
        return False
    if apart == 0:
        return True
    phone = {one.frame.mode == "phone" for one in (*event.sightings, sighting) if one.frame.name in ("phone", "visit") or one.trigger.nominal is False}
    if len(phone) > 1:
        return False
    # Somebody new in another sentence is at another meeting, unless only his state was named so far.
    return sighting.parties <= event.parties or (apart <= _NEAR and not company.newcomers(event.parties, sighting.parties))


def _meet(left: str | None, right: str | None) -> bool:
    """Whether two EDTF values can be one date: equal, or one the month or year of the other, or an interval around it."""
    if left is None or right is None:
        return True
    if left.startswith(right) or right.startswith(left):
        return True
    for interval, value in ((left, right), (right, left)):
        if "/" in interval:
            start, end = interval.split("/", 1)
            if (not start.strip(".") or start <= value) and (not end.strip(".") or value[: len(end)] <= end):
                return True
    return False
