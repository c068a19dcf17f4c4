"""The days of an EDTF value as calendars, tables and graphs want them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.linking.days import days


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """First and last day, both included; a day where they are one."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def precision(self) -> int:
        """ACLED's: 1 a day, 2 a week, 3 a month or more."""
        width = (self.last - self.first).days
        return 1 if width <= 1 else 2 if width <= 7 else 3


def interval(value: str | None) -> Interval | None:
    """The days that an EDTF value allows; None where it names none or is open at an end."""
    span = days(value)
    return Interval(first=date.fromordinal(span.earliest), last=date.fromordinal(span.latest)) if span else None


def whole_day(value: str | None) -> date | None:
    """The day of a value that is one day (with or without an hour), else None."""
    span = interval(value)
    return span.first if span and span.is_day else None
