"""Tenures as bars over time: the offices of a person, or the holders of an office one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.linking.days import days
from dragoman.model.shelf import Named
from dragoman.web import links
from dragoman.web.pages.tenures import TenureLine
from dragoman.web.pictures.svg import Picture
from dragoman.web.pictures.times import Tick, scale_of, ticks
from dragoman.web.query import Query

_WIDTH, _ROW, _FOOT = 720.0, 34.0, 22.0
_LEAST = 5.0
_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A tenure: where its bar lies, and what it leads to."""

    x: float
    y: float
    width: float
    tenure: TenureLine
    named: Named | None
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """All of them over one axis; `by` says what the label of a bar is: the office or the person."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    by: str


def bars_of(tenures: Sequence[TenureLine], query: Query, *, by: Literal["office", "person"]) -> Picture:
    """The picture of tenures that reports show on some day."""
    dated = [one for one in tenures if days(one.first_seen)][:_ROWS]
    firsts = [span.earliest for one in dated if (span := days(one.first_seen))]
    lasts = [span.latest for one in dated if (span := days(one.last_seen or one.first_seen))]
    scale = scale_of(min(firsts), max(lasts), _WIDTH)
    bars = []
    for place, one in enumerate(dated):
        first, last = days(one.first_seen), days(one.last_seen or one.first_seen)
        if first is None or last is None:
            continue
        x = scale(first.earliest)
        of = (one.of.code or one.of.id) if one.of else None
        address = links.to(one.person) if by == "person" else links.office(of, one.office) if of else links.to(one.person)
        bars.append(
            Bar(x=round(x, 1), y=place * _ROW, width=round(max(_LEAST, scale(last.latest) - x), 1), tenure=one, named=one.of, href=query.link(address))
        )  # fmt: skip
    shapes = Bars(bars=tuple(bars), ticks=ticks(min(firsts), max(lasts), scale), by=by)
    return Picture(name="offices", template="bars.svg", width=_WIDTH, height=len(bars) * _ROW + _FOOT, shapes=shapes, language=query.language)
