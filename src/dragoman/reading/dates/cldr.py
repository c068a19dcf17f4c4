"""Full dates of the languages that have no folder, made of CLDR's own patterns and names of months.

Only what no context can change is read: a day with month and year, a month with its year, figures in the language's order. A day without
a year is kept where its nearest one is near; weekdays and words like 'yesterday' are left alone, for without grammar and a table of their
own they would be guesses. A bare year is one where the encoder takes the figures for a date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.languages.fold import fold
from dragoman.model.reading import Reading, When

_FORMS = Path(__file__).with_name("cldr.toml")
# A CLDR pattern: quoted words, fields of one letter, anything else as it stands.
_PIECE = re.compile(r"'([^']*)'|([A-Za-z])\2*|([^A-Za-z']+)")
_FIELDS = {"d": "<day>", "M": "<month>", "L": "<month>", "y": "<year>"}
# The ring or full stop of an ordinal: '1º', '1er', '12.'; folded, 'º' is an 'o'.
_ORDINAL = r"(?:\.|°|º|o|a|er)?"
# The full stop of a shortened month; at the end of a date it is the sentence's.
_SHORTENED = r"(?:\.(?=,? ?\w))?"
# Years as news tells them: a Jalali or Buddhist year stands in the same places and is none.
_YEAR = "<yearmodern>"
# Figures alone that the encoder marks as a date, and how sure it must be.
_BARE_YEAR, _SURE = re.compile(r"\d{4}"), 0.8
_FIRST, _LAST = 1900, 2099
_SPACE = re.compile(r"[\s\u00a0\u202f\u200f\u200e]+")


@cache
def full_dates(code: str) -> dict[str, Any]:
    """A table like a folder's dates.toml; that of a language which CLDR does not know holds ISO dates only."""
    from babel import Locale, UnknownLocaleError

    iso = {"rule": "iso", "text": "(?<!\\d)<yearmodern>-<month#>-<day#>(?!\\d)"}
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return {"cldr": False, "patterns": [iso]}
    if not code.startswith(locale.language):  # what cannot be told ('und') is no English
        return {"cldr": False, "patterns": [iso]}
    own = _completed().get(code, {})
    months = {name: number for name, number, _ in _months(locale)} | {fold(name): number for name, number in own.get("months", {}).items()}
    wide = sorted({name for name, _, whole in _months(locale) if whole} | set(map(fold, own.get("months", {}))), key=lambda name: (-len(name), name))
    long, short = locale.date_formats["long"].pattern, locale.date_formats["short"].pattern
    skeletons = locale.datetime_skeletons
    whole = f"(?=(?:{'|'.join(map(re.escape, wide))})(?!\\w))"
    joined = _joined(long)
    rows = [
        iso,
        {"rule": "day-month-year", "text": _pattern(long, joined=joined)},
        {"rule": "slashed", "text": _figures(short)},
        {"rule": "month-year", "text": _pattern(str(skeletons["yMMMM"].pattern), joined=joined).replace("<month>", ("" if joined else whole) + "<month>")},
        {"rule": "day-month", "text": _pattern(str(skeletons["MMMMd"].pattern), joined=joined), "anchor": "near"},
    ]
    if _ordered(long) == "dMy":
        between = "(?:" + "|".join(sorted({re.escape(fold(word)) + " " for word in re.findall(r"'(\w+)'", long)}) or ["(?!)"]) + ")?"
        rows.append({"rule": "day-month-year", "text": f"<day>{_ORDINAL} {between}<month>{_SHORTENED},?(?: \\w{{1,3}})? {_YEAR}"})
        rows.append({"rule": "day-range", "text": f"<day>{_ORDINAL} ?- ?<day2>{_ORDINAL} {between}<month>{_SHORTENED},?(?: \\w{{1,3}})? {_YEAR}"})
        rows.append({"rule": "month-year", "text": f"{whole}<month>(?: \\w{{1,3}})? {_YEAR}"})
    return {"cldr": False, "unspaced": joined, "months": months, "patterns": [row for row in rows if row["text"]]}


