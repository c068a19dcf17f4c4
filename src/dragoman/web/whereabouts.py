"""Where a place lies: towns by the gazetteer, seas and regions by the table, states by the middle of their land."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.knowledge.places import Gazetteer, open_gazetteer, regions, regions_named, simple
from dragoman.knowledge.states import state
from dragoman.languages.fold import fold
from dragoman.model.config import Config
from dragoman.model.record import RecordEntity
from dragoman.web.pictures.world import middle_of

# Spellings of a place that are looked up, the most frequent first.
_LOOKED_UP = 8
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The look-up; any number of threads may ask."""

    config: Config
    _mine: threading.local = field(default_factory=threading.local)
    _known: dict[tuple[str, tuple[str, ...]], Point | None] = field(default_factory=dict)

    def of(self, entity: RecordEntity) -> Point | None:
        """Where an entity of the record lies; None where neither table nor gazetteer knows."""
        if entity.kind == "state":
            middle = middle_of(entity.code or "")
            return Point(*middle) if middle else None
        names = tuple(dict.fromkeys([entity.name, *(name.text for name in sorted(entity.names, key=lambda one: (-one.count, one.text)))]))[:_LOOKED_UP]
        key = (entity.state or "", names)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._found(names, entity.state)
        return self._known[key]

    def _found(self, names: Iterable[str], of: str | None) -> Point | None:
        keys = [simple(fold(name)) for name in names]
        named = {place for key in keys for place in regions_named(fold).get(key, ())}
        place = next((region.place for region in regions() if region.place in named), None) if named else None
        if place is not None:
            return Point(place.latitude, place.longitude)
        for key in keys:
            towns = self._gazetteer().named(key)
            town = next((one for one in towns if one.country == of), None) if of and state(of) else next(iter(towns), None)
            if town is not None:
                return Point(town.latitude, town.longitude)
        return None

    def _gazetteer(self) -> Gazetteer:
        """This thread's own: a connection serves one thread."""
        if not hasattr(self._mine, "gazetteer"):
            self._mine.gazetteer = open_gazetteer(self.config.cache_folder, fold)
        gazetteer: Gazetteer = self._mine.gazetteer
        return gazetteer
