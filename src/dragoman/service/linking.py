"""What has come new is linked to its neighbourhood and to nothing else, so that one more article costs about the same at a thousand and at a million."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.linking.given import Given, joined_by_hand, parted_by_hand
from dragoman.linking.grouping import component, welded
from dragoman.linking.items import Item, Kind, Link
from dragoman.model.codec import loads
from dragoman.store.protocol import Store

# Digits of a score that are kept: the last bits of a sum may differ from one machine to another.
_DIGITS = 4


def link(store: Store, kinds: Sequence[Kind], fresh: Iterable[Item]) -> None:
    """Find the links of these items, which the store holds already, and part their components anew. Inside `store.writing()`."""
    by_kind: dict[str, list[Item]] = {}
    for item in fresh:
        by_kind.setdefault(item.kind, []).append(item)
    for kind in kinds:
        items = by_kind.get(kind.name, [])
        if items:
            store.put_links(kind.name, sorted(_links(store, kind, items)))
            regroup(store, kind, [item.id for item in items])


def _links(store: Store, kind: Kind, items: Sequence[Item]) -> set[Link]:
    found: set[Link] = set()
    for item in items:
        asked = item.asks or item.keys
        if not asked:
            continue
        for other in store.by_keys(kind.name, asked):
            if other.id == item.id:
                continue
            left, right = (item, other) if item.id < other.id else (other, item)
            score = round(kind.likeness(left, right).score, _DIGITS)
            if score >= kind.threshold:
                found.add(Link(left.id, right.id, score))
    return found


def regroup(store: Store, kind: Kind, items: Sequence[str]) -> None:
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
    store.put_groups(kind.name, welded(kind.part(store.items(sorted(members)), sorted(links - told), apart), told, apart))


def _corrected(store: Store, kind: Kind) -> tuple[list[Link], frozenset[tuple[str, str]]]:
    """What corrections of this kind join and part, by items as the readings are now."""
    corrections = [one for one in store.corrections() if one.kind == kind.name and not one.undone and one.right is not None]
    if not corrections:
        return [], frozenset()
    articles = sorted({anchor.partition("#")[0] for one in corrections for anchor in (one.left, str(one.right))})
    occurrences = store.occurrences(articles=articles)
    given = Given(
        articles=(),
        readings={article: loads(text) for article, text in store.readings(articles)},
        items={item.id: item for item in store.items(sorted({one.item for one in occurrences}))},
        occurrences=occurrences,
        links={},
        corrections=corrections,
        kinds=(kind,),
    )
    return joined_by_hand(kind.name, given), parted_by_hand(kind.name, given)
