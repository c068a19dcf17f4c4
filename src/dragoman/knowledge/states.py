"""States, their names in every language, their capitals, and the seats that stand for their governments.

Preferred names are CLDR's (through babel), codes and official names ISO 3166's (through pycountry); what neither has is in states.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

Names = Mapping[str, tuple[str, ...]]
# CLDR's names with one of these are read in lists of territories, not in reports: 'Myanmar (Burma)', 'R.A.S. chinoise de Macao', 'Çin Hong Kong ÖİB'.
_LISTED = ("(", ",", "R.A.S.", "ÖİB", "الإدارية الخاصة")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`code` is ISO 3166-1 alpha-3 (XKX for Kosovo); `names`, `capitals` and `seats` hold names per language, preferred first.

    `elsewhere` has short names that CLDR lacks in languages of which the table knows nothing else: 'США'.
    """

    code: str
    names: Names
    capitals: Names = field(default_factory=dict)
    seats: Names = field(default_factory=dict)
    elsewhere: Names = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The preferred English name."""
        return self.names["en"][0]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "states.toml").read_text(encoding="utf-8"))


@cache
def _codes() -> tuple[tuple[str, str, str], ...]:
    """(alpha-3, alpha-2, official or common name) of every state and territory, and of Kosovo, sorted."""
    import pycountry

    rows = [(country.alpha_3, country.alpha_2, getattr(country, "common_name", country.name)) for country in pycountry.countries]
    return tuple(sorted([*rows, ("XKX", "XK", "Kosovo")]))


@cache
def alpha_3(alpha_2: str) -> str | None:
    """The alpha-3 code of an alpha-2 code, or None: alpha_3("XK") == "XKX"."""
    return {two: three for three, two, _ in _codes()}.get(alpha_2)


@cache
def languages() -> tuple[str, ...]:
    """The languages that states.toml has names in, English first: a new language is there as soon as it has a row."""
    given = {language for row in _table().values() for kind, names in row.items() if kind != "elsewhere" for language in names}
    return ("en", *sorted(given - {"en"}))


@cache
def states() -> tuple[State, ...]:
    """Every state and territory of ISO 3166 and Kosovo, sorted by code, with names in all languages of the table."""
    from babel import Locale

    territories = {code: Locale(code).territories for code in languages()}
    found = []
    for code, two, name in _codes():
        own = _table().get(code, {})
        names: dict[str, tuple[str, ...]] = {}
        for language in languages():
            preferred = territories[language].get(two)
            wanted = [preferred, *own.get("names", {}).get(language, ()), name if language == "en" else None]
            plain = [text.replace("’", "'") for text in wanted if text]
            names[language] = tuple(dict.fromkeys(text for text in plain if not any(mark in text for mark in _LISTED)))
        names["en"] = names["en"] or (name,)
        others = {kind: _names(own, kind) for kind in ("capitals", "seats", "elsewhere")}
        found.append(State(code=code, names=MappingProxyType(names), **others))
    return tuple(found)


def _names(own: dict[str, Any], kind: str) -> Names:
    return MappingProxyType({language: tuple(names) for language, names in own.get(kind, {}).items()})


@cache
def _by_code() -> dict[str, State]:
    return {state.code: state for state in states()}


def state(code: str) -> State | None:
    """The state of an alpha-3 code, or None."""
    return _by_code().get(code)
