"""What a format is: its name, whether it is one file or several tables, what it cannot hold, and how its parts are written.

shelf ──Selection──▶ parts(selection, losses) ──▶ one file · a folder · a zip
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Literal

from dragoman.exports.losses import Losses

if TYPE_CHECKING:
    from dragoman.exports.selection import Selection

Layout = Literal["file", "tables"]
# Each is a module of this room that has a FORMAT.
NAMES = (
    "json", "jsonl", "csv", "parquet", "gdelt", "polecat", "acled", "jsonld", "ftm", "popolo", "graphml", "gexf", "geojson", "ics", "annotations",
    "timeml", "html",
)  # fmt: skip
_MODULES = {"json": "whole", "jsonl": "jsonl", "csv": "csv_tables", "gexf": "graphml", "html": "dossier"}
_HALVES = re.compile("[\ud800-\udfff]")
# What XML 1.0 has no way to write.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of an export: the only one, or a table of several."""

    name: str
    write: Callable[[IO[bytes]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`cannot` names every kind of fact that the format has no place for, and why; `extra` the packages without which it cannot be written."""

    name: str
    layout: Layout
    parts: Callable[[Selection, Losses], Iterable[Part]]
    cannot: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


def format_of(name: str) -> Format:
    """The format of that name, one of NAMES."""
    module = importlib.import_module(f"dragoman.exports.{_MODULES.get(name, name)}")
    found: Format = module.FORMATS[name] if hasattr(module, "FORMATS") else module.FORMAT
    return found


def json_text(value: Any) -> str:
    """A value as JSON on one line, as the contract has it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_part(name: str, pieces: Callable[[], Iterable[str]]) -> Part:
    """A part of JSON; halves of surrogate pairs, which UTF-8 has not, are written as JSON escapes them."""
    return Part(name=name, write=lambda sink: _write(sink, pieces(), lambda text: text.encode("utf-8", "backslashreplace")))


def text_part(name: str, pieces: Callable[[], Iterable[str]]) -> Part:
    """A part of plain text; halves of surrogate pairs become U+FFFD."""
    return Part(name=name, write=lambda sink: _write(sink, pieces(), lambda text: _HALVES.sub("\ufffd", text).encode("utf-8")))


def _write(sink: IO[bytes], pieces: Iterable[str], encode: Callable[[str], bytes]) -> None:
    for piece in pieces:
        sink.write(encode(piece))


def joined(items: Iterable[str], *, opening: str, closing: str) -> Iterator[str]:
    """A JSON list in pieces, an item a line, between what opens and what closes the document."""
    yield opening
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{item}"
    yield closing


def xml_safe(text: str) -> str:
    """The text with what XML cannot hold as U+FFFD, of the same length."""
    return _NO_XML.sub("\ufffd", text)


def tab_safe(text: str | None) -> str:
    """The text for a table whose columns are parted by tabs and whose rows by line ends, neither of which can be escaped there."""
    return " ".join(text.split()) if text else ""


def lose_all(losses: Losses, kind: str, things: Iterable[Any]) -> None:
    """Note that none of these things, each with an id, is in the export."""
    for one in things:
        losses.lose(kind, one.id)
