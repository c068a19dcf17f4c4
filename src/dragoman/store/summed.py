"""What the shelf's rows are summed from: how often each item is named and how, where, and in which office articles show it.

A state that twenty thousand articles name is not counted again at each: an article adds to the sums of its items, and a row of the record adds up the
sums of the items that it was linked from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, literal, select, tuple_

from dragoman.model.record import Place
from dragoman.store.columns import Words
from dragoman.store.connections import Connections
from dragoman.store.derived import in_parts
from dragoman.store.schema import groups, held, holdings, item_sums, mentions

_ASKED = 500
# Code points of a name that stand in an index as they are.
_LONGEST = 200

# (what, value, language), as linking/record.py counts them.
Sum = tuple[str, str, str]
# What an item holds: (item, office, state's code, item of the organisation).
Post = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A person in an office as one article says: `person` and `body` are items, `of` a state's code ('' for none), `day` of publication (0 for none)."""

    article: str
    number: int
    person: str
    office: str
    of: str
    body: str
    day: int
    former: bool
    acting: bool
    evidence: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that is said of an item in an office of something; `shown` is plain JSON that only its maker reads."""

    person: str
    office: str
    of: str
    body: str
    shown: Any


def _key(value: str) -> str:
    return value if len(value) <= _LONGEST else sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


class Summed:
    """The tables of sums in one database."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections

    # ---- names
    def add(self, counts: Counter[tuple[str, Sum]]) -> None:
        """Add to (or, of negative counts, take from) the sums of items; what comes to nothing vanishes."""
        rows = [
            {"item": item, "what": what, "key": _key(value), "language": language, "value": value, "count": count}
            for (item, (what, value, language)), count in sorted(counts.items())
            if count
        ]
        if not rows:
            return
        with self.connections.write() as connection:
            insert = self.connections.database.insert(item_sums)
            sums = {"count": item_sums.c.count + insert.excluded.count}
            connection.execute(insert.on_conflict_do_update(index_elements=["item", "what", "key", "language"], set_=sums), rows)
            if any(count < 0 for count in counts.values()):
                for some in in_parts({item for item, _ in counts}, _ASKED):
                    connection.execute(delete(item_sums).where(item_sums.c.item.in_(some), item_sums.c.count <= 0))

    def of(self, kind: str, smallest: Iterable[str]) -> dict[str, Counter[Sum]]:
        """The sums of groups of a kind, by their smallest item."""
        found: dict[str, Counter[Sum]] = defaultdict(Counter)
        with self.connections.read() as connection:
            for some in in_parts(smallest, _ASKED):
                asked = select(groups.c.smallest, item_sums.c.what, item_sums.c.value, item_sums.c.language, item_sums.c.count)
                joined = asked.join(item_sums, item_sums.c.item == groups.c.item).where(groups.c.kind == kind, groups.c.smallest.in_(some))
                for name, what, value, language, count in connection.execute(joined):
                    found[name][what, value, language] += count
        return found

    def called(self, items: Iterable[str], *what: str) -> dict[str, tuple[str, ...]]:
        """What articles call each of these items: by `called` in full, by `name` wherever they name it."""
        found: dict[str, set[str]] = defaultdict(set)
        with self.connections.read() as connection:
            for some in in_parts(items, _ASKED):
                asked = select(item_sums.c.item, item_sums.c.value).where(item_sums.c.item.in_(some), item_sums.c.what.in_(what or ("called",)))
                for item, value in connection.execute(asked):
                    found[item].add(value)
        return {item: tuple(sorted(found[item])) for item in sorted(found)}

    # ---- places
    def put_mentions(self, rows: Iterable[tuple[str, str, Place]]) -> None:
        """Keep where an article names an item: (item, local id, place)."""
        named = [
            {"item": item, "article": one.article, "start": one.start, "end": one.end, "local": local, "text": one.text} for item, local, one in rows
        ]  # fmt: skip
        if named:
            with self.connections.write() as connection:
                connection.execute(self.connections.database.insert(mentions).on_conflict_do_nothing(), named)

    def mentions(self, items: Sequence[str], after: tuple[str, int, int] | None, limit: int) -> tuple[Place, ...]:
        """Where articles name these items, in order, after a place."""
        asked = select(mentions.c.article, mentions.c.start, mentions.c.end, mentions.c.text).where(mentions.c.item.in_(items))
        if after is not None:
            place = tuple_(mentions.c.article, mentions.c.start, mentions.c.end)
            asked = asked.where(place > tuple_(literal(after[0], Words), literal(after[1]), literal(after[2])))
        ordered = asked.order_by(mentions.c.article, mentions.c.start, mentions.c.end).limit(limit)
        with self.connections.read() as connection:
            return tuple(Place(article=row.article, start=row.start, end=row.end, text=row.text) for row in connection.execute(ordered))

    def all_mentions(self, items: Sequence[str]) -> Iterator[Place]:
        """All of them, a place that two items share twice."""
        rows: list[Row[Any]] = []
        asked = select(mentions.c.article, mentions.c.start, mentions.c.end, mentions.c.text)
        with self.connections.read() as connection:
            for some in in_parts(items, _ASKED):
                rows += connection.execute(asked.where(mentions.c.item.in_(some))).all()
        rows.sort(key=lambda row: (row.article, row.start, row.end))
        return (Place(article=row.article, start=row.start, end=row.end, text=row.text) for row in rows)

    def mentioned(self, items: Sequence[str]) -> int:
        """How often articles name these items."""
        with self.connections.read() as connection:
            return int(connection.execute(select(func.count()).select_from(mentions).where(mentions.c.item.in_(items))).scalar_one())

    # ---- offices
    def put_said(self, rows: Iterable[Said]) -> None:
        """Keep what articles say of offices."""
        kept = [
            {"article": one.article, "number": one.number, "person": one.person, "office": one.office, "of": one.of, "body": one.body, "day": one.day,
             "former": one.former, "acting": one.acting, "evidence": one.evidence}
            for one in rows
        ]  # fmt: skip
        if kept:
            with self.connections.write() as connection:
                connection.execute(self.connections.database.insert(holdings).on_conflict_do_nothing(), kept)

    def said(self, persons: Iterable[str], office: str) -> tuple[Said, ...]:
        """What articles say of these items in an office."""
        return self._said(holdings.c.person, persons, office)

    def said_in(self, articles: Iterable[str]) -> tuple[Said, ...]:
        """What these articles say of offices."""
        return self._said(holdings.c.article, articles, None)

    def _said(self, column: Any, values: Iterable[str], office: str | None) -> tuple[Said, ...]:
        asked = select(holdings) if office is None else select(holdings).where(holdings.c.office == office)
        with self.connections.read() as connection:
            rows = [row for some in in_parts(values, _ASKED) for row in connection.execute(asked.where(column.in_(some)))]
        found = (
            Said(article=row.article, number=row.number, person=row.person, office=row.office, of=row.of, body=row.body, day=row.day, former=row.former,
                 acting=row.acting, evidence=tuple((start, end) for start, end in row.evidence))
            for row in rows
        )  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.article, one.number)))

    def put_held(self, rows: Iterable[Held]) -> None:
        """Keep sums of offices in place of older ones."""
        kept = [{"person": one.person, "office": one.office, "of": one.of, "body": one.body, "shown": one.shown} for one in rows]
        if kept:
            with self.connections.write() as connection:
                insert = self.connections.database.insert(held)
                placed = insert.on_conflict_do_update(index_elements=["person", "office", "of", "body"], set_={"shown": insert.excluded.shown})
                connection.execute(placed, kept)

    def drop_held(self, keys: Iterable[Post]) -> None:
        """Take sums of offices out: (person, office, of, body)."""
        gone = [{"p": person, "o": office, "f": of, "b": body} for person, office, of, body in keys]
        if gone:
            with self.connections.write() as connection:
                own = (held.c.person == bindparam("p"), held.c.office == bindparam("o"), held.c.of == bindparam("f"), held.c.body == bindparam("b"))
                connection.execute(delete(held).where(*own), gone)

    def held_by(self, persons: Iterable[str], office: str | None = None) -> tuple[Held, ...]:
        """The offices of these items, or what they have of one, with their sums."""
        rows = self._rows(select(held) if office is None else select(held).where(held.c.office == office), held.c.person, persons)
        return tuple(Held(person=row.person, office=row.office, of=row.of, body=row.body, shown=row.shown) for row in rows)

    def posts_by(self, persons: Iterable[str]) -> tuple[Post, ...]:
        """The offices of these items."""
        return self._posts(held.c.person, persons)

    def posts_of(self, offices: Mapping[str, Iterable[str]]) -> tuple[Post, ...]:
        """Who is said to hold these offices of these states."""
        return tuple(post for office, states in sorted(offices.items()) for post in self._posts(held.c.of, states, held.c.office == office))

    def posts_in(self, bodies: Iterable[str]) -> tuple[Post, ...]:
        """Who is said to hold an office of these organisations (items)."""
        return self._posts(held.c.body, bodies)

    def _posts(self, column: Any, values: Iterable[str], *where: ColumnElement[bool]) -> tuple[Post, ...]:
        """Without the sums: those of a long history are long."""
        rows = self._rows(select(held.c.person, held.c.office, held.c.of, held.c.body).where(*where), column, values)
        return tuple((row.person, row.office, row.of, row.body) for row in rows)

    def _rows(self, asked: Select[Any], column: Any, values: Iterable[str]) -> list[Row[Any]]:
        with self.connections.read() as connection:
            return [row for some in in_parts(values, _ASKED) for row in connection.execute(asked.where(column.in_(some)))]

    # ---- of one article
    def forget(self, articles: Sequence[str]) -> None:
        """Take out where these articles name things, and what they say of offices; sums are not touched."""
        with self.connections.write() as connection:
            for some in in_parts(articles, _ASKED):
                connection.execute(delete(mentions).where(mentions.c.article.in_(some)))
                connection.execute(delete(holdings).where(holdings.c.article.in_(some)))
