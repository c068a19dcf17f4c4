"""How far apart two EDTF dates are, allowing for how precise each is."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# Months of EDTF's seasons, northern; a winter is taken to begin in the year that names it.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_PART = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?")
_MONTH = 31
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Days:
    """The days a date allows, both ends included, as ordinals."""

    earliest: int
    latest: int

    @property
    def width(self) -> int:
        """How many days: 1 for a day."""
        return self.latest - self.earliest + 1

    @property
    def is_day(self) -> bool:
        """A day, or a night or meeting of two."""
        return self.width <= 2

    @property
    def is_month(self) -> bool:
        """A month at most, so that only few happenings of a kind fall in it."""
        return self.width <= _MONTH

    def gap(self, other: Days) -> int:
        """Days between them; 0 where they meet."""
        return max(0, self.earliest - other.latest, other.earliest - self.latest)


@lru_cache(maxsize=_REMEMBERED)
def days(value: str | None) -> Days | None:
    """The days of an EDTF value; None where it has none or is open at an end: days("2024-12") is all of December."""
    if not value:
        return None
    ends = value.split("/")
    found = [_part(end) for end in ends]
    if len(found) > 2 or any(one is None for one in found):
        return None
    first, last = found[0], found[-1]
    return Days(first.earliest, last.latest) if first and last and first.earliest <= last.latest else None


def _part(text: str) -> Days | None:
    match = _PART.match(text.strip("~?%"))
    if match is None:
        return None
    low, high = (int(match["year"].replace("X", digit)) for digit in "09")
    if high < 1:  # the year 0 of EDTF, which no calendar of ours has
        return None
    if low < 1 or match["month"] is None or "X" in match["month"]:
        return _between(max(low, 1), 1, high, 12)
    month = int(match["month"])
    if month in _SEASONS | _QUARTERS:
        first, last = (_SEASONS | _QUARTERS)[month]
        return _between(low, first, high, last)
    if not 1 <= month <= 12:
        return None
    if match["day"] is None or "X" in match["day"]:
        return _between(low, month, high, month)
    day = int(match["day"])
    if not 1 <= day <= monthrange(low, month)[1] or low != high:
        return None
    ordinal = date(low, month, day).toordinal()
    return Days(ordinal, ordinal)


def _between(year: int, month: int, last_year: int, last_month: int) -> Days:
    return Days(date(year, month, 1).toordinal(), date(last_year, last_month, monthrange(last_year, last_month)[1]).toordinal())
