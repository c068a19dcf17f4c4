"""The rows of a Parquet file; runs in the process of `confined.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from dragoman.model.errors import InputError, TooLarge
from dragoman.sources.limits import COLUMNS
from dragoman.sources.rows import Columns

# Rows that stand in memory together.
_TOGETHER = 64


def prepare() -> None:
    """Load the library, before memory is limited."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.set_cpu_count(1)


def read(file: BinaryIO, name: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """First `{"columns": from field to column}`, then each row's cells of those columns. Raises InputError where there is no column of texts."""
    import pyarrow
    import pyarrow.parquet as library

    try:
        table = library.ParquetFile(file, pre_buffer=False, memory_map=False)
        names = tuple(table.schema_arrow.names)
        if len(names) > COLUMNS:
            raise TooLarge(f"{name}: has more than {COLUMNS:,} columns, which is the limit")
        found = columns.of(names)
        if "text" not in found:
            raise InputError(f"{name}: none of its columns holds the text; say which with --map text=COLUMN (there are {', '.join(names[:12])})")
        yield {"columns": found}
        for batch in table.iter_batches(batch_size=_TOGETHER, columns=sorted(set(found.values())), use_threads=False):
            for row in batch.to_pylist():
                yield {column: _plain(value) for column, value in row.items()}
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, KeyError, NotImplementedError) as error:
        if isinstance(error, pyarrow.ArrowMemoryError):
            raise MemoryError from error
        raise InputError(f"{name}: is no Parquet file that can be read ({_first_line(error)}); make it again, or give the table as CSV") from error


def _first_line(error: BaseException) -> str:
    return str(error).split("\n")[0][:160] or type(error).__name__


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)[:1_000]
