"""The settings, one frozen object, read once at the door and passed down."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from dragoman.model.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Limits and choices. Sizes are in bytes or code points, as their names say."""

    max_bytes: int = 8_000_000
    max_characters: int = 2_000_000
    encoder: bool = True
    cache_folder: str = ""


def load(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The defaults, then `dragoman.toml` in the folder, then `DRAGOMAN_*` variables, each over the one before.

    Raises ConfigError for an unknown setting or a value of the wrong kind.
    """
    config = Config()
    path = folder / "dragoman.toml"
    if path.is_file():
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ConfigError(f"{path}: cannot be read as TOML ({error}); mend it or move it away") from error
        config = _with(config, settings.get("reading", {}), str(path))
    environment = os.environ if environment is None else environment
    named = {key.removeprefix("DRAGOMAN_").lower(): value for key, value in environment.items() if key.startswith("DRAGOMAN_")}
    known = {field.name for field in fields(Config)}
    return _with(config, {key: value for key, value in named.items() if key in known}, "environment")


def _with(config: Config, settings: Mapping[str, object], source: str) -> Config:
    known = {field.name: field.type for field in fields(Config)}
    changes: dict[str, object] = {}
    for key, value in settings.items():
        if key not in known:
            raise ConfigError(f"{source}: unknown setting '{key}'; known are {', '.join(sorted(known))}")
        changes[key] = _value(key, value, getattr(config, key), source)
    return replace(config, **changes)  # type: ignore[arg-type]


def _value(key: str, value: object, default: object, source: str) -> object:
    if isinstance(default, bool):
        words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
        if isinstance(value, bool):
            return value
        if str(value).lower() in words:
            return words[str(value).lower()]
        raise ConfigError(f"{source}: '{key}' must be true or false, not {value!r}")
    if isinstance(default, int):
        try:
            number = int(str(value))
        except ValueError as error:
            raise ConfigError(f"{source}: '{key}' must be a whole number, not {value!r}") from error
        if number <= 0:
            raise ConfigError(f"{source}: '{key}' must be above zero, not {value!r}")
        return number
    return str(value)
