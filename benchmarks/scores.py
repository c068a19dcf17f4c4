"""Precision, recall and F1, and what is made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Figures = dict[str, float]


def of(right: float, found: float, wanted: float) -> Figures:
    """Precision, recall and F1 from counts; 1 where nothing is wanted and nothing found, else 0 where nothing is right."""
    precision = right / found if found else float(not wanted)
    recall = right / wanted if wanted else float(not found)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def tallied(tally: Counter[str]) -> Figures:
    """The same from a count of 'right', 'wrong' and 'missed'."""
    return of(tally["right"], tally["right"] + tally["wrong"], tally["right"] + tally["missed"])


def share(right: float, every: float) -> float:
    """A share, 0 where there is nothing."""
    return round(right / every, 4) if every else 0.0


def by_class(pairs: Iterable[tuple[str, str]]) -> dict[str, Figures]:
    """(wanted, found) of every case to the figures of each class that is wanted; '' is no class."""
    counted = Counter(pairs)
    found = {}
    for kind in sorted({wanted for wanted, _ in counted if wanted}):
        right = counted[kind, kind]
        found[kind] = of(right, sum(n for (_, other), n in counted.items() if other == kind), sum(n for (one, _), n in counted.items() if one == kind))
    return found


def macro(pairs: Sequence[tuple[str, str]]) -> float:
    """Macro-F1: the mean of the F1 of every class that is wanted."""
    classes = by_class(pairs)
    return round(sum(one["f1"] for one in classes.values()) / len(classes), 4) if classes else 0.0


def weighted(pairs: Sequence[tuple[str, str]]) -> float:
    """F1 weighted by how often each class is wanted."""
    classes, often = by_class(pairs), Counter(wanted for wanted, _ in pairs if wanted)
    return round(sum(classes[kind]["f1"] * count for kind, count in often.items()) / sum(often.values()), 4) if often else 0.0


def accuracy(pairs: Sequence[tuple[str, str]]) -> float:
    """The share of cases in which what is found is what is wanted."""
    return share(sum(wanted == found for wanted, found in pairs), len(pairs))


def shown(figures: Figures) -> str:
    """P, R and F1 to three digits."""
    return f"P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}"
