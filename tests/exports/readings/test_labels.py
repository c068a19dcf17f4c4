"""Both languages have words for everything a reading can hold, and times are said in words."""

import pytest

from dragoman.exports.readings.labels import labels, languages, preferred
from dragoman.exports.readings.times import in_words
from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.plover import TYPES
from dragoman.knowledge.topics import TOPICS
from dragoman.languages.pack import language, supported
from dragoman.model.errors import ConfigError


@pytest.mark.parametrize("code", languages())
def test_every_code_has_words(code: str) -> None:
    table = labels(code).table
    offices = {*OFFICES, *(office for one in supported() if (pack := language(one)) for office in pack.table("offices")["titles"])}
    assert not offices - table["offices"].keys()
    assert not set(TOPICS) - table["topics"].keys()
    assert not TYPES.keys() - table["types"].keys()
    assert not {mode for row in TYPES.values() for mode in row.modes} - table["modes"].keys()
    assert not table["women"].keys() - table["offices"].keys()


def test_the_tables_have_the_same_groups_and_keys() -> None:
    keys = {code: {group: set(words) for group, words in labels(code).table.items() if group not in ("women", "offices")} for code in languages()}
    assert keys["en"] == keys["fr"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "fr", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LANG": "fr-CA"}, "fr"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fr_FR"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_chooses(environment: dict[str, str], expected: str) -> None:
    assert preferred(environment) == expected


def test_a_language_without_labels_is_refused() -> None:
    with pytest.raises(ConfigError, match="there are en, fr"):
        labels("tlh")


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("2025-10-12", "12 October 2025", "12 octobre 2025"),
        ("2025-10-12T09:00Z", "12 October 2025, 09:00 UTC", "12 octobre 2025, 09:00 UTC"),
        ("2024-12", "December 2024", "décembre 2024"),
        ("2019", "2019", "2019"),
        ("199X", "the 1990s", "les années 1990"),
        ("2016/2019", "2016 to 2019", "2016 – 2019"),
        ("2025-03-10/2025-03-16", "10–16 March 2025", "10–16 mars 2025"),
        ("2025-02-27/2025-03-02", "27 February 2025 to 2 March 2025", "27 février 2025 – 2 mars 2025"),
        ("2024-02/..", "since February 2024", "depuis février 2024"),
        ("2024-22", "summer 2024", "été 2024"),
        ("2024-34", "second quarter of 2024", "deuxième trimestre 2024"),
        ("P5Y", "5 years", "5 ans"),
        ("P1Y6M", "1 year 6 months", "1 an 6 mois"),
        ("PT2H", "2 hours", "2 heures"),
        ("R/P1W", "every week", "chaque semaine"),
        ("R/P2M", "every 2 months", "à intervalle de 2 mois"),
        ("2025-13-40", "2025-13-40", "2025-13-40"),
        ("?", "?", "?"),
    ],
)
def test_times_in_words(value: str, english: str, french: str) -> None:
    assert in_words(value, labels("en")) == english
    assert in_words(value, labels("fr")).replace("\u00a0", " ") == french


def test_a_code_that_no_table_knows_is_printed_without_hyphens() -> None:
    assert labels("fr").office("keeper-of-the-seal", None) == "keeper of the seal"
    assert labels("en").state("QQQ") == "QQQ"


def test_scripts_are_named_in_the_readers_language() -> None:
    assert [labels("fr").name_of_script(name) for name in ("Arabic", "Latin", "Cjk", "Unknown")] == ["arabe", "latin", "sinogrammes", "Unknown"]
    assert labels("en").name_of_script("Cyrillic") == "Cyrillic"
