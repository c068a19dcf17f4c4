"""Parting a component in which some items bear only a bare name (a surname, an acronym) that several whole names could fill.

A bare item never welds two whole names: it goes to the strongest one, and where two different ones are about as strong, to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.linking.grouping import Pair, joined, pair
from dragoman.linking.items import Item, Link

# Two candidates whose scores are nearer than this are as strong as each other.
_ABOUT = 0.03
# Likeness ends here; a link that is stronger is a person's word and asks nobody.
_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Judge:
    """`bare` tells items that have no whole name; `differ` whether two items are plainly two."""

    bare: Callable[[Item], bool]
    differ: Callable[[Item, Item], bool]


def parted(items: Sequence[Item], links: Iterable[Link], apart: frozenset[Pair], judge: Judge) -> list[frozenset[str]]:
    """The groups of a component; links that score more than 1 join whatever the names say."""
    links = sorted(set(links))
    told = {pair(link.left, link.right) for link in links if link.score > _SURE}
    unsettled = _unsettled({item.id: item for item in items}, links, judge)
    kept = [link for link in links if link.score > _SURE or not {link.left, link.right} & unsettled]

    def may(left: Sequence[Item], right: Sequence[Item]) -> bool:
        if any(pair(one.id, other.id) in told for one in left for other in right):
            return True
        whole = [[item for item in side if not judge.bare(item)] for side in (left, right)]
        if not whole[0] and not whole[1]:
            whole = [list(left), list(right)]
        pairs = [(one, other) for one in whole[0] for other in whole[1]]
        # Likeness of spellings is not transitive: one odd pair among many does not part a person.
        return 2 * sum(judge.differ(one, other) for one, other in pairs) <= len(pairs)

    return joined(items, kept, apart, may)


def _unsettled(by_id: dict[str, Item], links: Iterable[Link], judge: Judge) -> set[str]:
    """Bare items with two different whole names about equally near."""
    reached: dict[str, list[tuple[float, Item]]] = {}
    for link in links:
        for here, there in ((link.left, link.right), (link.right, link.left)):
            if here in by_id and there in by_id and judge.bare(by_id[here]) and not judge.bare(by_id[there]):
                reached.setdefault(here, []).append((link.score, by_id[there]))
    found = set()
    for identity, candidates in reached.items():
        best = max(score for score, _ in candidates)
        near = [item for score, item in candidates if score >= best - _ABOUT]
        if any(judge.differ(one, other) for place, one in enumerate(near) for other in near[:place]):
            found.add(identity)
    return found
