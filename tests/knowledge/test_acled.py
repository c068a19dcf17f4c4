"""ACLED's subtypes, from words and from events."""

import pytest

from dragoman.knowledge.acled import kinds_of_event, subtype_of, subtype_of_events, subtypes
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

    table = room._table()
    for key, subtype in (*table["types"].items(), *table["events"].items()):
        kind, _, mode = key.partition(" ")
        assert not mode or mode in TYPES[kind].modes, key
        assert subtype in subtypes() | {""}
    # Names in lower case are of CASE 2021, all others ACLED's.
    assert {one for one in subtypes() if one[0].isupper()} <= set(table["kinds"])
    assert len(table["kinds"]) == 25


@pytest.mark.parametrize(
    ("event", "kinds"),
    [
        (("ASSAULT", "drone"), ("Political violence", "Explosions/Remote violence", "Air/drone strike")),
        (("ASSAULT", None), ("Political violence", "Violence against civilians", "Attack")),
        (("ASSAULT", "targeted"), ("Political violence", "Violence against civilians", "Attack")),
        (("ASSAULT", "firearms"), ("Political violence", "Battles", "Armed clash")),
        (("ASSAULT", "crowd-control"), ("Political violence; Demonstrations", "Protests", "Excessive force against protesters")),
        (("PROTEST", "strike"), ("Demonstrations", "Protests", "Peaceful protest")),
        (("PROTEST", "vandalize"), ("Political violence", "Riots", "Mob violence")),
        (("RETREAT", "ceasefire"), ("Strategic developments", "Strategic developments", "Agreement")),
        (("MOBILIZE", "weapons"), ("Strategic developments", "Strategic developments", "Change to group/activity")),
        (("COERCE", "curfew"), None),
        (("CONSULT", "visit"), None),
        (("AGREE", None), None),
        (("RETREAT", None), None),
    ],
)
def test_an_event_by_itself_is_what_an_export_writes(event: tuple[str, str | None], kinds: tuple[str, str, str] | None) -> None:
    assert kinds_of_event(*event) == kinds
