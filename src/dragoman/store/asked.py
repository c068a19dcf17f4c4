"""Questions to the shelf: pages of rows, and sums over rows, by marks; each is one or two queries, whatever the record's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, distinct, func, literal, or_, select

from dragoman.store.columns import Words
from dragoman.store.connections import Connections
from dragoman.store.derived import in_parts
from dragoman.store.rows import LISTINGS, NEVER, Listing, Wanted, checked_limit, cursor, values_of
from dragoman.store.schema import articles, groups, links, occurrences, shelf, shelf_marks

_Mark = shelf_marks.c
_TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A page of rows as JSON, with what opens the next and how many there are in all."""

    texts: tuple[str, ...]
    after: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside something in events: in how many, and the first and last day (ordinals, 0 where none is known)."""

    value: str
    events: int
    first: int
    last: int


class Asked:
    """Questions to one database."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections

    def page(self, part: str, wanted: Wanted, limit: int, after: str | None) -> Rows:
        """The rows wanted, in the order of their list. Raises InputError for a cursor that is none and a limit out of bounds."""
        order = LISTINGS[wanted.listing]
        limit = checked_limit(limit)
        where = conditions(part, wanted)
        asked = select(*(shelf.c[column] for column, _ in order)).where(*where)
        if after is not None:
            asked = asked.where(_beyond(wanted.listing, values_of(after, wanted.listing)))
        ordered = asked.order_by(*(shelf.c[column].asc() if way > 0 else shelf.c[column].desc() for column, way in order)).limit(limit + 1)
        with self.connections.read() as connection:
            found = connection.execute(ordered).all()
            total = connection.execute(select(func.count()).select_from(shelf).where(*where)).scalar_one()
            ids = [row.id for row in found[:limit]]
            texts = {row.id: row.row for row in connection.execute(select(shelf.c.id, shelf.c.row).where(shelf.c.part == part, shelf.c.id.in_(ids)))}
        last = found[limit - 1] if len(found) > limit else None
        return Rows(texts=tuple(texts[id_] for id_ in ids), after=cursor(wanted.listing, list(last)) if last is not None else None, total=total)

    def beginning(self, part: str, letters: str, limit: int) -> tuple[str, ...]:
        """The ids of a part that begin so."""
        asked = select(shelf.c.id).where(shelf.c.part == part, shelf.c.id >= letters, shelf.c.id < letters + "\U0010ffff").order_by(shelf.c.id).limit(limit)
        with self.connections.read() as connection:
            return tuple(connection.execute(asked).scalars())

    def spelt(self, kind: str, parts: Sequence[str], letters: str, keys: Sequence[str]) -> tuple[str, ...]:
        """The JSON of entities of a kind that have these letters in a name, or words that begin with all the parts, or sound so."""
        words = literal("\n", Words) + shelf.c.words
        begins = and_(*(or_(*(words.contains(before + part, autoescape=True) for before in ("\n", " "))) for part in parts)) if parts else literal(False)  # noqa: FBT003
        sounds = shelf.c.id.in_(select(_Mark.row).where(_Mark.part == "entities", _Mark.name == "key", _Mark.value.in_([f"{kind} {key}" for key in keys])))
        of_kind = shelf.c.id.in_(select(_Mark.row).where(_Mark.part == "entities", _Mark.name == "kind", _Mark.value == kind))
        spelt = or_(shelf.c.words.contains(letters, autoescape=True) if letters else literal(False), begins, sounds)  # noqa: FBT003
        with self.connections.read() as connection:
            return tuple(connection.execute(select(shelf.c.row).where(shelf.c.part == "entities", of_kind, spelt).order_by(shelf.c.id)).scalars())

    def counted(self, part: str, names: Sequence[str], wanted: Wanted | None = None) -> tuple[tuple[str, str, int], ...]:
        """(name, value, rows) of the marks of these names on the rows wanted."""
        asked = select(_Mark.name, _Mark.value, func.count()).where(_Mark.part == part, _Mark.name.in_(names))
        if wanted is not None and wanted != Wanted(listing=wanted.listing):
            asked = asked.where(_Mark.row.in_(select(shelf.c.id).where(*conditions(part, wanted))))
        with self.connections.read() as connection:
            return tuple((name, value, count) for name, value, count in connection.execute(asked.group_by(_Mark.name, _Mark.value)))

    def texts(self, ids: Iterable[str]) -> dict[str, str]:
        """The texts of these articles."""
        with self.connections.read() as connection:
            some = in_parts(ids, _TOGETHER)
            return {row.id: row.text for part in some for row in connection.execute(select(articles.c.id, articles.c.text).where(articles.c.id.in_(part)))}

    def beside(self, own: str | None, wanted: Wanted, limit: int, *, mark: Literal["entity", "side"] = "entity") -> tuple[Beside, ...]:
        """The entities (or sides) that take part in the events wanted with one of them (or in any), those in most first."""
        other = shelf_marks.alias("other")
        earliest = func.min(func.coalesce(func.nullif(shelf.c.earliest, 0), NEVER))
        count = func.count().label("events")
        asked = select(other.c.value, count, earliest.label("first"), func.max(shelf.c.latest).label("last"))
        asked = asked.join(shelf, and_(shelf.c.part == "events", shelf.c.id == other.c.row)).where(other.c.part == "events", other.c.name == mark)
        if own is not None:
            asked = asked.where(other.c.row.in_(_having("events", mark, (own,))), other.c.value != own)
        asked = asked.where(*conditions("events", wanted)).group_by(other.c.value).order_by(count.desc(), other.c.value).limit(limit)
        with self.connections.read() as connection:
            rows = connection.execute(asked).all()
        return tuple(Beside(value=row.value, events=row.events, first=0 if row.first == NEVER else row.first, last=row.last) for row in rows)

    def pairs(self, prefix: str, wanted: Wanted, limit: int, *, mark: Literal["entity", "side"] = "entity") -> tuple[tuple[str, str, int], ...]:
        """Two entities (or sides) whose ids begin so that take part in the events wanted, and in how many, those in most first."""
        one, other = shelf_marks.alias("one"), shelf_marks.alias("other")
        count = func.count().label("events")
        asked = select(one.c.value.label("left"), other.c.value.label("right"), count)
        both = and_(other.c.part == "events", other.c.name == mark, other.c.row == one.c.row, other.c.value > one.c.value)
        asked = asked.join(other, both).where(one.c.part == "events", one.c.name == mark, *_begins(one.c.value, prefix), *_begins(other.c.value, prefix))
        if wanted != Wanted(listing=wanted.listing):
            asked = asked.where(one.c.row.in_(select(shelf.c.id).where(*conditions("events", wanted))))
        ordered = asked.group_by(one.c.value, other.c.value).order_by(count.desc(), one.c.value, other.c.value).limit(limit)
        with self.connections.read() as connection:
            return tuple((left, right, events) for left, right, events in connection.execute(ordered))

    def newest(self) -> int:
        """The last day on which an article was published, 0 where none is known."""
        with self.connections.read() as connection:
            return int(connection.execute(select(func.max(shelf.c.latest)).where(shelf.c.part == "articles")).scalar() or 0)

    def weakest(self, kind: str, limit: int) -> tuple[tuple[str, str, float], ...]:
        """The links of a kind with the least scores: (left, right, score)."""
        asked = select(links.c.left_item, links.c.right_item, links.c.score).where(links.c.kind == kind)
        with self.connections.read() as connection:
            rows = connection.execute(asked.order_by(links.c.score, links.c.left_item, links.c.right_item).limit(limit)).all()
        return tuple((left, right, score) for left, right, score in rows)

    def loose(self) -> dict[str, int]:
        """What does not fit together: marks of rows that are not there, rows of groups that are not, groups and articles without a row."""
        found: dict[str, int] = {}
        with self.connections.read() as connection:
            row = select(shelf.c.id).where(shelf.c.part == _Mark.part, shelf.c.id == _Mark.row).exists()
            found["marks of rows that are not there"] = _number(connection, select(func.count()).select_from(shelf_marks).where(~row))
            for part, kinds, prefix in _GROUPED:
                named = select(groups.c.item).where(groups.c.item == func.substr(shelf.c.id, 2), groups.c.smallest == groups.c.item, groups.c.kind.in_(kinds))
                rows = select(func.count()).select_from(shelf).where(shelf.c.part == part, ~named.exists())
                found[f"{part} of groups that are not there"] = _number(connection, rows)
                if part != "events":
                    there = select(shelf.c.id).where(shelf.c.part == part, shelf.c.id == _prefixed(prefix, groups.c.item))
                    lone = select(func.count(distinct(groups.c.smallest))).where(groups.c.smallest == groups.c.item, groups.c.kind.in_(kinds), ~there.exists())
                    found[f"{part} without a row"] = _number(connection, lone)
            there = select(shelf.c.id).where(shelf.c.part == "articles", shelf.c.id == articles.c.id)
            read = select(occurrences.c.article).where(occurrences.c.article == articles.c.id)
            found["articles without a row"] = _number(connection, select(func.count()).select_from(articles).where(read.exists(), ~there.exists()))
        return {what: number for what, number in found.items() if number}


