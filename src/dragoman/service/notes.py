"""What a run that nobody watches has to say, one line a thing: for people, or for programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from dragoman.exports.readings.legible import legible
from dragoman.sources.web.target import shown

Level = Literal["info", "warning", "error"]
What = Literal[
    "started", "brought up to date", "polled", "unchanged", "failed", "found", "fetched", "added", "known", "postponed", "given up", "alerted", "sent",
    "unsent", "slept", "stopped",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that happened: `source` is the name of a source, an alert or a target; addresses are named without what may be secret in them."""

    what: What
    message: str
    level: Level = "info"
    source: str | None = None
    url: str | None = None
    figures: Mapping[str, int | float | str] = field(default_factory=dict)


Tell = Callable[[Note], None]


def as_json(note: Note, at: datetime) -> str:
    """One object on one line, its keys in a fixed order."""
    row: dict[str, object] = {"at": at.astimezone(UTC).isoformat(timespec="seconds"), "level": note.level, "event": note.what}
    row |= {"source": note.source} if note.source is not None else {}
    row |= {"url": shown(note.url)} if note.url is not None else {}
    return json.dumps(row | dict(sorted(note.figures.items())) | {"message": note.message}, ensure_ascii=True)


def as_text(note: Note, at: datetime) -> str:
    """One line for people, with nothing in it that a terminal would obey."""
    name = f" {note.source}:" if note.source else ""
    mark = "" if note.level == "info" else f" {note.level}:"
    return legible(f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}{mark}{name} {note.message}")
