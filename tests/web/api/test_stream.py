"""News: each new fact once, in the order in which it came; whoever was cut off goes on where they were."""

import asyncio
import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.linking.items import Signature
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, EventReport, Mention, Participation, Reading
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.web.api import stream

ALL = ("events", "statements", "commitments")


def state_of(client: TestClient) -> Any:
    app: Any = client.app
    return app.state


def listened(client: TestClient, after: stream.News, parts: tuple[str, ...] = ALL) -> list[dict[str, str]]:
    """What a listener hears who goes when there is nothing more."""

    async def hear() -> bytes:
        return b"".join([piece async for piece in stream.news(state_of(client), after, parts, looks=1, pause=0)])

    told = asyncio.run(hear()).decode()
    return [dict(line.split(": ", 1) for line in block.splitlines()) for block in told.strip().split("\n\n")]


def key_of(said: str) -> stream.News:
    version, part, id_ = said.split(".")
    return int(version), part, id_


def told(number: int) -> Reading:
    text = f"Ola Nordmann met Eva Moreau in Oslo on day {number}."
    people = tuple(
        Entity(id=local, kind="person", name=name, names=(name,), mentions=(Mention(start=text.index(name), end=text.index(name) + len(name), text=name),))
        for local, name in (("p1", "Ola Nordmann"), ("p2", "Eva Moreau"))
    )
    event = EventReport(
        id="v1", type="CONSULT", date=f"2025-0{number}-01", participants=tuple(Participation(entity=one.id, role="participant") for one in people),
        trigger=Span(13, 16), evidence=(Span(0, len(text)),),
    )  # fmt: skip
    return Reading(
        article=Article(id=article_id(text), name=str(number), text=text, language="en"), sentences=(Span(0, len(text)),), entities=people, events=(event,)
    )


def added(client: TestClient, kit: Kit, number: int) -> None:
    store = state_of(client).store
    with store.writing():
        keep(store, [Fresh(reading=told(number), signature=Signature())], kinds(kit))


def test_from_the_beginning_everything_is_news_once(client: TestClient, kit: Kit) -> None:
    every = listened(client, (0, "", ""))
    assert every[0]["event"] == "ready"
    heard = {(one["event"], json.loads(one["data"])["id"]) for one in every[1:]}
    assert len(heard) == len(every) - 1
    for kind, name in (("event", "events"), ("statement", "statements"), ("commitment", "commitments")):
        rows = {one["id"]: one for one in client.get(f"/api/{name}?limit=1000").json()["rows"]}
        assert {id_ for of, id_ in heard if of == kind} == rows.keys()
        for one in every[1:]:
            if one["event"] == kind:
                assert json.loads(one["data"]) == rows[json.loads(one["data"])["id"]]
    assert [key_of(one["id"]) for one in every[1:]] == sorted(key_of(one["id"]) for one in every[1:])


def test_a_listener_goes_on_where_it_was_cut_off(client: TestClient, kit: Kit) -> None:
    every = listened(client, (0, "", ""))
    for at, one in enumerate(every):
        assert [later["id"] for later in listened(client, key_of(one["id"]))[1:]] == [later["id"] for later in every[at + 1 :]]
    last = state_of(client).store.shelving.newest_news()
    assert listened(client, last)[1:] == []
    added(client, kit, 1)
    first = listened(client, last)[1:]
    assert [json.loads(one["data"])["date"] for one in first] == ["2025-01-01"]
    added(client, kit, 2)
    assert [json.loads(one["data"])["date"] for one in listened(client, last)[1:]] == ["2025-01-01", "2025-02-01"]
    assert [json.loads(one["data"])["date"] for one in listened(client, key_of(first[-1]["id"]))[1:]] == ["2025-02-01"]
    assert listened(client, last, ("statements",))[1:] == []


def test_what_was_rejected_meanwhile_is_passed_over(client: TestClient, kit: Kit) -> None:
    last = state_of(client).store.shelving.newest_news()
    added(client, kit, 1)
    event = json.loads(listened(client, last)[1]["data"])["id"]
    key = {"authorization": "Bearer a token that only tests know"}
    assert client.post("/api/corrections", json={"verdict": "reject", "left": event}, headers=key).status_code == 201
    assert listened(client, last)[1:] == []


def test_the_address_gives_the_stream(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "news", lambda state, after, parts: finished(state, after, parts))
    answer = client.get("/api/events/stream", headers={"last-event-id": "0.."})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.count("\nevent: event\n") == 3
    assert state_of(client).listeners == 0
    assert re.search(r"^id: \d+\.events\.v", answer.text, re.MULTILINE)
    assert "event: statement" not in client.get("/api/events/stream?after=0..&part=events").text
    assert client.get("/api/events/stream").text.count("event:") == 1


REAL = stream.news


def finished(state: Any, after: stream.News, parts: tuple[str, ...]) -> Any:
    return REAL(state, after, parts, looks=1, pause=0)


@pytest.mark.parametrize("said", ["x", "1", "1.events.V", "9999999999999999.events.v1", "1.events.v1\r\nx: y"])
def test_what_is_no_place_in_the_news_is_refused(client: TestClient, said: str) -> None:
    assert client.get("/api/events/stream", params={"after": said}).status_code == 422


def test_no_more_listen_than_there_are_places(client: TestClient) -> None:
    state_of(client).listeners = stream.MOST
    answer = client.get("/api/events/stream")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
