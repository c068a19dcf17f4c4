"""Articles sent in are read and linked as 'dragoman add' does it: new once, known ever after, refused in words where nothing can be read."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.web.api import adding

KEY = {"authorization": "Bearer a token that only tests know"}
FILE = {**KEY, "content-type": "application/octet-stream"}
TEXT = "Norway's foreign minister, Espen Barth Eide, met Hakan Fidan in Oslo on 3 March 2026. They signed an agreement on energy."


def test_an_article_is_new_once(client: TestClient) -> None:
    before = client.get("/api/record").json()
    sent = {
        "text": TEXT,
        "title": "Talks in Oslo",
        "language": "en",
        "published": "2026-03-03",
        "outlet": "A paper",
        "url": "https://example.org/1",
        "id": "one",
    }
    answer = client.post("/api/articles", json=sent, headers=KEY)
    assert answer.status_code == 201, answer.text
    made = answer.json()["articles"][0]
    assert (made["name"], made["status"]) == ("one", "new")
    assert answer.headers["location"] == f"/api/articles/{made['id']}"
    kept = client.get(answer.headers["location"]).json()
    assert (kept["title"], kept["outlet"], kept["published"], kept["language"]) == ("Talks in Oslo", "A paper", "2026-03-03", "en")
    assert client.get(f"{answer.headers['location']}/text").json()["text"] == TEXT
    after = client.get("/api/record").json()
    assert after["counts"]["articles"] == before["counts"]["articles"] + 1
    assert after["version"] != before["version"]
    again = client.post("/api/articles", json=sent, headers=KEY)
    assert (again.status_code, again.json()["articles"][0]["status"], again.json()["articles"][0]["id"]) == (200, "known", made["id"])
    assert client.get("/api/record").json() == after


def test_a_file_of_any_format_is_added(client: TestClient) -> None:
    page = f"<html><head><title>Talks</title></head><body><article><h1>Talks in Oslo</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    answer = client.post("/api/articles?name=../../talks.html&published=2026-03-03&language=en", content=page.encode(), headers=FILE)
    assert answer.status_code == 201, answer.text
    one = client.get(answer.headers["location"]).json()
    assert "/" not in one["name"]
    assert one["published"] == "2026-03-03"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400), (b"{", "application/json", 422), (b"[]", "application/json", 422), (b'{"text": ""}', "application/json", 422),
        (b'{"text": "a", "published": "yesterday"}', "application/json", 422), (b'{"text": "a", "published": "2025-02-30"}', "application/json", 400),
        (b'{"text": "a", "unknown": 1}', "application/json", 422), (b"\x00\x01\x02\xff\xfe" * 40, "application/octet-stream", 422),
        (b"   \n", "application/octet-stream", 422), (b"text", "text/plain", 415), (b"\x1f\x8b\x08\x00broken", "application/octet-stream", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(client: TestClient, body: bytes, kind: str, status: int) -> None:
    answer = client.post("/api/articles", content=body, headers={**KEY, "content-type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert client.get("/api/record").json()["counts"]["articles"] == 5


def test_too_many_and_too_much_are_refused(client: TestClient) -> None:
    lines = b"".join(b'{"text": "Talks %d went on in Oslo."}\n' % number for number in range(201))
    assert client.post("/api/articles?name=many.jsonl", content=lines, headers=FILE).status_code == 413
    most = client.app.state.settings.config.max_bytes  # type: ignore[attr-defined]
    assert client.post("/api/articles", content=b"x", headers={**FILE, "content-length": str(most + 1)}).status_code == 413


def test_who_comes_while_others_wait_is_asked_to_come_again(client: TestClient) -> None:
    taken: list[Any] = []
    try:
        while adding._turns.acquire(blocking=False):
            taken.append(None)
        answer = client.post("/api/articles", json={"text": TEXT}, headers=KEY)
    finally:
        for _ in taken:
            adding._turns.release()
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_whoever_reads_may_be_another_thread_each_time(client: TestClient) -> None:
    from concurrent.futures import ThreadPoolExecutor

    state = client.app.state  # type: ignore[attr-defined]
    sent = [f"Espen Barth Eide met Hakan Fidan in Bergen on {day} March 2026.".encode() for day in range(1, 4)]
    request = type("Request", (), {"app": client.app})
    for body in sent:
        with ThreadPoolExecutor(1) as alone:
            answer = alone.submit(adding._added, request, b'{"text": "%s", "language": "en"}\n' % body, "one.jsonl", adding._Named()).result()  # type: ignore[arg-type]
        assert answer.status_code == 201, answer.body
    assert state.store.counts().articles == 8
