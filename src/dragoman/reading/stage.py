"""A stage is a value: what it needs, what it gives, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`run(article, reading, kit)` returns the reading with only the layers in `gives` filled or extended.

    `version` is raised whenever the result of the stage changes, so that kept readings are made afresh.
    """

    name: str
    version: int
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Article, Reading, Kit], Reading]
