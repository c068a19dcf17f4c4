"""Who and what is named: annotated examples per language."""

from typing import Any

from dragoman.model.reading import Entity, Reading


def named(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions if mention.form == "name"]


def test_examples(example: Any, reading: Reading) -> None:
    by_kind: dict[str, list[Entity]] = {
        kind: [entity for entity in reading.entities if entity.kind == kind] for kind in ("person", "state", "organization", "place")
    }
    found = {
        "persons": [named(entity) for entity in by_kind["person"]],
        "states": {entity.code: named(entity) for entity in by_kind["state"]},
        "organizations": [named(entity) for entity in by_kind["organization"]],
        "places": {entity.name: entity.state or "" for entity in by_kind["place"]},
    }
    assert {key: found[key] for key in example.facts} == example.facts
