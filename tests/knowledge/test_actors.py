"""Who acts, in PLOVER's codes: state and sector of a phrase."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import dragoman.knowledge.actors as room
from dragoman.knowledge.actors import ActorCode, ActorCoder
from dragoman.knowledge.geoparse import Geoparser
from dragoman.knowledge.states import state
from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.reading.kit import Kit

_MANY = {"EUR", "UNO", "IGO", "NGO", "MNC", "IMG"}


@pytest.fixture(scope="module")
def coder(kit: Kit) -> ActorCoder:
    pack = language("en")
    assert pack is not None
    rows = pack.table("demonyms").items()
    return ActorCoder(
        Geoparser(kit.gazetteer(), fold, {fold(word): code for code, row in rows for word in (*row.get("adjectives", ()), *row.get("people", ()))}), fold
    )


@pytest.mark.parametrize(
    ("words", "country", "sector"),
    [
        ("the Peruvian foreign minister", "PER", "GOV"),
        ("Kenyan farmers", "KEN", "AGR"),
        ("farmers", "", "AGR"),
        ("Danish special forces", "DNK", "MIL"),
        ("the Lord's Resistance Army", "UGA", "REB"),
        ("a judge of Italy's constitutional court", "ITA", "JUD"),
        ("opposition lawmakers in Ghana", "GHA", "LEG"),
        ("Bolivian police", "BOL", "COP"),
        ("the Knesset", "ISR", "LEG"),
        ("Mossad", "ISR", "SPY"),
        ("former president of Chile", "CHL", "ELI"),
        ("the African Union", "IGO", ""),
        ("the UN Security Council", "UNO", ""),
        ("European Commission officials", "EUR", "GOV"),
        ("Amnesty International", "NGO", ""),
        ("Norway", "NOR", ""),
        ("a car dealer", "", ""),
        ("nurses of a hospital in Madrid", "ESP", "MED"),
    ],
)
def test_state_and_sector(coder: ActorCoder, words: str, country: str, sector: str) -> None:
    found = coder.code(words)
    assert (found.country, found.sector) == (country, sector)


def test_a_defence_minister_is_of_the_government_first(coder: ActorCoder) -> None:
    assert coder.code("the Swedish defence minister") == ActorCode("SWE", "GOV", "MIL")


def test_who_governs_depends_on_the_day(coder: ActorCoder) -> None:
    assert coder.code("Emmanuel Macron", date(2023, 5, 1)) == ActorCode("FRA", "GOV")
    assert coder.code("Nicolas Sarkozy", date(2023, 5, 1)) == ActorCode("FRA", "ELI")
    assert coder.code("Ursula von der Leyen", date(2015, 5, 1)).country == "DEU"
    assert coder.code("Ursula von der Leyen", date(2023, 5, 1)).country == "EUR"


def test_a_hint_says_which_state_where_the_words_do_not(coder: ActorCoder) -> None:
    assert coder.code("the army", hint="Ethiopian") == ActorCode("ETH", "MIL")
    assert coder.code("the Dutch army", hint="Ethiopian").country == "NLD"


def test_tables_hold_codes_of_states_and_years_in_order() -> None:
    folder = Path(room.__file__).parent
    leaders = tomllib.loads((folder / "leaders.toml").read_text(encoding="utf-8"))
    for code, rows in leaders.items():
        assert code in _MANY or state(code) is not None, code
        for row in rows:
            first, _, last = row.rpartition(" ")[2].partition("-")
            assert int(first) <= int(last or 9999), row
    table = tomllib.loads((folder / "actors.toml").read_text(encoding="utf-8"))
    for key in table["bodies"]:
        code, sector = key.split()
        assert code in _MANY or state(code) is not None, code
        assert sector in table["sectors"], sector
