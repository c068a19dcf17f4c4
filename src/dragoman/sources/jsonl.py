"""Articles as lines of JSON: `{"id"?, "text", "title"?, "language"?, "published"?, "outlet"?, "url"?, "author"?, "updated"?}`, or other names by `--map`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.sources.arrival import Arrival, raise_limit, unusable
from dragoman.sources.rows import FIELDS, Columns, from_row


def from_jsonl(path: Path, config: Config, columns: Columns | None = None) -> Iterator[Arrival]:
    """One arrival a line that is not blank; a line that cannot be used becomes an unusable one that names file and line.

    Raises InputError where the file itself cannot be opened or holds no line. Memory is bounded by the longest line.
    """
    with _opened(path) as file:
        yield from from_lines(file, path.name, config, columns)


def count(path: Path) -> int:
    """How many arrivals `from_jsonl` will give of this file: its lines that are not blank. Raises InputError where it cannot be opened."""
    with _opened(path) as file:
        return sum(1 for line in file if line.strip())


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check who is allowed to read it") from error


def from_lines(file: BinaryIO, name: str, config: Config, columns: Columns | None = None) -> Iterator[Arrival]:
    """As `from_jsonl`, of an open file; `name` stands in the messages."""
    some = False
    for number, raw in enumerate(_lines(file, config.max_bytes), start=1):
        where = f"{name} line {number}"
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        some = True
        try:
            if len(raw) > config.max_bytes:
                raise TooLarge(f"{where}: more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
            yield _arrival(raw, where, config, columns or Columns())
        except InputError as error:
            yield unusable(where, str(error))
    if not some:
        raise EmptyInput(f"{name}: holds no line; give one article a line, as JSON with at least a 'text'")


def _lines(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines, of a longer one only limit + 1 bytes."""
    while line := file.readline(limit + 1):
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = file.readline(limit + 1)
        yield line


def _arrival(raw: bytes, where: str, config: Config, columns: Columns) -> Arrival:
    try:
        row = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: is not UTF-8; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: is not JSON ({error}); each line must be one JSON object") from error
    if not isinstance(row, dict):
        raise InputError(f'{where}: is not a JSON object; each line must be like {{"text": "…"}}')
    # without --map the names are the contract's alone: a line is made by programs
    found = {field: field for field in FIELDS} | (dict(columns.given) if columns.given else {})
    return from_row(row, where, config, found, raw)
