"""In this process, one item after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Self, TypeVar

from dragoman.engines.lost import Lost, failed, machine
from dragoman.model.errors import EngineError

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Here:
    """The engine for one worker: nothing to start, nothing to send, nothing to end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        return

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """The result of each item in order, or Lost where the work raised. Raises EngineError where the machine cannot go on."""
        for item in items:
            try:
                result = work(item)
            except Exception as error:
                if reason := machine(error):
                    raise EngineError(reason) from error
                yield Lost(item, failed(error))
            else:
                yield result
