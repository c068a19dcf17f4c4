"""Names in Arabic script: the table's spelling, that of their words, and the library's for what the table lacks."""

import tomllib
from pathlib import Path

import pytest

import dragoman.knowledge.romanise as module
from dragoman.knowledge.romanise import romanise, spelt

TABLE = tomllib.loads((Path(module.__file__).parent / "romanised.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("رجب طيب أردوغان", "Recep Tayyip Erdoğan"),
        ("سيرغي لافروف", "Sergei Lavrov"),
        ("لافروف", "Lavrov"),
        ("أنطونيو غوتيريش", "António Guterres"),
        ("هاكان فيدان", "Hakan Fidan"),
        ("عبدالفتاح السيسي", "Abdel Fattah el-Sisi"),
        ("السيسي", "el-Sisi"),
        ("دونالد ترامب", "Donald Trump"),
        ("كارين ماير", "Karen Meyer"),
    ],
)
def test_listed_names_have_their_own_spelling(name: str, latin: str) -> None:
    assert romanise(name) == latin


def test_marks_and_the_hamza_make_no_difference() -> None:
    assert romanise("رَجب طيّب اردوغان") == romanise("رجب طيب إردوغان") == "Recep Tayyip Erdoğan"
    assert romanise("سيرغى لافروف") == "Sergei Lavrov"


def test_names_that_are_not_listed_are_spelt_letter_by_letter() -> None:
    latin = romanise("عمر الخطيب")
    assert latin is not None
    assert "Khatib" in latin
    assert not any("\u0600" <= letter <= "\u06ff" for letter in latin)


@pytest.mark.parametrize(("name", "latin"), [("ألفريدو", "Alfredo"), ("جو أليفا", "Joe Alifa")])
def test_an_alif_with_its_mark_is_no_article(name: str, latin: str) -> None:
    assert romanise(name) == latin


def test_an_arabic_name_is_not_spelt_as_a_turk_has_it() -> None:
    assert "Mehmet" not in (romanise("محمد الخطيب") or "")


def test_other_scripts_are_left_alone() -> None:
    assert romanise("Hakan Fidan") is None
    assert romanise("") is None
    assert romanise("安倍") is None


def test_without_a_library_only_listed_names_are_spelt() -> None:
    assert spelt("سيرغي لافروف", lambda: None) == "Sergei Lavrov"
    assert spelt("عمر الخطيب", lambda: None) is None


def test_the_table_is_well_formed() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for part in ("foreign", "arab"):
        for latin, written in TABLE[part].items():
            assert latin == latin.strip()
            assert written
            for name in written:
                owners.setdefault(module._key(name), set()).add(latin)
    assert not {key: names for key, names in owners.items() if len(names) > 1}
    assert len(owners) > 500
