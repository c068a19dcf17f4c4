"""Languages that are read in full come first, those that are only recognised last."""

from dragoman.service.languages import fluencies


def test_english_and_french_are_read_in_full_and_arabic_is_recognised() -> None:
    found = {one.code: one for one in fluencies()}
    assert [one.code for one in fluencies()][:2] == ["en", "fr"]
    assert (found["fr"].level, found["fr"].own_name) == ("full", "français")
    assert found["fr"].parser
    assert (found["ar"].level, found["ar"].name, found["ar"].parser) == ("names", "Arabic", None)
