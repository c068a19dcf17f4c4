"""Which participants of one report are those of another, across languages, and how far the two companies agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.linking import names
from dragoman.linking.items import Fact
from dragoman.linking.offices import ONE_AT_A_TIME
from dragoman.linking.scripts import with_sounds
from dragoman.linking.traits import code_of
from dragoman.model.reading import Entity, Reading
from dragoman.model.spans import Span

# What a pair found says: a person by name most, a state that its minister stands for least.
PERSON, BODY, STATE, STANDS_FOR = 1.0, 0.8, 0.6, 0.6
# Two persons whom names do not join: of one office and state, one name is likely misread; else they are of one delegation at most.
_SAME_OFFICE, _SAME_SIDE, _OTHER_SIDE = 0.45, 0.2, 0.3
_MAY_BE, _MAY_BE_ELSEWHERE = 0.9, 0.7
_MINISTRIES = 0.6
_LEAST = 0.4
# Names of one entity and companions that are kept of one report.
_NAMES, _COMPANY = 3, 16
# Consonants from which on a key of a name is worth its row.
_SELECTIVE = 3
# Pairs of names remembered.
_REMEMBERED = 32_768
_ACTS, _SUFFERS = ("actor", "visitor"), ("recipient", "host")


@dataclass(frozen=True, slots=True)
class Party:
    """A participant or speaker as it is compared; `code` is a state's or a well-known organisation's, `side` a state or organisation it stands for."""

    kind: str
    names: tuple[str, ...]
    code: str | None
    side: str | None
    office: str | None
    role: str


def party_row(local: str, role: str, reading: Reading, *, side: str | None = None, office: str | None = None) -> dict[str, Fact]:
    """A party as plain JSON; side and office, where not given, are those that it has in the article."""
    entity = reading.entity(local) or Entity(id=local, kind="organization", name="")
    held = next((one for one in reading.offices if one.person == local), None)
    spellings = names_of(entity)
    stands_for = side or (held.of if held else None) or entity.state
    return {
        "kind": entity.kind,
        "names": list(with_sounds(spellings, reading.article.language) if entity.kind == "person" else spellings),
        "code": code_of(entity),
        "side": _side(stands_for, reading),
        "office": office or (held.office if held else None),
        "role": role,
    }


def party_of(row: Mapping[str, Any]) -> Party:
    """The value of a row."""
    return Party(row["kind"], tuple(row["names"]), row["code"], row["side"], row["office"], row["role"])


def names_of(entity: Entity) -> tuple[str, ...]:
    """The longest names first: a surname alone says less."""
    found = dict.fromkeys(name for name in (entity.name, *entity.names) if name)
    return tuple(sorted(found, key=lambda name: (-len(name.split()), -len(name), name))[:_NAMES])


def name_keys(spellings: Sequence[str]) -> tuple[str, ...]:
    """Keys of the longest name; short ones, which thousands of names have, only where there are no others."""
    found = sorted(names.keys(spellings[0])) if spellings else []
    return tuple(key for key in found if len(key) >= _SELECTIVE) or tuple(found)


def company_of(span: Span, reading: Reading) -> list[Fact]:
    """Who and what is named there: of each its code, or the keys of its name in any script, in the order of the text."""
    found: dict[str, list[str]] = {}
    for _, entity in reading.entities_in(span):
        if entity.id not in found:
            code = code_of(entity)
            spellings = names_of(entity)
            found[entity.id] = [code] if code else sorted(names.keys(spellings[0])) if spellings else []
    return list[Fact]([keys for keys in found.values() if keys][:_COMPANY])


def _side(side: str | None, reading: Reading) -> str | None:
    entity = reading.entity(side)
    if entity is None:
        return side
    return code_of(entity) or entity.state or f"o:{fold(entity.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accord:
    """`weight` sums what the pairs found say, `share` is of the smaller company, `whole` of both together; `others` whether both name persons and none agrees.

    `turned` tells that who acts in one is acted upon in the other, `rivals` that of each half or more is missing in the other, persons
    of two states among them, or of two offices of a state each of which one person holds.
    """

    weight: float
    share: float
    whole: float
    persons: int
    others: bool
    turned: bool
    rivals: bool


def accord(left: Sequence[Party], right: Sequence[Party]) -> Accord:
    """The best pairs, one to one, the surest first; symmetric."""
    pairs = sorted(
        ((found[0], found[1], i, j) for i, one in enumerate(left) for j, other in enumerate(right) if (found := party_likeness(one, other))[0] >= _LEAST),
        key=lambda row: (-row[0], -row[1], *sorted((str(left[row[2]]), str(right[row[3]])))),
    )
    taken: list[tuple[float, float, int, int]] = []
    for row in pairs:
        if all(row[2] != done[2] and row[3] != done[3] for done in taken):
            taken.append(row)
    weight = sum(near * worth for near, worth, _, _ in taken)
    close = sum(near for near, _, _, _ in taken)
    fewest, union = min(len(left), len(right)), len(left) + len(right) - len(taken)
    persons = sum(left[i].kind == right[j].kind == "person" and near > _SAME_OFFICE for near, _, i, j in taken)
    both_name = all(any(party.kind == "person" for party in side) for side in (left, right))
    return Accord(
        weight=round(weight, 4),
        share=round(close / fewest, 4) if fewest else 0.0,
        whole=round(close / union, 4) if union else 0.0,
        persons=persons,
        others=both_name and not persons,
        rivals=fewest > 1 and len(taken) * 2 <= fewest and _rivals(left, right, taken),
        turned=_turned([(left[i], right[j]) for _, _, i, j in taken]),
    )


def _rivals(left: Sequence[Party], right: Sequence[Party], taken: Sequence[tuple[float, float, int, int]]) -> bool:
    """Whether persons in no pair are of two states, or each holds another office of one: A's meetings with B and with C, not with B and B's deputy."""
    ours = [party for number, party in enumerate(left) if party.kind == "person" and number not in {row[2] for row in taken}]
    theirs = [party for number, party in enumerate(right) if party.kind == "person" and number not in {row[3] for row in taken}]
    sides = [{party.side for party in one} for one in (ours, theirs)]
    if not ours or not theirs or None in sides[0] | sides[1]:
        return False
    held = [{party.office for party in one} for one in (ours, theirs)]
    return not sides[0] & sides[1] or (held[0] | held[1] <= ONE_AT_A_TIME and not held[0] & held[1])


def _turned(pairs: Sequence[tuple[Party, Party]]) -> bool:
    """All of the pairs whose parts are known have them the other way round."""
    known = [(one, other) for one, other in pairs if one.role in _ACTS + _SUFFERS and other.role in _ACTS + _SUFFERS]
    return bool(known) and all((one.role in _ACTS) != (other.role in _ACTS) for one, other in known)


def party_likeness(left: Party, right: Party) -> tuple[float, float]:
    """How surely two participants are one, 0 to 1, and what that would say of the event."""
    kinds = {left.kind, right.kind}
    if left.code and right.code:
        return (float(left.code == right.code), STATE if "state" in kinds else BODY)
    if kinds == {"person"}:
        return _persons(left, right), PERSON
    if len(kinds) == 2:
        return float(bool((left.code or left.side) and (left.code or left.side) == (right.code or right.side))), STANDS_FOR
    score = _named_alike(left.names, right.names)
    if score >= names.SAME:
        return 1.0, BODY
    if left.side and left.side == right.side and not (left.code or right.code):
        # 'Azerbaijan's Defence Ministry', 'le ministère azerbaïdjanais de la Défense'.
        return _MINISTRIES, BODY
    return 0.0, BODY


def _persons(left: Party, right: Party) -> float:
    score = _named_alike(left.names, right.names)
    sides = bool(left.side and right.side)
    same_side = sides and left.side == right.side
    if score >= names.SAME:
        return 1.0
    if score >= names.COMPATIBLE:
        if same_side or (left.office and left.office == right.office):
            return _MAY_BE
        return _OTHER_SIDE if sides else _MAY_BE_ELSEWHERE
    if same_side and left.office and left.office == right.office:
        return _SAME_OFFICE
    return _SAME_SIDE if same_side else 0.0


def _named_alike(left: Sequence[str], right: Sequence[str]) -> float:
    """By their longest names; by all where those leave it open."""
    if not left or not right:
        return 0.0
    best = _likeness(left[0], right[0])
    if best >= names.SAME or (len(left) == 1 and len(right) == 1):
        return best
    return max(_likeness(one, other) for one in left for other in right)


@lru_cache(maxsize=_REMEMBERED)
def _likeness(one: str, other: str) -> float:
    """Remembered: whoever is in the news meets whoever else is in every block of reports."""
    return names.likeness(one, other).score


def as_features(found: Accord) -> Mapping[str, float]:
    """The figures by name, for the reasons of a likeness."""
    return {"parties": found.share, "company of both": found.whole, "persons": float(found.persons), "weight": found.weight}
