"""The timeline: a lane for each side, person or kind, a mark for each event; what several lanes take part in is joined by a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.linking.days import days
from dragoman.model.shelf import Named
from dragoman.web import links
from dragoman.web.pages.cards import Card
from dragoman.web.pictures.svg import Picture
from dragoman.web.pictures.times import Tick, scale_of, ticks
from dragoman.web.query import Query

LANES = ("side", "person", "type")
_WIDTH, _LEFT, _ROW, _FOOT = 1080.0, 170.0, 52.0, 22.0
_MOST_LANES = 16
# How far a mark stands from the middle of its lane, and each further one of that place beside it.
_OFF, _STEP, _NEAR = 7.0, 5.0, 9.0
_STACKED = 3
# One of so many events may be far from the others, and how far (of the time of all others) far is.
_FEW, _ALONE = 40, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane: its middle, and what it is of (a code for kinds of events)."""

    y: float
    key: str
    named: Named | None
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event in a lane; `first` is True in the first lane it is in, which alone the keyboard stops at."""

    x: float
    y: float
    event: Card
    href: str
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A line between the lanes of one event."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """All of it; `left` is where time begins."""

    left: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    joints: tuple[Joint, ...]
    marks: tuple[Mark, ...]


def lanes(events: Sequence[Card], by: str, query: Query) -> Picture | None:
    """The picture of the events that have a day; None where none has."""
    dated = [(event, span) for event in events if (span := days(event.date)) is not None]
    if not dated:
        return None
    counts: Counter[str] = Counter()
    known: dict[str, Named | None] = {}
    for event, _ in dated:
        own = _lanes_of(event, by)
        known |= own
        counts.update(list(own))
    keys = [key for key, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST_LANES]]
    middle = {key: place * _ROW + _ROW / 2 for place, key in enumerate(keys)}
    first, last = _bounds([(span.earliest + span.latest) // 2 for _, span in dated])
    scale = scale_of(first, last, _WIDTH, _LEFT)
    marks: list[Mark] = []
    joints: list[Joint] = []
    taken: Counter[tuple[str, int, bool]] = Counter()
    for event, span in dated:
        x = round(scale(min(max((span.earliest + span.latest) // 2, first), last)), 1)
        own_keys = [key for key in keys if key in _lanes_of(event, by)]
        conflict = links.tilted(event.type) == "conflict"
        for place, key in enumerate(own_keys):
            spot = (key, round(x / _NEAR), conflict)
            off = _OFF + _STEP * min(taken[spot], _STACKED)
            taken[spot] += 1
            y = round(middle[key] + (off if conflict else -off), 1)
            marks.append(Mark(x=x, y=y, event=event, href=query.link(links.event(event.id)), first=place == 0))
        if len(own_keys) > 1:
            heights = [middle[key] for key in own_keys]
            joints.append(Joint(x=x, top=min(heights), bottom=max(heights)))
    rows = tuple(Lane(y=middle[key], key=key, named=known[key], href=_address(key, known[key], query)) for key in keys)
    shapes = Lanes(left=_LEFT, lanes=rows, ticks=ticks(first, last, scale), joints=tuple(joints), marks=tuple(marks))
    return Picture(name="timeline", template="lanes.svg", width=_WIDTH, height=len(keys) * _ROW + _FOOT, shapes=shapes, language=query.language)


def _bounds(places: Sequence[int]) -> tuple[int, int]:
    """The first and last day that is drawn: of a few far from all others the marks stand at the edge, so that these are not pressed together."""
    ordered = sorted(places)
    few = len(ordered) // _FEW
    low, high = ordered[few], ordered[-1 - few]
    room = max(1, high - low) * _ALONE
    return (low if low - ordered[0] > room else ordered[0]), (high if ordered[-1] - high > room else ordered[-1])


def _lanes_of(event: Card, by: str) -> dict[str, Named | None]:
    if by == "type":
        return {event.type: None}
    if by == "person":
        return {part.entity.id: part.entity for part in event.participants if part.entity.kind == "person"}
    return {side.code or side.id: side for side in event.sides}


def _address(key: str, named: Named | None, query: Query) -> str:
    return query.link(links.to(named)) if named else query.link("/", values=(("type", key),))
