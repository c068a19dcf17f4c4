"""Names of places and organisations in the reader's language, by tables alone."""

from __future__ import annotations

import pytest

from dragoman.model.shelf import Named
from dragoman.service.sums import spelt_in_latin
from dragoman.web.place_names import of_organisation, of_place
from dragoman.web.templating import spoken
from dragoman.web.wording import wording


@pytest.mark.parametrize(
    ("name", "state", "english", "french"),
    [
        ("Damascus", "SYR", "Damascus", "Damas"),
        ("دمشق", "SYR", "Damascus", "Damas"),
        ("Vienne", "AUT", "Vienna", "Vienne"),
        ("Geneva", "CHE", "Geneva", "Genève"),
        ("Cenevre", None, "Geneva", "Genève"),
        ("London", "GBR", "London", "Londres"),
        ("London", "CAN", "London", "London"),
        ("Tripoli", None, "Tripoli", "Tripoli"),
        ("Black Sea", None, "Black Sea", "mer Noire"),
        ("West Bank", None, "West Bank", "Cisjordanie"),
        ("Jerusalem", "ISR", "Jerusalem", "Jérusalem"),
        ("Bujumbura", "BDI", "Bujumbura", "Bujumbura"),
        ("Vegagard", "NOR", "Vegagard", "Vegagard"),
        ("", None, "", ""),
    ],
)
def test_a_place_is_called_as_the_readers_language_does_where_a_table_knows_it(name: str, state: str | None, english: str, french: str) -> None:
    assert (of_place(name, state, "en") or name, of_place(name, state, "fr") or name) == (english, french)
    named = Named(id="l1", name=name, kind="place", state=state)
    assert [spoken(wording(language))["name"](named) for language in ("en", "fr")] == [english, french]


def test_an_organisation_of_the_table_too() -> None:
    assert of_organisation("United Nations", "fr") == "Nations unies"
    assert of_organisation("ONU", "en") == "United Nations"
    assert of_organisation("NATO", "en") is None
    assert of_organisation("Society of Nobody", "fr") is None
    assert spoken(wording("fr"))["name"](Named(id="o1", name="United Nations", kind="organization")) == "Nations unies"


def test_a_name_in_other_letters_is_shown_as_the_reader_writes_it_where_reports_do() -> None:
    names = [("طارق مهوراوي", "ar", 90), ("Mahvaravi", "tr", 50), ("Tarık Mahvaravi", "tr", 20), ("Tarik Mahouraoui", "fr", 9), ("Тарик", "ru", 3)]
    spelt = spelt_in_latin(names[0][0], names)
    assert spelt == (("fr", "Tarik Mahouraoui"), ("tr", "Tarık Mahvaravi"))
    assert spelt_in_latin("Tarik", names) == ()
    assert spelt_in_latin("123", names) == ()
    named = Named(id="p1", name=names[0][0], kind="person", spelt=spelt)
    assert [spoken(wording(language))["name"](named) for language in ("en", "fr")] == ["Tarik Mahouraoui", "Tarik Mahouraoui"]
    alone = Named(id="p1", name=names[0][0], kind="person", spelt=spelt_in_latin(names[0][0], names[:1]))
    assert spoken(wording("en"))["name"](alone) == names[0][0]
