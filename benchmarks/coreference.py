"""MUC, B-cubed and CEAF-e of chains of mentions, and their mean, the CoNLL F1.

Mentions are any hashable values; a response mention that is no gold mention counts against precision. CEAF-e pairs chains one to one so that the sum of
their likeness is greatest: exact where chains that overlap form small groups, greedy where a group holds more than _EXACT chains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from benchmarks import scores

Chains = Sequence[frozenset[Hashable]]
_EXACT = 9


def conll(gold: Chains, ours: Chains) -> dict[str, scores.Figures | float]:
    """All three and the mean of their F1; chains of one mention are left out on both sides."""
    gold, ours = [one for one in gold if len(one) > 1], [one for one in ours if len(one) > 1]
    found = {"muc": muc(gold, ours), "b3": b_cubed(gold, ours), "ceafe": ceaf_e(gold, ours)}
    return {**found, "conll_f1": round(sum(one["f1"] for one in found.values()) / 3, 4)}


def muc(gold: Chains, ours: Chains) -> scores.Figures:
    """Links kept (Vilain et al. 1995)."""
    recalled, of_gold = _links(gold, ours)
    right, of_ours = _links(ours, gold)
    return _figures(right, of_ours, recalled, of_gold)


def _links(keys: Chains, responses: Chains) -> tuple[float, float]:
    where = _where(responses)
    kept = every = 0
    for chain in keys:
        pieces = len({where[one] for one in chain if one in where}) + sum(one not in where for one in chain)
        kept, every = kept + len(chain) - pieces, every + len(chain) - 1
    return kept, every


def b_cubed(gold: Chains, ours: Chains) -> scores.Figures:
    """Mention by mention (Bagga and Baldwin 1998)."""
    recalled, of_gold = _by_mention(gold, ours)
    right, of_ours = _by_mention(ours, gold)
    return _figures(right, of_ours, recalled, of_gold)


def _by_mention(keys: Chains, responses: Chains) -> tuple[float, float]:
    chain_of = {one: chain for chain in responses for one in chain}
    found = sum(len(chain & chain_of.get(one, frozenset())) / len(chain) for chain in keys for one in chain)
    return found, sum(len(chain) for chain in keys)


def ceaf_e(gold: Chains, ours: Chains) -> scores.Figures:
    """Chains paired one to one, by phi-4 (Luo 2005)."""
    where = _where(gold)
    likeness: dict[tuple[int, int], float] = {}
    for number, chain in enumerate(ours):
        for other in {where[one] for one in chain if one in where}:
            likeness[other, number] = 2 * len(gold[other] & chain) / (len(gold[other]) + len(chain))
    best = sum(_assigned(group) for group in _groups(likeness))
    return _figures(best, len(ours), best, len(gold))


def _groups(likeness: dict[tuple[int, int], float]) -> Iterable[dict[tuple[int, int], float]]:
    """Pairs of chains that have to do with each other."""
    beside: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for pair in likeness:
        beside["g", pair[0]].append(pair)
        beside["o", pair[1]].append(pair)
    seen: set[tuple[int, int]] = set()
    for start in sorted(likeness):
        if start in seen:
            continue
        group, waiting = set[tuple[int, int]](), [start]
        while waiting:
            pair = waiting.pop()
            if pair not in group:
                group.add(pair)
                waiting += [*beside["g", pair[0]], *beside["o", pair[1]]]
        seen |= group
        yield {pair: likeness[pair] for pair in group}


def _assigned(group: dict[tuple[int, int], float]) -> float:
    rows = sorted({pair[0] for pair in group})
    if len(rows) > _EXACT:
        return _greedy(group)
    sums: dict[frozenset[int], float] = {frozenset(): 0.0}
    for row in rows:
        fresh = dict(sums)
        for taken, worth in sums.items():
            for (one, other), more in group.items():
                if one == row and other not in taken:
                    key = taken | {other}
                    fresh[key] = max(fresh.get(key, 0.0), worth + more)
        sums = fresh
    return max(sums.values())


def _greedy(group: dict[tuple[int, int], float]) -> float:
    rows, columns, worth = set[int](), set[int](), 0.0
    for (row, column), more in sorted(group.items(), key=lambda one: (-one[1], one[0])):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            worth += more
    return worth


def _where(chains: Chains) -> dict[Hashable, int]:
    return {one: number for number, chain in enumerate(chains) for one in chain}


def _figures(right: float, of_ours: float, recalled: float, of_gold: float) -> scores.Figures:
    precision = right / of_ours if of_ours else float(not of_gold)
    recall = recalled / of_gold if of_gold else float(not of_ours)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
