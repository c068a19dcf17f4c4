"""A language is a folder of tables; this is the value that opens them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """`code` is ISO 639-1; `parsers` the spaCy packages that can parse it, best first; `direction` 'ltr' or 'rtl'.

    `stages` are what the tables of a folder that is not complete are read for, all else of the language by the encoder alone; empty where it is complete.
    """

    code: str
    name: str
    english_name: str
    parsers: tuple[str, ...] = ()
    direction: str = "ltr"
    stages: tuple[str, ...] = ()

    def table(self, name: str) -> dict[str, Any]:
        """The table NAME.toml of this language's folder; an empty dict where the folder has none."""
        return _table(self.code, name)


@cache
def _table(code: str, name: str) -> dict[str, Any]:
    path = _ROOT / code / f"{name}.toml"
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def supported() -> tuple[str, ...]:
    """The codes of all languages that have a complete folder, sorted."""
    return tuple(code for code in _folders() if not _table(code, "pack").get("stages"))


@cache
def begun() -> tuple[str, ...]:
    """The codes of all languages whose folder holds the tables of some stages only, sorted."""
    return tuple(code for code in _folders() if _table(code, "pack").get("stages"))


@cache
def language(code: str) -> Language | None:
    """The language of that code, or None where there is no complete folder for it."""
    return tables(code) if code in supported() else None


@cache
def tables(code: str) -> Language | None:
    """The language of that code, also where its folder is not complete, or None where there is none."""
    if code not in _folders():
        return None
    settings = _table(code, "pack")
    return Language(code=code, **{**settings, "parsers": tuple(settings.get("parsers", ())), "stages": tuple(settings.get("stages", ()))})


@cache
def _folders() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in _ROOT.glob("*/pack.toml")))
