"""States, organisations and places: one by what knowledge has of them, in any language, else by name and state."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from dragoman.linking.grouping import component
from dragoman.linking.items import Kind, Link, Signature
from dragoman.linking.offices import office_of
from dragoman.linking.settled import bodies, canonical
from dragoman.model.reading import Article, Entity, EntityKind, OfficeHolding, Reading
from dragoman.reading.kit import Kit


def reading(identity: str, kind: EntityKind, *rows: tuple[str, str | None], language: str = "en") -> Reading:
    """An article with these entities: names parted by '|', and a state."""
    entities = []
    for place, (names, state) in enumerate(rows, 1):
        written = tuple(names.split("|"))
        entities.append(Entity(id=f"e{place}", kind=kind, name=written[0], names=written, state=state, code=state if kind == "state" else None))
    return Reading(article=Article(id=identity, name=identity, text="", language=language), entities=tuple(entities))


def key(kind: EntityKind, name: str, state: str | None = None, *, kit: Kit | None = None, language: str = "en") -> str:
    one = reading("a", kind, (name, state), language=language)
    return canonical(one.entities[0], one, kit.gazetteer() if kit else None)[1]


@pytest.mark.parametrize(
    "names",
    [
        ("Damascus", "Damas", "دمشق", "Şam"), ("Beijing", "Pékin", "BEIJING", "بكين", "Pekin"), ("Tangier", "Tanger", "طنجة"),
        ("Gaza", "غزة", "Gazze", "bande de Gaza"), ("Cotonou", "كوتونو"),
    ],
)  # fmt: skip
def test_a_place_is_one_in_every_language(names: tuple[str, ...], kit: Kit) -> None:
    assert len({key("place", name, kit=kit) for name in names}) == 1


def test_a_place_is_the_most_populous_of_its_name_in_its_state(kit: Kit) -> None:
    assert key("place", "Tripoli", "LBN", kit=kit) != key("place", "Tripoli", "LBY", kit=kit)
    assert key("place", "Paris", kit=kit) == key("place", "Paris", "FRA", kit=kit) != key("place", "Paris", "USA", kit=kit)
    assert key("place", "Porto-Novo", kit=kit) != key("place", "Cotonou", kit=kit)
    assert key("place", "Tishrin Dam", "SYR", kit=kit) == "tishrin dam/SYR"


def test_without_a_gazetteer_capitals_and_regions_are_still_one() -> None:
    assert key("place", "Damas", language="fr") == key("place", "Şam", language="tr")
    assert key("place", "mer Noire", language="fr") == key("place", "Black Sea")


@pytest.mark.parametrize("names", [("United Nations", "ONU", "BM", "الأمم المتحدة", "U.N."), ("NATO", "OTAN"), ("PKK", "حزب العمال الكردستاني")])
def test_an_organisation_is_one_by_any_of_its_names(names: tuple[str, ...]) -> None:
    assert len({key("organization", name) for name in names}) == 1


def test_a_state_is_its_code() -> None:
    assert canonical(*_first(reading("a", "state", ("Türkiye", "TUR")))) == ("state", "TUR")


def _first(one: Reading) -> tuple[Entity, Reading]:
    return one.entities[0], one


def groups_of(kind: Kind, readings: Sequence[Reading]) -> set[frozenset[str]]:
    rows = [row for one in readings for row in kind.items(one, Signature())]
    items = {item.id: item for item, _ in rows}
    links = []
    for left, right in combinations(sorted(items), 2):
        score = kind.likeness(items[left], items[right]).score
        assert score == kind.likeness(items[right], items[left]).score
        if score >= kind.threshold:
            assert set(items[left].keys) & set(items[right].keys)
            links.append(Link(left, right, score))
    groups: set[frozenset[str]] = set()
    waiting = set(items)
    while waiting:
        reached, inside = component([min(waiting)], lambda asked: [link for link in links if {link.left, link.right} & set(asked)])
        waiting -= reached
        for group in kind.part([items[one] for one in sorted(reached)], sorted(inside), frozenset()):
            groups.add(frozenset(f"{seen.article}{seen.local}" for item, seen in rows if item.id in group))
    return groups


def kind_of(name: str) -> Kind:
    return next(kind for kind in bodies(None) if kind.name == name)


def test_an_acronym_joins_the_body_that_an_article_spells_out() -> None:
    organisation = kind_of("organization")
    spelt, acronym, other = ("Institute of Border Studies|IBS", None), ("IBS", None), ("Island Broadcasting Service|IBS", None)
    both = [reading("a", "organization", spelt), reading("b", "organization", acronym), reading("c", "organization", ("Institute of Border Studies", None))]
    assert groups_of(organisation, both) == {frozenset({"ae1", "be1", "ce1"})}
    # Two that are so called: the acronym alone is neither.
    groups = groups_of(organisation, [*both, reading("d", "organization", other)])
    assert frozenset({"de1"}) in groups
    assert groups == groups_of(organisation, [reading("d", "organization", other), *reversed(both)])


def test_one_name_in_two_states_is_two_bodies() -> None:
    rows = [
        reading("a", "organization", ("Interior Ministry", "GEO")),
        reading("b", "organization", ("Interior Ministry", "ARM")),
        reading("c", "organization", ("Interior Ministry", None)),
    ]
    assert groups_of(kind_of("organization"), rows) == {frozenset({"ae1"}), frozenset({"be1"}), frozenset({"ce1"})}
    assert groups_of(kind_of("organization"), [rows[0], rows[2]]) == {frozenset({"ae1", "ce1"})}


def test_a_ministry_s_spokesperson_is_the_state_s() -> None:
    ministry = Entity(id="o1", kind="organization", name="Armenian Foreign Ministry", state="ARM", reason="ministry")
    council = Entity(id="o2", kind="organization", name="Presidential Council", reason="head word")
    movement = Entity(id="o3", kind="organization", name="Houthis", state="YEM", reason="table")
    one = Reading(article=Article(id="a", name="a", text=""), entities=(ministry, council, movement))
    assert office_of(OfficeHolding(person="p1", office="spokesperson", of="o1", evidence=()), one) == "ARM"
    assert office_of(OfficeHolding(person="p1", office="foreign-minister", of="o2", evidence=()), one) is None
    assert office_of(OfficeHolding(person="p1", office="chief-negotiator", of="o3", evidence=()), one) == "o3"
    assert office_of(OfficeHolding(person="p1", office="president", of="FRA", evidence=()), one) == "FRA"
