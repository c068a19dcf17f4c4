"""What was asked for last, kept at hand: as much of it as a budget of characters allows, so that long articles need no more memory than short ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Held(Generic[T]):
    """Calls `find` for an id that is not at hand; what was asked for longest ago goes first. `size` gives the characters of one."""

    find: Callable[[str], T | None]
    size: Callable[[T], int]
    budget: int
    _at_hand: OrderedDict[str, T] = field(default_factory=OrderedDict)
    _sum: int = 0

    def __call__(self, id: str) -> T | None:
        found = self._at_hand.get(id)
        if found is not None:
            self._at_hand.move_to_end(id)
            return found
        found = self.find(id)
        if found is not None:
            self._at_hand[id] = found
            self._sum += self.size(found)
            while self._sum > self.budget and len(self._at_hand) > 1:
                _, oldest = self._at_hand.popitem(last=False)
                self._sum -= self.size(oldest)
        return found
