"""What an engine gives in the place of a result that it could not get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.model.errors import is_of_the_machine

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Lost(Generic[Item]):
    """The item whose work failed, and why, in the user's words."""

    item: Item
    reason: str


def machine(error: BaseException) -> str | None:
    """The reason why all work must stop, where an error is the machine's: a full disk costs no article, they are read when there is room again."""
    if not is_of_the_machine(error):
        return None
    why = error.strerror if isinstance(error, OSError) and error.strerror else "no more memory"
    return f"this machine cannot go on ({why}); make room, then run the same command again: nothing that was kept is lost"


def failed(error: BaseException) -> str:
    """The reason of an error that the work raised: the same in every engine."""
    return f"{type(error).__name__}: {error}"
