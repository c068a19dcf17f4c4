"""A table of a TOML file, read key by key; what is wrong is said with the file and the key, and a key that nobody asked for is wrong too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from dragoman.model.errors import ConfigError

_SPAN = re.compile(r"(\d{1,9})\s*(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class Table:
    """`where` begins every message, as 'sources.toml, [[sources]] 2'. All methods raise ConfigError for a value of the wrong kind."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise ConfigError(f"{where}: must be a table of settings, not {values!r:.60}")
        self.where = where
        self._values: dict[str, Any] = dict(values)
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _get(self, key: str, kind: type | tuple[type, ...], words: str) -> Any:
        self._known.append(key)
        value = self._values.get(key)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise self.wrong(key, value, words)
        return value

    def wrong(self, key: str, value: object, wanted: str) -> ConfigError:
        """The error for a value; `wanted` ends the sentence 'must be …'."""
        shown = repr(value)
        return ConfigError(f"{self.where}: '{key}' must be {wanted}, not {shown if len(shown) <= 60 else shown[:57] + '…'}")

    def text(self, key: str) -> str | None:
        """A string that is not empty."""
        value = self._get(key, str, "a string")
        if value is not None and not value.strip():
            raise self.wrong(key, value, "a string with something in it")
        return None if value is None else str(value)

    def needed(self, key: str, what: str) -> str:
        """As `text`, but it must be there."""
        value = self.text(key)
        if value is None:
            raise ConfigError(f"{self.where}: '{key}' is missing; give {what}")
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of some words, the first where none is given."""
        value = self.text(key)
        if value is not None and value not in choices:
            raise self.wrong(key, value, f"one of {', '.join(choices)}")
        return value or choices[0]

    def whole(self, key: str, default: int, *, least: int = 1, most: int = 1_000_000_000) -> int:
        """A whole number within bounds."""
        value = self._get(key, int, "a whole number")
        if value is not None and not least <= value <= most:
            raise self.wrong(key, value, f"a whole number from {least:,} to {most:,}")
        return default if value is None else int(value)

    def seconds(self, key: str, default: float, *, least: float = 0.0) -> float:
        """A span of time: a number of seconds, or as '90s', '15m', '2h', '1d'."""
        value = self._get(key, (int, float, str), "a span of time, as '15m'")
        if value is None:
            return default
        found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
        seconds = float(found[1]) * _SECONDS[found[2]] if found else -1.0 if isinstance(value, str) else float(value)
        if not least <= seconds <= 366 * 86_400:
            raise self.wrong(key, value, f"a span of time of at least {least:g} seconds, as '90s', '15m', '2h' or '1d'")
        return seconds

    def words(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string stands for a list of one."""
        value = self._get(key, (str, list), "a list of strings")
        if isinstance(value, str):
            value = [value]
        if value is not None and not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, value, "a list of strings")
        return tuple(dict.fromkeys(value or ()))

    def table(self, key: str) -> Table:
        """A table inside; an empty one where there is none."""
        self._known.append(key)
        return Table(self._values.get(key, {}), f"{self.where}, [{key}]")

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables, numbered from 1 in messages."""
        value = self._get(key, list, f"a list of tables, each begun with [[{key}]]")
        return tuple(Table(one, f"{self.where}, [[{key}]] {number}") for number, one in enumerate(value or (), start=1))

    def named(self, key: str) -> dict[str, Table]:
        """Tables inside by their names."""
        inner = self.table(key)
        return {name: Table(values, f"{self.where}, [{key}.{name}]") for name, values in inner._values.items()}

    def done(self) -> None:
        """Raises ConfigError where there is a key that was not asked for."""
        for key in self._values:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                hint = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(sorted(self._known))}"
                raise ConfigError(f"{self.where}: unknown setting '{key}'{hint}")
