"""What reference works say of somebody, found by a name in any spelling: evidence to lay beside the record, never in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.linking import names
from dragoman.model.record import RecordEntity
from dragoman.model.reference import Reference
from dragoman.service.finding import nearness
from dragoman.store.protocol import Store
from dragoman.store.references import all_references, put_references

# From here on two names are taken to be of one, as in finding.
_WORD = 2


def referring(store: Store, typed: str | None = None) -> Iterator[Reference]:
    """The references that answer to a name as typed, by source and id; all of them without one."""
    for one in all_references(store):
        if typed is None or max((nearness(typed, name) for name in one.names), default=0) >= _WORD:
            yield one


def of_entity(store: Store, entity: RecordEntity) -> Iterator[Reference]:
    """The references of the same kind and no other state that share a whole name with an entity, however it is spelt."""
    return (one for one in all_references(store) if means(one, entity))


def means(one: Reference, entity: RecordEntity) -> bool:
    """Whether a reference may be of an entity: of its kind, of no other state, and with a whole name in common."""
    home = entity.code or entity.state
    if one.kind != entity.kind or (home is not None and one.state is not None and one.state != home):
        return False
    spellings = {entity.name, *(name.text for name in entity.names)}
    return any(_same(ours, theirs) for ours in spellings for theirs in one.names)


def keep_references(store: Store, new: Iterable[Reference]) -> int:
    """Keep references, inside `store.writing()`; gives how many are new. What is made of the record is another then, as pages show them."""
    changed = put_references(store, new)
    rules, _ = store.shelving.state()
    if changed and rules:
        store.shelving.changed(rules)
    return changed


def _same(ours: str, theirs: str) -> bool:
    """Whole names alone: many are called Peña."""
    return " " in ours and " " in theirs and names.likeness(ours, theirs).same
