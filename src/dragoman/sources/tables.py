"""Tables (CSV, TSV, Parquet): one article a row, its columns told by their names or by `--map`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.model.reading import Trouble
from dragoman.sources.arrival import Arrival, raise_limit, unusable
from dragoman.sources.bounded import Joined
from dragoman.sources.confined import confined
from dragoman.sources.encoding import decode
from dragoman.sources.limits import COLUMNS
from dragoman.sources.rows import Columns, from_row

_SAMPLE = 65_536
_DELIMITERS = ",;\t|"


def from_csv(file: BinaryIO, name: str, config: Config, columns: Columns) -> Iterator[Arrival]:
    """One arrival a row below the header; a row that cannot be used becomes an unusable one. Raises InputError where there is no header to go by.

    The delimiter is the one of `,;` tab and `|` that the header has most of; memory is bounded by the longest row.
    """
    begin = file.read(_SAMPLE)
    if not begin.strip():
        raise EmptyInput(f"{name}: is empty; give a table with a header and one article a row")
    whole_lines = begin[: begin.rfind(b"\n") + 1] or begin
    encoding = decode(whole_lines, name)[1]
    if begin.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif begin[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    text = io.TextIOWrapper(io.BufferedReader(Joined(begin, file)), encoding=encoding, errors="replace", newline="")
    taken = _Taken(text, name, config.max_bytes)
    limit = csv.field_size_limit(config.max_bytes)
    try:
        yield from _rows(taken, name, config, columns)
    finally:
        csv.field_size_limit(limit)
        text.detach()


def _rows(taken: _Taken, name: str, config: Config, columns: Columns) -> Iterator[Arrival]:
    first = taken.readline()
    delimiter = max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
    reader = csv.reader(taken.again(first), delimiter=delimiter, strict=False)
    try:
        header = tuple(next(reader))
        if len(header) > COLUMNS:
            raise TooLarge(f"{name}: has more than {COLUMNS:,} columns, which is the limit")
        found = columns.of(header)
    except (csv.Error, StopIteration) as error:
        raise InputError(f"{name}: its header cannot be read ({error}); the first line must name the columns") from error
    if "text" not in found:
        names = ", ".join(f"'{one[:40]}'" for one in header[:12])
        raise InputError(f"{name}: none of its columns holds the text; say which with --map text=COLUMN (there are {names})")
    number, some = 1, False
    while True:
        taken.start_row()
        number += 1
        where = f"{name} row {number}"
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield unusable(where, f"{where}: cannot be read ({error}); the rest of the table was left")
            return
        except TooLarge as error:
            yield unusable(where, f"{error}; the rest of the table was left")
            return
        if not any(cell.strip() for cell in cells):
            continue
        some = True
        row = dict(zip(header, cells, strict=False))
        try:
            yield _with_doubt(from_row(row, where, config, found, json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")), where)
        except InputError as error:
            yield unusable(where, str(error))
    if not some:
        raise EmptyInput(f"{name}: has a header and no row; give one article a row")


def _with_doubt(found: Arrival, where: str) -> Arrival:
    from dataclasses import replace

    if "\ufffd" not in found.article.text:
        return found
    trouble = Trouble(stage="encoding", message=f"{where}: holds characters in another encoding than the table's beginning; save the table as UTF-8")
    return replace(found, troubles=(*found.troubles, trouble))


class _Taken:
    """The lines of a table, refusing the row that goes on and on."""

    def __init__(self, text: io.TextIOWrapper, name: str, limit: int) -> None:
        self._text, self._name, self._limit = text, name, limit
        self._row = 0
        self._waiting: list[str] = []

    def start_row(self) -> None:
        self._row = 0

    def again(self, line: str) -> _Taken:
        self._waiting.append(line)
        return self

    def readline(self) -> str:
        line = self._text.readline(self._limit + 1)
        self._row += len(line)
        if self._row > self._limit:
            raise TooLarge(f"{self._name}: a row of more than {self._limit:,} characters, which is the limit; {raise_limit('max_bytes')}")
        return line

    def __iter__(self) -> _Taken:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self.readline()
        if not line:
            raise StopIteration
        return line


def from_parquet(file: BinaryIO, name: str, config: Config, columns: Columns) -> Iterator[Arrival]:
    """One arrival a row of a Parquet file, read in a process of its own. Raises InputError where it is none or has no column of texts."""
    found: dict[str, str] | None = None
    number = 0
    for line in confined("parquet", file, name, columns=columns):
        if found is None:
            found = dict(line["columns"])
            continue
        number += 1
        where = f"{name} row {number}"
        raw = json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            if len(raw) > config.max_bytes:
                raise TooLarge(f"{where}: more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
            yield from_row(line, where, config, found, raw)
        except InputError as error:
            yield unusable(where, str(error))
    if not number:
        raise EmptyInput(f"{name}: has no row; give one article a row")
