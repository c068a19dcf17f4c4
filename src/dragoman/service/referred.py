"""References looked up fast enough for a page: by the words of their names, and by the offices that they give.

References of a name in any spelling are as those of `references.of_entity`, but that a name must have one word as the record writes it: works give names
in many languages and scripts, and a record has several spellings of whoever is told of often.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from dragoman.languages.pack import language, supported
from dragoman.model.record import RecordEntity
from dragoman.model.reference import Reference, ReferenceTenure
from dragoman.service.finding import state_code
from dragoman.service.marks import CODE
from dragoman.service.plain import plain
from dragoman.service.references import means
from dragoman.store.protocol import Store
from dragoman.store.references import all_references, references_state, some_references

# References whose names are compared with those of an entity, and those that are given of an office.
_COMPARED, _GIVEN = 200, 200

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InOffice:
    """Somebody in an office, as a reference work says."""

    reference: Reference
    tenure: ReferenceTenure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """Sources and ids by the words of names, and by office and whose it is (a state's code, or the folded name of a body)."""

    named: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    offices: Mapping[tuple[str, str], tuple[Key, ...]] = field(default_factory=dict)


class Referred:
    """The references of one record; any number of threads may ask. What is taken in while it is open is found too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._state: tuple[int, int] = (0, 0)
        self._index = _Index()

    def of(self, entity: RecordEntity) -> tuple[Reference, ...]:
        """Those of the same kind and no other state that share a whole name with an entity, by source and id."""
        index = self._current()
        words = {word for name in (entity.name, *(one.text for one in entity.names)) for word in plain(name).split()}
        keys = sorted({key for word in words for key in index.named.get(word, ())})[:_COMPARED]
        return tuple(one for one in some_references(self._store, keys) if means(one, entity)) if keys else ()

    def in_office(self, office: str, of: str, names: Iterable[str] = ()) -> tuple[InOffice, ...]:
        """Who held an office of a state (code) or of a body of these names, the first first, those without a day last."""
        index = self._current()
        sides = {of, *(plain(name) for name in names)} - {""}
        keys = sorted({key for side in sides for key in index.offices.get((office, side), ())})
        found = [
            InOffice(reference=one, tenure=held)
            for one in (some_references(self._store, keys) if keys else ())
            for held in one.tenures
            if office_of_title(held.office) == office and sides & _sides(one, held)
        ]
        ordered = sorted(found, key=lambda one: (one.tenure.start or one.tenure.end or "9999", one.tenure.end or "9999", one.reference.name, one.reference.id))
        return tuple(ordered[:_GIVEN])

    def _current(self) -> _Index:
        # Its days are not in the index, so that a file taken in again in which only they differ is no other.
        state = references_state(self._store)
        with self._lock:
            if state != self._state:
                self._index = _indexed(all_references(self._store)) if state[0] else _Index()
                self._state = state
            return self._index


def _indexed(references: Iterable[Reference]) -> _Index:
    named: dict[str, set[Key]] = defaultdict(set)
    offices: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for one in references:
        key = (one.source, one.id)
        for word in {word for name in (one.name, *one.names) for word in plain(name).split()}:
            named[word].add(key)
        for held in one.tenures:
            office = office_of_title(held.office)
            for side in _sides(one, held) if office else ():
                offices[str(office), side].add(key)
    return _Index(
        named={word: tuple(sorted(keys)) for word, keys in named.items()}, offices={office: tuple(sorted(keys)) for office, keys in offices.items()}
    )  # fmt: skip


def _sides(reference: Reference, held: ReferenceTenure) -> set[str]:
    """Whose an office is: a code, a body's folded name and, of 'Government of Sweden', the state's code; of nothing that is named, the holder's state."""
    if held.of is None:
        return {reference.state} if reference.state else set()
    if len(held.of) == CODE and held.of.isupper():
        return {held.of}
    words = plain(held.of).split()
    ends = (state_code(" ".join(words[place:])) for place in range(len(words)))
    return {" ".join(words), *filter(None, [next(filter(None, ends), None)])}


@lru_cache(maxsize=4096)
def office_of_title(title: str) -> str | None:
    """The code of an office by its title in any language, also with the state behind it: office_of_title("Minister for Foreign Affairs of Sweden")."""
    words = plain(title).split()
    for end in range(len(words), 0, -1):
        office = _titles().get(" ".join(words[:end]))
        rest = [word for word in words[end:] if word not in ("of", "the", "de", "la", "du", "des")]
        if office is not None and (not rest or state_code(" ".join(rest)) is not None):
            return office
    return None


@cache
def _titles() -> Mapping[str, str]:
    """From the folded titles of all languages' tables to the office."""
    found: dict[str, str] = {}
    for code in ("en", *supported()):
        pack = language(code)
        titles = pack.table("offices").get("titles", {}) if pack else {}
        for office, phrases in titles.items():
            for phrase in phrases:
                found.setdefault(plain(phrase), office)
    return found
