"""`parquet`: the tables of `csv` with typed columns, lists as lists, through pyarrow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import IO, Any

from dragoman.exports.format import Format, Part
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.tables import TABLES, Kind, Table, Value

# Rows that stand in memory at once; articles have their texts.
_TOGETHER = {"articles": 200}
_MOST = 5_000
_HALVES = re.compile("[\ud800-\udfff]")


def _schema(table: Table) -> Any:
    import pyarrow

    kinds: dict[Kind, Any] = {
        "text": pyarrow.string(), "texts": pyarrow.list_(pyarrow.string()), "whole": pyarrow.int64(), "number": pyarrow.float64(), "truth": pyarrow.bool_(),
    }  # fmt: skip
    return pyarrow.schema([(name, kinds[kind]) for name, kind in table.columns])


def _write(table: Table, selection: Selection, sink: IO[bytes]) -> None:
    import pyarrow
    from pyarrow import parquet

    schema = _schema(table)
    rows = iter(table.rows(selection))
    with parquet.ParquetWriter(sink, schema, compression="zstd", store_schema=True) as writer:
        while together := list(islice(rows, _TOGETHER.get(table.name, _MOST))):
            columns = [pyarrow.array([_cell(row[at]) for row in together], type=field.type) for at, field in enumerate(schema)]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))


def _cell(value: Value) -> object:
    """Halves of surrogate pairs, which UTF-8 has not, become U+FFFD."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    return list(value) if isinstance(value, tuple) else value


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (_part(table, selection) for table in TABLES)


def _part(table: Table, selection: Selection) -> Part:
    return Part(name=f"{table.name}.parquet", write=lambda sink: _write(table, selection, sink))


FORMAT = Format(name="parquet", layout="tables", parts=_parts, needs=("pyarrow",))
