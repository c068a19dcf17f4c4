"""What reference works say, found by the names of a person and by the office that a page is of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dragoman.model.record import Name, RecordEntity
from dragoman.model.reference import Reference, ReferenceTenure
from dragoman.service.references import keep_references, of_entity
from dragoman.service.referred import Referred, office_of_title
from dragoman.store.open import open_store
from dragoman.store.protocol import Store


def somebody(*names: str, state: str | None = None) -> RecordEntity:
    return RecordEntity(
        id="p1", kind="person", name=names[0], code=None, state=state, names=tuple(Name(text=one, language="en", count=1) for one in names), mentions=()
    )


def reference(id: str, name: str, *held: tuple[str, str | None, str | None], state: str | None = None, names: tuple[str, ...] = ()) -> Reference:
    tenures = tuple(ReferenceTenure(office=office, of=of, start=start) for office, of, start in held)
    return Reference(source="popolo:list.json", id=id, kind="person", name=name, names=(name, *names), state=state, tenures=tenures)


ALL = (
    reference(
        "1", "Ana Lindqvist", ("Minister for Foreign Affairs", "Government of Sweden", "2022-10-18"), state="SWE", names=("Ana Lindkvist", "آنا ليندكفيست")
    ),
    reference("2", "Bo Lindqvist", ("Prime Minister of Sweden", None, "2019"), state="SWE"),
    reference("3", "Eva Holm", ("ministre des Affaires étrangères", "SWE", "2014"), state="SWE"),
    reference("4", "Ola Berg", ("secretary general", "Nordic League", "2020"), state="NOR"),
    reference("5", "Ana Lindqvist", state="FIN"),
    reference("6", "Per Dahl", ("Keeper of the seal", "SWE", None), state="SWE"),
)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(":memory:")
    with opened.writing():
        keep_references(opened, ALL)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("entity", "ids"),
    [
        (somebody("Ana Lindqvist"), ["1", "5"]),
        (somebody("Ana Lindqvist", state="SWE"), ["1"]),
        (somebody("Anna Lindkvist", "Ana Lindqvist", state="SWE"), ["1"]),
        (somebody("آنا ليندكفيست", state="SWE"), ["1"]),
        (somebody("Lindqvist"), []),
        (somebody("Nobody Here"), []),
    ],
)
def test_whoever_shares_a_whole_name_is_given_as_the_slow_way_gives_them(store: Store, entity: RecordEntity, ids: list[str]) -> None:
    assert [one.id for one in Referred(store).of(entity)] == ids
    assert [one.id for one in of_entity(store, entity)] == ids


def test_an_office_is_found_by_its_title_in_any_language(store: Store) -> None:
    referred = Referred(store)
    assert [one.reference.id for one in referred.in_office("foreign-minister", "SWE")] == ["3", "1"], "the first first"
    assert [one.reference.id for one in referred.in_office("prime-minister", "SWE")] == ["2"]
    assert [one.reference.id for one in referred.in_office("secretary-general", "o1", ["Nordic League"])] == ["4"]
    assert not referred.in_office("secretary-general", "NOR"), "a body's office is not that of its holder's state"
    assert not referred.in_office("foreign-minister", "NOR")


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("Minister for Foreign Affairs", "foreign-minister"),
        ("Minister of Foreign Affairs of Turkey", "foreign-minister"),
        ("Deputy Minister of Foreign Affairs", "deputy-foreign-minister"),
        ("Premier ministre", "prime-minister"),
        ("President of the Chess Club", None),
        ("Keeper of the seal", None),
        ("", None),
    ],
)
def test_titles_of_offices(title: str, office: str | None) -> None:
    assert office_of_title(title) == office


def test_what_is_taken_in_later_is_found_too(store: Store) -> None:
    referred = Referred(store)
    assert not referred.of(somebody("Ida Strand"))
    with store.writing():
        assert keep_references(store, [reference("7", "Ida Strand")]) == 1
        assert keep_references(store, [reference("7", "Ida Strand")]) == 0
    assert [one.id for one in referred.of(somebody("Ida Strand"))] == ["7"]
