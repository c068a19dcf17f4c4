"""Organisations: well-formed rows, names that lead to one of them."""

from typing import get_args

import pytest

from dragoman.knowledge.organisations import Kind, organisation, organisations, seated_in
from dragoman.knowledge.states import state
from dragoman.languages.pack import supported


def test_keys_are_unique_and_simple() -> None:
    keys = [one.key for one in organisations()]
    assert len(keys) == len(set(keys))
    assert all(key.replace("-", "").replace("_", "").isalnum() and key == key.lower() for key in keys)


def test_rows_are_well_formed() -> None:
    for one in organisations():
        assert one.kind in get_args(Kind), one.key
        assert one.names.get("en"), one.key
        assert one.state is None or state(one.state) is not None, one.key
        assert not {*one.names, *one.adjectives, *one.capitals} - set(supported()), one.key
        for names in (*one.names.values(), *one.adjectives.values(), *one.capitals.values()):
            assert names, one.key
            assert len(names) == len(set(names)), one.key
            assert all(name == name.strip() and name for name in names), one.key


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, marks=pytest.mark.xfail(reason="'ANI' is the agency of India and of Lebanon in French", strict=True) if code == "fr" else ())
        for code in supported()
    ],
)
def test_a_name_leads_to_one_organisation(code: str) -> None:
    owners: dict[str, list[str]] = {}
    for one in organisations():
        for name in one.names.get(code, ()):
            owners.setdefault(name, []).append(one.key)
    assert not {name: keys for name, keys in owners.items() if len(keys) > 1}


def test_single_letters_and_common_words_are_guarded() -> None:
    assert not [one.key for one in organisations() for names in one.names.values() for name in names if len(name) < 2 and not one.guarded]


def test_look_ups() -> None:
    united_nations = organisation("un")
    assert united_nations is not None
    assert united_nations.names["fr"][0] == "Nations unies"
    assert organisation("no-such-key") is None
    brussels = seated_in("Brussels", "en")
    assert brussels is not None
    assert brussels.key == "eu"
    assert seated_in("Ouagadougou", "fr") is None
