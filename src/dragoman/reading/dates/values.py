"""Values in EDTF (ISO 8601-2) with the first and the last day they can mean."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model.reading import DateKind

# The months of EDTF's seasons 21 to 24, of the northern hemisphere.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_LETTERS = {"second": "T{}S", "minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W", "month": "{}M", "year": "{}Y"}
_MULTIPLES = {"fortnight": ("week", 2), "weekend": ("day", 2), "quarter": ("month", 3), "half": ("month", 6), "decade": ("year", 10), "century": ("year", 100)}


@dataclass(frozen=True, slots=True)
class Value:
    """`edtf` is None where the words alone do not give it; a duration's is an ISO 8601 duration, a set's a recurrence of one (R/P1W)."""

    edtf: str | None
    kind: DateKind = "date"
    earliest: date | None = None
    latest: date | None = None


UNKNOWN = Value(None)


def day_value(day: date) -> Value:
    """A single day."""
    return Value(day.isoformat(), "date", day, day)


def month_value(year: int, month: int) -> Value:
    return Value(f"{year:04d}-{month:02d}", "date", date(year, month, 1), last_of(year, month))


def year_value(year: int) -> Value:
    return Value(f"{year:04d}", "date", date(year, 1, 1), date(year, 12, 31))


def decade_value(year: int) -> Value:
    """The ten years from the one given: 199X."""
    return Value(f"{year // 10:03d}X", "date", date(year, 1, 1), date(year + 9, 12, 31))


def century_value(year: int) -> Value:
    """The hundred years in which the year lies: 19XX."""
    first = year - year % 100
    return Value(f"{first // 100:02d}XX", "date", date(first, 1, 1), date(first + 99, 12, 31))


def season_value(year: int, season: int) -> Value:
    """A season, 21 for spring to 24 for the winter that begins in that year."""
    first, last = _SEASONS[season]
    return Value(f"{year:04d}-{season}", "date", date(year, first, 1), last_of(year + (last < first), last))


def quarter_value(year: int, quarter: int) -> Value:
    """A quarter, 1 to 4: EDTF writes them 33 to 36."""
    return Value(f"{year:04d}-{32 + quarter}", "date", date(year, 3 * quarter - 2, 1), last_of(year, 3 * quarter))


def half_value(year: int, half: int) -> Value:
    """Half a year, 1 or 2: EDTF writes them 40 and 41."""
    return Value(f"{year:04d}-{39 + half}", "date", date(year, 6 * half - 5, 1), last_of(year, 6 * half))


def span_value(first: date, last: date) -> Value:
    return Value(f"{first.isoformat()}/{last.isoformat()}", "date", first, last)


def between(first: Value, last: Value) -> Value:
    """From the beginning of one to the end of the other; UNKNOWN where they are out of order."""
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return UNKNOWN
    if first.edtf == last.edtf:
        return first
    return Value(f"{first.edtf}/{last.edtf}", "date", first.earliest, last.latest)


def last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def week_of(day: date, *, weeks: int = 0) -> tuple[date, date]:
    """Monday and Sunday of the week of that day, moved by so many weeks."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def shifted(anchor: date, unit: str, count: int) -> Value:
    """So many units from a day, as exact as the unit is: 'two years ago' is a year, 'three weeks later' a week, 'five days later' a day."""
    if unit in ("day", "night"):
        return day_value(anchor + timedelta(days=count))
    if unit in ("week", "fortnight"):
        return span_value(*week_of(anchor, weeks=count * (2 if unit == "fortnight" else 1)))
    if unit in ("month", "quarter", "half"):
        months = anchor.year * 12 + anchor.month - 1 + {"month": 1, "quarter": 3, "half": 6}[unit] * count
        return month_value(months // 12, months % 12 + 1)
    if unit in ("year", "decade", "century"):
        return year_value(anchor.year + {"year": 1, "decade": 10, "century": 100}[unit] * count)
    return UNKNOWN


def unit_value(unit: str, step: int, anchor: date) -> Value:
    """The calendar unit itself, so many before or after the one that holds the anchor: 'last week', 'ce mois', 'next year'."""
    if unit in ("week", "fortnight"):
        return span_value(*week_of(anchor, weeks=step))
    if unit == "weekend":
        # on a Monday 'the weekend' is the one just over, from Tuesday on 'this weekend' lies ahead or is told by the tense
        saturday = week_of(anchor, weeks=step)[0] + timedelta(days=5)
        return span_value(saturday, saturday + timedelta(days=1))
    if unit == "quarter":
        year, quarter = divmod(anchor.year * 4 + (anchor.month - 1) // 3 + step, 4)
        return quarter_value(year, quarter + 1)
    if unit == "half":
        year, half = divmod(anchor.year * 2 + (anchor.month - 1) // 6 + step, 2)
        return half_value(year, half + 1)
    if unit == "decade":
        return decade_value(anchor.year - anchor.year % 10 + 10 * step)
    if unit == "century":
        return century_value(anchor.year + 100 * step)
    return shifted(anchor, unit, step)


def duration_value(count: float, unit: str) -> Value:
    """An ISO 8601 duration; without a value where the count is not told (0)."""
    unit, times = _MULTIPLES.get(unit, (unit, 1))
    if not count or unit not in _LETTERS:
        return Value(None, "duration")
    return Value("P" + _LETTERS[unit].format(f"{count * times:g}"), "duration")
