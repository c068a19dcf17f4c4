"""References in a store: put, listed and found by a name; those of one source and id replace what it said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, delete, func, select, tuple_

from dragoman.model.errors import StoreError
from dragoman.model.reference import Reference, as_json, from_json
from dragoman.store.connections import Connections
from dragoman.store.protocol import Store
from dragoman.store.reference_tables import kept_references as table
from dragoman.store.sqlstore import SqlStore

_PAGE = 500


def _connections(store: Store) -> Connections:
    if not isinstance(store, SqlStore):
        raise StoreError("references need a record in SQLite or PostgreSQL")
    return store.connections


def put_references(store: Store, new: Iterable[Reference]) -> int:
    """Keep references; gives how many are new or say something else than before. Inside `store.writing()`."""
    connections = _connections(store)
    changed = 0
    with connections.write() as connection:
        for one in new:
            row = as_json(one)
            key = (table.c.source == one.source, table.c.id == one.id)
            old = connection.execute(select(table).where(*key)).first()
            if old is not None and _reference(old) == one:
                continue
            if old is not None:
                connection.execute(delete(table).where(*key))
            connection.execute(table.insert(), row)
            changed += 1
    return changed


def all_references(store: Store) -> Iterator[Reference]:
    """All of them by source and id, a page a query."""
    connections = _connections(store)
    last = ("", "")
    while True:
        with connections.read() as connection:
            asked = select(table).where(tuple_(table.c.source, table.c.id) > last).order_by(table.c.source, table.c.id).limit(_PAGE)
            rows = connection.execute(asked).all()
        yield from (_reference(row) for row in rows)
        if len(rows) < _PAGE:
            return
        last = (rows[-1].source, rows[-1].id)


def some_references(store: Store, keys: Iterable[tuple[str, str]]) -> Iterator[Reference]:
    """Those of these sources and ids that there are, by source and id."""
    connections = _connections(store)
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, id_ in sorted(set(keys)):
        by_source[source].append(id_)
    for source, ids in by_source.items():
        for start in range(0, len(ids), _PAGE):
            asked = select(table).where(table.c.source == source, table.c.id.in_(ids[start : start + _PAGE])).order_by(table.c.id)
            with connections.read() as connection:
                rows = connection.execute(asked).all()
            yield from (_reference(row) for row in rows)


def references_state(store: Store) -> tuple[int, int]:
    """How many there are, and how many letters their names and offices have: other where others were taken in, nearly always."""
    letters = func.coalesce(func.sum(func.length(table.c.names) + func.length(table.c.tenures)), 0)
    with _connections(store).read() as connection:
        count, size = connection.execute(select(func.count(), letters)).one()
    return int(count), int(size)


def count_references(store: Store) -> int:
    """How many there are."""
    with _connections(store).read() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _reference(row: Row[Any]) -> Reference:
    return from_json(dict(row._mapping))
