"""From the words of a match to a value: EDTF, with the first and last day it can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model.reading import DateKind
from dragoman.reading.dates.direction import Direction
from dragoman.reading.dates.grammar import Match, Words

_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Value:
    """`edtf` is None where the words alone do not give it; then the earliest and latest are None too, unless bounds are known."""

    edtf: str | None
    kind: DateKind = "date"
    earliest: date | None = None
    latest: date | None = None


UNKNOWN = Value(None)


def day_value(day: date) -> Value:
    """A single day."""
    return Value(day.isoformat(), "date", day, day)


def month_value(year: int, month: int) -> Value:
    return Value(f"{year:04d}-{month:02d}", "date", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_value(year: int) -> Value:
    return Value(f"{year:04d}", "date", date(year, 1, 1), date(year, 12, 31))


def span_value(first: date, last: date) -> Value:
    return Value(f"{first.isoformat()}/{last.isoformat()}", "date", first, last)


def resolve(match: Match, words: Words, *, published: date | None, told: date | None, direction: Direction) -> Value:
    """The value of a match against the publication date, or against the day told last where the pattern says so.

    `told` is the last single day resolved before it in the text. Dates that do not exist (31 June) give no value.
    """
    try:
        return _resolve(match, words, published, told, direction)
    except (ValueError, OverflowError):
        return UNKNOWN


def _resolve(match: Match, words: Words, published: date | None, told: date | None, direction: Direction) -> Value:
    caught, kind = match.caught, match.pattern.kind
    if kind in ("time", "set"):
        return Value(None, "time" if kind == "time" else "set")
    if kind == "duration":
        return Value(None, "duration")
    month, month2 = _month(caught.get("month"), words), _month(caught.get("month2"), words)
    year = int(caught["year"]) if "year" in caught else None
    if "day" in caught and month and "day2" in caught:
        return _days(caught, month, month2 or month, year, published, direction)
    if "day" in caught and month:
        return _day(int(caught["day"]), month, year, published, direction)
    if "day" in caught and "weekday" in caught and published:
        return _weekday_day(int(caught["day"]), words.weekdays[caught["weekday"]], published, direction)
    if month and month2:
        first = _month_of(month, year, published, "past" if year else direction)
        if first.edtf is None:
            return UNKNOWN
        begin = int(first.edtf[:4])
        last = month_value(begin if month2 >= month else begin + 1, month2)
        return Value(f"{first.edtf}/{last.edtf}", "date", first.earliest, last.latest)
    if month:
        return _directed_month(caught, month, year, published, direction, words)
    if "year2" in caught and year:
        last_year = int(caught["year2"])
        return Value(f"{year}/{last_year}", "date", date(year, 1, 1), date(last_year, 12, 31)) if last_year > year else UNKNOWN
    if "decade" in caught:
        return _decade(caught["decade"])
    if "season" in caught:
        return _season(words.seasons[caught["season"]], year, caught, words, published)
    if "quarter" in caught:
        quarter = words.quarters[caught["quarter"]]
        year = year or (published.year if published else None)
        if year is None:
            return UNKNOWN
        return Value(f"{year}-{32 + quarter}", "date", date(year, 3 * quarter - 2, 1), date(year, 3 * quarter, monthrange(year, 3 * quarter)[1]))
    if year:
        return year_value(year)
    if published is None:
        return UNKNOWN
    return _relative(match, words, published, told, direction)


def _month(word: str | None, words: Words) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdigit() else words.months[word.rstrip(".")]


def _day(day: int, month: int, year: int | None, published: date | None, direction: Direction) -> Value:
    if year is not None:
        return day_value(date(year, month, day))
    if published is None:
        return UNKNOWN
    candidates = [date(published.year + step, month, day) for step in (-1, 0, 1) if day <= monthrange(published.year + step, month)[1]]
    behind, ahead = [one for one in candidates if one <= published], [one for one in candidates if one >= published]
    chosen = max(behind, default=None) if direction == "past" else min(ahead, default=None)
    return day_value(chosen) if chosen else UNKNOWN


def _days(caught: dict[str, str], month: int, month2: int, year: int | None, published: date | None, direction: Direction) -> Value:
    last = _day(int(caught["day2"]), month2, year, published, direction)
    if last.latest is None:
        return UNKNOWN
    first = date(last.latest.year if month <= month2 else last.latest.year - 1, month, int(caught["day"]))
    return span_value(first, last.latest) if first < last.latest else UNKNOWN


def _weekday_day(day: int, weekday: int, published: date, direction: Direction) -> Value:
    """'mardi 20': the nearest day of that number that is that weekday."""
    step = -1 if direction == "past" else 1
    for distance in range(190):
        one = published + timedelta(days=step * distance)
        if one.day == day and one.weekday() == weekday:
            return day_value(one)
    return UNKNOWN


def _month_of(month: int, year: int | None, published: date | None, direction: Direction) -> Value:
    if year is not None:
        return month_value(year, month)
    if published is None:
        return UNKNOWN
    if direction == "past":
        return month_value(published.year - (month > published.month), month)
    return month_value(published.year + (month < published.month), month)


def _directed_month(caught: dict[str, str], month: int, year: int | None, published: date | None, direction: Direction, words: Words) -> Value:
    if "direction" in caught and published:
        step = words.directions[caught["direction"]]
        if step < 0:
            return month_value(published.year - (month >= published.month), month)
        if step > 0:
            return month_value(published.year + (month <= published.month), month)
        return month_value(published.year, month)
    return _month_of(month, year, published, direction)


def _decade(figures: str) -> Value:
    first = int(figures) if len(figures) == 4 else 1900 + int(figures) if int(figures) >= 30 else 2000 + int(figures)
    return Value(f"{first // 10}X", "date", date(first, 1, 1), date(first + 9, 12, 31))


def _season(season: int, year: int | None, caught: dict[str, str], words: Words, published: date | None) -> Value:
    if year is None and published and "direction" in caught:
        begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
        step = words.directions[caught["direction"]]
        year = published.year - (step < 0 and begins + 2 >= published.month) + (step > 0 and begins <= published.month)
    if year is None:
        return UNKNOWN
    bounds = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}[season]
    last_year = year + (bounds[1] < bounds[0])
    return Value(f"{year}-{season}", "date", date(year, bounds[0], 1), date(last_year, bounds[1], monthrange(last_year, bounds[1])[1]))


def _relative(match: Match, words: Words, published: date, told: date | None, direction: Direction) -> Value:
    caught = match.caught
    if "holiday" in caught:
        month, day = map(int, words.holidays[caught["holiday"]].split("-"))
        return _day(day, month, None, published, direction)
    if "deictic" in caught:
        return day_value(published + timedelta(days=words.deictic[caught["deictic"]]))
    if "relative" in caught:
        return day_value((told or published) + timedelta(days=words.relative[caught["relative"]]))
    if "weekday" in caught:
        return _weekday(match, words, published, direction)
    if "count" in caught:
        return _counted(match, words, published, told)
    if "unit" in caught:
        step = words.directions[caught["direction"]] if "direction" in caught else words.these[caught["these"]]
        return _unit(words.units[caught["unit"]], step, published)
    return UNKNOWN


def nearest(weekday: int, published: date, direction: Direction) -> date:
    """The nearest such weekday: the publication day itself, else the one before (past) or after it (future)."""
    ahead = (weekday - published.weekday()) % 7
    return published + timedelta(days=ahead if direction == "future" or ahead == 0 else ahead - 7)


def _weekday(match: Match, words: Words, published: date, direction: Direction) -> Value:
    caught = match.caught
    weekday = words.weekdays[caught["weekday"]]
    if match.pattern.rule == "weekday-week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=words.directions[caught["direction"]])
        return day_value(monday + timedelta(days=weekday))
    if "count" in caught:
        count = _number(caught["count"], words)
        return day_value(nearest(weekday, published, "past") - timedelta(weeks=count)) if count else UNKNOWN
    if "direction" in caught:
        step = words.directions[caught["direction"]]
        if step:
            one = nearest(weekday, published + timedelta(days=step), "future" if step > 0 else "past")
            return day_value(one)
        return day_value(nearest(weekday, published, direction))
    first = nearest(weekday, published, direction)
    if "weekday2" in caught:
        last = first + timedelta(days=(words.weekdays[caught["weekday2"]] - weekday) % 7)
        if last > published and direction == "past":
            first, last = first - timedelta(days=7), last - timedelta(days=7)
        return span_value(first, last) if first < last else day_value(first)
    return day_value(first)


def _number(word: str, words: Words) -> int:
    """The number a word or figure stands for; 0 for 'several'."""
    if re.fullmatch(r"\d+", word):
        return int(word)
    return words.numbers.get(word, 0)


def _counted(match: Match, words: Words, published: date, told: date | None) -> Value:
    caught, pattern = match.caught, match.pattern
    count = _number(caught["count"], words)
    unit = words.units.get(caught["unit"]) if "unit" in caught else _unit_in(match, words)
    if pattern.kind in ("span", "vague") or unit is None:
        return UNKNOWN
    if unit in ("second", "minute", "hour"):
        return Value(None, "time")
    if not count:
        return UNKNOWN
    anchor = told or published if pattern.anchor == "told" else published
    if pattern.kind == "ahead":
        # 'in two days' of a report of the past is a duration; the direction is told by the tense elsewhere
        return _shifted(anchor, unit, count)
    return _shifted(anchor, unit, pattern.sign * count)


def _unit_in(match: Match, words: Words) -> str | None:
    for word in reversed(match.caught.get("whole", "").split()):
        if word.rstrip("s") in words.units or word in words.units:
            return words.units.get(word) or words.units[word.rstrip("s")]
    return None


def _shifted(anchor: date, unit: str, count: int) -> Value:
    if unit in _DAYS:
        moved = anchor + timedelta(days=_DAYS[unit] * count)
        if unit == "day":
            return day_value(moved)
        monday = moved - timedelta(days=moved.weekday())
        return span_value(monday, monday + timedelta(days=6))
    if unit not in _MONTHS:
        return UNKNOWN
    months = anchor.year * 12 + anchor.month - 1 + _MONTHS[unit] * count
    year, month = divmod(months, 12)
    return year_value(year) if unit in ("year", "decade", "century") else month_value(year, month + 1)


def _unit(unit: str, step: int, published: date) -> Value:
    """'last week', 'ce mois', 'next year': the calendar unit itself."""
    if unit == "day":
        return day_value(published) if step == 0 else UNKNOWN
    if unit in ("week", "fortnight", "weekend"):
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return span_value(monday + timedelta(days=5), monday + timedelta(days=6)) if unit == "weekend" else span_value(monday, monday + timedelta(days=6))
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        return month_value(year, month + 1)
    if unit == "year":
        return year_value(published.year + step)
    if unit == "quarter":
        year, quarter = divmod(published.year * 4 + (published.month - 1) // 3 + step, 4)
        return Value(f"{year}-{33 + quarter}", "date", date(year, 3 * quarter + 1, 1), date(year, 3 * quarter + 3, monthrange(year, 3 * quarter + 3)[1]))
    return UNKNOWN
