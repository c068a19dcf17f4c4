"""Events of a record as Python has them: a row of values, and something to look at in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, overload

from dragoman.api import frames
from dragoman.exports.tables import Value
from dragoman.service import dossier
from dragoman.service.timeline import EventLine, Part

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame

_COLUMNS: tuple[frames.Column, ...] = (
    ("id", "text"), ("date", "text"), ("type", "text"), ("mode", "text"), ("factuality", "text"), ("place", "text"), ("participants", "texts"),
    ("sides", "texts"), ("topics", "texts"), ("contexts", "texts"), ("origins", "whole"), ("articles", "whole"), ("languages", "texts"),
    ("disputed", "texts"), ("sentence", "text"), ("article", "text"), ("start", "whole"), ("end", "whole"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(EventLine):
    """One thing that happened: `origins` independent reports, and the sentence that tells it first."""

    def _repr_html_(self) -> str:
        from dragoman.api.notebook import timeline

        return timeline((self,))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDossier(dossier.EventDossier):
    """An event with every report of it, each in its own language, and every version where they differ."""

    def _repr_html_(self) -> str:
        from dragoman.api.notebook import event

        return event(self)


@dataclass(frozen=True, slots=True)
class Timeline(Sequence[Event]):
    """Events by day, undated ones last."""

    events: tuple[Event, ...]

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> Timeline: ...
    def __getitem__(self, at: int | slice) -> Event | Timeline:
        return Timeline(self.events[at]) if isinstance(at, slice) else self.events[at]

    def to_pandas(self) -> PandasFrame:
        """A row an event: `participants` are names, `sides` codes of states or ids of organisations, `start` and `end` those of `sentence` in `article`.

        Raises ModelMissing where pandas is not installed.
        """
        return frames.pandas(_COLUMNS, map(_row, self.events))

    def to_polars(self) -> PolarsFrame:
        """The same for polars. Raises ModelMissing where polars is not installed."""
        return frames.polars(_COLUMNS, map(_row, self.events))

    def _repr_html_(self) -> str:
        from dragoman.api.notebook import timeline

        return timeline(self.events)


def as_event(line: EventLine) -> Event:
    """The same event, as notebooks show it."""
    return Event(**{field.name: getattr(line, field.name) for field in fields(line)})


def as_dossier(found: dossier.EventDossier) -> EventDossier:
    """The same, as notebooks show it."""
    return EventDossier(**{field.name: getattr(found, field.name) for field in fields(found)})


def _row(event: Event) -> tuple[Value, ...]:
    quote = event.evidence
    return (
        event.id, event.date, event.type, event.mode, event.factuality, event.place.name if event.place else None,
        tuple(part.entity.name for part in event.participants), tuple(dict.fromkeys(side for part in event.participants if (side := _side(part)))),
        event.topics, event.contexts, event.origins, event.articles, event.languages, event.disputed,
        quote.quote if quote else None, quote.article if quote else None, quote.start if quote else None, quote.end if quote else None,
    )  # fmt: skip


def _side(part: Part) -> str | None:
    """For whom somebody acts, himself where that is a state or an organisation."""
    if part.side is not None:
        return part.side.id
    return part.entity.code or (part.entity.id if part.entity.kind == "organization" else None)
