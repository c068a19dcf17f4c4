"""Entities and relations in documents on Syria and Iraq: the program's own ground.

Entities are names, as in the other sets of names (benchmarks/names.py). Of the relations three are of the kind that a reading tells: FightingAgainst (an
ASSAULT, THREATEN or MOBILIZE between two), CommWith (a CONSULT, AGREE or REQUEST between two, or a statement and the one it is made to) and InChargeOf (an
office of a state or body). A relation of the set has two spans; it is found where a relation of ours joins entities mentioned in both. `given` counts only
relations of the set whose two ends are entities of ours. Annotation is by a crowd: relations below a confidence of one half are not asked.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import names, readings, scores
from benchmarks.sets import rows
from dragoman.model.reading import Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit

SETS = ("re3d",)
_RELATIONS = ("FightingAgainst", "CommWith", "InChargeOf")
_EVENTS = {
    "ASSAULT": "FightingAgainst", "THREATEN": "FightingAgainst", "MOBILIZE": "FightingAgainst", "CONSULT": "CommWith", "AGREE": "CommWith",
    "REQUEST": "CommWith",
}  # fmt: skip
_SURE = 0.5
Relation = tuple[str, str, str]


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Entity F1, which is the headline, by class and beside the bare encoder and parser; F1 of relations end to end and given the entities."""
    entities = names.measure(name, folder, split=split, limit=limit)
    given = list(rows(folder, name, split))[:limit]
    kit = Kit()
    read = readings.read_all((readings.article(row["id"], row["text"]) for row in given), kit)
    whole: dict[str, Counter[str]] = {kind: Counter() for kind in _RELATIONS}
    ends: dict[str, Counter[str]] = {kind: Counter() for kind in _RELATIONS}
    errors = list(entities.pop("errors", ()))
    for row, reading in zip(given, read, strict=True):
        ours = relations(reading)
        used: set[Relation] = set()
        for one in row["relations"]:
            if one["type"] not in _RELATIONS or one["confidence"] < _SURE:
                continue
            left, right = (_means(reading, Span(*one[end])) for end in ("source", "target"))
            hit = next((mine for mine in sorted(ours) if mine[0] == one["type"] and _joins(mine, left, right)), None)
            outcome = "right" if hit else "missed"
            whole[one["type"]][outcome] += 1
            if left and right and left != right:
                ends[one["type"]][outcome] += 1
            if hit:
                used.add(hit)
            else:
                errors.append(f"{row['id']}: {one['type']} missed: {one['source_text']} / {one['target_text']} ({one['value']})")
        for mine in ours - used:
            whole[mine[0]]["wrong"] += 1
            ends[mine[0]]["wrong"] += 1
            told = [entity.name for entity in (reading.entity(mine[1]), reading.entity(mine[2])) if entity]
            errors.append(f"{row['id']}: {mine[0]} wrong: {' / '.join(told)}")
    return {
        "headline": entities["en"]["all"]["ours"]["f1"], **{key: value for key, value in entities.items() if key not in ("headline", "cases")},
        "relations": {kind: {"whole": scores.tallied(whole[kind]), "given": scores.tallied(ends[kind])} for kind in _RELATIONS},
        "cases": entities.get("cases", {}), "errors": errors,
    }  # fmt: skip


def relations(reading: Reading) -> set[Relation]:
    """(kind, entity, entity) of everything that the reading tells of these kinds, ends in the order of their ids."""
    found: set[Relation] = set()
    for event in reading.events:
        if kind := _EVENTS.get(event.type):
            pairs = combinations(sorted({one.entity for one in event.participants}), 2)
            acting = {one.entity for one in event.participants if one.role == "actor"}
            found |= {(kind, *pair) for pair in pairs if kind == "CommWith" or len(acting & set(pair)) == 1}
    for said in reading.statements:
        if said.speaker and said.addressee:
            found.add(("CommWith", min(said.speaker, said.addressee), max(said.speaker, said.addressee)))
    for held in reading.offices:
        body = next((entity.id for entity in reading.entities if held.of in (entity.id, entity.code)), None)
        if body:
            found.add(("InChargeOf", min(held.person, body), max(held.person, body)))
    return found


def _means(reading: Reading, span: Span) -> frozenset[str]:
    """The entities that a span of the set holds or lies in."""
    return frozenset(entity.id for entity in reading.entities for mention in entity.mentions if mention.span.overlaps(span))


def _joins(mine: Relation, left: frozenset[str], right: frozenset[str]) -> bool:
    return (mine[1] in left and mine[2] in right) or (mine[2] in left and mine[1] in right)


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = names.lines(name, {"en": figures["en"], "headline": figures["headline"]})[:-1]
    told += [
        f"{kind:16} end to end {scores.shown(one['whole'])}; given the entities {scores.shown(one['given'])}" for kind, one in figures["relations"].items()
    ]
    return [*told, f"{name}: F1 of entities {figures['headline']:.3f}"]