# Part, kinds of groups that it has a row for, and the letters of their ids.
_GROUPED: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
    ("entities", ("person", "state", "organization", "place"), {"person": "p", "state": "s", "organization": "o", "place": "l"}),
    ("events", ("event",), {"event": "v"}),
    ("statements", ("statement",), {"statement": "q"}),
    ("stories", ("story",), {"story": "t"}),
)


def _prefixed(prefix: dict[str, str], item: ColumnElement[str]) -> ColumnElement[str]:
    from sqlalchemy import case

    letters = case({kind: literal(letter, Words) for kind, letter in prefix.items()}, value=groups.c.kind)
    return letters.concat(item)


def _number(connection: Connection, asked: Select[Any]) -> int:
    return int(connection.execute(asked).scalar_one())


def _begins(column: ColumnElement[str], prefix: str) -> tuple[ColumnElement[bool], ...]:
    return column >= literal(prefix, Words), column < literal(prefix + "\U0010ffff", Words)


def conditions(part: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What must hold of a row of the shelf."""
    found: list[ColumnElement[bool]] = [shelf.c.part == part]
    for name, values in wanted.marks:
        found.append(shelf.c.id.in_(_named_in(values) if (part, name) == ("articles", "entity") else _having(part, name, values)))
    if wanted.ids is not None:
        found.append(shelf.c.id.in_(wanted.ids))
    if wanted.since is not None:
        found += [shelf.c.earliest > 0, shelf.c.latest >= wanted.since]
    if wanted.until is not None:
        found += [shelf.c.earliest > 0, shelf.c.earliest <= wanted.until]
    if wanted.dated is not None:
        found.append(shelf.c.earliest > 0 if wanted.dated else shelf.c.earliest == 0)
    if wanted.least:
        found.append(shelf.c.number >= wanted.least)
    if wanted.words:
        found.append(shelf.c.words.contains(wanted.words, autoescape=True))
    return found


def _having(part: str, name: str, values: Sequence[str]) -> Select[tuple[str]]:
    return select(_Mark.row).where(_Mark.part == part, _Mark.name == name, _Mark.value.in_(values))


def _named_in(ids: Sequence[str]) -> Select[tuple[str]]:
    """Articles in which something of the record occurs."""
    return select(occurrences.c.article).join(groups, groups.c.item == occurrences.c.item).where(groups.c.smallest.in_([one[1:] for one in ids]))


def _beyond(listing: Listing, after: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row comes after these values: the first column that differs decides."""
    found: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for (column, way), value in zip(LISTINGS[listing], after, strict=True):
        own = shelf.c[column]
        found.append(and_(*equal, own > value if way > 0 else own < value))
        equal.append(own == value)
    return or_(*found)
