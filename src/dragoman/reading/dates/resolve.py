"""From the words of a match to a value: what was caught decides which rule speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.reading.dates.calendar import feast, nearest_weekday, nearest_year
from dragoman.reading.dates.grammar import Match
from dragoman.reading.dates.table import Words
from dragoman.reading.dates.tenses import Direction
from dragoman.reading.dates.values import (
    UNKNOWN,
    Value,
    between,
    century_value,
    day_value,
    decade_value,
    duration_value,
    half_value,
    month_value,
    quarter_value,
    season_value,
    shifted,
    unit_value,
    week_of,
    year_value,
)

# 'the 90s' is the last century's, 'the 20s' this one's: a decade begins at most this many years after the publication or now.
_SHORT_DECADE = 30


@dataclass(frozen=True, slots=True)
class Setting:
    """What a match is resolved against: the publication day, the day told last in the text (or the speech's, in a quotation), the tense's direction."""

    published: date | None
    told: date | None
    direction: Direction
    spoken: date | None = None


def resolve(match: Match, words: Words, setting: Setting) -> Value:
    """The value of a match; dates that do not exist (31 June) and those that need an unknown publication date have none."""
    try:
        return _resolve(match, words, setting)
    except (ValueError, OverflowError):
        return UNKNOWN


def _resolve(match: Match, words: Words, setting: Setting) -> Value:
    caught, pattern = match.caught, match.pattern
    if pattern.kind == "time":
        return _clock(caught, words)
    if pattern.kind == "duration":
        return _duration(caught, words)
    if pattern.kind == "set":
        return _recurrence(caught, words)
    if pattern.value is not None:
        return _fixed(pattern.value)
    rule = next((rule for slots, rule in _RULES if slots <= caught.keys()), None)
    return rule(match, words, setting) if rule else UNKNOWN


def _fixed(value: str) -> Value:
    return day_value(date.fromisoformat(value))


def _number(word: str, words: Words) -> float:
    """The number a word or figure stands for; 0 for 'several'."""
    if re.fullmatch(r"\d+(?:[.,]\d+)?", word):
        return float(word.replace(",", "."))
    return words.numbers.get(word, words.ordinals.get(word, 0))


def _month(word: str, words: Words) -> int:
    return int(word) if word.isdigit() else words.months[word.rstrip(".")]


def _day_number(word: str, words: Words) -> int:
    return int(word) if word.isdigit() else words.ordinals[word]


def _year(caught: dict[str, str]) -> int | None:
    if "shortyear" in caught:
        short = int(caught["shortyear"])
        return 2000 + short if short < 50 else 1900 + short
    return int(caught["year"]) if "year" in caught else None


def _day_of(day: int, month: int, year: int | None, setting: Setting, weekday: int | None = None) -> Value:
    """A day of a month, in the year told or in the one that the direction wants; a weekday beside it can settle the year."""
    if year is not None:
        return day_value(date(year, month, day))
    if setting.published is None:
        return UNKNOWN

    def in_year(number: int) -> date | None:
        try:
            one = date(number, month, day)
        except ValueError:
            return None
        return one if weekday is None or one.weekday() == weekday else None

    found = nearest_year(in_year, setting.published, setting.direction)
    if found is None and weekday is not None:
        return _day_of(day, month, None, setting)
    return day_value(found) if found else UNKNOWN


def _led(caught: dict[str, str], words: Words, setting: Setting) -> Setting:
    """The setting as a word beside the date turns it: 'last', 'next'."""
    step = words.directions[caught["direction"]] if "direction" in caught else 0
    return Setting(setting.published, setting.told, "past" if step < 0 else "future") if step else setting


def _day(match: Match, words: Words, setting: Setting) -> Value:
    caught = match.caught
    weekday = words.weekdays.get(caught.get("weekday", ""))
    month, year = _month(caught["month"], words), _year(caught)
    setting = _led(caught, words, setting)
    if "these" in caught and setting.published:
        year = setting.published.year + words.these[caught["these"]]
    return _day_of(_day_number(caught["day"], words), month, year, setting, weekday)


def _days(match: Match, words: Words, setting: Setting) -> Value:
    caught, setting = match.caught, _led(match.caught, words, setting)
    month = _month(caught["month"], words)
    month2 = _month(caught["month2"], words) if "month2" in caught else month
    last = _day_of(_day_number(caught["day2"], words), month2, _year(caught), setting)
    if last.latest is None:
        return UNKNOWN
    first = date(last.latest.year - (month > month2), month, _day_number(caught["day"], words))
    return between(day_value(first), last)


def _weekday_day(match: Match, words: Words, setting: Setting) -> Value:
    """'mardi 20': the nearest day of that number that is that weekday."""
    if setting.published is None:
        return UNKNOWN
    number, weekday = int(match.caught["day"]), words.weekdays[match.caught["weekday"]]
    for distance in range(190):
        for step in (1, -1) if setting.direction == "future" else (-1, 1):
            one = setting.published + timedelta(days=step * distance)
            if one.day == number and one.weekday() == weekday:
                return day_value(one)
    return UNKNOWN


def _day_alone(match: Match, words: Words, setting: Setting) -> Value:
    """'on the 15th': of the month told last, else the nearest one."""
    if setting.published is None:
        return UNKNOWN
    number, anchor = int(match.caught["day"]), setting.told or setting.published
    months = [(anchor.year * 12 + anchor.month - 1 + step) for step in (-1, 0, 1)]
    days = [date(month // 12, month % 12 + 1, number) for month in months if number <= month_value(month // 12, month % 12 + 1).latest.day]  # type: ignore[union-attr]
    if setting.told:
        return day_value(next((one for one in days if (one.year, one.month) == (anchor.year, anchor.month)), days[0]))
    wanted = [one for one in days if (one >= anchor if setting.direction == "future" else one <= anchor)] or days
    return day_value(min(wanted, key=lambda one: abs((one - anchor).days)))


def _months(match: Match, words: Words, setting: Setting) -> Value:
    caught = match.caught
    month, month2 = _month(caught["month"], words), _month(caught["month2"], words)
    last = _month_of(month2, _year(caught), setting)
    if last.earliest is None:
        return UNKNOWN
    return between(month_value(last.earliest.year - (month > month2), month), last)


def _month_of(month: int, year: int | None, setting: Setting) -> Value:
    if year is not None:
        return month_value(year, month)
    published = setting.published
    if published is None:
        return UNKNOWN
    # months are as far apart as their middles, so that this month is no distance away
    middle = date(published.year, published.month, 15)
    found = nearest_year(lambda number: date(number, month, 15), middle, setting.direction)
    return month_value(found.year, month) if found else UNKNOWN


def _month_only(match: Match, words: Words, setting: Setting) -> Value:
    caught = match.caught
    month, year, published = _month(caught["month"], words), _year(caught), setting.published
    if published and year is None and "direction" in caught:
        step = words.directions[caught["direction"]]
        if "unit" in caught:  # 'April next year'
            return month_value(published.year + step, month)
        if step < 0:
            return month_value(published.year - (month >= published.month), month)
        if step > 0:
            return month_value(published.year + (month <= published.month), month)
        return month_value(published.year, month)
    if match.pattern.anchor == "told" and year is None:
        anchor = setting.told or published
        return month_value(anchor.year, month) if anchor else UNKNOWN
    if published and year is None and "these" in caught:
        return month_value(published.year + words.these[caught["these"]], month)
    return _month_of(month, year, setting)


def _years(match: Match, words: Words, setting: Setting) -> Value:
    first, second = int(match.caught["year"]), match.caught["year2"]
    last = int(second) if len(second) == 4 else first - first % 100 + int(second)
    return between(year_value(first), year_value(last)) if first < last else UNKNOWN


def _year_only(match: Match, words: Words, setting: Setting) -> Value:
    return year_value(int(match.caught["year"]))


def _decade(match: Match, words: Words, setting: Setting) -> Value:
    figures = match.caught["decade"]
    if len(figures) == 4:
        first = int(figures)
        return century_value(first) if first % 100 == 0 and first < 2000 else decade_value(first)
    last = (setting.published.year if setting.published else 2000) + _SHORT_DECADE
    return decade_value(max(year for year in (1800 + int(figures), 1900 + int(figures), 2000 + int(figures)) if year <= last))


def _century(match: Match, words: Words, setting: Setting) -> Value:
    number = int(_number(match.caught["ordinal"], words))
    return century_value(100 * (number - 1)) if number > 10 else UNKNOWN


def _season(match: Match, words: Words, setting: Setting) -> Value:
    caught, published = match.caught, setting.published
    season, year = words.seasons[caught["season"]], _year(caught)
    if year is None and published:
        begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
        step = words.directions.get(caught.get("direction", ""), 0)
        if step < 0:
            # 'last winter' in January is the winter before this one, told in March the one just over
            year = published.year - (published.month < begins + 3 or season == 24)
        elif step > 0:
            year = published.year + (published.month >= begins)
        else:
            year = published.year - (season == 24 and published.month < 7)
    return season_value(year, season) if year is not None else UNKNOWN


def _quarter(match: Match, words: Words, setting: Setting) -> Value:
    caught, published = match.caught, setting.published
    number, year, unit = words.quarters[caught["quarter"]], _year(caught), words.units.get(caught.get("unit", ""), "quarter")
    if year is None:
        if published is None:
            return UNKNOWN
        step = words.directions.get(caught.get("direction", ""), 0)
        current = (published.month - 1) // (3 if unit == "quarter" else 6) + 1
        year = published.year + step - (not step and setting.direction != "future" and number > current)
    if unit == "half":
        return half_value(year, number) if number < 3 else UNKNOWN
    return quarter_value(year, number)


def _holiday(match: Match, words: Words, setting: Setting) -> Value:
    rule, year = words.holidays[match.caught["holiday"]], _year(match.caught)
    if year is not None:
        one = feast(rule, year)
        return day_value(one) if one else UNKNOWN
    if setting.published is None:
        return UNKNOWN
    step = words.directions.get(match.caught.get("direction", ""), 0)
    found = nearest_year(lambda number: feast(rule, number), setting.published, "past" if step < 0 else "future" if step > 0 else setting.direction)
    return day_value(found) if found else UNKNOWN


def _deictic(match: Match, words: Words, setting: Setting) -> Value:
    anchor = setting.spoken or setting.published
    return day_value(anchor + timedelta(days=words.deictic[match.caught["deictic"]])) if anchor else UNKNOWN


def _relative(match: Match, words: Words, setting: Setting) -> Value:
    anchor = setting.told or setting.published
    return day_value(anchor + timedelta(days=words.relative[match.caught["relative"]])) if anchor else UNKNOWN


def _weekday(match: Match, words: Words, setting: Setting) -> Value:
    caught, published = match.caught, setting.published
    if published is None:
        return UNKNOWN
    weekday = words.weekdays[caught["weekday"]]
    if "unit" in caught:  # 'Monday of next week'
        step = words.directions[caught["direction"]] if "direction" in caught else 0
        return day_value(week_of(published, weeks=step)[0] + timedelta(days=weekday))
    if "count" in caught:
        count = int(_number(caught["count"], words))
        return day_value(nearest_weekday(weekday, published, "past") - timedelta(weeks=count)) if count else UNKNOWN
    if "relative" in caught:  # 'the day before last Tuesday'
        return day_value(nearest_weekday(weekday, published, setting.direction) + timedelta(days=words.relative[caught["relative"]]))
    if "direction" in caught:
        step = words.directions[caught["direction"]]
        if match.pattern.anchor == "told" and setting.told:
            return day_value(nearest_weekday(weekday, setting.told + timedelta(days=step), "future" if step > 0 else "past"))
        if step:
            return day_value(nearest_weekday(weekday, published + timedelta(days=step), "future" if step > 0 else "past"))
    first = nearest_weekday(weekday, published, setting.direction)
    if "weekday2" in caught:
        last = first + timedelta(days=(words.weekdays[caught["weekday2"]] - weekday) % 7)
        if last > published and setting.direction == "past":
            first, last = first - timedelta(days=7), last - timedelta(days=7)
        return between(day_value(first), day_value(last))
    return day_value(first)


def _counted(match: Match, words: Words, setting: Setting) -> Value:
    caught, pattern = match.caught, match.pattern
    unit, count = words.units[caught["unit"]], int(_number(caught["count"], words))
    if unit in ("second", "minute", "hour"):
        return Value(None, "time")
    anchor = (setting.told or setting.published) if pattern.anchor in ("told", "tense") else setting.published
    if not count:
        return Value(None, "duration")
    return shifted(anchor, unit, pattern.sign * count) if anchor else UNKNOWN


def _unit(match: Match, words: Words, setting: Setting) -> Value:
    caught = match.caught
    anchor = (setting.told or setting.published) if match.pattern.anchor in ("told", "tense") else setting.published
    if anchor is None:
        return UNKNOWN
    step = words.directions[caught["direction"]] if "direction" in caught else words.these.get(caught.get("these", ""), match.pattern.sign)
    unit = words.units[caught["unit"]]
    if unit == "weekend" and not step and anchor.weekday() < 5 and setting.direction in ("past", "open"):
        step = -1
    if unit in ("second", "minute", "hour"):
        return Value(None, "time")
    return unit_value(unit, step, anchor)


def _week_of_day(match: Match, words: Words, setting: Setting) -> Value:
    """'the week of March 6'."""
    one = _day(match, words, setting)
    return unit_value(words.units[match.caught["unit"]], 0, one.earliest) if one.earliest else UNKNOWN


def _clock(caught: dict[str, str], words: Words) -> Value:
    """A time of day as THH:MM, which the stage hangs on its day."""
    if "noon" in caught:
        return Value(f"T{words.noons[caught['noon']]:02d}:00", "time")
    if "hour" not in caught:
        return Value(None, "time")
    hour = int(caught["hour"])
    if "meridiem" in caught:
        hour = hour % 12 + words.meridiems[caught["meridiem"]]
    if hour > 23:
        return Value(None, "time")
    return Value(f"T{hour:02d}:{caught.get('minute', '00')}" + ("Z" if words.zones.get(caught.get("zone", "")) == 0 else ""), "time")


def _duration(caught: dict[str, str], words: Words) -> Value:
    if "unit" not in caught:
        return Value(None, "duration")
    return duration_value(_number(caught["count"], words) if "count" in caught else 0, words.units[caught["unit"]])


def _recurrence(caught: dict[str, str], words: Words) -> Value:
    if "set" in caught:
        return Value(f"R/{words.sets[caught['set']]}", "set")
    if "unit" not in caught:
        return Value("R/P1W" if "weekday" in caught else "R/P1Y" if "month" in caught else None, "set")
    length = duration_value(_number(caught["count"], words) if "count" in caught else 1, words.units[caught["unit"]]).edtf
    return Value(f"R/{length}" if length else None, "set")


# The first rule whose slots were all caught speaks.
_RULES: tuple[tuple[frozenset[str], Callable[[Match, Words, Setting], Value]], ...] = tuple(
    (frozenset(slots.split()), rule)
    for slots, rule in (
        ("day month unit", _week_of_day),
        ("day day2 month", _days),
        ("day month", _day),
        ("day weekday", _weekday_day),
        ("month month2", _months),
        ("month", _month_only),
        ("year year2", _years),
        ("decade", _decade),
        ("ordinal", _century),
        ("season", _season),
        ("quarter", _quarter),
        ("holiday", _holiday),
        ("year", _year_only),
        ("deictic", _deictic),
        ("weekday", _weekday),
        ("relative", _relative),
        ("count unit", _counted),
        ("unit", _unit),
        ("day", _day_alone),
    )
)
