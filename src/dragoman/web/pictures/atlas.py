"""Maps: the world with a circle where events happened, and the country around one place. Drawn from the packaged base map, without tiles."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.model.shelf import Named
from dragoman.web import links
from dragoman.web.pictures.svg import Picture, short
from dragoman.web.pictures.world import Detail, Ring, lands, natural_earth
from dragoman.web.whereabouts import Point

_WIDTH, _HEIGHT = 960.0, 470.0
# The projection's x at 180° on the equator, and its y at 78° north and 57° south: what lies beyond has no news.
_EAST = 2.7354
_NORTH, _SOUTH = natural_earth(0, 80)[1], natural_earth(0, -57)[1]
# The small map: degrees of latitude from its middle to its upper edge.
_REACH = 7.0
_SMALL_WIDTH, _SMALL_HEIGHT = 420.0, 260.0
_LARGEST, _SMALLEST = 22.0, 3.5
# Circles that bear a name, and labels that would lie on one another.
_LABELLED = 24
_APART = (64.0, 13.0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A circle: where, how large, what it leads to; `label` is written beside it."""

    x: float
    y: float
    radius: float
    named: Named
    count: int
    href: str
    labelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """`land` are paths, `spots` circles, the largest first."""

    land: tuple[str, ...]
    spots: tuple[Spot, ...]


def world(places: Sequence[tuple[Named, Point, int]], language: str, link: Callable[[str], str]) -> Picture:
    """The world with the places of events and how many happened there."""
    most = max((count for _, _, count in places), default=1)
    taken: list[tuple[float, float]] = []
    spots = []
    for named, point, count in sorted(places, key=lambda one: (-one[2], one[0].name, one[0].id)):
        x, y = _on_world(point.longitude, point.latitude)
        free = len(taken) < _LABELLED and all(abs(x - other[0]) > _APART[0] or abs(y - other[1]) > _APART[1] for other in taken)
        if free:
            taken.append((x, y))
        radius = max(_SMALLEST, _LARGEST * math.sqrt(count / most) * min(1.0, 0.35 + most / 40))
        spots.append(
            Spot(x=round(x, 1), y=round(y, 1), radius=round(radius, 1), named=named, count=count, href=link(links.to(named)), labelled=free)
        )  # fmt: skip
    return Picture(name="map", template="map.svg", width=_WIDTH, height=_HEIGHT, shapes=Atlas(land=_world_land(), spots=tuple(spots)), language=language)


def _on_world(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = natural_earth(longitude, latitude)
    return _WIDTH / 2 + x / _EAST * _WIDTH / 2, (_NORTH - y) / (_NORTH - _SOUTH) * _HEIGHT


@lru_cache(maxsize=1)
def _world_land() -> tuple[str, ...]:
    return tuple(_paths("110m", _on_world, (-180.0, -57.0, 180.0, 84.0), 1.0))


def around(point: Point, named: Named, language: str) -> Picture:
    """The country around a place."""
    spot = Spot(x=_SMALL_WIDTH / 2, y=_SMALL_HEIGHT / 2, radius=6.0, named=named, count=0, href="", labelled=True)
    land = _land_around(round(point.latitude, 2), round(point.longitude, 2))
    shapes = Atlas(land=land, spots=(spot,))
    return Picture(name="map", template="map.svg", width=_SMALL_WIDTH, height=_SMALL_HEIGHT, shapes=shapes, language=language)


@lru_cache(maxsize=512)
def _land_around(latitude: float, longitude: float) -> tuple[str, ...]:
    narrow = max(0.25, math.cos(math.radians(latitude)))
    scale = _SMALL_HEIGHT / (2 * _REACH)
    wide = _SMALL_WIDTH / scale / narrow / 2

    def place(east: float, north: float) -> tuple[float, float]:
        return _SMALL_WIDTH / 2 + (east - longitude) * narrow * scale, _SMALL_HEIGHT / 2 - (north - latitude) * scale

    return tuple(_paths("50m", place, (longitude - wide, latitude - _REACH, longitude + wide, latitude + _REACH), 0.6))


def _paths(detail: Detail, place: Callable[[float, float], tuple[float, float]], box: Box, least: float) -> Iterator[str]:
    """The land inside a box of degrees as paths, without points nearer to each other than `least`."""
    west, south, east, north = box
    for land in lands(detail):
        for turn in (-360.0, 0.0, 360.0):
            if land.box[0] + turn > east or land.box[2] + turn < west or land.box[1] > north or land.box[3] < south:
                continue
            turned = land.rings if not turn else [tuple((x + turn, y) for x, y in ring) for ring in land.rings]
            drawn = "".join(_path([place(x, y) for x, y in inside], least) for ring in turned if (inside := _clipped(ring, box)))
            if drawn:
                yield drawn


def _path(points: Sequence[tuple[float, float]], least: float) -> str:
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= least:
            kept.append((x, y))
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in kept) + "Z"


def _clipped(ring: Ring, box: Box) -> Sequence[tuple[float, float]]:
    """The part of a ring inside the box (Sutherland and Hodgman 1974)."""
    points: Sequence[tuple[float, float]] = ring
    for axis, edge, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        kept: list[tuple[float, float]] = []
        for before, after in zip((points[-1], *points[:-1]) if points else (), points, strict=True):
            inside_before, inside_after = (sign * (one[axis] - edge) >= 0 for one in (before, after))
            if inside_before != inside_after:
                share = (edge - before[axis]) / (after[axis] - before[axis])
                kept.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
            if inside_after:
                kept.append(after)
        points = kept
        if not points:
            return ()
    return points
