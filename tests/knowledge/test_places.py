"""Places: the gazetteer's look-ups, and the table of what no list of towns holds."""

import sqlite3
from pathlib import Path

from dragoman.knowledge.places import capitals_named, open_gazetteer, regions, regions_named, simple
from dragoman.knowledge.states import state
from dragoman.languages.fold import fold
from dragoman.languages.pack import supported
from dragoman.reading.kit import Kit


def test_regions_are_well_formed() -> None:
    names = [region.place.name for region in regions()]
    assert len(names) == len(set(names))
    for region in regions():
        assert set(region.names) == set(supported()), region.place.name
        assert -90 <= region.place.latitude <= 90
        assert -180 <= region.place.longitude <= 180
        assert region.place.country is None or state(region.place.country) is not None


def test_towns_are_found_by_any_name_the_largest_first(kit: Kit) -> None:
    towns = kit.gazetteer().named(simple(fold("Köln")))
    assert towns[0].country == "DEU"
    assert [town.population for town in towns] == sorted((town.population for town in towns), reverse=True)
    assert kit.gazetteer().named(simple(fold("Paris")))[0].country == "FRA"
    assert kit.gazetteer().named("no such town at all") == ()


def test_names_are_compared_without_hyphens_and_apostrophes() -> None:
    assert simple(fold("Saint-Jean-d'Angély")) == simple(fold("saint jean dangely")) == "saint jean dangely"


def test_a_folder_that_cannot_be_written_costs_only_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    gazetteer = open_gazetteer(str(blocked / "below"), fold)
    assert isinstance(gazetteer.connection, sqlite3.Connection)
    assert gazetteer.named("oslo")[0].country == "NOR"


def test_regions_and_capitals_are_found_by_their_names_in_any_language() -> None:
    for region in regions():
        for name in (name for names in region.names.values() for name in names):
            assert region.place in regions_named(fold)[simple(fold(name))]
    assert capitals_named(fold)["le caire"] == ("EGY",)
    assert "oslo" not in regions_named(fold)
