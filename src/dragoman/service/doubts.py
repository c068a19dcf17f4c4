"""Links that are least sure, named as corrections name things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.linking.items import Kind, Link
from dragoman.model.errors import InputError
from dragoman.model.shelf import DoubtfulLink
from dragoman.service.naming import FIRST, anchor_of
from dragoman.service.record import given_at
from dragoman.store.protocol import Store

# Links that are looked at for each that is given: some were judged by a person already, some stand in no words of their own.
LOOKED_AT = 3


def doubtful(store: Store, kinds: Sequence[Kind], links: Mapping[str, Iterable[Link]], *, kind: str | None, limit: int) -> tuple[DoubtfulLink, ...]:
    """Of these links those nearest to their threshold that nobody has judged, the nearest first."""
    by_name = {one.name: one for one in kinds if kind in (None, one.name)}
    near = sorted((round(link.score - of.threshold, 6), name, link) for name, of in by_name.items() for link in links.get(name, ()))
    judged = {frozenset((one.left, one.right)) for one in store.corrections() if not one.undone and one.verdict in ("same", "different")}
    found: list[DoubtfulLink] = []
    for _, name, link in near[: limit * LOOKED_AT + len(judged)]:
        try:
            left, right = (_anchor(store, by_name[name], item) for item in (link.left, link.right))
        except InputError:
            continue
        if frozenset((left, right)) not in judged:
            found.append(DoubtfulLink(kind=name, left=left, right=right, score=link.score))
        if len(found) == limit:
            break
    return tuple(found)


def _anchor(store: Store, kind: Kind, item: str) -> str:
    articles = [article for article, _ in store.shelving.first(item, FIRST)]
    return anchor_of(given_at(store, (kind,), articles), kind, item)
