"""The rows of the composed record: put where they have changed, found by id, mark or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, literal, select, tuple_

from dragoman.store.columns import Words
from dragoman.store.connections import Connections
from dragoman.store.derived import in_parts
from dragoman.store.rows import Row
from dragoman.store.schema import SHELF, groups, items, occurrences, shelf, shelf_marks, shelf_news, shelf_state

# Rows of the whole record that are fetched at once.
_PAGE = 500
# Marks or ids asked for at once, so that the planner looks each of them up.
_ASKED = 500
# What listeners are told of when it is new.
_NEWS = ("events", "statements", "commitments")


class Standing(NamedTuple):
    """What an article calls by a local id: the item, and the smallest of its group."""

    kind: str
    article: str
    local: str
    item: str
    smallest: str


class Shelving:
    """The shelf's own tables in one database; what is written belongs to the transaction that the thread is in."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections

    # ---- how it stands
    def state(self) -> tuple[str, int]:
        """By which rules the shelf was composed ('' where it never was), and how often the record has changed."""
        with self.connections.read() as connection:
            row = connection.execute(select(shelf_state.c.rules, shelf_state.c.version)).first()
        return (row.rules, row.version) if row else ("", 0)

    def changed(self, rules: str) -> None:
        """The record is another now, and composed by these rules."""
        with self.connections.write() as connection:
            fresh = self.connections.database.insert(shelf_state).values(id=1, rules=rules, version=1)
            again = fresh.on_conflict_do_update(index_elements=["id"], set_={"rules": rules, "version": shelf_state.c.version + 1})
            connection.execute(again)

    def forget(self) -> None:
        """Empty the shelf; its version stays."""
        with self.connections.write() as connection:
            for table in SHELF:
                connection.execute(delete(table))

    # ---- rows
    def put(self, rows: Iterable[Row]) -> None:
        """Keep rows in place of older ones of the same part and id."""
        by_part: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            by_part[row.part][row.id] = row
        with self.connections.write() as connection:
            for part, new in sorted(by_part.items()):
                self._put(connection, part, new)

    def _put(self, connection: Connection, part: str, new: Mapping[str, Row]) -> None:
        insert = self.connections.database.insert(shelf)
        columns = {name: insert.excluded[name] for name in ("place", "earliest", "latest", "oldest", "number", "words", "row")}
        placed = insert.on_conflict_do_update(index_elements=["part", "id"], set_=columns)
        connection.execute(placed, [_columns(row) for row in new.values()])
        if part in _NEWS:
            self._note(connection, part, new)
        old: set[tuple[str, str, str]] = set()
        for ids in in_parts(new, _ASKED):
            asked = select(shelf_marks.c.row, shelf_marks.c.name, shelf_marks.c.value).where(shelf_marks.c.part == part, shelf_marks.c.row.in_(ids))
            old.update((row.row, row.name, row.value) for row in connection.execute(asked))
        now = {(row.id, name, value) for row in new.values() for name, value in row.marks}
        _unmark(connection, part, old - now)
        if fresh := now - old:
            connection.execute(shelf_marks.insert(), [{"part": part, "name": name, "value": value, "row": row} for row, name, value in sorted(fresh)])

    def _note(self, connection: Connection, part: str, ids: Iterable[str]) -> None:
        """Those that never were on the shelf come with its next version, or after the last news where the shelf of a damaged record counts anew."""
        version = (connection.execute(select(shelf_state.c.version)).scalar() or 0) + 1
        last = connection.execute(select(func.max(shelf_news.c.version))).scalar() or 0
        version = version if version >= last else last + 1
        fresh = self.connections.database.insert(shelf_news).on_conflict_do_nothing(index_elements=["part", "id"])
        connection.execute(fresh, [{"part": part, "id": id_, "version": version} for id_ in ids])

    def news(self, after: tuple[int, str, str], limit: int) -> tuple[tuple[int, str, str], ...]:
        """(version, part, id) of what came to the shelf after such a one, in that order; what has left it since is among them."""
        key = tuple_(shelf_news.c.version, shelf_news.c.part, shelf_news.c.id)
        beyond = key > tuple_(literal(after[0]), literal(after[1], Words), literal(after[2], Words))
        asked = select(shelf_news.c.version, shelf_news.c.part, shelf_news.c.id).where(beyond)
        with self.connections.read() as connection:
            rows = connection.execute(asked.order_by(shelf_news.c.version, shelf_news.c.part, shelf_news.c.id).limit(limit)).all()
        return tuple((int(row.version), row.part, row.id) for row in rows)

    def newest_news(self) -> tuple[int, str, str]:
        """The last of them; (0, "", "") where nothing ever came."""
        key = (shelf_news.c.version, shelf_news.c.part, shelf_news.c.id)
        with self.connections.read() as connection:
            row = connection.execute(select(*key).order_by(*(column.desc() for column in key)).limit(1)).first()
        return (int(row.version), row.part, row.id) if row else (0, "", "")

    def drop(self, part: str, ids: Iterable[str]) -> None:
        """Take rows out."""
        with self.connections.write() as connection:
            for some in in_parts(ids, _ASKED):
                connection.execute(delete(shelf_marks).where(shelf_marks.c.part == part, shelf_marks.c.row.in_(some)))
                connection.execute(delete(shelf).where(shelf.c.part == part, shelf.c.id.in_(some)))

    def rows(self, part: str, ids: Iterable[str]) -> dict[str, str]:
        """The JSON of rows by id."""
        found: dict[str, str] = {}
        with self.connections.read() as connection:
            for some in in_parts(ids, _ASKED):
                found |= {row.id: row.row for row in connection.execute(select(shelf.c.id, shelf.c.row).where(shelf.c.part == part, shelf.c.id.in_(some)))}
        return dict(sorted(found.items()))

    def each(self, part: str) -> Iterator[tuple[str, str]]:
        """(id, JSON) of all rows of a part in the order of the contract, a page a query."""
        asked = select(shelf.c.place, shelf.c.id, shelf.c.row).where(shelf.c.part == part).order_by(shelf.c.place, shelf.c.id).limit(_PAGE)
        last = ("", "")
        while True:
            after = tuple_(shelf.c.place, shelf.c.id) > tuple_(*(literal(one, Words) for one in last))
            with self.connections.read() as connection:
                rows = connection.execute(asked.where(after)).all()
            yield from ((row.id, row.row) for row in rows)
            if len(rows) < _PAGE:
                return
            last = (rows[-1].place, rows[-1].id)

    # ---- marks
    def marked(self, part: str, name: str, values: Iterable[str]) -> tuple[str, ...]:
        """The ids of the rows that have one of these marks."""
        found: set[str] = set()
        with self.connections.read() as connection:
            for some in in_parts(values, _ASKED):
                asked = select(shelf_marks.c.row).where(shelf_marks.c.part == part, shelf_marks.c.name == name, shelf_marks.c.value.in_(some))
                found.update(connection.execute(asked).scalars())
        return tuple(sorted(found))

    def marks(self, part: str, ids: Iterable[str], names: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """(name, value) of the marks of these names, by row."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        with self.connections.read() as connection:
            for some in in_parts(ids, _ASKED):
                asked = select(shelf_marks.c.row, shelf_marks.c.name, shelf_marks.c.value)
                chosen = asked.where(shelf_marks.c.part == part, shelf_marks.c.row.in_(some), shelf_marks.c.name.in_(names))
                for row in connection.execute(chosen):
                    found[row.row].append((row.name, row.value))
        return {row: tuple(sorted(marks)) for row, marks in sorted(found.items())}

    # ---- what the articles have
    def standing(self, articles: Iterable[str], kinds: Sequence[str] = ()) -> tuple[Standing, ...]:
        """All that stands in these articles, or what of these kinds does, by kind, article, local id."""
        asked = select(groups.c.kind, occurrences.c.article, occurrences.c.local, occurrences.c.item, groups.c.smallest)
        joined = asked.join(groups, groups.c.item == occurrences.c.item)
        if kinds:
            joined = joined.where(groups.c.kind.in_(kinds))
        with self.connections.read() as connection:
            rows = [row for some in in_parts(articles, _ASKED) for row in connection.execute(joined.where(occurrences.c.article.in_(some)))]
        return tuple(sorted(Standing(row.kind, row.article, row.local, row.item, row.smallest) for row in rows))

    def grouped(self, kind: str, smallest: Iterable[str]) -> dict[str, frozenset[str]]:
        """The items of groups, by their smallest."""
        found: dict[str, set[str]] = defaultdict(set)
        with self.connections.read() as connection:
            for some in in_parts(smallest, _ASKED):
                asked = select(groups.c.smallest, groups.c.item).where(groups.c.kind == kind, groups.c.smallest.in_(some))
                for row in connection.execute(asked):
                    found[row.smallest].add(row.item)
        return {name: frozenset(found[name]) for name in sorted(found)}

    def first(self, item: str, limit: int = 1) -> tuple[tuple[str, str], ...]:
        """Where an item occurs first: (article, local id)."""
        asked = select(occurrences.c.article, occurrences.c.local).where(occurrences.c.item == item)
        with self.connections.read() as connection:
            rows = connection.execute(asked.order_by(occurrences.c.article, occurrences.c.local).limit(limit)).all()
        return tuple((row.article, row.local) for row in rows)

    def kind_of(self, item: str) -> tuple[str, str] | None:
        """The kind of an item, and the smallest of its group."""
        with self.connections.read() as connection:
            asked = select(items.c.kind, groups.c.smallest).join(groups, groups.c.item == items.c.id).where(items.c.id == item)
            row = connection.execute(asked).first()
        return (row.kind, row.smallest) if row else None

    def sizes(self) -> dict[tuple[str, str], int]:
        """How many rows each part has; of entities each kind."""
        with self.connections.read() as connection:
            parts = connection.execute(select(shelf.c.part, func.count()).group_by(shelf.c.part)).all()
            kinds = select(shelf_marks.c.value, func.count()).where(shelf_marks.c.part == "entities", shelf_marks.c.name == "kind")
            of_kind = connection.execute(kinds.group_by(shelf_marks.c.value)).all()
        return {(part, ""): count for part, count in parts} | {("entities", kind): count for kind, count in of_kind}


def _columns(row: Row) -> dict[str, Any]:
    return {
        "part": row.part, "id": row.id, "place": row.place, "earliest": row.earliest, "latest": row.latest, "oldest": row.oldest, "number": row.number,
        "words": row.words, "row": row.text,
    }  # fmt: skip


def _unmark(connection: Connection, part: str, marks: Iterable[tuple[str, str, str]]) -> None:
    gone = [{"r": row, "n": name, "v": value} for row, name, value in sorted(marks)]
    if gone:
        mark = shelf_marks.c
        own = (mark.part == part, mark.name == bindparam("n"), mark.value == bindparam("v"), mark.row == bindparam("r"))
        connection.execute(delete(shelf_marks).where(*own), gone)
