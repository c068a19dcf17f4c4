"""Folding keeps offsets: one code point in, one out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages.fold import fold


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("İbrahim Kalın", "ibrahim kalin"),
        ("Élysée", "elysee"),
        ("Łódź", "lodz"),
        ("d’Ankara", "d'ankara"),
        ("Straße", "strase"),
        ("Baku–Tbilisi", "baku-tbilisi"),
    ],
)
def test_names_lose_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
