"""How the web face is set up: one frozen object, made at the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dragoman.model.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`hosts` are the names under which it may be asked ('*' for any); `token` is one that lets people correct beside those that the record keeps.

    `reading` says who may read; with `writing` 'nobody' tokens let people read at most.
    """

    config: Config = field(default_factory=Config)
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]", "testserver")
    token: str | None = None
    reading: Literal["everyone", "token"] = "everyone"
    writing: Literal["tokens", "nobody"] = "tokens"
