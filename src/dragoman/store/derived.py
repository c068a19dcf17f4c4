"""What is derived and can be rebuilt: readings, items with their keys and occurrences, links, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, bindparam, delete, func, literal, select, tuple_, type_coerce

from dragoman.linking.items import Item, Link, Occurrence
from dragoman.store.columns import Words
from dragoman.store.connections import Connections
from dragoman.store.database import MOST_ASKED
from dragoman.store.schema import DERIVED, groups, item_keys, items, links, occurrences, readings

# Readings fetched at once (a long one has a megabyte of JSON), and rows of groups.
_PAGE = 100
_OWN_KEY = (item_keys.c.kind == bindparam("of_kind"), item_keys.c.key == bindparam("of_key"), item_keys.c.item == bindparam("of_item"))
_ROWS = 10_000


def put_reading(connections: Connections, article: str, versions: str, reading: str) -> None:
    with connections.write() as connection:
        new = connections.database.insert(readings)
        placed = new.on_conflict_do_update(index_elements=["article"], set_={"versions": new.excluded.versions, "reading": new.excluded.reading})
        connection.execute(placed, {"article": article, "versions": versions, "reading": reading})


def made_by(connections: Connections, chosen: Sequence[str]) -> dict[str, str]:
    with connections.read() as connection:
        rows = _asked(connection, select(readings.c.article, readings.c.versions), readings.c.article, chosen)
    return {row.article: row.versions for row in rows}


def reading(connections: Connections, article: str) -> str | None:
    with connections.read() as connection:
        return connection.execute(select(readings.c.reading).where(readings.c.article == article)).scalar()


def all_readings(connections: Connections, chosen: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    asked = select(readings.c.article, readings.c.reading).order_by(readings.c.article)
    if chosen is not None:
        for part in in_parts(chosen, _PAGE):
            with connections.read() as connection:
                rows = connection.execute(asked.where(readings.c.article.in_(part))).all()
            yield from ((row.article, row.reading) for row in rows)
        return
    last = ""
    while True:
        with connections.read() as connection:
            rows = connection.execute(asked.where(readings.c.article > last).limit(_PAGE)).all()
        yield from ((row.article, row.reading) for row in rows)
        if len(rows) < _PAGE:
            return
        last = rows[-1].article


def put_items(connections: Connections, rows: Iterable[tuple[Item, Occurrence]]) -> None:
    pairs = list(rows)
    if not pairs:
        return
    insert = connections.database.insert
    with connections.write() as connection:
        there = {row.id for row in _asked(connection, select(items.c.id), items.c.id, [item.id for item, _ in pairs])}
        new: dict[str, Item] = {}
        for item, _ in pairs:
            if item.id not in there:
                new.setdefault(item.id, item)
        if new:
            connection.execute(
                insert(items).on_conflict_do_nothing(),
                [{"id": item.id, "kind": item.kind, "keys": list(item.keys), "facts": item.facts} for item in new.values()],
            )
        if keys := [{"kind": item.kind, "key": key, "item": item.id} for item in new.values() for key in item.keys]:
            connection.execute(insert(item_keys).on_conflict_do_nothing(), keys)
        seen = [{"item": where.item, "article": where.article, "local": where.local} for _, where in pairs]
        connection.execute(insert(occurrences).on_conflict_do_nothing(), seen)


def items_of(connections: Connections, ids: Sequence[str]) -> tuple[Item, ...]:
    with connections.read() as connection:
        return _items(_asked(connection, select(items), items.c.id, ids))


def holders(connections: Connections, kind: str, keys: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with connections.read() as connection:
        for row in _asked(connection, select(item_keys.c.key, item_keys.c.item).where(item_keys.c.kind == kind), item_keys.c.key, keys):
            found.setdefault(row.key, set()).add(row.item)
    return {key: frozenset(found[key]) for key in sorted(found)}


def occurrences_of(connections: Connections, chosen: Sequence[str] | None, articles: Sequence[str] | None) -> tuple[Occurrence, ...]:
    asked = select(occurrences)
    with connections.read() as connection:
        if chosen is not None:
            rows = _asked(connection, asked, occurrences.c.item, chosen)
        elif articles is not None:
            rows = _asked(connection, asked, occurrences.c.article, articles)
        else:
            rows = list(connection.execute(asked))
    wanted = None if articles is None else set(articles)
    found = (tuple(row) for row in rows if wanted is None or row.article in wanted)
    return tuple(Occurrence(item=item, article=article, local=local) for item, article, local in sorted(found))


def put_links(connections: Connections, kind: str, new: Iterable[Link]) -> None:
    rows = [{"kind": kind, "left_item": link.left, "right_item": link.right, "score": link.score} for link in new]
    if rows:
        with connections.write() as connection:
            connection.execute(connections.database.insert(links).on_conflict_do_nothing(), rows)


def links_of(connections: Connections, kind: str, chosen: Sequence[str]) -> tuple[Link, ...]:
    # Were the kind asked for as well, SQLite would go through all links of it. Ids have nothing that was escaped, and a large component has many rows.
    asked = select(type_coerce(links.c.left_item, Text), type_coerce(links.c.right_item, Text), links.c.score, type_coerce(links.c.kind, Text))
    with connections.read() as connection:
        rows = {tuple(row) for column in (links.c.left_item, links.c.right_item) for row in _asked(connection, asked, column, chosen)}
    return tuple(Link(left, right, score) for left, right, score, of in sorted(rows) if of == kind)


def put_groups(connections: Connections, kind: str, new: Iterable[frozenset[str]]) -> None:
    wanted = {item: min(group) for group in new if group for item in group}
    with connections.write() as connection:
        now = {row.item: row.smallest for row in _asked(connection, select(groups.c.item, groups.c.smallest), groups.c.item, list(wanted))}
        # Most of a large group stays where it is, unless others of it are left behind.
        given = Counter(now.values())
        sizes = select(groups.c.smallest, func.count().label("size")).where(groups.c.kind == kind).group_by(groups.c.smallest)
        whole = {row.smallest for row in _asked(connection, sizes, groups.c.smallest, list(given)) if row.size == given[row.smallest]}
        moved = sorted(item for item, smallest in wanted.items() if now.get(item) != smallest or smallest not in whole)
        for part in in_parts(moved, MOST_ASKED):
            connection.execute(delete(groups).where(groups.c.item.in_(part)))
        _name_anew(connection, kind, sorted({now[item] for item in moved if item in now}))
        if moved:
            connection.execute(groups.insert(), [{"item": item, "kind": kind, "smallest": wanted[item]} for item in moved])


def _name_anew(connection: Connection, kind: str, names: Sequence[str]) -> None:
    """Groups that lost the item they were named for take the name of the smallest that stayed."""
    asked = select(groups.c.smallest, func.min(groups.c.item).label("least")).where(groups.c.kind == kind).group_by(groups.c.smallest)
    for row in _asked(connection, asked, groups.c.smallest, names):
        if row.least != row.smallest:
            connection.execute(groups.update().where(groups.c.kind == kind, groups.c.smallest == row.smallest).values(smallest=row.least))


def group_of(connections: Connections, chosen: Sequence[str]) -> dict[str, str]:
    with connections.read() as connection:
        rows = _asked(connection, select(groups.c.item, groups.c.smallest), groups.c.item, chosen)
    return dict(sorted((row.item, row.smallest) for row in rows))


def members(connections: Connections, group: str) -> frozenset[str]:
    kind = select(groups.c.kind).where(groups.c.item == group).scalar_subquery()
    with connections.read() as connection:
        return frozenset(connection.execute(select(groups.c.item).where(groups.c.kind == kind, groups.c.smallest == group)).scalars())


def groups_of(connections: Connections, kind: str) -> Iterator[frozenset[str]]:
    for _, rows in groupby(_grouped(connections, kind), key=lambda row: row[0]):
        yield frozenset(item for _, item in rows)


def _grouped(connections: Connections, kind: str) -> Iterator[tuple[str, str]]:
    """(smallest, item) in order, a page a query."""
    asked = select(groups.c.smallest, groups.c.item).where(groups.c.kind == kind).order_by(groups.c.smallest, groups.c.item).limit(_ROWS)
    last = ("", "")
    while True:
        with connections.read() as connection:
            rows = connection.execute(asked.where(tuple_(groups.c.smallest, groups.c.item) > tuple_(*(literal(one, Words) for one in last)))).all()
        yield from ((row.smallest, row.item) for row in rows)
        if len(rows) < _ROWS:
            return
        last = (rows[-1].smallest, rows[-1].item)


def lone_items(connections: Connections, articles: Sequence[str]) -> tuple[str, ...]:
    """Items that occur in these articles and in no other."""
    with connections.read() as connection:
        here = sorted({row.item for row in _asked(connection, select(occurrences.c.item), occurrences.c.article, articles)})
        rows = _asked(connection, select(occurrences.c.item, occurrences.c.article), occurrences.c.item, here)
    elsewhere = {row.item for row in rows if row.article not in set(articles)}
    return tuple(item for item in here if item not in elsewhere)


def forget_articles(connections: Connections, chosen: Sequence[str]) -> None:
    """Take articles out of what is derived: where items occur in them, and items that occur nowhere else, with their keys, links and groups."""
    lone = lone_items(connections, chosen)
    with connections.write() as connection:
        for some in in_parts(chosen, MOST_ASKED):
            connection.execute(delete(occurrences).where(occurrences.c.article.in_(some)))
        old = sorted({(row.kind, row.smallest) for row in _asked(connection, select(groups.c.kind, groups.c.smallest), groups.c.item, lone)})
        for some in in_parts(lone, MOST_ASKED):
            rows = connection.execute(select(items.c.kind, items.c["keys"], items.c.id).where(items.c.id.in_(some))).all()
            if keys := [{"of_kind": kind, "of_key": key, "of_item": identity} for kind, own, identity in rows for key in own]:
                connection.execute(delete(item_keys).where(*_OWN_KEY), keys)
            connection.execute(delete(links).where(links.c.left_item.in_(some)))
            connection.execute(delete(links).where(links.c.right_item.in_(some)))
            connection.execute(delete(groups).where(groups.c.item.in_(some)))
            connection.execute(delete(items).where(items.c.id.in_(some)))
        for kind, rows_of_kind in groupby(old, key=lambda row: row[0]):
            _name_anew(connection, kind, [smallest for _, smallest in rows_of_kind])


def forget(connections: Connections) -> None:
    with connections.write() as connection:
        connections.database.forget_texts(connection)
        for table in DERIVED:
            connection.execute(delete(table))


def _asked(connection: Connection, asked: Select[Any], column: ColumnElement[Any], values: Sequence[str]) -> list[Row[Any]]:
    """The rows whose column has one of the values, as many queries as the databases' limits want."""
    return [row for part in in_parts(values, MOST_ASKED) for row in connection.execute(asked.where(column.in_(part)))]


def in_parts(values: Iterable[str], size: int) -> Iterator[list[str]]:
    """The values, sorted, each once, so many at a time."""
    ordered = sorted(set(values))
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def _items(rows: Iterable[Row[Any]]) -> tuple[Item, ...]:
    found = {identity: Item(kind=kind, id=identity, keys=tuple(keys), facts=facts) for identity, kind, keys, facts in rows}
    return tuple(found[identity] for identity in sorted(found))
