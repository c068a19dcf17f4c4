"""Rows at hand (dicts, of a data frame or a database) as articles that came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dragoman.model.config import Config

if TYPE_CHECKING:
    from dragoman.sources.arrival import Arrival


def arrivals_of_rows(rows: Iterable[Mapping[str, Any]], config: Config, mapping: str | None) -> Iterator[Arrival]:
    """One arrival a row; a row without a text becomes an unusable one that says so. Raises ConfigError for a mapping that is none."""
    from dragoman.model.errors import InputError
    from dragoman.sources.arrival import unusable
    from dragoman.sources.rows import FIELDS, columns, from_row

    found = {field: field for field in FIELDS} | dict(columns(mapping).given)
    for number, row in enumerate(rows, start=1):
        where = f"row {number}"
        try:
            yield from_row({name: value for name, value in row.items() if not _nothing(value)}, where, config, found, None)
        except InputError as error:
            yield unusable(where, str(error))


def _nothing(value: object) -> bool:
    """None, and what data frames put in its place: NaN and NaT are not equal to themselves, NA cannot be compared at all."""
    try:
        return value is None or bool(value != value)
    except TypeError:
        return True
    except ValueError:
        return False
