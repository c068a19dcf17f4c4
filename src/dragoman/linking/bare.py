"""Parting a component in which some items bear only a bare name (a surname, an acronym) that several whole names could fill.

A bare item never welds two whole names: it goes to the strongest one, and where two different ones are about as strong, to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.linking.grouping import Pair, joined, pair
from dragoman.linking.items import Item, Link

# Two candidates whose scores are nearer than this are as strong as each other.
_ABOUT = 0.03
# Likeness ends here; a link that is stronger is a person's word and asks nobody.
_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Judge:
    """`vaguer` tells that the first item may be any of several like the second; `clash` that two groups are plainly two."""

    vaguer: Callable[[Item, Item], bool]
    clash: Callable[[Sequence[Item], Sequence[Item]], bool]


def parted(items: Sequence[Item], links: Iterable[Link], apart: frozenset[Pair], judge: Judge) -> list[frozenset[str]]:
    """The groups of a component; links that score more than 1 join whatever the names say."""
    links = sorted(set(links))
    by_id = {item.id: item for item in items}
    links = [link for link in links if link.left in by_id and link.right in by_id]
    told = {pair(link.left, link.right) for link in links if link.score > _SURE}

    def may(left: Sequence[Item], right: Sequence[Item]) -> bool:
        return any(pair(one.id, other.id) in told for one in left for other in right) or not judge.clash(left, right)

    def level(link: Link) -> bool:
        left, right = by_id[link.left], by_id[link.right]
        return link.score > _SURE or not (judge.vaguer(left, right) or judge.vaguer(right, left))

    groups = joined(items, filter(level, links), apart, may)
    unsettled = _unsettled(by_id, groups, links, judge)
    return joined(items, [link for link in links if link.score > _SURE or not {link.left, link.right} & unsettled], apart, may)


def _unsettled(by_id: Mapping[str, Item], groups: Iterable[frozenset[str]], links: Iterable[Link], judge: Judge) -> set[str]:
    """Items for which two groups of less vague ones that clash are about equally near."""
    group_of = {identity: group for group in groups for identity in group}
    reached: dict[str, dict[frozenset[str], float]] = {}
    for link in links:
        for here, there in ((link.left, link.right), (link.right, link.left)):
            if judge.vaguer(by_id[here], by_id[there]):
                scores = reached.setdefault(here, {})
                scores[group_of[there]] = max(link.score, scores.get(group_of[there], 0.0))
    found = set()
    for identity, candidates in reached.items():
        best = max(candidates.values())
        near = [[by_id[one] for one in sorted(group)] for group, score in candidates.items() if score >= best - _ABOUT]
        if any(judge.clash(one, other) for one, other in combinations(near, 2)):
            found.add(identity)
    return found
