"""The words around a reading, in the language of who reads it: headings, offices, kinds of events, names of states, dates."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.model.errors import ConfigError

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Labels:
    """`language` is the code of the reader's language; `table` holds a group of words per section of its TOML file."""

    language: str
    table: Mapping[str, Mapping[str, str]]

    def word(self, group: str, key: str) -> str:
        """The words for a code; a code that the table does not know is printed with spaces for its hyphens."""
        return self.table[group].get(key) or key.replace("-", " ").replace("_", " ")

    def office(self, code: str, gender: str | None) -> str:
        """The name of an office, in the feminine where the article shows that a woman holds it and the language tells the two apart."""
        if gender == "f" and code in self.table["women"]:
            return self.table["women"][code]
        return self.word("offices", code)

    def state(self, code: str) -> str:
        """The state's name in the reader's language; the code itself where no state has it."""
        from dragoman.knowledge.states import state

        found = state(code)
        if found is None:
            return code
        return (found.names.get(self.language) or (found.name,))[0]

    def name_of_language(self, code: str) -> str:
        """The name of a language; the code itself where CLDR has none."""
        from babel import Locale

        return str(Locale(self.language).languages.get(code, code))

    def name_of_script(self, unicode_name: str) -> str:
        """The name of a script that Unicode calls 'Arabic': 'arabe' in French; the same where CLDR has none of that name."""
        from babel import Locale

        english = Locale("en").scripts
        code = next((code for code, name in english.items() if name == unicode_name), "Hani" if unicode_name == "Cjk" else None)
        return str(Locale(self.language).scripts.get(code, unicode_name)) if code else unicode_name

    def counted(self, one: str, number: int) -> str:
        """counted("event", 3) == "3 events"; in French nought is singular."""
        singular = number == 1 or (number == 0 and self.language == "fr")
        return f"{number} {self.table['page'][one if singular else one + 's']}"


def languages() -> tuple[str, ...]:
    """The languages that labels exist in, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def labels(language: str) -> Labels:
    """The labels in that language. Raises ConfigError where there are none."""
    if language not in languages():
        raise ConfigError(f"no labels in '{language}'; there are {', '.join(languages())}")
    return Labels(language, tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")))


def preferred(environment: Mapping[str, str] | None = None) -> str:
    """The reader's language by the locale (LC_ALL, then LC_MESSAGES, then LANG); English where there are no labels in it."""
    environment = os.environ if environment is None else environment
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = locale.replace("-", "_").split("_")[0].split(".")[0].lower()
    return code if code in languages() else "en"
