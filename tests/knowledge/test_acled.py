"""ACLED's subtypes, from words and from events."""

import pytest

from dragoman.knowledge.acled import subtype_of, subtype_of_events, subtypes
from dragoman.knowledge.plover import TYPES


@pytest.mark.parametrize(
    ("text", "events", "subtype"),
    [
        ("A hand grenade was thrown into a tea house.", (), "Grenade"),
        ("A woman with a suicide vest struck the market.", (("ASSAULT", "suicide-attack"),), "Suicide bomb"),
        ("Mortars fell on the harbour overnight.", (), "Shelling/artillery/missile attack"),
        ("Two platoons exchanged gunfire near the ford.", (("ASSAULT", None),), "Armed clash"),
        ("Gunmen killed a clerk.", (("ASSAULT", None),), "Attack"),
        ("The two generals shook hands.", (("AGREE", None),), "Agreement"),
        ("Troops came home.", (("RETREAT", "withdraw"),), "Non-violent transfer of territory"),
        ("Nothing happened.", (), ""),
    ],
)
def test_subtypes(text: str, events: tuple[tuple[str, str | None], ...], subtype: str) -> None:
    assert subtype_of(text, events) == subtype


def test_events_alone_say_the_most_particular() -> None:
    assert subtype_of_events("They fought a battle.", (("ASSAULT", None), ("ASSAULT", "aerial"))) == "Air/drone strike"
    assert subtype_of_events("x", ()) == ""


def test_the_table_names_types_and_modes_of_plover() -> None:
    import dragoman.knowledge.acled as room

    for key, subtype in room._table()["types"].items():
        kind, _, mode = key.partition(" ")
        assert not mode or mode in TYPES[kind].modes, key
        assert subtype in subtypes()
