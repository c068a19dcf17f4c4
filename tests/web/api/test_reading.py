"""The interface gives what the shelf has, page by page, under tags that change with the record, and says in its own description what it gives."""

import json
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.model.record_codec import plain
from dragoman.model.shelf import Cut, Events
from dragoman.web.guard import POLICY

LISTS = ("articles", "persons", "states", "organisations", "places", "events", "statements", "commitments", "stories")
PLAIN = ("tenures?of=TUR", "record", "facets", "search?q=talks", "months", "pairs", "review", "corrections", "offices/TUR/foreign-minister?on=2025-10-12")


def shelf_of(client: TestClient) -> Any:
    app: Any = client.app
    return app.state.open_shelf()


def rows(client: TestClient, name: str, **asked: Any) -> list[Any]:
    return list(client.get(f"/api/{name}", params=asked).raise_for_status().json()["rows"])


def schema_at(reader: TestClient, path: str) -> dict[str, Any]:
    described = reader.get("/api/openapi.json").json()
    answers = described["paths"][path]["get"]["responses"]
    return {**answers["200"]["content"]["application/json"]["schema"], "components": described["components"]}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_comes_page_by_page_and_whole(reader: TestClient, name: str) -> None:
    whole = rows(reader, name, limit=1000)
    assert whole or name in ("states", "organisations", "commitments")
    found, after = [], None
    while True:
        page = reader.get(f"/api/{name}", params={"limit": 2, **({"after": after} if after else {})}).json()
        assert page["total"] == len(whole)
        found += page["rows"]
        after = page["after"]
        if after is None:
            break
    assert found == whole
    jsonschema.validate(page, schema_at(reader, f"/{name}"))


@pytest.mark.parametrize("address", PLAIN)
def test_what_is_given_is_as_described(reader: TestClient, address: str) -> None:
    answer = reader.get(f"/api/{address}")
    assert answer.status_code == 200, answer.text
    path = "/offices/{of}/{office}" if address.startswith("offices") else "/" + address.partition("?")[0]
    jsonschema.validate(answer.json(), schema_at(reader, path))


def test_rows_are_those_of_the_contract(reader: TestClient, hostile: TestClient) -> None:
    shelf = shelf_of(reader)
    for name in LISTS:
        answer = hostile.get(f"/api/{name}").json()
        jsonschema.validate(answer, schema_at(hostile, f"/{name}"))
    assert rows(reader, "events") == json.loads(json.dumps([plain(one) for one in shelf.events(Events(), Cut()).rows]))
    event = rows(reader, "events")[0]
    assert reader.get(f"/api/events/{event['id']}").json() == event
    for name, one in (("statements", "statements"), ("commitments", "commitments"), ("stories", "stories"), ("articles", "articles"), ("persons", "entities")):
        client = hostile if name == "commitments" else reader
        first = rows(client, name)[0]
        assert client.get(f"/api/{one}/{first['id']}").json() == first


def test_every_offset_leads_to_the_words(reader: TestClient) -> None:
    for event in rows(reader, "events"):
        told = reader.get(f"/api/events/{event['id']}/evidence").json()
        jsonschema.validate(told, schema_at(reader, "/events/{id}/evidence"))
        quotes = [quote for report in told["reports"] for quote in report["evidence"]]
        assert quotes
        for quote in quotes:
            text = reader.get(f"/api/articles/{quote['article']}/text").json()["text"]
            assert text[quote["start"] : quote["end"]] == quote["quote"]
    person = rows(reader, "persons")[0]
    for place in reader.get(f"/api/entities/{person['id']}/mentions").json()["rows"]:
        assert reader.get(f"/api/articles/{place['article']}/text").json()["text"][place["start"] : place["end"]] == place["text"]


def test_an_article_with_its_reading_and_copies(reader: TestClient) -> None:
    one = rows(reader, "articles")[0]["id"]
    reading = reader.get(f"/api/articles/{one}/reading").json()
    assert reading["schema"] == "dragoman/reading/1"
    assert reading["article"]["text"] == reader.get(f"/api/articles/{one}/text").json()["text"]
    assert isinstance(reader.get(f"/api/articles/{one}/copies").json(), list)


