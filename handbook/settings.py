"""docs/reference/settings.md: what can be set, by file and by environment."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from dragoman.model.config import Config
from handbook.pages import page, table

_SOURCE = Path(__file__).parent.parent / "src" / "dragoman"
# What each setting does; a test fails where one has no line here.
SETTINGS = {
    "max_bytes": "The largest file, page or message that is read, in bytes. What is larger is refused with a message.",
    "max_characters": "The longest text that is read, in characters.",
    "encoder": "Whether the encoder of `models/encoder` is used where it is installed; without it tables alone find names.",
    "cache_folder": "Where tables that are costly to make are kept between runs, empty for the system's folder for caches; it may be deleted.",
}
VARIABLES = {
    "DRAGOMAN_RECORD": "The record that commands work on where no `--record` is given.",
    "DRAGOMAN_TOKEN": "The token by which `dragoman serve` lets people correct, in the place of one that it makes.",
}


def undocumented() -> list[str]:
    """Settings and variables of the program that have no line here, and lines here of what the program does not have."""
    of_files = {name for path in _SOURCE.rglob("*.py") for name in re.findall(r"\bDRAGOMAN_[A-Z]\w+", path.read_text(encoding="utf-8"))}
    known = {field.name for field in fields(Config)}
    return sorted((of_files ^ set(VARIABLES)) - {f"DRAGOMAN_{name.upper()}" for name in known}) + sorted(known ^ set(SETTINGS))


def settings_page() -> str:
    """The page."""
    defaults = Config()
    rows = [
        (f"`{field.name}`", f"`DRAGOMAN_{field.name.upper()}`", SETTINGS.get(field.name, ""), f"`{getattr(defaults, field.name)!r}`")
        for field in fields(Config)
    ]
    intro = [
        "Settings are read once, when a command or a call begins: the defaults, over them `dragoman.toml` in the working folder, over that the",
        "environment. A setting that is not known, or a value of the wrong kind, is refused with a message that names the file.",
        "",
        "```toml",
        "[reading]",
        "max_characters = 4_000_000",
        "encoder = false",
        "```",
        "",
        "What is watched, and the alerts, have a file of their own: [Watching the web](../watch.md).",
        "",
    ]
    return page(
        "Settings", intro, table(("under `[reading]`", "in the environment", "what it does", "default"), rows), ["## Other variables", ""],
        table(("variable", "what it does"), ((f"`{name}`", text) for name, text in VARIABLES.items())),
    )  # fmt: skip
