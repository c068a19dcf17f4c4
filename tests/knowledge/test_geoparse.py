"""Places named in a text: of several of one name the one that the text speaks for."""

import pytest

from dragoman.knowledge.geoparse import Geoparser, Located, distance, middles
from dragoman.knowledge.states import states
from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.reading.kit import Kit


@pytest.fixture(scope="module")
def parser(kit: Kit) -> Geoparser:
    pack = language("en")
    assert pack is not None
    rows = pack.table("demonyms").items()
    return Geoparser(kit.gazetteer(), fold, {fold(word): code for code, row in rows for word in (*row.get("adjectives", ()), *row.get("people", ()))})


def _located(parser: Geoparser, text: str, *names: str) -> list[Located | None]:
    at, spans = 0, []
    for name in names:
        at = text.index(name, at)
        spans.append((at, at + len(name)))
        at += len(name)
    return list(parser.locate(text, spans))


def test_middles_lie_on_the_globe_and_belong_to_states() -> None:
    codes = {state.code for state in states()}
    for code, (latitude, longitude) in middles().items():
        assert code in codes
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180


@pytest.mark.parametrize(
    ("text", "name", "country", "kind"),
    [
        ("A shop burned down in Paris, Texas, on Monday.", "Paris", "USA", "town"),
        ("The French town of Paris was calm.", "Paris", "FRA", "town"),
        ("Talks opened in Tbilisi, and Georgia agreed.", "Georgia", "GEO", "state"),
        ("Police in Atlanta, Georgia, said nothing.", "Georgia", "USA", "province"),
        ("Voters in Ohio, Michigan and Georgia went to the polls.", "Georgia", "USA", "province"),
        ("Mexico protested.", "Mexico", "MEX", "state"),
        ("The mayor of Washington spoke.", "Washington", "USA", "town"),
        ("The Syrian town of Manbij was quiet.", "Manbij", "SYR", "town"),
    ],
)
def test_a_name_means_what_the_text_speaks_for(parser: Geoparser, text: str, name: str, country: str, kind: str) -> None:
    names = [word for word in ("Paris", "Tbilisi", "Atlanta", "Ohio", "Michigan", "Georgia", "Mexico", "Washington", "Manbij", "Texas") if word in text]
    names.sort(key=text.index)
    found = dict(zip(names, _located(parser, text, *names), strict=True))[name]
    assert found is not None
    assert (found.country, found.kind) == (country, kind)


def test_adjectives_stand_for_their_state(parser: Geoparser) -> None:
    (found,) = _located(parser, "A Turkish ship sailed.", "Turkish")
    assert found is not None
    assert (found.country, found.kind) == ("TUR", "state")


def test_what_no_table_knows_lies_near_the_town_named_nearest(parser: Geoparser) -> None:
    text = "A fire broke out on Quillwright Lane in Toronto. In Madrid nobody noticed."
    street, toronto, _ = _located(parser, text, "Quillwright Lane", "Toronto", "Madrid")
    assert street is not None
    assert toronto is not None
    assert street.kind == "near"
    assert distance(street, toronto.latitude, toronto.longitude) < 1


def test_a_text_without_towns_leaves_the_unknown_unknown(parser: Geoparser) -> None:
    assert _located(parser, "They met at Quillwright Lane.", "Quillwright Lane") == [None]


def test_words_in_lower_case_are_no_towns(parser: Geoparser) -> None:
    assert parser.candidates("police") == ()
    assert parser.candidates("Nosuchplaceatall") == ()


def test_distance_is_that_of_the_great_circle() -> None:
    one = Located(name="x", kind="town", latitude=0.0, longitude=0.0)
    assert distance(one, 0.0, 90.0) == pytest.approx(10_007, abs=2)
    assert distance(one, 0.0, 0.0) == 0.0


def test_the_same_text_is_placed_alike_however_often(parser: Geoparser) -> None:
    text = "From Springfield, Illinois, to Birmingham and Aleppo."
    names = ("Springfield", "Illinois", "Birmingham", "Aleppo")
    assert _located(parser, text, *names) == _located(parser, text, *names)
