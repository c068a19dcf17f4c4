"""When an article of no known day can have been published, by other reports of what it reports.

Who reports what happened on 12 October wrote no earlier, who announces it no later; that the day is known at all is owed to reports that have one. Only
bounds are given, never a day: how long after an event somebody wrote of it nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Between = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A day of an event that the undated article reports too: as it happened (`actual`) or as it is planned; `articles` are the dated reports that say so."""

    event: str
    day: date
    actual: bool
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """The first and the last day, either open, and the witnesses that moved them, at most one each; none where the article's own text says as much."""

    between: Between
    evidence: tuple[Witness, ...]


def inferred(own: Between | None, witnesses: Iterable[Witness]) -> Inferred | None:
    """The days that the article's own text and the other reports leave; None where they leave all, or contradict each other.

    The result does not depend on the order of the witnesses: of equal days the one of the smaller event counts.
    """
    first, last = own or (None, None)
    after: Witness | None = None
    before: Witness | None = None
    for one in sorted(witnesses, key=lambda witness: (witness.day, witness.event, witness.articles)):
        if one.actual and (first is None or one.day > first):
            first, after = one.day, one
        elif not one.actual and (last is None or one.day < last):
            last, before = one.day, one
    if (first is None and last is None) or (first is not None and last is not None and first > last):
        return None
    return Inferred(between=(first, last), evidence=tuple(one for one in (after, before) if one is not None))
