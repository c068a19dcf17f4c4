"""Days of EDTF values: whatever is typed has some or none, and never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.days import days

DIGITS = st.text("0123456789X-/~?%T", max_size=24)


@given(DIGITS | st.from_regex(r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?(/[0-9X]{4}(-[0-9X]{2})?)?", fullmatch=True) | st.text(max_size=20))
def test_whatever_is_typed_has_days_or_none(typed: str) -> None:
    found = days(typed)
    assert found is None or 1 <= found.earliest <= found.latest


@pytest.mark.parametrize("value", ["0000", "0000-01", "0000-05-05", "0000/0000"])
def test_the_year_0_has_no_days(value: str) -> None:
    assert days(value) is None
