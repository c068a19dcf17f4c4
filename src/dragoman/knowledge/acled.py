"""ACLED's subtypes of what happened on the ground: from PLOVER's type and mode, and from words for means and acts that PLOVER does not tell apart.

A grenade, a mine and a shell are all an ASSAULT with a mode or without; who holds a town afterwards is no mode at all. So English words of the passage speak
first where they name a means outright, then the events read of it, then words that say little ('killed'). The names are those of ACLED's code book (2019).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# An ASSAULT without a mode is a clash only where both sides fight.
_CLASH, _ATTACK = "Armed clash", "Attack"
_FIGHTING = re.compile(r"clash|firefight|gun ?battle|fighting|battle|exchang", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    subtype: str
    pattern: re.Pattern[str]
    plain: bool


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "acled.toml").read_text(encoding="utf-8"))


@cache
def _words() -> tuple[_Words, ...]:
    return tuple(_Words(row["subtype"], re.compile(row["pattern"], re.IGNORECASE | re.DOTALL), row.get("plain", False)) for row in _table()["word"])


@cache
def _order() -> Mapping[str, int]:
    """Subtypes by how particular they are, the most particular first."""
    found: dict[str, int] = {}
    for one in _words():
        found.setdefault(one.subtype, len(found))
    return found


def subtype_of(text: str, events: Iterable[tuple[str, str | None]]) -> str:
    """The subtype of an English passage with the events read of it, as (PLOVER type, mode); '' where neither says any."""
    named = next((one for one in _words() if one.pattern.search(text)), None)
    if named is not None and not named.plain:
        return named.subtype
    return subtype_of_events(text, events) or (named.subtype if named else "")


def subtype_of_events(text: str, events: Iterable[tuple[str, str | None]]) -> str:
    """The same by the events alone: the most particular of their subtypes."""
    types: Mapping[str, str] = _table()["types"]
    found = [types.get(f"{kind} {mode}") or types.get(kind, "") for kind, mode in events]
    best = min((one for one in found if one), key=lambda one: (_order().get(one, len(_order())), one), default="")
    return _ATTACK if best == _CLASH and not _FIGHTING.search(text) else best


def kinds_of_event(type: str, mode: str | None) -> tuple[str, str, str] | None:
    """ACLED's disorder, event and sub-event type of an event by itself; None for what is outside it, such as a meeting."""
    own: Mapping[str, str] = _table()["events"]
    types: Mapping[str, str] = _table()["types"]
    # What is said of an event comes before what is said of passages, a mode before its type.
    subtype = next((table[key] for key in (f"{type} {mode}", type) for table in (own, types) if key in table), "")
    kinds = _table()["kinds"].get(subtype)
    return (*kinds, subtype) if kinds else None


def subtypes() -> frozenset[str]:
    """All names that can come out."""
    return frozenset(_order()) | frozenset(_table()["types"].values())