def bare_years(reading: Reading, found: Sequence[When]) -> list[When]:
    """Years that stand alone, as far as the encoder marks them and no date found holds them: 'im Jahr 2008', '۲۰۰۸'."""
    years = []
    for tag in reading.tagged("date"):
        text = tag.span.of(reading.article.text)
        if tag.score < _SURE or not _BARE_YEAR.fullmatch(text) or not _FIRST <= int(text) <= _LAST or any(one.span.overlaps(tag.span) for one in found):
            continue
        first, last = date(int(text), 1, 1), date(int(text), 12, 31)
        years.append(When(start=tag.start, end=tag.end, text=text, value=str(int(text)), kind="date", earliest=first, latest=last, rule="year"))
    return years


@cache
def _completed() -> dict[str, Any]:
    return tomllib.loads(_FORMS.read_text(encoding="utf-8"))


def _months(locale: Any) -> Iterator[tuple[str, int, bool]]:
    """Folded names with their numbers and whether they are written out: those of dates, and those that stand alone where they begin alike.

    Babel hands out another language's names for stand-alone ones that CLDR leaves to inheritance; these begin otherwise, or mean the same month.
    """
    for width in ("wide", "abbreviated"):
        for number, name in locale.months["format"][width].items():
            told = fold(name).rstrip(".")
            yield told, number, width == "wide"
            alone = fold(locale.months["stand-alone"][width].get(number, "")).rstrip(".")
            if len(alone) > 1 and alone[:2] == told[:2]:
                yield alone, number, width == "wide"


def _ordered(pattern: str) -> str:
    """The fields of a CLDR pattern in their order: 'dMy'."""
    return "".join(found[2].replace("L", "M") for found in _PIECE.finditer(pattern) if found[2])


def _joined(pattern: str) -> bool:
    """Whether words are written to the figures without a space, as in '2025年10月12日'."""
    return re.search(r"[A-Za-z][^\W\dA-Za-z_]", re.sub(r"'[^']*'", "", pattern).replace(" ", "  ")) is not None


def _pattern(pattern: str, *, joined: bool) -> str:
    """A CLDR pattern as a row of our tables; '' where it holds other fields than day, month and year. What follows the last field may be missing."""
    pieces = list(_PIECE.finditer(pattern))
    last = max(place for place, found in enumerate(pieces) if found[2])
    made = []
    for place, found in enumerate(pieces):
        quoted, field, other = found.groups()
        if field:
            if field not in _FIELDS:
                return ""
            figure = field == "M" and len(found[0]) < 3
            made.append("<month#>" if figure else _YEAR if field == "y" else _FIELDS[field] + (_ORDINAL if field == "d" and not joined else ""))
            if field == "M" and not figure and not joined:
                made.append(_SHORTENED)
        elif place < last:
            made.append(_literal(quoted or other, joined=joined))
        elif joined:
            made.append(_literal((quoted or other).strip(), joined=joined))
    text = "".join(made)
    return f"(?<!\\d){text}(?!\\d)" if joined else text


def _literal(text: str, *, joined: bool) -> str:
    """What stands between the fields: a full stop that the ordinal holds already may be missing, a letter joined to the month too."""
    told = _SPACE.sub(" ", fold(text))
    if joined:
        return "".join(" ?" if mark == " " else f" ?{re.escape(mark)} ?" for mark in told).replace(" ? ?", " ?")
    if told.startswith(". "):
        return "(?:\\.)? " + re.escape(told[2:])
    return "".join(f"(?:{re.escape(part)})?" if part not in (" ", "") else part for part in re.split(r"( )", told))


def _figures(pattern: str) -> str:
    """The short date with its year in four figures: 12.10.2025."""
    order = _ordered(pattern)
    if sorted(order) != ["M", "d", "y"]:
        return ""
    fields = {"d": "<day#>", "M": "<month#>", "y": _YEAR}
    return f"(?<![\\d./-]){'[./-]'.join(fields[one] for one in order)}(?![\\d/-])"
