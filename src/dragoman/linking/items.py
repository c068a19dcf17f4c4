"""What is linked: an item is the smallest thing that can be the same as another, and all that linking ever looks at of it.

A kind says how items are made from a reading, by which keys likely fellows are found, how alike two are, and how a component of alike items is
parted. Whether two belong together depends on the two alone: so any order of articles, and any number of steps, gives the same record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.model.reading import Reading

Fact = str | int | float | bool | None | Sequence["Fact"] | Mapping[str, "Fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`id` is a hash of kind and facts (and of the article, where the item is the article's own); by `keys` it is found by likely fellows.

    `asks` are the keys by which it looks for them, where those are others: a dated article looks among undated ones, and they among all, but dated ones
    far apart never meet. Two items must find each other whichever came first. `facts` is plain JSON, all of it strings, numbers, lists and objects: a
    store keeps it as it is.
    """

    kind: str
    id: str
    keys: tuple[str, ...]
    facts: Mapping[str, Fact]
    asks: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """The item stands in an article as the entity, event … of that local id (the article itself: '')."""

    item: str
    article: str
    local: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two items are, 0 to 1, and why: each feature with what it gave."""

    score: float
    features: Mapping[str, float] = field(default_factory=dict)


class Link(NamedTuple):
    """Two items that belong together, left < right. A tuple, for they are hashed and sorted by the thousand."""

    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is computed of an article's text besides its reading: MinHash of its shingles, and a vector in each space of sentence vectors."""

    shingles: tuple[int, ...] = ()
    vectors: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`threshold` is the least likeness that links; `part` parts a component: (items, links, pairs that must stay apart) to groups of item ids."""

    name: str
    prefix: str
    threshold: float
    items: Callable[[Reading, Signature], tuple[tuple[Item, Occurrence], ...]]
    likeness: Callable[[Item, Item], Likeness]
    part: Callable[[Sequence[Item], Sequence[Link], frozenset[tuple[str, str]]], list[frozenset[str]]]


def item_id(kind: str, *facts: str) -> str:
    """The id of an item: 16 hexadecimal digits of a hash of its kind and facts."""
    return hashlib.sha256("\x1f".join((kind, *facts)).encode()).hexdigest()[:16]


def group_id(prefix: str, members: frozenset[str]) -> str:
    """The id of a group: that of its smallest member, with the letter of its kind; any member's id leads to it."""
    return f"{prefix}{min(members)}"
