"""The words of time of a language: its table, completed by CLDR's names of months and weekdays; CLDR's full dates alone where it has no folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.reading.dates.cldr import full_dates
from dragoman.reading.dates.tenses import Tenses, tenses


@dataclass(frozen=True)
class Words:
    """All words of time of a language, folded, with what they mean.

    `months` and `weekdays` (Monday is 0) to numbers, `deictic` and `relative` to days from the publication day and from the day told
    last, `directions` to -1, 0 or 1, `units` to English names of units, `holidays` to MM-DD or to a rule, `parts` to the hour a part
    of the day begins. `ambiguous` words are months or weekdays only in company; `capitals` says that both begin with a capital.
    `duals` are units that a word counts twice by itself, with the unit's own word, `decades` those with a name of their own (to the first
    year); `clitics` what may be joined to the start of any word, `marks` the signs above and below letters, as a pattern; `tenses` are there
    only for languages that no parser reads.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    deictic: dict[str, int]
    relative: dict[str, int]
    directions: dict[str, int]
    these: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, int]
    quarters: dict[str, int]
    holidays: dict[str, str]
    sets: dict[str, str]
    noons: dict[str, int]
    meridiems: dict[str, int]
    zones: dict[str, int]
    ambiguous: frozenset[str]
    capitals: bool
    present_is_future: bool
    unspaced: bool
    planned: frozenset[str]
    modals: frozenset[str]
    intenders: frozenset[str]
    perfect: frozenset[str]
    movers: frozenset[str]
    backward: frozenset[str]
    inviting: frozenset[str]
    conditions: frozenset[str]
    ahead: frozenset[str]
    limits: frozenset[str]
    articles: frozenset[str]
    publishing: frozenset[str]
    duals: dict[str, str]
    decades: dict[str, str]
    clitics: tuple[str, ...]
    marks: str
    tenses: Tenses | None


def _folded(table: dict[str, Any], name: str) -> dict[str, Any]:
    return {fold(word): meaning for word, meaning in table.get(name, {}).items()}


@cache
def table_of(code: str) -> dict[str, Any]:
    """The table of dates in the language's folder, else one of CLDR's full dates; an empty dict for what CLDR does not know."""
    pack = language(code)
    own = pack.table("dates") if pack else {}
    return own or full_dates(code)


@cache
def words(code: str) -> Words | None:
    """The words of a language; None where nothing is known of its dates."""
    table = table_of(code)
    if not table:
        return None
    months, weekdays = _named(code) if table.get("cldr", True) else ({}, {})
    governors = table.get("governors", {})
    return Words(
        months=_ended(months | _folded(table, "months"), table.get("month_endings", ())),
        weekdays=_ended(weekdays | _folded(table, "weekdays"), table.get("weekday_endings", ())),
        deictic=_folded(table, "deictic"),
        relative=_folded(table, "relative"),
        directions=_folded(table, "directions"),
        these=_folded(table, "these"),
        units=_folded(table, "units"),
        numbers=_numbers(_folded(table, "numbers"), tuple(table.get("number_joints", ()))),
        ordinals=_folded(table, "ordinals"),
        seasons=_folded(table, "seasons"),
        quarters=_folded(table, "quarters"),
        holidays=_folded(table, "holidays"),
        sets=_folded(table, "sets"),
        noons=_folded(table, "noons"),
        meridiems=_folded(table, "meridiems"),
        zones=_folded(table, "zones"),
        ambiguous=frozenset(map(fold, table.get("ambiguous", ()))),
        capitals=table.get("capitals", False),
        present_is_future=table.get("present_is_future", False),
        unspaced=table.get("unspaced", False),
        duals={word: fold(unit) for word, unit in _folded(table, "duals").items()},
        decades=_folded(table, "decades"),
        clitics=tuple(map(fold, table.get("clitics", ()))),
        marks=table.get("marks", ""),
        tenses=tenses(table["tenses"], tuple(map(fold, table.get("clitics", ())))) if "tenses" in table else None,
        **{
            name: frozenset(map(fold, governors.get(name, ())))
            for name in (
                "planned",
                "modals",
                "intenders",
                "perfect",
                "movers",
                "backward",
                "inviting",
                "conditions",
                "ahead",
                "limits",
                "articles",
                "publishing",
            )
        },
    )


def _ended(names: dict[str, int], endings: Sequence[str]) -> dict[str, int]:
    """The names, and those written out with each ending of case that takes no apostrophe: ekim, ekimde."""
    return {name + ending: number for ending in endings for name, number in names.items() if len(name) > 3} | names


def _named(code: str) -> tuple[dict[str, int], dict[str, int]]:
    """CLDR's months and weekdays in all their widths but the one-letter one."""
    from babel import Locale

    locale = Locale.parse(code.replace("-", "_"))
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            months |= {fold(name).rstrip("."): number for number, name in locale.months[form][width].items()}
        weekdays |= {fold(name): number for number, name in locale.days[form]["wide"].items()}
    return months, weekdays


def _numbers(numbers: dict[str, int], joints: tuple[str, ...]) -> dict[str, int]:
    """The number words and those joined of tens and ones: twenty-five, vingt et un."""
    joined = {
        f"{tens}{joint}{ones}": ten + one
        for tens, ten in numbers.items()
        for ones, one in numbers.items()
        for joint in joints
        if ten in range(20, 100, 10) and one in range(1, 10) and " " not in tens and " " not in ones
    }
    return joined | numbers
