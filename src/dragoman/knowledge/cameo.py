"""CAMEO beside PLOVER: codes, Goldstein's scale, the two quad tables and sectors (cameo.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dragoman.knowledge.plover import TYPES

Quads = Literal["gdelt", "phoenix"]
# Which of two sectors: CAMEO's or PLOVER's.
Scheme = Literal["cameo", "plover"]
# A statement, which PLOVER has no type for; a visit as the host sees it.
STATEMENT, HOSTED = "010", "043"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "cameo.toml").read_text(encoding="utf-8"))


def code(type: str, mode: str | None) -> str:
    """CAMEO's code of a PLOVER type and mode, three or four digits: code("CONSULT", "visit") == "042"."""
    found: str = _table()["codes"].get(f"{type}.{mode}") or _table()["codes"][type]
    return found


def planned(type: str) -> str | None:
    """CAMEO's code of the intent to do this; None where it has none, as for accusing."""
    found: str | None = _table()["planned"].get(type)
    return found


def root(code: str) -> str:
    """The first two digits."""
    return code[:2]


def base(code: str) -> str:
    """The first three digits."""
    return code[:3]


def goldstein(code: str) -> float:
    """GDELT's scale, -10 to 10: that of the leaf where it has one of its own, else of its root."""
    table: dict[str, float] = _table()["goldstein"]
    return table.get(code, table[root(code)])


def quad(code: str, table: Quads) -> int:
    """The quad class in one of the two tables, which differ: quad("160", "gdelt") == 4, quad("160", "phoenix") == 3."""
    return next(int(number) for number, roots in _table()["quad"][table].items() if root(code) in roots)


def office_sector(office: str | None, scheme: Scheme) -> str | None:
    """The sector of who holds an office; None without one."""
    return None if office is None else str(_table()["sectors"].get(office, ("GOV", "GOV"))[scheme == "plover"])


def body_sector(kind: str, scheme: Scheme) -> str:
    """The sector of an organisation of a kind of organisations.toml; '' where the scheme has none."""
    return str(_table()["bodies"].get(kind, ("", ""))[scheme == "plover"])


def known_group(key: str) -> str | None:
    """CAMEO's code of a known group, by the key of organisations.toml."""
    found: str | None = _table()["groups"].get(key)
    return found


def intensity(type: str, mode: str | None) -> float:
    """PLOVER's intensity of a type and mode, -10 to 10."""
    found: float | None = _table()["intensity"].get(f"{type}.{mode}")
    return TYPES[type].score if found is None else found
