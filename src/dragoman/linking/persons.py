"""Persons: which entities of articles are one, by their names first, then by office and state.

    entity ──fullest name, state, offices, gender──▶ Item (shared by all articles that show the same of a person) ──keys──▶ pairs ──likeness──▶ groups

Names decide as far as names can: two whole names that are spellings of one link whatever the offices say, unless much speaks against it (readings
err in offices more often than two office-holders share a name). A surname alone links to nobody without a state or an office in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import cast

from dragoman.linking import names
from dragoman.linking.alignment import ONE, compared
from dragoman.linking.bare import Judge, parted
from dragoman.linking.grouping import Pair
from dragoman.linking.items import Fact, Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.offices import ONE_AT_A_TIME
from dragoman.linking.organisations import organisation_key
from dragoman.linking.parts import FAMILY, INITIAL, PATRONYMIC, Part, readings
from dragoman.linking.spelling import skeletons
from dragoman.model.reading import Entity, OfficeHolding, Reading

NAME = "person"
# Chosen on the open dossiers, the samples and the Arabic and Turkish golds (benchmarks.linking): between 0.62 and 0.70 no pair changes.
THRESHOLD = 0.66
# What stands for a name where it is a word alone, or a chain of names whose ends agree: less than the threshold, so that names alone never link these.
_ALONE, _ENDS, _MAYBE = 0.6, 0.55, 0.62
# What an equal office of one state, or one state, adds to a whole name and to a word alone.
_OFFICE_WHOLE, _OFFICE_ALONE, _STATE_ALONE = 0.15, 0.25, 0.1
# What is taken off: one office of two states, nothing in common but the name, another gender, another office of the same state for a word alone.
_RIVAL, _ELSEWHERE, _GENDER, _OTHER_OFFICE = 0.2, 0.1, 0.15, 0.2
# Words of a name that make keys: the first two and the last three.
_FIRST, _LAST = 2, 3
_CHAIN = 3
_REMEMBERED = 100_000
_SPACE = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "‑": "-", "‐": "-"})

Office = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Person:
    """The facts of an item: its fullest names, states and bodies it belongs to, offices held (office, of what)."""

    names: tuple[str, ...]
    bare: bool
    homes: frozenset[str]
    offices: frozenset[Office]
    gender: str | None


def items(reading: Reading, signature: Signature) -> tuple[tuple[Item, Occurrence], ...]:  # noqa: ARG001
    """An item of each person of the reading."""
    found = [_item(entity, reading) for entity in reading.entities if entity.kind == NAME]
    return tuple((item, Occurrence(item=item.id, article=reading.article.id, local=local)) for item, local in found)


def _item(entity: Entity, reading: Reading) -> tuple[Item, str]:
    fullest = fullest_names(entity)
    held = sorted({_office(holding, reading) for holding in reading.offices if holding.person == entity.id})
    homes = sorted({entity.state, *(of for _, of, _ in held)} - {None, ""}, key=str)
    facts: dict[str, Fact] = {
        "names": list(fullest),
        "bare": all(word_count(name) < 2 for name in fullest),
        "state": entity.state,
        "offices": [list(office) for office in held],
        "gender": entity.gender,
    }
    signature = [*fullest, "", entity.state or "", entity.gender or "", *("/".join(office) for office in held)]
    if facts["bare"] and not homes:
        # A surname of nobody known is an item of its article alone, and meets none.
        return Item(kind=NAME, id=item_id(NAME, *signature, reading.article.id, entity.id), keys=(), facts=facts), entity.id
    return Item(kind=NAME, id=item_id(NAME, *signature), keys=keys(fullest, [str(home) for home in homes]), facts=facts), entity.id


def _office(holding: OfficeHolding, reading: Reading) -> tuple[str, str, str]:
    body = reading.entity(holding.of)
    of = holding.of or "" if body is None else organisation_key(body, reading)
    return holding.office, of, "former" if holding.former else "acting" if holding.acting else ""


def fullest_names(entity: Entity) -> tuple[str, ...]:
    """The names with most words, as written but for spaces, apostrophes and hyphens; sorted."""
    written = {_tidy(name) for name in (entity.name, *entity.names)} - {""}
    most = max((word_count(name) for name in written), default=0)
    return tuple(sorted(name for name in written if word_count(name) == most))


def _tidy(name: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", name).translate(_APOSTROPHES)).strip()


@lru_cache(maxsize=_REMEMBERED)
def word_count(name: str) -> int:
    """Words that tell persons apart, of the way to read the name that is shown: word_count("Dr Marhaf Abu Qasra") == 2."""
    first = readings(name)[0]
    return len(first.core) + len(first.patronymics)


def keys(written: Iterable[str], homes: Sequence[str]) -> tuple[str, ...]:
    """Two words of a name together, a surname with an initial, and each word with each home; so 'Mohammed' alone calls nobody up."""
    found: set[str] = set()
    for name in written:
        for reading in readings(name):
            core = [part for part in reading.core if part.role != INITIAL]
            core = core if len(core) <= _FIRST + _LAST else [*core[:_FIRST], *core[-_LAST:]]
            words = [((place,), _skeletons(part)) for place, part in enumerate(core)]
            joined = [((place, place + 1), skeletons(one.sounds + other.sounds)) for place, (one, other) in enumerate(zip(core, core[1:], strict=False))]
            for (left, ours), (right, theirs) in combinations([*words, *joined], 2):
                if not set(left) & set(right):
                    found |= {"+".join(sorted(both)) for both in product(ours, theirs)}
            found |= {f"{word}@{home}" for _, word_keys in [*words, *joined] for word in word_keys for home in homes}
            found |= _initials(reading.core)
    return tuple(sorted(found))


def _skeletons(part: Part) -> frozenset[str]:
    return skeletons(part.sounds) or frozenset({"".join(part.sounds)[:1].upper() + "_"})


def _initials(core: Sequence[Part]) -> set[str]:
    """'K. Annan', where the surname's neighbour may be written as a letter."""
    families = [part for part in core if part.role == FAMILY]
    letters = {part.text[:1] for part in core if part.role not in (FAMILY, PATRONYMIC) and part.text}
    return {f"{word}.{letter}" for family in families for word in _skeletons(family) for letter in letters}


