"""States, organisations and places: what knowledge has is one by its key there; what it has not is one by an equal name in no other state.

    entity ──canonical──▶ (kind, key)          'Damas', 'دمشق', 'Şam' ──▶ ("place", "geonames:170654")

An organisation or place that knowledge lacks is linked like a person: an acronym alone goes to the one body that an article spells out beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import cast

from dragoman.knowledge.places import Gazetteer, regions_named, simple
from dragoman.knowledge.places import Place as Town
from dragoman.knowledge.states import states
from dragoman.languages.fold import fold
from dragoman.linking.bare import Judge, parted
from dragoman.linking.grouping import Pair
from dragoman.linking.items import Fact, Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.organisations import folded_names, known_organisation
from dragoman.model.reading import Entity, Reading

KINDS = {"state": "s", "organization": "o", "place": "l"}
# Equal names and equal states; equal names where one side has no state; an acronym that only one side spells out; one that two spell out otherwise.
_EQUAL, _NO_STATE, _ACRONYM, _OTHER_WORDS = 1.0, 0.1, 0.1, 0.3
THRESHOLD = 0.75
# 'UNHCR', but no 'Iran'.
_ACRONYM_LONGEST = 7


def canonical(entity: Entity, reading: Reading, gazetteer: Gazetteer | None = None) -> tuple[str, str]:
    """The kind of an entity and what it is one by: a state's code, a key of the table, a town's number, or its name with its state."""
    if entity.kind == "state" and (entity.code or entity.state):
        return "state", str(entity.code or entity.state)
    key = _known(entity, reading, gazetteer)
    return entity.kind, key or "/".join((next(iter(folded_names(entity)), ""), entity.state or ""))


def _known(entity: Entity, reading: Reading, gazetteer: Gazetteer | None) -> str | None:
    if entity.kind == "organization":
        organisation = known_organisation(entity, reading)
        return f"organisation:{organisation.key}" if organisation else None
    return _place(entity, gazetteer) if entity.kind == "place" else None


@cache
def _capitals() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """(state, English names) of capitals and seats by their folded name in any language."""
    found: dict[str, dict[tuple[str, tuple[str, ...]], None]] = {}
    for state in states():
        for kind in (state.capitals, state.seats):
            for name in (name for names in kind.values() for name in names):
                found.setdefault(simple(fold(name)), {})[state.code, kind.get("en", (name,))] = None
    return {name: tuple(rows) for name, rows in found.items()}


def _place(entity: Entity, gazetteer: Gazetteer | None) -> str | None:
    for name in dict.fromkeys((entity.name, *entity.names)):
        key = simple(" ".join(fold(name).split()))
        region = next((place for place in regions_named(fold).get(key, ()) if not entity.state or place.country in (None, entity.state)), None)
        if region:
            return f"region:{region.name}"
        capital = next((row for row in _capitals().get(key, ()) if entity.state in (None, row[0])), None)
        # 'Şam' is in no gazetteer; but of two capitals (Cotonou, Porto-Novo) the English list does not say which.
        spelt = [] if capital is None else [capital[1][0]] if len(capital[1]) == 1 else [key, *capital[1]]
        home = capital[0] if capital else entity.state
        town = next(filter(None, (_town(gazetteer, simple(fold(one)), home) for one in [*spelt, key])), None)
        if town:
            return f"geonames:{town.geonameid}"
        if capital:
            return f"capital:{capital[0]}:{simple(fold(capital[1][0]))}"
    return None


def _town(gazetteer: Gazetteer | None, name: str, state: str | None) -> Town | None:
    """The most populous town of that name, in that state where it is known."""
    towns = gazetteer.named(name) if gazetteer else ()
    return next((town for town in towns if state in (None, town.country)), None)


def _items(reading: Reading, signature: Signature, *, kind: str, gazetteer: Gazetteer | None) -> tuple[tuple[Item, Occurrence], ...]:
    found = ((_item(entity, reading, gazetteer), entity.id) for entity in reading.entities if entity.kind == kind)
    return tuple((item, Occurrence(item=item.id, article=reading.article.id, local=local)) for item, local in found)


def _item(entity: Entity, reading: Reading, gazetteer: Gazetteer | None) -> Item:
    kind, key = entity.kind, _known(entity, reading, gazetteer)
    if kind == "state" and (entity.code or entity.state):
        key = entity.code or entity.state
    if key:
        return Item(kind=kind, id=item_id(kind, key), keys=(), facts={"key": key, "names": [], "acronyms": [], "bare": False, "state": None})
    names = folded_names(entity)
    acronyms = sorted({" ".join(fold(name).split()) for name in (entity.name, *entity.names) if _is_acronym(name)})
    facts: dict[str, Fact] = {"key": None, "names": list(names), "acronyms": list(acronyms), "bare": len(acronyms) == len(names), "state": entity.state}
    return Item(kind=kind, id=item_id(kind, *names, "", *acronyms, "", entity.state or ""), keys=tuple(sorted(f"={name}" for name in names)), facts=facts)


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "").strip()
    return letters.isupper() and letters.isalpha() and len(letters) <= _ACRONYM_LONGEST


def _names(item: Item) -> frozenset[str]:
    return frozenset(cast("Sequence[str]", item.facts["names"]))


def likeness(left: Item, right: Item) -> Likeness:
    """Whether two that no table has are one: an equal name, and no other state."""
    one, other = cast("Mapping[str, object]", left.facts), cast("Mapping[str, object]", right.facts)
    if left.id == right.id:
        return Likeness(score=_EQUAL, features={"name": _EQUAL})
    if one["key"] or other["key"] or not _names(left) & _names(right) or (one["state"] and other["state"] and one["state"] != other["state"]):
        return Likeness(score=0.0)
    features = {"name": _EQUAL}
    if one["state"] != other["state"]:
        features["state of one only"] = -_NO_STATE
    if one["bare"] != other["bare"]:
        features["acronym alone"] = -_ACRONYM
    elif not _spelt(left) & _spelt(right) and _spelt(left) and not one["state"]:
        features["other words for an acronym"] = -_OTHER_WORDS
    return Likeness(score=round(sum(features.values()), 3), features=features)


def _spelt(item: Item) -> frozenset[str]:
    """The names that are no acronym."""
    return _names(item) - frozenset(cast("Sequence[str]", item.facts["acronyms"]))


def _vaguer(left: Item, right: Item) -> bool:
    """An acronym beside a body spelt out, a name without a state beside one with it."""
    return bool((left.facts["bare"] and not right.facts["bare"]) or (not left.facts["state"] and right.facts["state"]))


def _differ(left: Item, right: Item) -> bool:
    """Another state, or two bodies spelt out of which no name is equal."""
    one, other = left.facts["state"], right.facts["state"]
    if one and other:
        return one != other
    return bool(_spelt(left) and _spelt(right) and not _spelt(left) & _spelt(right))


def _clash(left: Sequence[Item], right: Sequence[Item]) -> bool:
    return any(_differ(one, other) for one in left for other in right)


def _part(component: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    return parted(component, links, apart, Judge(vaguer=_vaguer, clash=_clash))


def bodies(gazetteer: Gazetteer | None) -> tuple[Kind, ...]:
    """The kinds 'state', 'organization' and 'place', with this look-up of places (of one worker: it is not handed to another)."""
    return tuple(
        Kind(name=kind, prefix=prefix, threshold=THRESHOLD, items=partial(_items, kind=kind, gazetteer=gazetteer), likeness=likeness, part=_part)
        for kind, prefix in KINDS.items()
    )
