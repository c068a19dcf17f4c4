"""The date patterns of a language, compiled from its table, and where they match in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.spans import Span

_SLOT = re.compile(r"<([a-z]+)(#?)(\d?)>")
_EDGE_LEFT, _EDGE_RIGHT = r"(?<![\w])", r"(?![\w])"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the table: `kind` is date, time, duration, set, or one that the resolver turns into a date."""

    rule: str
    regex: re.Pattern[str]
    kind: str
    anchor: str
    sign: int


@dataclass(frozen=True)
class Words:
    """All words of time of a language, folded, with what they mean."""

    months: dict[str, int]
    weekdays: dict[str, int]
    deictic: dict[str, int]
    relative: dict[str, int]
    directions: dict[str, int]
    these: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    seasons: dict[str, int]
    quarters: dict[str, int]
    holidays: dict[str, str]
    ambiguous: frozenset[str]
    capitals: bool
    present_is_future: bool
    future_words: frozenset[str]
    future_auxiliaries: frozenset[str]
    infinitive_heads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched and the words it caught, folded, by slot name (month, day2, direction, …) and all of them as 'whole'."""

    span: Span
    pattern: Pattern
    caught: dict[str, str]


@cache
def words(code: str) -> Words | None:
    """The words of a language's table together with CLDR's month and weekday names; None without a table."""
    pack = language(code)
    table = pack.table("dates") if pack else {}
    if not table:
        return None
    from babel import Locale

    locale = Locale(code)
    months: dict[str, int] = dict(table.get("months", {}))
    weekdays: dict[str, int] = dict(table.get("weekdays", {}))
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            months |= {fold(name).rstrip("."): number for number, name in locale.months[form][width].items()}
        weekdays |= {fold(name): number for number, name in locale.days[form]["wide"].items()}
    future = table.get("future", {})
    return Words(
        months=months,
        weekdays=weekdays,
        deictic=table.get("deictic", {}),
        relative=table.get("relative", {}),
        directions=table.get("directions", {}),
        these=table.get("these", {}),
        units=table.get("units", {}),
        numbers=table.get("numbers", {}),
        seasons=table.get("seasons", {}),
        quarters=table.get("quarters", {}),
        holidays=table.get("holidays", {}),
        ambiguous=frozenset(table.get("ambiguous_months", ())),
        capitals=table.get("capitals", False),
        present_is_future=table.get("present_is_future", False),
        future_words=frozenset(map(fold, future.get("words", ()))),
        future_auxiliaries=frozenset(map(fold, future.get("auxiliaries", ()))),
        infinitive_heads=frozenset(map(fold, future.get("infinitive_heads", ()))),
    )


def _any(options: dict[str, Any]) -> str:
    """An alternation, longest first, so that 'day before yesterday' is not cut to 'yesterday'."""
    return "|".join(re.escape(option).replace("\\ ", " ") for option in sorted(options, key=lambda option: (-len(option), option))) or r"(?!)"


@cache
def patterns(code: str) -> tuple[Pattern, ...]:
    """The compiled patterns of a language, in the order of its table."""
    known, pack = words(code), language(code)
    if known is None or pack is None:
        return ()
    table = pack.table("dates")
    slots = {
        "year": r"(?:1[5-9]|20)\d\d",
        "month": _any(known.months),
        "day": r"(?:3[01]|[12]\d|0?[1-9])",
        "weekday": _any(known.weekdays),
        "deictic": _any(known.deictic),
        "relative": _any(known.relative),
        "direction": _any(known.directions),
        "these": _any(known.these),
        "unit": _any(known.units),
        "count": r"\d{1,4}(?:[.,]\d+)?|" + _any(known.numbers),
        "season": _any(known.seasons),
        "quarter": _any(known.quarters),
        "holiday": _any(known.holidays),
        "decade": r"(?:1[5-9]|20)\d0|\d0",
        "hour": r"(?:2[0-3]|[01]?\d)",
        "minute": r"[0-5]\d",
    }
    plain = dict(table.get("words", {}))

    def slot(found: re.Match[str]) -> str:
        name, figure, number = found.groups()
        if name in plain:
            return plain[name] if name != "vague" else f"(?P<vague{number}>{plain[name]})"
        inside = r"(?:1[0-2]|0?[1-9])" if figure and name == "month" else slots[name]
        return f"(?P<{name}{number}>{inside})"

    return tuple(
        Pattern(
            rule=row["rule"],
            regex=re.compile(_EDGE_LEFT + fold_pattern(_SLOT.sub(slot, row["text"])) + _EDGE_RIGHT),
            kind=row.get("kind", "date"),
            anchor=row.get("anchor", "published"),
            sign=row.get("sign", 0),
        )
        for row in table.get("patterns", ())
    )


def fold_pattern(text: str) -> str:
    """The words of a pattern folded like the text, its escapes left alone."""
    return "".join(part if part.startswith("\\") else fold(part) if not part.startswith("(?P<") else part for part in re.split(r"(\\.|\(\?P<\w+>)", text))


def matches(text: str, code: str) -> Iterator[Match]:
    """All matches that stand, left to right, without overlap: the longest wins, then the earlier row of the table."""
    known = words(code)
    if known is None:
        return
    folded = fold(text)
    found: list[tuple[int, int, int, Match]] = []
    for order, pattern in enumerate(patterns(code)):
        for hit in pattern.regex.finditer(folded):
            caught = {name: value for name, value in hit.groupdict().items() if value is not None} | {"whole": hit[0]}
            if _allowed(text, hit, caught, pattern, known):
                found.append((hit.start(), -hit.end(), order, Match(Span(hit.start(), hit.end()), pattern, caught)))
    found.sort(key=lambda entry: (entry[1] + entry[0], entry[0], entry[2]))
    taken: list[tuple[int, Match]] = []
    for _, _, _, match in found:
        if not any(match.span.overlaps(other.span) for _, other in taken[-40:]) and not _covered(match.span, taken):
            taken.append((match.span.start, match))
    yield from (match for _, match in sorted(taken, key=lambda entry: entry[0]))


def _covered(span: Span, taken: list[tuple[int, Match]]) -> bool:
    return any(span.overlaps(match.span) for _, match in taken)


def _allowed(text: str, hit: re.Match[str], caught: dict[str, str], pattern: Pattern, known: Words) -> bool:
    """Whether names begin with the capital their language wants, and words of two meanings have company."""
    for name in ("month", "month2", "weekday", "weekday2"):
        if name in caught and not caught[name].isdigit() and known.capitals and not text[hit.start(name)].isupper():
            return False
    month = caught.get("month", "")
    if pattern.rule == "month-bare" and (month in known.ambiguous or len(month) < 4):
        return False
    if month in known.ambiguous and pattern.rule == "month" and "vague" not in caught:
        # 'in May' is a month, 'to march' and 'the May government' need a look at the capital
        return text[hit.start("month")].isupper() or not known.capitals
    return True
