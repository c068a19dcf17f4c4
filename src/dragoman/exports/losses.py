"""What a format cannot hold, counted by kind, with the ids of some of it: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Ids that are named of many.
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Facts of one kind that a format cannot hold: how many, some of their ids, and why."""

    kind: str
    count: int
    examples: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Losses:
    """Filled while an export is written; `cannot` says of each kind of fact why the format has no place for it."""

    cannot: Mapping[str, str]
    _counts: dict[str, int] = field(default_factory=dict)
    _examples: dict[str, list[str]] = field(default_factory=dict)

    def lose(self, kind: str, id: str, *, count: int = 1) -> None:
        """Note that a fact of a kind is not in the export. Raises KeyError for a kind that the format does not own up to."""
        if kind not in self.cannot:
            raise KeyError(kind)
        if count:
            self._counts[kind] = self._counts.get(kind, 0) + count
            named = self._examples.setdefault(kind, [])
            if len(named) < _NAMED and id not in named:
                named.append(id)

    def found(self) -> tuple[Loss, ...]:
        """What was lost, in the order in which the format owns up to it."""
        return tuple(
            Loss(kind=kind, count=self._counts[kind], examples=tuple(self._examples[kind]), why=why)
            for kind, why in self.cannot.items()
            if kind in self._counts
        )


def lines(losses: Losses, format: str) -> tuple[str, ...]:
    """The report for people, a line a kind; one line where nothing was lost."""
    found = losses.found()
    if not found:
        return (f"{format} holds all of it",)
    return tuple(f"{format} cannot hold {one.kind}: {one.count} ({_some(one)}); {one.why}" for one in found)


def _some(loss: Loss) -> str:
    return ", ".join(loss.examples) + (", …" if loss.count > len(loss.examples) else "")


def report(losses: Losses, format: str) -> dict[str, object]:
    """The same as JSON knows it."""
    found = [{"kind": one.kind, "count": one.count, "examples": list(one.examples), "why": one.why} for one in losses.found()]
    return {"schema": "dragoman/losses/1", "format": format, "losses": found}