def test_filters_mean_what_those_of_the_shelf_mean(reader: TestClient) -> None:
    for asked, wanted in (
        ({"side": "TUR"}, Events(sides=("TUR",))),
        ({"type": "CONSULT", "order": "oldest"}, Events(types=("CONSULT",), order="oldest")),
        ({"since": "2025-10", "disputed": "false"}, Events(since="2025-10", disputed=False)),
    ):
        assert [one["id"] for one in rows(reader, "events", **asked)] == [one.id for one in shelf_of(reader).events(wanted, Cut()).rows]
    assert rows(reader, "events", side=["TUR", "NOR"]) == []


def test_a_tag_is_good_until_the_record_changes(client: TestClient) -> None:
    first = client.get("/api/events")
    tag = first.headers["etag"]
    assert client.get("/api/events", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/api/events", headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304
    assert client.get("/api/events?limit=1", headers={"if-none-match": tag}).status_code == 200
    event = first.json()["rows"][0]["id"]
    key = {"authorization": "Bearer a token that only tests know"}
    assert client.post("/api/corrections", json={"verdict": "reject", "left": event}, headers=key).status_code == 201
    again = client.get("/api/events", headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("events/none", 404), ("articles/none", 404), ("articles/none/text", 404), ("articles/none/reading", 404), ("articles/none/copies", 404),
        ("entities/none", 404), ("entities/none/mentions", 404), ("entities/none/met", 404), ("corrections/99", 404), ("nothing", 404), ("offices/Atlantis/mayor", 404),
        ("events?limit=0", 422), ("events?limit=1001", 422), ("events?since=yesterday", 422), ("events?sice=2025", 422), ("events?factuality=perhaps", 422),
        ("events?after=x", 400), ("events?since=2025-02-30", 400), ("tenures", 400), ("search", 422), ("search?q=%20", 400), ("corrections/x", 422),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_problem_in_words(reader: TestClient, address: str, status: int) -> None:
    answer = reader.get(f"/api/{address}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    described = reader.get("/api/openapi.json").json()["components"]
    jsonschema.validate(problem, {**described["schemas"]["Problem"], "components": described})


def test_other_methods_and_the_pages_own_problems(reader: TestClient) -> None:
    assert reader.put("/api/events").status_code == 405
    assert reader.put("/api/events").headers["content-type"] == "application/problem+json"
    assert reader.get("/nothing").headers["content-type"].startswith("text/html")


def test_the_description_needs_nobody_else(reader: TestClient) -> None:
    page = reader.get("/api/docs")
    assert page.headers["content-security-policy"] == POLICY
    for word in ("http:", "https:", "<script", "//"):
        assert word not in page.text.replace("<!doctype html>", "")
    for path in reader.get("/api/openapi.json").json()["paths"]:
        assert f"/api{path}".replace("&", "&amp;") in page.text


def test_texts_of_enemies_stay_text(hostile: TestClient) -> None:
    for name in LISTS:
        answer = hostile.get(f"/api/{name}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == POLICY


QUERIES = (
    "entity",
    "side",
    "type",
    "topic",
    "place",
    "language",
    "outlet",
    "article",
    "story",
    "since",
    "until",
    "after",
    "order",
    "limit",
    "words",
    "speaker",
    "channel",
    "by",
    "to",
    "act",
    "state",
    "name",
    "q",
    "of",
    "office",
    "person",
    "on",
    "kind",
    "least_origins",
)


@given(
    st.dictionaries(
        st.sampled_from(QUERIES),
        st.text(max_size=30) | st.sampled_from(["' OR '1'='1", "'; DROP TABLE articles; --", "%' --", "\\", "\x00", "NEAR(", '"']),
        max_size=3,
    )
)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_is_no_query_of_a_database(reader: TestClient, asked: dict[str, str]) -> None:
    for name in (*LISTS, "tenures", "search", "pairs", "months", "review"):
        assert reader.get(f"/api/{name}", params=asked).status_code in (200, 400, 404, 409, 422)


@given(st.text(min_size=1, max_size=20).filter(lambda one: one != "stream"))  # the news, which do not end
@settings(max_examples=15, deadline=None, derandomize=True)
def test_whatever_id_is_asked_there_is_an_answer(reader: TestClient, id: str) -> None:
    from urllib.parse import quote

    for name in ("events", "articles", "entities", "statements", "commitments", "stories"):
        assert reader.get(f"/api/{name}/{quote(id, safe='')}").status_code in (200, 404, 422, 405, 400)
