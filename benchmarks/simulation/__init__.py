"""A diplomatic world whose truth is known: reports of what happened in it, their readings and signatures, without a model and without end.

    from benchmarks.simulation import world
    for report in world(seed=1, articles=1000): report.reading, report.signature, report.truth

States, offices changing hands, visits, calls, accords and quarrels; desks of five languages that report them, copy and translate each other, err and
differ. The first thousand reports of a seed are the same however many are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from benchmarks.simulation.outlets import Plan, plans
from benchmarks.simulation.telling import Truth, tell
from benchmarks.simulation.vectors import signature
from benchmarks.simulation.world import Chronicle, Term, terms
from dragoman.linking.items import Signature
from dragoman.model.reading import Reading

__all__ = ["Chronicle", "Report", "Term", "Truth", "main", "terms", "texts", "world"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report: its reading, what linking needs besides, and what is so."""

    plan: Plan
    reading: Reading
    signature: Signature
    truth: Truth


def world(seed: int, articles: int) -> Iterator[Report]:
    """So many reports of the world of that seed, in the order of the days they are about; no two have one text."""
    seen: set[str] = set()
    for plan, reading, truth, told in islice(_told(seed, seen), articles):
        yield Report(plan=plan, reading=reading, truth=truth, signature=signature(reading.article.text, plan, told))


def texts(seed: int, articles: int) -> Iterator[tuple[Reading, Truth]]:
    """The same without signatures, which cost most: for reading, and for the truth alone."""
    seen: set[str] = set()
    for _, reading, truth, _ in islice(_told(seed, seen), articles):
        yield reading, truth


def _told(seed: int, seen: set[str]) -> Iterator[tuple[Plan, Reading, Truth, tuple[str, ...]]]:
    for plan in plans(Chronicle(seed, terms(seed))):
        reading, truth, told = tell(plan, seed)
        if reading.article.id not in seen:
            seen.add(reading.article.id)
            yield plan, reading, truth, told


def main(arguments: list[str]) -> None:
    """The command `python -m benchmarks simulation`."""
    from benchmarks.simulation.command import main as run

    run(arguments)
