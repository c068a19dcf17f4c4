"""From what people type to what a correction keeps: the words of an article that mean a thing, so that it outlives new readings and new links.

typed (id · name · article · ARTICLE:v1 · anchor) ──▶ item ──▶ anchor 'ARTICLE#START-END' ──given.anchored──▶ item, in whatever reading there is then
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from dragoman.linking.given import ANCHOR, Given, anchored
from dragoman.linking.items import Kind
from dragoman.model.errors import Ambiguous, InputError, NotFound
from dragoman.model.reading import Entity, EntityKind
from dragoman.model.shelf import Shelf
from dragoman.service.finding import find_article, find_entity, find_event, nearness
from dragoman.service.naming import FIRST, WHOLE, anchor_of
from dragoman.service.plain import plain
from dragoman.service.record import given_at
from dragoman.store.protocol import Store

ENTITIES = ("person", "state", "organization", "place")
# More than any likeness of names.
_EQUAL = 9


@dataclass(frozen=True)
class Ground:
    """What corrections stand on: the store with its shelf, and of the articles that they name what the words mean there."""

    store: Store
    shelf: Shelf
    kinds: Sequence[Kind]
    _given: dict[str, Given] = field(default_factory=dict)

    def kind(self, typed: str) -> Kind:
        """The kind of that name. Raises InputError where there is none."""
        wanted = {"organisation": "organization"}.get(typed.lower(), typed.lower())
        kind = next((one for one in self.kinds if one.name == wanted), None)
        if kind is None:
            raise InputError(f"'{typed}' is no kind of thing; there are {', '.join(one.name for one in self.kinds)}")
        return kind

    def given(self, article: str) -> Given:
        """What stands in an article."""
        if article not in self._given:
            self._given[article] = given_at(self.store, self.kinds, [article])
        return self._given[article]

    def anchored(self, anchor: str | None, kind: str) -> str | None:
        """The item that an anchor names now; None where nothing of the kind stands there any more."""
        return anchored(anchor, kind, self.given(anchor.partition(ANCHOR)[0])) if anchor else None

    def item(self, typed: str) -> str | None:
        """The item that an id is made of: the letter of a kind and the item's own."""
        found = self.store.shelving.kind_of(typed[1:])
        return typed[1:] if found is not None and {kind.name: kind.prefix for kind in self.kinds}.get(found[0]) == typed[:1] else None

    def at(self, kind: str, article: str, local: str) -> str | None:
        """The item of what an article calls by a local id."""
        return self.given(article).at.get((kind, article, local))

    def first(self, item: str) -> tuple[str, str] | None:
        """Where an item occurs first: article and local id."""
        return next(iter(self.store.shelving.first(item)), None)

    def entity(self, item: str) -> Entity | None:
        """The entity that an item is where it occurs first."""
        where = self.first(item)
        return self.given(where[0]).readings[where[0]].entity(where[1]) if where else None

    def anchor(self, kind: Kind, item: str) -> str:
        """The words that a correction names an item by. Raises InputError where none do."""
        articles = [article for article, _ in self.store.shelving.first(item, FIRST)]
        return anchor_of(given_at(self.store, (kind,), articles), kind, item)


def item_of(ground: Ground, kind: Kind, typed: str) -> str:
    """The item that is meant: of an id exactly its own, of a name the one that bears it. Raises NotFound or Ambiguous."""
    if ANCHOR in typed:
        item = ground.anchored(typed, kind.name)
        if item is None:
            raise NotFound(f"'{typed}' are words of no {kind.name}; give an id")
        return item
    own = ground.item(typed)
    if own is not None:
        meant = next(one.name for one in ground.kinds if one.prefix == typed[:1])
        if meant != kind.name:
            raise InputError(f"'{typed}' is the id of a thing of the kind {meant}, not {kind.name}")
        return own
    if kind.name in WHOLE:
        return _at(ground, kind.name, find_article(ground.shelf, typed).id, "")
    article, _, local = typed.rpartition(":")
    if article:
        return _at(ground, kind.name, find_article(ground.shelf, article).id, local)
    if kind.name in ENTITIES:
        return _of_name(ground, cast("EntityKind", kind.name), typed)
    if kind.name == "event":
        return find_event(ground.shelf, typed).id[1:]
    raise NotFound(f"the record has no {kind.name} '{typed}'; give an id, as the output of show has them")


def _at(ground: Ground, kind: str, article: str, local: str) -> str:
    item = ground.at(kind, article, local)
    if item is None:
        raise NotFound(f"article {article} has no {kind}{f' {local}' if local else ''}; see: dragoman show article {article}")
    return item


def _of_name(ground: Ground, kind: EntityKind, typed: str) -> str:
    """The item that bears just this name, else those that answer to it best, if all that do are one thing of the record."""
    things = ground.shelf.spelt(kind, typed)
    items = {member.id[1:]: thing for thing in things for member in ground.shelf.members(thing.id)}
    full, spelt = ground.store.summed.called(items), ground.store.summed.called(items, "called", "name")
    bearing: dict[int, set[str]] = {}
    for item in items:
        equal = any(plain(typed) == plain(name) for name in full.get(item, ()))
        near = _EQUAL if equal else max((nearness(typed, name) for name in spelt.get(item, ())), default=0)
        bearing.setdefault(near, set()).add(item)
    best = max(bearing, default=0)
    if not best:
        return find_entity(ground.shelf, kind, typed).id[1:]
    meant = {items[item].id: items[item] for item in bearing[best]}
    if len(meant) > 1:
        lines = tuple(f"{one}  {meant[one].name}" for one in sorted(meant))
        raise Ambiguous(f"'{typed}' may be {len(meant)} of the kind {kind}; give the id of one of these", lines)
    return min(bearing[best])
