"""Time along a picture: days as a line, with ticks at years or months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_MARGIN = 14.0
_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark of the axis: where, and the year or month ('2025-03') that begins there."""

    x: float
    time: str


def scale_of(first: int, last: int, width: float, left: float = 0.0) -> Callable[[int], float]:
    """From days, as ordinals, to x."""
    length = max(1, last - first)

    def place(day: int) -> float:
        return left + _MARGIN + (width - left - 2 * _MARGIN) * (day - first) / length

    return place


def ticks(first: int, last: int, place: Callable[[int], float]) -> tuple[Tick, ...]:
    """About six of them: whole years, or months where there are few years."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 3 * _TICKS:
        step = max(1, round((end.year - start.year) / _TICKS))
        found = [(date(year, 1, 1), f"{year:04}") for year in range(start.year, end.year + 1, step)]
    else:
        step = max(1, round(months / _TICKS))
        found = []
        for number in range(0, months + 1, step):
            year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
            found.append((date(year, month + 1, 1), f"{year:04}-{month + 1:02}"))
    return tuple(Tick(x=round(place(day.toordinal()), 1), time=name) for day, name in found if first <= day.toordinal() <= last)
