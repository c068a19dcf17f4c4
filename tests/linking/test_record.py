"""What a thing of the record is called."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dragoman.linking.record import entity_of
from dragoman.model.reading import EntityKind


def _called(kind: EntityKind, votes: Sequence[tuple[str, int]]) -> str:
    return entity_of(kind, "x1", {("called", name, ""): count for name, count in votes}).name


@pytest.mark.parametrize(
    ("kind", "votes", "name"),
    [
        ("place", [("MANILLE", 5), ("Manille", 1)], "Manille"),
        ("place", [("MANILLE", 5)], "MANILLE"),
        ("place", [("MANILLE", 1), ("MANILA", 2), ("مانيلا", 1)], "MANILA"),
        ("organization", [("NATO", 5), ("Nato", 1)], "NATO"),
        ("person", [("أسعد الشيباني", 2), ("Asaad al-Shaibani", 2)], "Asaad al-Shaibani"),
        ("person", [("Fidan", 3), ("Hakan Fidan", 3)], "Hakan Fidan"),
    ],
)
def test_the_name_of_a_thing(kind: EntityKind, votes: Sequence[tuple[str, int]], name: str) -> None:
    assert _called(kind, votes) == name
