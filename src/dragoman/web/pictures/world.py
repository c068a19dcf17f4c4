"""The base map: the shapes of states from world-atlas (Natural Earth), decoded from TopoJSON; they ship with the program and ask nothing of any network.

https://github.com/topojson/topojson-specification: arcs are quantised differences, `~i` is arc i backwards.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_FOLDER = Path(__file__).parents[1] / "static" / "vendor"
Detail = Literal["110m", "50m"]
Ring = tuple[tuple[float, float], ...]
# Natural Earth's numbers are ISO 3166-1's; Kosovo has none there.
_NAMED = {"Kosovo": "XKX"}


@dataclass(frozen=True, slots=True)
class Land:
    """A state's shape: rings of (longitude, latitude), and the box around them (west, south, east, north).

    A ring across the 180th meridian goes on beyond it: eastern Chukotka lies at 190.
    """

    code: str | None
    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]


@cache
def lands(detail: Detail) -> tuple[Land, ...]:
    """All states of the atlas in its order."""
    atlas = json.loads((_FOLDER / f"countries-{detail}.json").read_text(encoding="utf-8"))
    scale, move = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = [tuple(_points(arc, scale, move)) for arc in atlas["arcs"]]
    return tuple(_land(one, arcs) for one in atlas["objects"]["countries"]["geometries"] if one.get("arcs"))


def _points(arc: Sequence[Sequence[int]], scale: Sequence[float], move: Sequence[float]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for east, north in arc:
        x, y = x + east, y + north
        yield x * scale[0] + move[0], y * scale[1] + move[1]


def _land(shape: dict[str, Any], arcs: Sequence[Ring]) -> Land:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = tuple(unwrapped(_ring(ring, arcs)) for polygon in polygons for ring in polygon)
    longitudes, latitudes = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    return Land(_code(shape), rings, (min(longitudes), min(latitudes), max(longitudes), max(latitudes)))


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    found: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += arc[1:] if found else arc
    return tuple(found)


def unwrapped(ring: Ring) -> Ring:
    """The same without jumps from 180 to -180."""
    found: list[tuple[float, float]] = []
    turn = 0.0
    for place, (x, y) in enumerate(ring):
        if place and abs(x - ring[place - 1][0]) > 180:
            turn += 360 if x < ring[place - 1][0] else -360
        found.append((x + turn, y))
    return tuple(found)


def _code(shape: dict[str, Any]) -> str | None:
    import pycountry

    country = pycountry.countries.get(numeric=str(shape.get("id", "")).zfill(3))
    return str(country.alpha_3) if country else _NAMED.get(shape["properties"]["name"])


@cache
def middle_of(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of a state's largest piece of land; None where the atlas has none."""
    land = next((one for one in lands("50m") if one.code == code), None)
    if land is None:
        return None
    _, longitude, latitude = max((_middle(ring) for ring in land.rings), key=lambda found: found[0])
    return round(latitude, 4), round(longitude, 4)


def _middle(ring: Ring) -> tuple[float, float, float]:
    """Area in square degrees and centroid, by the shoelace formula."""
    doubled = across = along = 0.0
    for (x, y), (next_x, next_y) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = x * next_y - next_x * y
        doubled += cross
        across += (x + next_x) * cross
        along += (y + next_y) * cross
    if not doubled:
        return 0.0, ring[0][0], ring[0][1]
    return abs(doubled) / 2, across / (3 * doubled), along / (3 * doubled)


def natural_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """The Natural Earth projection of degrees (Šavrič et al. 2011), x to the east and y to the north; the equator is 2 × 2.7354 long."""
    across, along = math.radians(longitude), math.radians(latitude)
    square = along * along
    fourth = square * square
    x = across * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)))
    y = along * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return x, y
