"""What reference works say of somebody, found by a name in any spelling: evidence to lay beside the record, never in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dragoman.linking import names
from dragoman.model.record import RecordEntity
from dragoman.model.reference import Reference, ReferenceTenure
from dragoman.service.finding import nearness
from dragoman.service.plain import plain
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


def holds_on(held: ReferenceTenure, day: str) -> bool:
    """Whether somebody is in an office on a day (as 2025-03-01), by a work that may know years or months alone, or nothing of when."""
    since = held.start is None or held.start <= day[: len(held.start)]
    return since and (held.end is None or held.end >= day[: len(held.end)])


def keep_references(store: Store, new: Iterable[Reference]) -> int:
    """Keep references, inside `store.writing()`; gives how many are new. What is made of the record is another then, as pages show them."""
    changed = put_references(store, new)
    rules, _ = store.shelving.state()
    if changed and rules:
        store.shelving.changed(rules)
    return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesakes:
    """The persons of reference works by the folded words of their names: which of them give two names to one."""

    persons: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)

    def both(self, left: str, right: str) -> tuple[Reference, ...]:
        """Whoever is called by both names, by source and id: a work that has them says that they are one, whatever the letters say.

        A name counts that has a word as the work writes it and is whole there, or is a likeness of a whole one.
        """
        if plain(left) == plain(right):
            return ()
        ours, theirs = ({(one.source, one.id): one for word in plain(name).split() for one in self.persons.get(word, ())} for name in (left, right))
        found = (ours[key] for key in sorted(ours.keys() & theirs.keys()))
        return tuple(one for one in found if all(_called(name, one) for name in (left, right)))


def namesakes(store: Store) -> Namesakes:
    """The persons of all references of a record."""
    persons: dict[str, dict[tuple[str, str], Reference]] = defaultdict(dict)
    for one in all_references(store):
        if one.kind == "person":
            for word in {word for name in (one.name, *one.names) for word in plain(name).split()}:
                persons[word][one.source, one.id] = one
    return Namesakes(persons={word: tuple(found.values()) for word, found in persons.items()})


def _called(name: str, one: Reference) -> bool:
    return any(plain(name) == plain(theirs) or _same(name, theirs) for theirs in (one.name, *one.names))


def _same(ours: str, theirs: str) -> bool:
    """Whole names alone: many are called Peña."""
    return " " in ours and " " in theirs and names.likeness(ours, theirs).same
