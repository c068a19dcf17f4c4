"""What most reports say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def most(values: Iterable[str] | Counter[str]) -> str | None:
    """The most frequent value, of values or of votes counted already; of equally frequent ones the first by letters; None of none."""
    votes = Counter(values)
    return min(votes, key=lambda value: (-votes[value], value)) if votes else None
