"""The strip chart: a bar of cooperation above the line and one of conflict below it, month by month, or year by year over a long time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model.shelf import Month
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query

_WIDTH, _HALF, _FOOT = 960.0, 52.0, 18.0
# More months than this are shown as years: narrower bars could not be told apart.
_MOST = 180
_WIDEST = 26.0
# How far apart two labels begin: on a narrow screen they are larger than the bars (static/style.css).
_LABEL = 88.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month or year: x and width, how far up and down, and what is asked when it is followed."""

    time: str
    x: float
    width: float
    up: float
    down: float
    cooperation: int
    conflict: int
    href: str
    label: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """`line` is the height of the axis; `most` what the highest bar stands for."""

    bars: tuple[Bar, ...]
    line: float
    most: int


def strip(months: Sequence[Month], query: Query) -> Picture:
    """The chart; each bar leads to the page with that time alone."""
    rows = _filled(months)
    if len(rows) > _MOST:
        rows = _by_year(rows)
    most = max((max(one.cooperation, one.conflict) for one in rows), default=0) or 1
    step = _WIDTH / max(len(rows), 1)
    width = min(step * 0.78, _WIDEST)
    yearly = bool(rows) and len(rows[0].month) == 4
    every = max(1, round(len(rows) / 12)) if yearly else 1
    bars = tuple(
        Bar(
            time=one.month, x=round(place * step + (step - width) / 2, 1), width=round(width, 1), up=_height(one.cooperation, most),
            down=_height(one.conflict, most), cooperation=one.cooperation, conflict=one.conflict,
            href=query.having(since=one.month, until=one.month).link(),
            label=one.month[:4] if (yearly and place % every == 0) or (not yearly and (place == 0 or one.month.endswith("-01"))) else None,
        )
        for place, one in enumerate(rows)
    )  # fmt: skip
    shapes = Strip(bars=_apart(bars), line=_HALF, most=most)
    return Picture(name="months", template="strip.svg", width=_WIDTH, height=2 * _HALF + _FOOT, shapes=shapes, language=query.language)


def _height(count: int, most: int) -> float:
    return round(max(2.0, (_HALF - 6) * count / most), 1) if count else 0.0


def _apart(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """The same without labels that would touch the next one: the newest stay."""
    found: list[Bar] = []
    next_label = _WIDTH + _LABEL
    for bar in reversed(bars):
        if bar.label and next_label - bar.x < _LABEL:
            found.append(replace(bar, label=None))
        else:
            next_label = bar.x if bar.label else next_label
            found.append(bar)
    return tuple(reversed(found))


def _filled(months: Sequence[Month]) -> list[Month]:
    """All months from the first to the last, those without events too."""
    known = {one.month: one for one in months}
    if not known:
        return []
    (year, month), last = map(int, min(known).split("-")), max(known)
    found = []
    while (name := f"{year:04}-{month:02}") <= last:
        found.append(known.get(name) or Month(month=name, cooperation=0, conflict=0))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _by_year(months: Sequence[Month]) -> list[Month]:
    years = list(dict.fromkeys(one.month[:4] for one in months))
    return [
        Month(
            month=year, cooperation=sum(one.cooperation for one in months if one.month[:4] == year),
            conflict=sum(one.conflict for one in months if one.month[:4] == year),
        )
        for year in years
    ]  # fmt: skip
