"""What has come new is linked to its neighbourhood and to nothing else, so that one more article costs about the same at a thousand and at a million."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.linking.given import joined_by_hand, parted_by_hand
from dragoman.linking.grouping import component, welded
from dragoman.linking.items import Item, Kind, Link
from dragoman.service.record import given_at
from dragoman.store.protocol import Store

# Digits of a score that are kept: the last bits of a sum may differ from one machine to another.
_DIGITS = 4


@dataclass(slots=True)
class Touched:
    """What linking has looked at in a transaction: by kind, each item with the smallest of the group that it was in before (None where it was in none).

    All items of every group that may have changed are there; `told` are those of which an article has newly told.
    """

    before: dict[str, dict[str, str | None]] = field(default_factory=lambda: defaultdict(dict))
    told: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, store: Store, kind: str, items: Iterable[str]) -> None:
        """Remember the groups of these items as they are now, where they are not known from earlier."""
        before = self.before[kind]
        new = sorted(set(items) - before.keys())
        of = store.group_of(new)
        mates = {mate: smallest for smallest, group in store.shelving.grouped(kind, set(of.values())).items() for mate in group}
        for item, smallest in {**dict.fromkeys(new), **mates}.items():
            before.setdefault(item, smallest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What an item has been compared with, by id, and the links that came of it."""

    compared: frozenset[str] = frozenset()
    links: frozenset[Link] = frozenset()


# Who compares pairs of items of a kind, and gives the links that come of them.
Comparing = Callable[[Kind, Sequence[tuple[Item, Item]]], Iterable[Link]]
_NOBODY: Mapping[str, Met] = {}


def compare(kind: Kind, pairs: Iterable[tuple[Item, Item]]) -> list[Link]:
    """The links among pairs, the item with the smaller id first."""
    found = (Link(left.id, right.id, round(kind.likeness(left, right).score, _DIGITS)) for left, right in pairs)
    return [one for one in found if one.score >= kind.threshold]


def link(
    store: Store, kinds: Sequence[Kind], fresh: Iterable[Item], touched: Touched, met: Mapping[str, Met] = _NOBODY, comparing: Comparing = compare
) -> None:
    """Find the links of these items, which the store holds already, and part their components anew. Inside `store.writing()`.

    `met` is what some of them have met before, in whatever state of the record.
    """
    by_kind: dict[str, list[Item]] = {}
    for item in fresh:
        by_kind.setdefault(item.kind, []).append(item)
    for kind in kinds:
        items = by_kind.get(kind.name, [])
        if items:
            touched.told[kind.name].update(item.id for item in items)
            store.put_links(kind.name, sorted({one for now in meet(store, kind, items, met, comparing).values() for one in now.links}))
            regroup(store, kind, [item.id for item in items], touched)


def meet(store: Store, kind: Kind, items: Sequence[Item], met: Mapping[str, Met] = _NOBODY, comparing: Comparing = compare) -> dict[str, Met]:
    """Compare items with those of the record that hold one of the keys by which they ask, but for those that they have met before."""
    asked = {item.id: item.asks or item.keys for item in items}
    holders = store.holders(kind.name, sorted({key for keys in asked.values() for key in keys}))
    likely = {identity: frozenset(other for key in keys for other in holders.get(key, ())) - {identity} for identity, keys in asked.items()}
    strangers = {identity: others - met[identity].compared if identity in met else others for identity, others in likely.items()}
    known = {one.id: one for one in (*store.items(sorted(set().union(*strangers.values()))), *items)}
    pairs = sorted({(min(identity, other), max(identity, other)) for identity, others in strangers.items() for other in others})
    links: dict[str, set[Link]] = {identity: set() for identity in asked}
    for one in comparing(kind, [(known[left], known[right]) for left, right in pairs]):
        for here, there in ((one.left, one.right), (one.right, one.left)):
            if there in likely.get(here, ()):
                links[here].add(one)
    for identity in asked.keys() & met.keys():
        # What was met before may be gone from the record by now.
        links[identity] |= {one for one in met[identity].links if {one.left, one.right} - {identity} <= likely[identity]}
    return {identity: Met(compared=likely[identity], links=frozenset(links[identity])) for identity in asked}


def regroup(store: Store, kind: Kind, items: Sequence[str], touched: Touched) -> None:
    """Part the components of these items anew, with what corrections say of them."""
    by_hand, apart = _corrected(store, kind)
    touching: dict[str, list[Link]] = {}
    for one in by_hand:
        touching.setdefault(one.left, []).append(one)
        touching.setdefault(one.right, []).append(one)

    def neighbours(asked: Sequence[str]) -> list[Link]:
        return [*store.links(kind.name, asked), *(one for item in asked for one in touching.get(item, ()))]

    members, links = component(items, neighbours)
    told = links & set(by_hand)
    touched.note(store, kind.name, members)
    store.put_groups(kind.name, welded(kind.part(store.items(sorted(members)), sorted(links - told), apart), told, apart))


def _corrected(store: Store, kind: Kind) -> tuple[list[Link], frozenset[tuple[str, str]]]:
    """What corrections of this kind join and part, by items as the readings are now."""
    corrections = [one for one in store.corrections() if one.kind == kind.name and not one.undone and one.right is not None]
    if not corrections:
        return [], frozenset()
    articles = sorted({anchor.partition("#")[0] for one in corrections for anchor in (one.left, str(one.right))})
    given = given_at(store, (kind,), articles, corrections)
    return joined_by_hand(kind.name, given), parted_by_hand(kind.name, given)
