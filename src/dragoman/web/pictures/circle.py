"""Whom somebody met, as a circle around them: the nearer and thicker, the more often."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model.shelf import Met, Named
from dragoman.web import links
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query

_WIDTH, _HEIGHT = 720.0, 420.0
_SHOWN = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """Someone met: where, and how thick the line to them is; `anchor` says on which side the name stands."""

    x: float
    y: float
    thick: float
    met: Met
    href: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The middle and those around it."""

    x: float
    y: float
    middle: Named
    spokes: tuple[Spoke, ...]


def circle(middle: Named, met: Sequence[Met], query: Query) -> Picture:
    """The picture of those met most often."""
    shown = met[:_SHOWN]
    most = max((one.events for one in shown), default=1)
    spokes = []
    for place, one in enumerate(shown):
        turn = 2 * math.pi * (place + 0.5) / len(shown) - math.pi / 2
        far = 0.62 + 0.38 * (1 - one.events / most) if most > 1 else 0.85
        x, y = _WIDTH / 2 + math.cos(turn) * far * _WIDTH * 0.3, _HEIGHT / 2 + math.sin(turn) * far * _HEIGHT * 0.44
        spokes.append(
            Spoke(
                x=round(x, 1), y=round(y, 1), thick=round(1 + 4 * one.events / most, 1), met=one, href=query.link(links.to(one.entity)),
                anchor="start" if math.cos(turn) >= 0 else "end",
            )
        )  # fmt: skip
    shapes = Circle(x=_WIDTH / 2, y=_HEIGHT / 2, middle=middle, spokes=tuple(spokes))
    return Picture(name="met", template="circle.svg", width=_WIDTH, height=_HEIGHT, shapes=shapes, language=query.language)
