"""Tokens at the door: who shows one may do what it lets, nobody else; it is never said back, and guessing is stopped."""

import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dragoman.service.tokens import new_token, revoke
from dragoman.web.failures import MOST, WITHIN, Failures
from dragoman.web.settings import Settings

OWN = "a token that only tests know"
ARTICLE = {"text": "Ankara said on Monday that talks would go on.", "language": "en"}


def state_of(client: TestClient) -> Any:
    app: Any = client.app
    return app.state


def token(client: TestClient, *scopes: str) -> dict[str, str]:
    made = new_token(state_of(client).store, f"desk {scopes}", scopes or ("read",))
    return {"authorization": f"Bearer {made.shown}"}


def event_of(client: TestClient) -> str:
    return str(client.get("/api/events").json()["rows"][0]["id"])


def test_each_scope_lets_do_its_own(client: TestClient) -> None:
    correction = {"verdict": "reject", "left": event_of(client)}
    for scopes, adding, correcting in ((("read",), 403, 403), (("write",), 403, 201), (("add",), 422, 403)):
        key = token(client, *scopes)
        assert client.post("/api/articles", content=b"{}", headers={**key, "content-type": "application/json"}).status_code == adding
        assert client.post("/api/corrections", json=correction, headers=key).status_code == correcting
    for answer in (client.post("/api/articles", json=ARTICLE), client.post("/api/corrections", json=correction), client.delete("/api/corrections/1")):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_correction_bears_the_name_of_its_token_and_can_be_taken_back(client: TestClient) -> None:
    event = event_of(client)
    key = token(client, "write")
    made = client.post("/api/corrections", json={"verdict": "value", "left": event, "field": "date", "value": "2025-10-13", "why": "seen there"}, headers=key)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == "/api/corrections/1"
    assert made.json()["correction"]["by"] == "desk ('write',)"
    assert client.get(f"/api/events/{event}").json()["date"] == "2025-10-13"
    again = client.post("/api/corrections", json={"verdict": "value", "left": event, "field": "date", "value": "2025-10-13"}, headers=key)
    assert (again.status_code, again.json()["new"]) == (200, False)
    assert client.get("/api/corrections/1").json()["correction"]["why"] == "seen there"
    assert client.delete("/api/corrections/1", headers=key).json()["correction"]["undone"] is True
    assert client.get(f"/api/events/{event}").json()["date"] != "2025-10-13"
    assert client.delete("/api/corrections/9", headers=key).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verdict": "same", "left": "x"},
        {"verdict": "value", "left": "x"},
        {"verdict": "maybe", "left": "x"},
        {"verdict": "reject", "left": "x", "more": 1},
        [],
    ],
)
def test_a_correction_that_is_none_is_refused(client: TestClient, sent: Any) -> None:
    answer = client.post("/api/corrections", json=sent, headers={"authorization": f"Bearer {OWN}"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    key = {"authorization": f"Bearer {OWN}", "content-type": "application/json"}
    assert client.post("/api/corrections", content=b" " * 30_000, headers=key).status_code == 413
    assert client.post("/api/corrections", content=iter([b" " * 30_000]), headers=key).status_code == 413
    assert client.post("/api/corrections", content=b"x", headers={**key, "content-type": "text/plain"}).status_code == 415


def test_a_session_needs_the_word_of_its_forms(signed_in: TestClient, parsed: Any) -> None:
    event = event_of(signed_in)
    sent = {"verdict": "reject", "left": event}
    assert signed_in.post("/api/corrections", json=sent).status_code == 403
    page = parsed(signed_in.get("/review").text)
    word = next(one["value"] for one in page.every("input") if one.get("name") == "csrf")
    assert signed_in.post("/api/corrections", json=sent, headers={"x-csrf-token": "0" * 64}).status_code == 403
    assert signed_in.post("/api/corrections", json=sent, headers={"x-csrf-token": word}).status_code == 201


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}])
def test_a_page_of_another_site_sends_nothing(signed_in: TestClient, parsed: Any, headers: dict[str, str]) -> None:
    word = next(one["value"] for one in parsed(signed_in.get("/review").text).every("input") if one.get("name") == "csrf")
    answer = signed_in.post("/correct/reject", data={"event": event_of(signed_in), "csrf": word}, headers=headers)
    assert answer.status_code == 403
    assert signed_in.get("/api/corrections").json() == []
    assert signed_in.get("/api/events", headers=headers).status_code == 200


