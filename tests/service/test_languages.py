"""Languages that are read in full come first, then those that the encoder reads in part; what is not installed lowers the level."""

from dragoman.languages.pack import supported
from dragoman.model.config import Config
from dragoman.reading.languages import CANDIDATES
from dragoman.service.languages import LEVELS, fluencies


def test_languages_with_a_folder_are_read_in_full_and_the_others_in_part() -> None:
    found = {one.code: one for one in fluencies()}
    assert {one.code for one in found.values() if one.level == "full"} == set(supported())
    assert {one.level for one in found.values()} == {"full", "partial"}
    assert (found["fr"].own_name, found["ar"].name, found["de"].own_name) == ("français", "Arabic", "Deutsch")
    assert found["fr"].parser
    assert found["ar"].parser is None


def test_without_the_encoder_no_language_is_read_in_part_and_those_without_a_parser_by_tables() -> None:
    found = {one.code: one.level for one in fluencies(Config(encoder=False))}
    assert (found["en"], found["ar"], found["tr"], found["de"]) == ("full", "tables", "tables", "names")


def test_the_fullest_come_first_and_none_is_left_out() -> None:
    found = fluencies()
    assert [LEVELS.index(one.level) for one in found] == sorted(LEVELS.index(one.level) for one in found)
    assert {one.code for one in found} == set(CANDIDATES) | set(supported())
    assert all(one.own_name and one.own_name != one.code for one in found)
