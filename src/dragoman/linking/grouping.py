"""Components of linked items, and how one is parted so that a chain of half-alike items does not weld two things together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dragoman.linking.items import Item, Link

Pair = tuple[str, str]


def pair(left: str, right: str) -> Pair:
    """Two ids in order."""
    return (left, right) if left < right else (right, left)


def component(start: Iterable[str], neighbours: Callable[[Sequence[str]], Iterable[Link]]) -> tuple[frozenset[str], frozenset[Link]]:
    """All that hangs together with some items, asked for ring by ring, and the links among them."""
    seen = set(start)
    waiting = sorted(seen)
    links: set[Link] = set()
    while waiting:
        found = set(neighbours(waiting))
        links |= found
        reached = {end for link in found for end in (link.left, link.right)} - seen
        seen |= reached
        waiting = sorted(reached)
    return frozenset(seen), frozenset(links)


def welded(groups: Iterable[frozenset[str]], told: Iterable[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """The groups, those whole that a person's word joins, whatever the kind's rule says of them; another word may keep them apart."""
    group_of = {identity: group for group in groups for identity in group}
    for link in sorted(told, key=lambda link: (link.left, link.right)):
        left, right = group_of.get(link.left), group_of.get(link.right)
        if left is None or right is None or left is right or any(pair(one, other) in apart for one in left for other in right):
            continue
        both = left | right
        group_of |= dict.fromkeys(both, both)
    return sorted(set(group_of.values()), key=min)


def joined(
    items: Sequence[Item], links: Iterable[Link], apart: frozenset[Pair], may: Callable[[Sequence[Item], Sequence[Item]], bool] = lambda left, right: True
) -> list[frozenset[str]]:
    """Groups grown along the links, the strongest first; two groups stay two where a pair of them must, or where `may` says so."""
    by_id = {item.id: item for item in items}
    group_of: dict[str, list[str]] = {identity: [identity] for identity in sorted(by_id)}
    for link in sorted(links, key=lambda link: (-link.score, link.left, link.right)):
        if link.left not in by_id or link.right not in by_id:
            continue
        left, right = group_of[link.left], group_of[link.right]
        if left is right or any(pair(one, other) in apart for one in left for other in right):
            continue
        if not may([by_id[one] for one in sorted(left)], [by_id[one] for one in sorted(right)]):
            continue
        merged = left + right
        for identity in merged:
            group_of[identity] = merged
    return sorted({frozenset(group) for group in group_of.values()}, key=min)
