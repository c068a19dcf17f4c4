"""Rows as data frames of pandas or polars, every column of its kind, of an empty table too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.exports.tables import Kind, Value
from dragoman.model.errors import ModelMissing

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame

Column = tuple[str, Kind]
# Neither library takes half a surrogate pair.
_HALVES = re.compile("[\ud800-\udfff]")
_IN_PANDAS: dict[Kind, str] = {"text": "string", "texts": "object", "whole": "Int64", "number": "float64", "truth": "boolean"}


def pandas(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> PandasFrame:
    """The rows as a pandas frame; lists stay lists in columns of objects. Raises ModelMissing where pandas is not installed."""
    try:
        from pandas import DataFrame, Series
    except ImportError as error:
        raise _missing("pandas") from error
    values = _by_column(columns, rows)
    return DataFrame({name: Series(values[name], dtype=_IN_PANDAS[kind]) for name, kind in columns}, columns=[name for name, _ in columns])


def polars(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> PolarsFrame:
    """The rows as a polars frame. Raises ModelMissing where polars is not installed."""
    try:
        from polars import Boolean, DataFrame, Float64, Int64, List, String
    except ImportError as error:
        raise _missing("polars") from error
    kinds: dict[Kind, Any] = {"text": String, "texts": List(String), "whole": Int64, "number": Float64, "truth": Boolean}
    return DataFrame(_by_column(columns, rows), schema={name: kinds[kind] for name, kind in columns})


def _by_column(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> dict[str, list[object]]:
    values: dict[str, list[object]] = {name: [] for name, _ in columns}
    into = tuple(values.values())
    for row in rows:
        for column, value in zip(into, row, strict=True):
            column.append(_cell(value))
    return values


def _cell(value: Value) -> object:
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    return [_cell(one) for one in value] if isinstance(value, tuple) else value


def _missing(library: str) -> ModelMissing:
    return ModelMissing(f"data frames of {library} need {library}, which is not installed; run: pip install 'dragoman[frames]'")
