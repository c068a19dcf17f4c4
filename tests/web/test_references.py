"""Reference works on the pages of a person and an office, and through the interface: beside what reports say, never as if reports said it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.model.reference import Reference, ReferenceTenure
from dragoman.service.references import keep_references
from dragoman.store.open import open_store

EVIL = '<script>alert(1)</script>"'


@pytest.fixture
def known(made: Path, client: TestClient) -> tuple[TestClient, str, str]:
    """A client of a record with a reference of a person in an office, the person's page and the office's."""
    persons = client.get("/api/persons").json()["rows"]
    held = next(one for person in persons for one in client.get(f"/api/tenures?person={person['id']}").json() if one["of"] and len(one["of"]) == 3)
    person = client.get(f"/api/entities/{held['person']}").json()
    tenure = ReferenceTenure(office=held["office"].replace("-", " "), of=held["of"], start="2020-02-03", end="2021")
    whole = max((name["text"] for name in person["names"]), key=len)
    store = open_store(str(made))
    with store.writing():
        keep_references(store, [
            Reference(source=f"popolo:{EVIL}", id="1", kind="person", name=whole, names=(whole, EVIL), wikidata="Q42", tenures=(tenure,)),
            Reference(source="wikidata", id="Q7", kind="person", name="Nobody Atall", names=("Nobody Atall",)),
        ])  # fmt: skip
    store.close()
    return client, f"/person/{person['id']}", f"/office/{held['of']}/{held['office']}"


def test_a_person_and_an_office_show_what_reference_works_say(known: tuple[TestClient, str, str], parsed: Any) -> None:
    client, person, office = known
    for address in (person, office):
        before, _, told = client.get(address).text.partition('class="reference"')
        assert "Reference, not from reports" in told
        assert "3 February 2020 to 2021" in told
        assert "Q42" in told
        assert "Nobody Atall" not in told
        assert "Q42" not in before, "never among what reports say"
        assert "<script>alert(1)" not in told
        page = parsed(client.get(f"{address}?lang=fr").text)
        assert "Référence, et non récits" in page.words
    assert client.get(f"{person}.json").json()["references"][0]["wikidata"] == "Q42"
    assert client.get(f"{office}.json").json()["references"][0]["tenure"]["start"] == "2020-02-03"


def test_without_references_nothing_is_said_of_them(reader: TestClient) -> None:
    person = reader.get("/api/persons").json()["rows"][0]["id"]
    assert 'class="reference"' not in reader.get(f"/person/{person}").text
    assert reader.get(f"/api/entities/{person}/references").json() == []


def test_programs_are_told_apart_from_the_record(known: tuple[TestClient, str, str]) -> None:
    client, person, office = known
    id_ = person.rpartition("/")[2]
    assert [one["id"] for one in client.get(f"/api/entities/{id_}/references").json()] == ["1"]
    of, _, code = office.removeprefix("/office/").partition("/")
    found = client.get(f"/api/offices/{of}/{code}/references").json()
    assert [(one["reference"]["id"], one["tenure"]["end"]) for one in found] == [("1", "2021")]
    assert client.get("/api/offices/XXX/monarch/references").json() == []
    assert client.get("/api/entities/nothing/references").status_code == 404
    assert "references" not in client.get(f"/api/entities/{id_}").json()


def test_an_office_that_reference_works_alone_know_has_a_page(known: tuple[TestClient, str, str], made: Path) -> None:
    client, _, _ = known
    assert client.get("/office/ISL/president").status_code == 404
    store = open_store(str(made))
    held = ReferenceTenure(office="President of Iceland", of="ISL", start="2016-08-01")
    with store.writing():
        keep_references(store, [Reference(source="wikidata", id="Q9", kind="person", name="Una Dal", names=("Una Dal",), tenures=(held,))])
    store.close()
    answer = client.get("/office/ISL/president")
    assert answer.status_code == 200
    assert "Una Dal" in answer.text.partition('class="reference"')[2]