def test_a_kept_token_signs_in_until_it_is_revoked(client: TestClient, parsed: Any) -> None:
    made = new_token(state_of(client).store, "newsroom", ("write",))
    answer = client.post("/sign-in", data={"token": made.shown, "name": ""})
    assert answer.status_code == 303
    assert made.shown[21:] not in answer.headers["set-cookie"]
    assert "Signed in as newsroom" in parsed(client.get("/").text).words
    revoke(state_of(client).store, "newsroom")
    assert "Signed in" not in parsed(client.get("/").text).words
    assert client.post("/sign-in", data={"token": made.shown, "name": ""}).status_code == 403


def test_a_session_ends(client: TestClient, parsed: Any) -> None:
    client.post("/sign-in", data={"token": OWN, "name": "Ada"})
    assert "Signed in as Ada" in parsed(client.get("/").text).words
    began = state_of(client).clock()
    state_of(client).clock = lambda: began + 15 * 24 * 3600
    assert "Signed in" not in parsed(client.get("/").text).words


def test_guessing_is_stopped_for_a_while(client: TestClient) -> None:
    state_of(client).clock = lambda: 1_000.0
    for number in range(MOST):
        assert client.get("/api/record", headers={"authorization": f"Bearer wrong {number}"}).status_code == 401
    for answer in (
        client.post("/api/corrections", json={}, headers={"authorization": f"Bearer {OWN}"}),
        client.post("/sign-in", data={"token": OWN, "name": "Ada"}),
    ):
        assert answer.status_code == 429
        assert 0 < int(answer.headers["retry-after"]) <= WITHIN
    assert client.get("/").status_code == 200
    state_of(client).clock = lambda: 1_001.0 + WITHIN
    assert client.post("/sign-in", data={"token": OWN, "name": "Ada"}).status_code == 303


def test_failures_are_counted_by_household_and_forgotten() -> None:
    failures = Failures()
    for number in range(MOST):
        failures.add(f"2001:db8::{number}", 0.0)
    assert failures.wait("2001:db8::ffff", 1.0) == WITHIN - 1
    assert failures.wait("2001:db8:0:1::1", 1.0) == 0
    assert failures.wait("2001:db8::ffff", WITHIN + 1) == 0
    for number in range(20_000):
        failures.add(f"host {number}", 2.0)
    assert len(failures._times) == 10_000


def test_reading_can_be_limited(client: TestClient) -> None:
    state = state_of(client)
    state.settings = Settings(config=state.settings.config, token=OWN, reading="token")
    assert client.get("/").headers["location"] == "/sign-in?next=%2F"
    assert client.get("/timeline").status_code == 303
    assert client.get("/index.json").status_code == 401
    assert client.get("/api/events").status_code == 401
    assert client.get("/api/events/stream").status_code == 401
    assert client.get("/sign-in").status_code == 200
    assert client.get("/static/style.css").status_code == 200
    key = token(client, "read")
    assert client.get("/api/events", headers=key).status_code == 200
    assert client.get("/index.json", headers=key).status_code == 200
    assert client.post("/sign-in", data={"token": key["authorization"].removeprefix("Bearer "), "name": ""}).status_code == 303
    assert client.get("/").status_code == 200


def test_no_token_is_ever_said_or_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = new_token(state_of(client).store, "newsroom")
    secret = made.shown[21:]
    key = {"authorization": f"Bearer {made.shown}"}
    answers = (
        client.get("/api/record", headers=key), client.get("/api/record", headers={"authorization": f"Bearer {made.shown}x"}),
        client.get(f"/api/record?token={secret}"), client.post("/api/corrections", json={"token": secret}, headers=key),
        client.post("/sign-in", data={"token": made.shown + "x", "name": "Eve"}), client.post("/sign-in", data={"token": made.shown, "name": "Ada"}),
        client.get("/"), client.get("/corrections"),
    )  # fmt: skip
    seen = [answer.text + repr(answer.headers) for answer in answers]
    state_of(client).open_shelf = lambda: 1 // 0
    seen += [client.get("/", headers=key).text, client.get("/api/record", headers=key).text]
    own = [record.getMessage() + (record.exc_text or "") for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert own
    for text in (*seen, *own):
        assert secret not in text
        assert made.kept.hash not in text


def test_a_question_is_no_way_to_show_a_token(client: TestClient) -> None:
    assert client.delete(f"/api/corrections/1?token={OWN}").status_code == 401
    assert client.delete("/api/corrections/1", headers={"cookie": f"token={OWN}"}).status_code == 401
    assert client.delete("/api/corrections/1", headers={"authorization": f"Basic {OWN}"}).status_code == 401
