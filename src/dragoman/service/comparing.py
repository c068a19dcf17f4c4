"""Pairs of items that are compared by whoever is free: the record tells which hold a key in common, and what they are goes out with them.

    new items ──keys──▶ pairs (of the process that writes) ──some thousands at a time──▶ likeness (of any process, on any machine) ──▶ links

So linking in the one transaction of a rebuild is spread as well; the processes that compare need see nothing of the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.linking.items import Item, Kind, Link
from dragoman.model.config import Config
from dragoman.service.kinds import kinds
from dragoman.service.linking import Comparing, compare
from dragoman.service.neighbourhood import batches
from dragoman.service.read import Engine, kit_of

# Fewer pairs are compared sooner than sent; and so many are sent at a time.
_FEW, _SENT = 500, 2_000

# A kind's name, and pairs of its items.
_Part = tuple[str, list[tuple[Item, Item]]]


def comparing(engine: Engine, config: Config) -> Comparing:
    """How the processes of an engine compare pairs."""
    return compare if isinstance(engine, Here) else partial(_spread, engine, config)


def _spread(engine: Engine, config: Config, kind: Kind, pairs: Sequence[tuple[Item, Item]]) -> Iterator[Link]:
    if len(pairs) < _FEW:
        yield from compare(kind, pairs)
        return
    parts: Iterator[_Part] = ((kind.name, some) for some in batches(pairs, _SENT))
    for found in engine.map(partial(_compared, config=config), parts):
        yield from compare(kind, found.item[1]) if isinstance(found, Lost) else found


def _compared(part: _Part, config: Config) -> list[Link]:
    name, pairs = part
    return compare(next(kind for kind in kinds(kit_of(config)) if kind.name == name), pairs)
