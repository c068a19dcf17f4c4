"""EDTF values and ISO durations in words: '2024-12-18' is '18 December 2024', 'P5Y' is '5 years', 'R/P1W' 'every week'."""

from __future__ import annotations

import re
from datetime import date

from dragoman.exports.readings.labels import Labels

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?$")
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


def in_words(value: str, labels: Labels) -> str:
    """The value in words; as it stands where it is of no form known here."""
    if value.startswith("R/"):
        return _repeated(value.removeprefix("R/"), labels) or value
    if "/" in value:
        first, last = value.split("/", 1)
        if last in ("", ".."):
            return _bound("since", first, labels)
        if first in ("", ".."):
            return _bound("until", last, labels)
        if first[:8] == last[:8] and _WHOLE_DAY.match(first) and _WHOLE_DAY.match(last):
            return f"{int(first[8:])}–{in_words(last, labels)}"
        return labels.word("seasons", "span").format(in_words(first, labels), in_words(last, labels))
    return _moment(value, labels) or _duration(value, labels) or value


def _bound(word: str, value: str, labels: Labels) -> str:
    """Since or until a day, month or year; a day may want an article: 'depuis le 3 juin'."""
    return labels.word("seasons", f"{word}_day" if _WHOLE_DAY.match(value) else word).format(in_words(value, labels))


def _moment(value: str, labels: Labels) -> str | None:
    from babel.dates import format_date, format_skeleton

    if match := _DAY.match(value):
        year, month, day, clock, zone = match.groups()
        try:
            words = str(format_date(date(int(year), int(month), int(day)), "d MMMM y", locale=labels.language))
        except ValueError:
            return None
        if words.startswith("1 "):
            words = labels.word("seasons", "first_day") + words[1:]
        return f"{words}, {clock}{' UTC' if zone == 'Z' else f' {zone}' if zone else ''}" if clock else words
    if match := _MONTH.match(value):
        year, part = match.groups()
        if 1 <= int(part) <= 12:
            return str(format_skeleton("yMMMM", date(int(year), int(part), 1), locale=labels.language))
        return labels.table["seasons"].get(part, "{} " + part).format(year)
    if value.endswith("XX"):
        return labels.word("seasons", "century").format(value[:-2] + "00")
    if value.endswith("X"):
        return labels.word("seasons", "decade").format(value[:-1] + "0")
    return None


def _duration(value: str, labels: Labels) -> str | None:
    from babel.units import format_unit

    match = _DURATION.match(value)
    if not match or not any(match.groups()):
        return None
    counts = zip(_UNITS, match.groups(), strict=True)
    return " ".join(str(format_unit(int(count), f"duration-{unit}", locale=labels.language)) for unit, count in counts if count)


def _repeated(value: str, labels: Labels) -> str | None:
    words = _duration(value, labels)
    if words is None:
        return None
    if value.strip("PT")[:-1] == "1":
        return labels.word("facts", "each").format(words.removeprefix("1").strip())
    return labels.word("facts", "every").format(words)
