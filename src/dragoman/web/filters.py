"""The filters of lists of events and statements: from the values of a query to what the shelf is asked, and what a form shows of them.

Nothing typed ever becomes part of a query to the database: values are codes that are checked here, or words that the shelf binds as parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge.plover import TYPES
from dragoman.knowledge.topics import TOPICS
from dragoman.linking.days import days
from dragoman.model.reading import EntityKind
from dragoman.model.record import RecordEntity
from dragoman.model.shelf import Cut, Events, Named, Shelf, Statements
from dragoman.service.finding import state_code
from dragoman.service.sums import spelt_in_latin
from dragoman.web.query import Query

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
_ID = re.compile(r"[a-z][0-9a-f]{16}$")
_FACTUALITIES = ("actual", "planned", "possible", "denied")
# Others of the same name that are offered.
_OFFERED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A filter that holds: the query's name and value, and the entity that it names (for others the value says it); `others` answer to it as well."""

    name: str
    value: str
    entity: Named | None = None
    others: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, the filters that hold, and those that could not be understood (name, value)."""

    events: Events
    chosen: tuple[Chosen, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    nobody: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedStatements:
    """The same of statements."""

    statements: Statements
    chosen: tuple[Chosen, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    nobody: bool = False


@dataclass(slots=True)
class _Reader:
    """Takes the values of a query one by one, and remembers which held."""

    shelf: Shelf
    query: Query
    chosen: list[Chosen]
    lost: list[tuple[str, str]]
    nobody: bool = False

    def known(self, name: str, values: Sequence[str] | Mapping[str, object] | None = None) -> tuple[str, ...]:
        """The values that are among those known; all of them where the list is open, as for outlets."""
        found = []
        for value in self.query.many(name):
            if values is None or value in values:
                found.append(value)
                self.chosen.append(Chosen(name=name, value=value))
            else:
                self.lost.append((name, value))
        return tuple(found)

    def day(self, name: str) -> str | None:
        value = self.query.one(name)
        if value is None:
            return None
        if not _DAY.match(value) or days(value) is None:
            self.lost.append((name, value))
            return None
        self.chosen.append(Chosen(name=name, value=value))
        return value

    def sides(self, name: str) -> tuple[str, ...]:
        """States by code or name in any language, organisations by id or name."""
        found = []
        for value in self.query.many(name):
            code = state_code(value) if not _ID.match(value) else None
            if code:
                found.append(code)
                self.chosen.append(Chosen(name=name, value=value, entity=Named(id=code, name=code, kind="state", code=code)))
            else:
                found += self._entity(name, value, ("organization", "state"))
        return tuple(found)

    def entities(self, name: str, *kinds: EntityKind) -> tuple[str, ...]:
        """Entities by id or by a name as typed: of several the one most often told of."""
        return tuple(one for value in self.query.many(name) for one in self._entity(name, value, kinds))

    def _entity(self, name: str, value: str, kinds: Sequence[EntityKind]) -> list[str]:
        found = found_entities(self.shelf, value, kinds)
        if not found:
            self.nobody = True
            self.lost.append((name, value))
            return []
        first, *others = (named_of(one) for one in found)
        self.chosen.append(Chosen(name=name, value=value, entity=first, others=tuple(others[:_OFFERED])))
        return [first.id]


def found_entities(shelf: Shelf, typed: str, kinds: Sequence[EntityKind]) -> list[RecordEntity]:
    """The entity of an id, else those of a name in any spelling, the most told of first."""
    if _ID.match(typed):
        entity = shelf.entity(typed)
        return [entity] if entity is not None and entity.kind in kinds else []
    return [one for kind in kinds for one in shelf.entities(kind, words=typed, cut=Cut(limit=_OFFERED + 1)).rows]


def named_of(entity: RecordEntity) -> Named:
    """An entity as others speak of it."""
    spelt = spelt_in_latin(entity.name, ((one.text, one.language, one.count) for one in entity.names))
    return Named(id=entity.id, name=entity.name, kind=entity.kind, code=entity.code, state=entity.state, spelt=spelt)


def asked(shelf: Shelf, query: Query, *, sides: tuple[str, ...] = (), entities: tuple[str, ...] = ()) -> Asked:
    """The events that a query asks for, beside the sides and entities that the page is of."""
    reader = _Reader(shelf, query, [], [])
    disputed = query.one("disputed")
    events = Events(
        sides=(*sides, *reader.sides("state")),
        entities=(*entities, *reader.entities("person", "person")),
        types=reader.known("type", TYPES),
        topics=reader.known("topic", TOPICS),
        places=reader.entities("place", "place", "state"),
        languages=reader.known("language"),
        outlets=reader.known("outlet"),
        factuality=reader.known("factuality", _FACTUALITIES),  # type: ignore[arg-type]
        since=reader.day("since"),
        until=reader.day("until"),
        disputed=True if disputed == "yes" else None,
        order="oldest" if query.one("order") == "oldest" else "newest",
    )
    if disputed == "yes":
        reader.chosen.append(Chosen(name="disputed", value="yes"))
    return Asked(events=events, chosen=tuple(reader.chosen), lost=tuple(reader.lost), nobody=reader.nobody)


def asked_statements(shelf: Shelf, query: Query) -> AskedStatements:
    """The statements that a query asks for."""
    reader = _Reader(shelf, query, [], [])
    words = query.one("words")
    wanted = Statements(
        speakers=reader.entities("speaker", "person", "organization", "state"),
        sides=reader.sides("state"),
        channels=reader.known("channel"),
        topics=reader.known("topic", TOPICS),
        words=words,
        since=reader.day("since"),
        until=reader.day("until"),
    )
    if words:
        reader.chosen.append(Chosen(name="words", value=words))
    return AskedStatements(statements=wanted, chosen=tuple(reader.chosen), lost=tuple(reader.lost), nobody=reader.nobody)
