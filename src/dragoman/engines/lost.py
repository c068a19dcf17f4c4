"""What an engine gives in the place of a result that it could not get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """The item whose work failed, and why, in the user's words."""

    item: Item
    reason: str


def failed(error: BaseException) -> str:
    """The reason of an error that the work raised: the same in every engine."""
    return f"{type(error).__name__}: {error}"
