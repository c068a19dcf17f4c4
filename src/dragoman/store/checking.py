"""What is wrong with a store, a sentence each: damage to the file first, then what is kept, then what is derived."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, exists, func, or_, select

from dragoman.model.errors import StoreError
from dragoman.model.ids import article_id
from dragoman.store import derived, kept
from dragoman.store.asked import Asked
from dragoman.store.connections import Connections
from dragoman.store.schema import articles, groups, item_keys, items, links, occurrences, readings, search_texts, sources
from dragoman.store.shelving import Shelving

# Ids shown of many.
_SHOWN = 3

# What must point at something: (table, the column that points, where to, how a user calls it).
_POINTERS: tuple[tuple[Table, Column[Any], Column[Any], str], ...] = (
    (readings, readings.c.article, articles.c.id, "readings of articles that are not there"),
    (search_texts, search_texts.c.article, articles.c.id, "articles that can be found but are not there"),
    (occurrences, occurrences.c.article, articles.c.id, "occurrences in articles that are not there"),
    (occurrences, occurrences.c.item, items.c.id, "occurrences of items that are not there"),
    (item_keys, item_keys.c.item, items.c.id, "keys of items that are not there"),
    (links, links.c.left_item, items.c.id, "links of items that are not there"),
    (links, links.c.right_item, items.c.id, "links to items that are not there"),
    (groups, groups.c.item, items.c.id, "groups with items that are not there"),
)


def check(connections: Connections) -> tuple[str, ...]:
    """One sentence for each thing that is wrong. Waits for a writer, and others wait for it, only while SQLite looks at its own index of words."""
    name = connections.database.name
    found: list[str] = []
    for part in (_damage, _altered, _unreadable, _loose, _ungrouped, _shelf):
        try:
            found += [f"{name}: {trouble}" for trouble in part(connections)]
        except StoreError as error:
            told = str(error)
            found.append(told if told.startswith(name) else f"{name}: {told}")
    return tuple(dict.fromkeys(found))


def _damage(connections: Connections) -> Iterator[str]:
    with connections.write() as connection:
        damage = connections.database.damage(connection)
    for trouble in damage[:_SHOWN]:
        yield f"{trouble}; run 'dragoman rebuild', and bring back a backup where that does not help"


def _altered(connections: Connections) -> Iterator[str]:
    for article in kept.all_articles(connections, None):
        if article_id(article.text) != article.id:
            yield f"the text of article {article.id} ('{article.name}') is not the one that was added; bring back a backup, or add the file to a new record"
    for digest, held in kept.all_sources(connections):
        if sha256(held).hexdigest() != digest:
            yield f"the kept bytes {digest[:16]} of a source are not those that were added; bring back a backup, or add the file to a new record"
    with connections.read() as connection:
        missing = ~exists().where(sources.c.sha256 == articles.c.source)
        lost = _shown(connection, articles.c.id, articles.c.source.is_not(None), missing)
    if lost:
        yield f"the bytes that articles came in are not there ({lost}); bring back a backup, or add the files to a new record"


def _unreadable(connections: Connections) -> Iterator[str]:
    """A reading that cannot be unpacked raises."""
    for _ in derived.all_readings(connections, None):
        pass
    yield from ()


def _loose(connections: Connections) -> Iterator[str]:
    with connections.read() as connection:
        for _, pointer, target, what in _POINTERS:
            if shown := _shown(connection, pointer, ~exists().where(target == pointer)):
                yield f"there are {what} ({shown}); run 'dragoman rebuild'"


def _ungrouped(connections: Connections) -> Iterator[str]:
    """Groups must part the items of each kind: every item in one group of its kind, named for the smallest."""
    with connections.read() as connection:
        if shown := _shown(connection, items.c.id, ~exists().where(groups.c.item == items.c.id)):
            yield f"there are items that belong to no group ({shown}); run 'dragoman rebuild'"
        if shown := _shown(connection, groups.c.item, exists().where(items.c.id == groups.c.item, items.c.kind != groups.c.kind)):
            yield f"there are items in groups of another kind ({shown}); run 'dragoman rebuild'"
        least, kinds = func.min(groups.c.item), func.count(groups.c.kind.distinct())
        misnamed = select(groups.c.smallest).group_by(groups.c.smallest).having(or_(least != groups.c.smallest, kinds > 1))
        wrong = connection.execute(misnamed.order_by(groups.c.smallest).limit(_SHOWN)).scalars().all()
    if wrong:
        yield f"there are groups not named for their smallest item ({', '.join(wrong)}); run 'dragoman rebuild'"


def _shelf(connections: Connections) -> Iterator[str]:
    """The composed record must have what is linked, and nothing else. One that was never composed is, when it is opened next."""
    if not Shelving(connections).state()[1]:
        return
    for what, number in Asked(connections).loose().items():
        yield f"the record is not composed as it is linked ({number} {what}); run 'dragoman rebuild'"


def _shown(connection: Connection, column: ColumnElement[str], *where: ColumnElement[bool]) -> str:
    """Some of the values of a column where that holds, and how many there are; empty where there are none."""
    values = connection.execute(select(column).where(*where).distinct().order_by(column).limit(_SHOWN + 1)).scalars().all()
    return ", ".join(values[:_SHOWN]) + (", …" if len(values) > _SHOWN else "")
