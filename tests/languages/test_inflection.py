"""Which verb a word is a form of, and what the form tells."""

import pytest

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.inflection import inflection


def read(code: str, word: str) -> set[tuple[str, str, bool, bool]]:
    known = inflection(code)
    assert known is not None
    return {(verb.lemma, verb.tells, verb.negated, verb.passive) for verb in known.verbs(fold(word))}


@pytest.mark.parametrize(
    ("code", "word", "lemma", "tells", "negated", "passive"),
    [
        ("ar", "التقت", "التقى", "past", False, False),
        ("ar", "وسيلتقي", "التقى", "future", False, False),
        ("ar", "يزورون", "زار", "present", False, False),
        ("ar", "دعوا", "دعا", "past", False, False),
        ("ar", "مشيرا", "أشار", "participle", False, False),
        ("tr", "görüştü", "görüşmek", "past", False, False),
        ("tr", "görüşmedi", "görüşmek", "past", True, False),
        ("tr", "imzalandı", "imzalamak", "past", False, True),
        ("tr", "imzalanacak", "imzalamak", "future", False, True),
        ("tr", "ediyor", "etmek", "present", False, False),
        ("tr", "desteklediğini", "desteklemek", "content", False, False),
        ("tr", "söyleyen", "söylemek", "participle", False, False),
        ("tr", "belirterek", "belirtmek", "converb", False, False),
        ("tr", "bekleniyor", "beklemek", "present", False, True),
    ],
)
def test_forms_are_read(code: str, word: str, lemma: str, tells: str, negated: bool, passive: bool) -> None:
    assert (plain(code, fold(lemma)), tells, negated, passive) in read(code, word)


@pytest.mark.parametrize(("code", "word"), [("ar", "الوزير"), ("ar", "صحيفة"), ("tr", "köprü"), ("tr", "Ankara")])
def test_other_words_are_no_verbs(code: str, word: str) -> None:
    assert not read(code, word)


@pytest.mark.parametrize("code", ["en", "fr", "de", "und"])
def test_a_language_with_a_parser_or_without_a_folder_has_no_table(code: str) -> None:
    assert inflection(code) is None
