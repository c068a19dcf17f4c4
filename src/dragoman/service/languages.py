"""Which languages are read, and how fully."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from dragoman.languages.pack import language, supported
from dragoman.model.config import Config
from dragoman.reading.languages import CANDIDATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fluency:
    """How fully a language is read, and with which parser.

    `full`: by tables with what they need; `tables`: by tables alone, since neither the parser nor the encoder that they need is installed;
    `partial`: by the encoder alone; `names`: names of states and capitals, and full dates. `parser` is the installed package.
    """

    code: str
    name: str
    own_name: str
    level: str
    parser: str | None = None


LEVELS = ("full", "tables", "partial", "names")


def fluencies(config: Config | None = None) -> tuple[Fluency, ...]:
    """All languages that are read or at least recognised: the fullest first, then by code."""
    from babel import Locale

    names = Locale("en").languages
    encoder = (config or Config()).encoder and find_spec("dragoman_encoder") is not None
    found = []
    for code in sorted({*supported(), *CANDIDATES}):
        pack = language(code)
        if pack is None:
            own_name = Locale.parse(code).get_display_name(code) or code
            found.append(Fluency(code=code, name=names.get(code, code), own_name=own_name, level="partial" if encoder else "names"))
            continue
        parser = next((name for name in pack.parsers if find_spec(name)), None)
        full = parser or (encoder and not pack.parsers)
        found.append(Fluency(code=code, name=pack.english_name, own_name=pack.name, level="full" if full else "tables", parser=parser))
    return tuple(sorted(found, key=lambda one: (LEVELS.index(one.level), one.code)))
