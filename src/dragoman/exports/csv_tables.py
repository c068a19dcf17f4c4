"""`csv`: a table a file, RFC 4180 in UTF-8, the names of the columns first; lists are words with a space between."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from dragoman.exports.format import Format, Part, text_part
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.tables import TABLES, Table, Value


def delimited(rows: Iterable[Iterable[object]], *, dialect: str = "excel") -> Iterator[str]:
    """Rows as lines of CSV; a NUL, which readers stop at, becomes U+FFFD."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, dialect=dialect)
    for row in rows:
        writer.writerow([value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row])
        yield held.getvalue()
        held.seek(0)
        held.truncate()


def _lines(table: Table, selection: Selection) -> Iterator[str]:
    yield from delimited([[name for name, _ in table.columns]])
    yield from delimited([_cell(value) for value in row] for row in table.rows(selection))


def _cell(value: Value) -> object:
    """Truth as 'true' and 'false', lists as words."""
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value).lower() if isinstance(value, bool) else value


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (_part(table, selection) for table in TABLES)


def _part(table: Table, selection: Selection) -> Part:
    return text_part(f"{table.name}.csv", lambda: _lines(table, selection))


FORMAT = Format(name="csv", layout="tables", parts=_parts)
