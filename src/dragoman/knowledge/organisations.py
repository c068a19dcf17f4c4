"""Well-known organisations, armed groups, agencies, media and platforms, with their names and acronyms (organisations.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

Kind = Literal["international", "armed-group", "government", "agency", "media", "platform", "company", "party", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """`names` and `adjectives` hold forms per language, preferred first; `capitals` are towns whose name stands for it;
    `guarded` names mean other things too and need a cue near."""

    key: str
    kind: Kind
    names: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    capitals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: str | None = None
    guarded: bool = False


@cache
def organisations() -> tuple[Organisation, ...]:
    """All of the table, in its order."""
    table = tomllib.loads((Path(__file__).parent / "organisations.toml").read_text(encoding="utf-8"))
    return tuple(
        Organisation(
            key=key,
            kind=row["kind"],
            names={language: tuple(names) for language, names in row["names"].items()},
            adjectives={language: tuple(names) for language, names in row.get("adjectives", {}).items()},
            capitals={language: tuple(names) for language, names in row.get("capitals", {}).items()},
            state=row.get("state"),
            guarded=row.get("guarded", False),
        )
        for key, row in table.items()
    )


@cache
def _by_key() -> dict[str, Organisation]:
    return {organisation.key: organisation for organisation in organisations()}


def organisation(key: str) -> Organisation | None:
    """The organisation of that key, or None."""
    return _by_key().get(key)


@lru_cache(maxsize=4096)
def seated_in(town: str, language: str) -> Organisation | None:
    """The organisation that a town's name stands for ('Brussels' for the EU), or None."""
    return next((one for one in organisations() if town in one.capitals.get(language, ())), None)
