"""Where things happened: a place of the record with its coordinates, from the same tables by which places are linked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from dragoman.exports.selection import Selection
from dragoman.knowledge.places import Gazetteer, capitals_named, regions_named, simple
from dragoman.knowledge.states import state as state_of
from dragoman.languages.fold import fold
from dragoman.model.shelf import Named

# Places whose position is remembered.
_HELD = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place: `precision` is 'town', 'region' or 'state' (its capital's position), coordinates in degrees, None where no table has them."""

    id: str
    name: str
    state: str | None
    precision: str
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None

    @property
    def country(self) -> str:
        """The English name of its state."""
        found = state_of(self.state) if self.state else None
        return found.name if found else ""


def where(selection: Selection, id: str | None) -> Where | None:
    """The place of an id, or None where there is none."""
    if not id:
        return None
    named = selection.named(id)
    if named.kind == "state" or named.code:
        code = named.code or named.state
        seat = _seat(selection.gazetteer, code) if code else None
        return Where(id=id, name=named.name, state=code, precision="state", latitude=seat[0] if seat else None, longitude=seat[1] if seat else None)
    if named.kind == "organization":
        return Where(id=id, name=named.name, state=named.state, precision="body")
    return _place(named, selection.gazetteer)


@lru_cache(maxsize=_HELD)
def _place(named: Named, gazetteer: Gazetteer | None) -> Where:
    """A region of our own table, else the most populous town of the name in its state; in a language without a spelling here, the capital that it is."""
    key = simple(" ".join(fold(named.name).split()))
    region = next((place for place in regions_named(fold).get(key, ()) if named.state is None or place.country in (None, named.state)), None)
    if region:
        return Where(
            id=named.id, name=named.name, state=region.country or named.state, precision="town" if region.kind == "town" else "region",
            latitude=region.latitude, longitude=region.longitude,
        )  # fmt: skip
    capital = next((code for code in capitals_named(fold).get(key, ()) if named.state in (None, code)), None)
    home = named.state or capital
    for name in [key, *(simple(fold(name)) for name in _spelt(capital))] if capital else [key]:
        town = next((town for town in (gazetteer.named(name) if gazetteer else ()) if home in (None, town.country)), None)
        if town:
            return Where(
                id=named.id, name=named.name, state=town.country, precision="town", latitude=town.latitude, longitude=town.longitude,
                geonameid=town.geonameid,
            )  # fmt: skip
    return Where(id=named.id, name=named.name, state=home, precision="town")


def _spelt(code: str) -> tuple[str, ...]:
    state = state_of(code)
    return state.capitals.get("en", ()) if state else ()


@cache
def _seat(gazetteer: Gazetteer | None, code: str) -> tuple[float, float] | None:
    """Where the capital of a state lies."""
    for name in _spelt(code):
        for town in gazetteer.named(simple(fold(name))) if gazetteer else ():
            if town.country == code:
                return town.latitude, town.longitude
    return None