def _person(item: Item) -> _Person:
    facts = cast("Mapping[str, object]", item.facts)
    offices = frozenset((row[0], row[1]) for row in cast("Sequence[Sequence[str]]", facts["offices"]))
    state = cast("str | None", facts["state"])
    return _Person(
        names=tuple(cast("Sequence[str]", facts["names"])),
        bare=bool(facts["bare"]),
        homes=frozenset({home for home in (state, *(of for _, of in offices)) if home}),
        offices=offices,
        gender=cast("str | None", facts["gender"]),
    )


def likeness(left: Item, right: Item) -> Likeness:
    """How far two items are one person; symmetric. `name` is what the names say, every other feature what it added or took."""
    one, other = _person(left), _person(right)
    name = _name(one, other)
    if name < names.COMPATIBLE:
        return Likeness(score=round(name, 3), features={"name": round(name, 3)})
    bare = one.bare or other.bare
    features = {"name": round(min(name, _ALONE) if bare else name if name >= names.SAME else min(name, _MAYBE), 3)}
    same_office = any(of for _, of in one.offices & other.offices)
    if same_office:
        features["office"] = _OFFICE_ALONE if bare else _OFFICE_WHOLE
    elif one.homes & other.homes:
        features |= {"state": _STATE_ALONE} if bare else {}
        if bare and _other_office(one, other):
            features["another office"] = -_OTHER_OFFICE
    elif one.homes and other.homes:
        features["elsewhere"] = -_RIVAL if _rivals(one, other) else -_ELSEWHERE
    if one.gender and other.gender and one.gender != other.gender:
        features["gender"] = -_GENDER
    return Likeness(score=round(min(1.0, max(0.0, sum(features.values()))), 3), features=features)


def _name(one: _Person, other: _Person) -> float:
    return max(_name_of(*sorted(pair)) for pair in product(one.names, other.names))


@lru_cache(maxsize=_REMEMBERED)
def _name_of(left: str, right: str) -> float:
    score = names.likeness(left, right).score
    return max(score, _ENDS) if _ends_agree(left, right) else score


def _ends_agree(left: str, right: str) -> bool:
    """Ahmed Moallim Fiqi, Ahmed Macalin Fiqi: of two chains of names the first and the last are one."""
    return any(
        len(one.core) >= _CHAIN
        and len(other.core) >= _CHAIN
        and compared(one.core[0], other.core[0]).kind == ONE
        and compared(one.core[-1], other.core[-1]).kind == ONE
        for one, other in product(readings(left), readings(right))
    )


def _other_office(one: _Person, other: _Person) -> bool:
    """Both hold an office of one state, and not the same."""
    return bool({of for _, of in one.offices if of} & {of for _, of in other.offices if of})


def _rivals(one: _Person, other: _Person) -> bool:
    """One holds the office of one state that the other holds of another: no career has both."""
    return any(mine == theirs and mine in ONE_AT_A_TIME for (mine, here), (theirs, there) in product(one.offices, other.offices) if here and there)


def _is_bare(item: Item) -> bool:
    return bool(item.facts["bare"])


def _differ(left: Item, right: Item) -> bool:
    one, other = _person(left), _person(right)
    if one.bare and other.bare:
        return _name(one, other) < names.COMPATIBLE or (not one.offices & other.offices and _other_office(one, other))
    return _name(one, other) < names.COMPATIBLE


def part(component: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """Groups of item ids; two whole names that are plainly two stay two, and a surname goes to the strongest of them or to none."""
    return parted(component, links, apart, Judge(bare=_is_bare, differ=_differ))


KIND = Kind(name=NAME, prefix="p", threshold=THRESHOLD, items=items, likeness=likeness, part=part)
