"""Which weekday, which year's day, which feast is meant, seen from the publication day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from dragoman.reading.dates.tenses import Direction

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def nearest_weekday(weekday: int, published: date, direction: Direction) -> date:
    """The nearest such weekday: the publication day itself, else the one before it (past, open) or after it (future).

    Of what was planned ('ahead'), the next one too, unless it was yesterday: 'the vigil planned for Saturday was cancelled' on a Sunday.
    """
    ahead = (weekday - published.weekday()) % 7
    forward = direction == "future" or (direction == "ahead" and ahead != 6)
    return published + timedelta(days=ahead if forward or ahead == 0 else ahead - 7)


def nearest_year(in_year: Callable[[int], date | None], published: date, direction: Direction) -> date | None:
    """The day of one of the years around that lies before (past) or after (future) the publication day, or on it; else the nearest."""
    days = [one for one in (in_year(published.year + step) for step in (-4, -3, -2, -1, 0, 1, 2, 3, 4)) if one is not None]
    behind, ahead = max((one for one in days if one <= published), default=None), min((one for one in days if one >= published), default=None)
    if behind is None or ahead is None:
        return behind or ahead
    if direction == "past":
        return behind
    if direction == "future":
        return ahead
    return behind if published - behind <= ahead - published else ahead


def feast(rule: str, year: int) -> date | None:
    """The day of a feast: '12-25', '11-thu4' (the fourth Thursday of November), '05-mon5' (the last Monday of May), 'easter-2' (two days before Easter)."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:] or 0))
    month, day = int(rule[:2]), rule[3:]
    if day.isdigit():
        return date(year, month, int(day))
    weekday, number = _WEEKDAYS.index(day[:3]), int(day[3:])
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    return found if found.month == month and found.day <= monthrange(year, month)[1] else found - timedelta(days=7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741
    m = (a + 11 * h + 19 * l) // 433
    month = (h + l - 7 * m + 90) // 25
    return date(year, month, (h + l - 7 * m + 33 * month + 19) % 32)
