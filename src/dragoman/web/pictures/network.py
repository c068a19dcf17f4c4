"""The network of who met whom: laid out so that those who often meet are near; the same ties always give the same picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dragoman.model.shelf import Named
from dragoman.web import links
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query

_WIDTH, _HEIGHT, _MARGIN = 1080.0, 680.0, 70.0
_STEPS = 260
_MOST_NODES = 60
_BY_RANK = 0.7
# A letter and a line of a name, and a node, as wide and high as they mostly are.
_LETTER, _LINE, _NODE = 6.6, 15.0, 7.0
Positions = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Somebody: where, and how large by how many events."""

    x: float
    y: float
    radius: float
    named: Named
    events: int
    href: str
    labelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line between two, as thick as they met often."""

    x1: float
    y1: float
    x2: float
    y2: float
    thick: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """Edges lie under nodes."""

    edges: tuple[Edge, ...]
    nodes: tuple[Node, ...]


def network(ties: Sequence[tuple[Named, Named, int]], query: Query) -> Picture:
    """The picture of the strongest ties among the most tied."""
    weight: dict[str, int] = {}
    known: dict[str, Named] = {}
    for left, right, count in ties:
        for one in (left, right):
            weight[one.id] = weight.get(one.id, 0) + count
            known[one.id] = one
    ids = [identity for identity, _ in sorted(weight.items(), key=lambda one: (-one[1], one[0]))[:_MOST_NODES]]
    place = {identity: number for number, identity in enumerate(ids)}
    kept = [(place[left.id], place[right.id], count) for left, right, count in ties if left.id in place and right.id in place]
    at = _laid_out(len(ids), kept)
    most, heaviest = max((count for _, _, count in kept), default=1), max(weight.values(), default=1)
    labelled = _labelled(at, [known[one].name for one in ids])
    edges = tuple(
        Edge(x1=at[a][0], y1=at[a][1], x2=at[b][0], y2=at[b][1], thick=round(0.8 + 4.2 * count / most, 1)) for a, b, count in kept
    )  # fmt: skip
    nodes = tuple(
        Node(x=at[number][0], y=at[number][1], radius=round(4 + 8 * math.sqrt(weight[identity] / heaviest), 1), named=known[identity], events=weight[identity],
             href=query.link(links.to(known[identity])), labelled=number in labelled)
        for identity, number in place.items()
    )  # fmt: skip
    return Picture(name="network", template="network.svg", width=_WIDTH, height=_HEIGHT, shapes=Net(edges=edges, nodes=nodes), language=query.language)


def _laid_out(count: int, ties: Sequence[tuple[int, int, int]]) -> list[tuple[float, float]]:
    """Positions by springs and repulsion (Fruchterman and Reingold 1991), from points on a spiral, so that nothing is left to chance."""
    numbers = np.arange(count)
    turns = numbers * math.pi * (3 - math.sqrt(5))
    far = np.sqrt((numbers + 0.5) / max(count, 1))
    at = np.stack([np.cos(turns) * far, np.sin(turns) * far], axis=1)
    springs = np.zeros((count, count))
    for one, other, often in ties:
        springs[one, other] = springs[other, one] = 1 + math.log(often)
    ideal = 0.9 / math.sqrt(max(count, 1))
    for step in range(_STEPS):
        at = _moved(at, springs, ideal, 0.12 * (1 - step / _STEPS) + 0.002)
    spread = _spread(at)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in spread]


def _moved(at: Positions, springs: Positions, ideal: float, most: float) -> Positions:
    apart = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-3)
    push = ideal * ideal / distance - springs * distance * distance / ideal * 0.2
    force = (apart / distance[..., None] * push[..., None]).sum(axis=1) - at * 0.06
    length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)[:, None]
    moved: Positions = at + force / length * np.minimum(length, most)
    return moved


def _spread(at: Positions) -> Positions:
    """The same filling the picture."""
    if not len(at):
        return at
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([_WIDTH - 2 * _MARGIN, _HEIGHT - _MARGIN])
    # Partly by place, mostly by rank: clusters stay together, but none is a heap.
    ranks = np.argsort(np.argsort(at, axis=0, kind="stable"), axis=0, kind="stable") / max(1, len(at) - 1)
    share = (1 - _BY_RANK) * (at - low) / np.maximum(high - low, 1e-9) + _BY_RANK * ranks
    filled: Positions = np.array([_MARGIN, _MARGIN / 2]) + share * room
    return filled


def _labelled(at: Sequence[tuple[float, float]], names: Sequence[str]) -> frozenset[int]:
    """Who bears a name: the most tied first, and nobody whose name would lie on another's or on somebody else."""
    found: list[int] = []
    for number, (x, y) in enumerate(at):
        wide = len(names[number]) * _LETTER / 2
        on_a_name = any(abs(x - at[other][0]) < wide + len(names[other]) * _LETTER / 2 and abs(y - at[other][1]) < _LINE for other in found)
        on_a_node = any(abs(x - other_x) < wide + _NODE and abs(y - _LINE - other_y) < _NODE for other_x, other_y in at)
        if not on_a_name and not on_a_node:
            found.append(number)
    return frozenset(found)
