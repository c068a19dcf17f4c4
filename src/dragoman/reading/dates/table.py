"""The words of time of a language: its table, completed by CLDR's names of months and weekdays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.pack import language


@dataclass(frozen=True)
class Words:
    """All words of time of a language, folded, with what they mean.

    `months` and `weekdays` (Monday is 0) to numbers, `deictic` and `relative` to days from the publication day and from the day told
    last, `directions` to -1, 0 or 1, `units` to English names of units, `holidays` to MM-DD or to a rule, `parts` to the hour a part
    of the day begins. `ambiguous` words are months or weekdays only in company; `capitals` says that both begin with a capital.
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


def _folded(table: dict[str, Any], name: str) -> dict[str, Any]:
    return {fold(word): meaning for word, meaning in table.get(name, {}).items()}


@cache
def words(code: str) -> Words | None:
    """The words of a language; None where it has no table of dates."""
    pack = language(code)
    table = pack.table("dates") if pack else {}
    if not table:
        return None
    months, weekdays = _named(code)
    governors = table.get("governors", {})
    return Words(
        months=months | _folded(table, "months"),
        weekdays=weekdays | _folded(table, "weekdays"),
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
