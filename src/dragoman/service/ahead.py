"""Linking ahead: the process that reads an article also holds it against the record as it finds it, and the writer only against what came meanwhile.

    any process   article ─▶ items ─▶ those of the record that hold a key in common ─▶ links
    the writer    items, kept ─▶ those that hold a key in common now ─▶ links with those that were not compared ─▶ groups

Whether two items belong together depends on the two alone, so it does not matter who compares them, or when: the record is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from dragoman.linking.items import Item, Kind, Occurrence, Signature
from dragoman.model.errors import StoreError
from dragoman.model.reading import Reading
from dragoman.service.linking import Met, meet
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

# Seconds that a process which reads waits for the record; it can do without.
_WAIT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Of an article: its items, and what each has met of the record already."""

    rows: tuple[tuple[Item, Occurrence], ...]
    met: Mapping[str, Met] = field(default_factory=dict)


def rows_of(reading: Reading, signature: Signature, kinds: Sequence[Kind]) -> tuple[tuple[Item, Occurrence], ...]:
    """All items of a reading, and as what each occurs in it."""
    return tuple(row for kind in kinds for row in kind.items(reading, signature))


def ahead(reading: Reading, signature: Signature, kinds: Sequence[Kind], record: str) -> Ahead:
    """The items of a reading, held against the record at that address; against nothing where there is none, or it cannot be opened from here."""
    rows = rows_of(reading, signature, kinds)
    store = _opened(record) if record else None
    if store is None:
        return Ahead(rows=rows)
    met: dict[str, Met] = {}
    try:
        for kind in kinds:
            met |= meet(store, kind, sorted({item.id: item for item, _ in rows if item.kind == kind.name}.values(), key=lambda item: item.id))
    except StoreError:
        # Whatever is wrong, the writer will meet it, and say so.
        met = {}
    return Ahead(rows=rows, met=met)


@cache
def _opened(record: str) -> Store | None:
    """The record, opened once a process."""
    try:
        return open_store(record, create=False, wait=_WAIT)
    except StoreError:
        return None
