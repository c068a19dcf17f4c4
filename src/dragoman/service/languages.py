"""Which languages are read, and how fully."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from dragoman.languages.pack import language, supported
from dragoman.reading.languages import CANDIDATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fluency:
    """How fully a language is read: `full`, `tables` (no parser is installed) or `names`; `parser` is the installed package."""

    code: str
    name: str
    own_name: str
    level: str
    parser: str | None = None


def fluencies() -> tuple[Fluency, ...]:
    """All languages that are read or at least recognised: the fullest first, then by code."""
    from babel import Locale

    names = Locale("en").languages
    found = []
    for code in sorted({*supported(), *CANDIDATES}):
        pack = language(code)
        if pack is None:
            found.append(Fluency(code=code, name=names.get(code, code), own_name=Locale.parse(code).get_display_name(code) or code, level="names"))
            continue
        parser = next((name for name in pack.parsers if find_spec(name)), None)
        found.append(Fluency(code=code, name=pack.english_name, own_name=pack.name, level="full" if parser else "tables", parser=parser))
    return tuple(sorted(found, key=lambda one: (("full", "tables", "names").index(one.level), one.code)))
