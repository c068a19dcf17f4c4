"""Correcting from the pages: sign in, join, part, reject, set, undo; each form belongs to its session and leads back to its page."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from dragoman.service.tokens import new_token


def csrf_of(client: TestClient, parsed: Any, address: str = "/review") -> str:
    page = parsed(client.get(address).text)
    return str(next(one["value"] for one in page.every("input") if one.get("name") == "csrf"))


def send(client: TestClient, parsed: Any, action: str, address: str, **fields: str) -> Any:
    return client.post(f"/correct/{action}", data={"csrf": csrf_of(client, parsed), "next": address, **fields})


def persons(client: TestClient, name: str) -> list[str]:
    return [one["entity"]["id"] for one in client.get("/search.json", params={"q": name}).json()["names"] if one["entity"]["kind"] == "person"]


def test_two_are_joined_and_parted_again(signed_in: TestClient, parsed: Any) -> None:
    left, right = persons(signed_in, "Santiago")[0], persons(signed_in, "Raquel")[0]
    answer = send(
        signed_in, parsed, "merge", f"/person/{left}", kind="person", left=left, right=f"http://testserver/person/{right}?lang=fr", why="one and the same"
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/person/{left}?done=1"
    page = parsed(signed_in.get(answer.headers["location"]).text)
    assert "Kept as correction 1." in page.words
    assert persons(signed_in, "Santiago") == persons(signed_in, "Raquel")
    listed = signed_in.get("/corrections.json").json()["corrections"]
    assert [(one["correction"]["by"], one["correction"]["why"], one["correction"]["verdict"]) for one in listed] == [("Ada", "one and the same", "same")]
    assert send(signed_in, parsed, "undo", "/corrections", number="1").headers["location"] == "/corrections"
    assert persons(signed_in, "Santiago") != persons(signed_in, "Raquel")
    assert "undone" in parsed(signed_in.get("/corrections").text).words


def test_a_member_is_parted_from_the_page_where_it_is_listed(signed_in: TestClient, parsed: Any) -> None:
    identity = persons(signed_in, "Sheebani")[0]
    page = signed_in.get(f"/person/{identity}.json").json()
    assert len(page["members"]) == 3
    names = {spelling["text"] for spelling in page["spellings"]}
    one, other, _ = (member["id"] for member in page["members"])
    answer = send(signed_in, parsed, "split", f"/person/{identity}", kind="person", left=other, right=one)
    assert answer.status_code == 303
    after = {spelling["text"] for spelling in signed_in.get(f"/person/{identity}.json").json()["spellings"]}
    listed = signed_in.get("/corrections.json").json()["corrections"]
    assert [one["correction"]["verdict"] for one in listed] == ["different"]
    assert after < names


def test_a_field_is_set_and_an_event_rejected(signed_in: TestClient, parsed: Any) -> None:
    event = signed_in.get("/index.json?disputed=yes").json()["events"][0]["id"]
    assert send(signed_in, parsed, "set", f"/event/{event}", event=event, field="date", value="2025-10-13").status_code == 303
    assert signed_in.get(f"/event/{event}.json").json()["date"] == "2025-10-13"
    again = send(signed_in, parsed, "set", f"/event/{event}", event=event, field="date", value="2025-10-13")
    assert urlsplit(again.headers["location"]).query == "known=1"
    assert send(signed_in, parsed, "reject", "/", event=event).status_code == 303
    assert signed_in.get(f"/event/{event}").status_code == 404
    assert send(signed_in, parsed, "undo", "/corrections", number="2").status_code == 303
    assert signed_in.get(f"/event/{event}").status_code == 200


def test_the_review_queue_offers_both_answers(signed_in: TestClient, parsed: Any) -> None:
    page = parsed(signed_in.get("/review").text)
    actions = {one["action"] for one in page.every("form") if "/correct/" in one.get("action", "")}
    doubts = signed_in.get("/review.json").json()["doubts"]
    assert doubts
    assert actions == {"/correct/merge", "/correct/split"}
    assert [one["score"] for one in doubts] == sorted(one["score"] for one in doubts) or len({one["kind"] for one in doubts}) > 1
    first = doubts[0]
    answer = send(signed_in, parsed, "merge", "/review", kind=first["kind"], left=first["left"]["anchor"], right=first["right"]["anchor"])
    assert answer.status_code == 303
    left = {(one["left"]["anchor"], one["right"]["anchor"]) for one in signed_in.get("/review.json").json()["doubts"]}
    assert (first["left"]["anchor"], first["right"]["anchor"]) not in left


def test_nobody_corrects_who_has_not_signed_in(client: TestClient, parsed: Any) -> None:
    answer = client.post("/correct/reject", data={"event": client.get("/index.json").json()["events"][0]["id"], "csrf": ""})
    assert answer.status_code == 403
    assert client.get("/index.json").json()["total"] == 3
    page = parsed(client.get("/review").text)
    assert not [one for one in page.every("form") if "/correct/" in one.get("action", "")]


@pytest.mark.parametrize("word", ["", "wrong", "0" * 64])
def test_a_form_of_another_session_changes_nothing(signed_in: TestClient, word: str) -> None:
    event = signed_in.get("/index.json").json()["events"][0]["id"]
    assert signed_in.post("/correct/reject", data={"event": event, "csrf": word}).status_code == 403
    assert signed_in.get("/index.json").json()["total"] == 3


@pytest.mark.parametrize("shown", ["", "a token", "a token that only tests know "[:-3]])
def test_a_wrong_token_signs_nobody_in(client: TestClient, shown: str) -> None:
    answer = client.post("/sign-in", data={"token": shown, "name": "Eve"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_cookie_that_was_tampered_with_is_none(signed_in: TestClient, parsed: Any) -> None:
    value = signed_in.cookies["dragoman"]
    assert "Signed in as Ada" in parsed(signed_in.get("/").text).words
    signed_in.cookies.clear()
    signed_in.cookies["dragoman"] = "00" + value[2:]
    assert "Signed in" not in parsed(signed_in.get("/").text).words


def test_the_cookie_is_for_this_site_alone(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"token": "a token that only tests know", "name": "Ada", "next": "/review"})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\r\nset-cookie: a=b", ""])
def test_a_form_never_leads_to_another_site(client: TestClient, address: str) -> None:
    answer = client.post("/sign-in", data={"token": "a token that only tests know", "name": "Ada", "next": address})
    assert answer.headers["location"] == "/"


def test_signing_out_needs_the_form_too(signed_in: TestClient, parsed: Any) -> None:
    signed_in.post("/sign-out", data={"csrf": "wrong"})
    assert "Signed in as Ada" in parsed(signed_in.get("/").text).words
    signed_in.post("/sign-out", data={"csrf": csrf_of(signed_in, parsed)})
    assert "Signed in" not in parsed(signed_in.get("/").text).words


def test_what_cannot_be_done_is_said_in_words(signed_in: TestClient, parsed: Any) -> None:
    for action, fields in [("merge", {"kind": "person", "left": "nobody", "right": "no one"}), ("merge", {"kind": "unicorn", "left": "a", "right": "b"}), ("set", {"event": "v0", "field": "date", "value": "x"}),
                           ("undo", {"number": "99"}), ("undo", {"number": "one"}), ("split", {"kind": "person", "left": "", "right": "x"})]:  # fmt: skip
        answer = send(signed_in, parsed, action, "/", **fields)
        assert answer.status_code in (400, 404), (action, fields)
        assert "Traceback" not in answer.text
    assert signed_in.post("/correct/merge", content=b"a" * 30_000).status_code == 400


def test_an_article_is_taken_out_of_a_story_and_put_back(signed_in: TestClient, parsed: Any) -> None:
    one, other = "a1" * 8, "e5" * 8
    assert send(signed_in, parsed, "merge", "/stories", kind="story", left=one, right=f"/article/{other}").status_code == 303
    story = signed_in.get(f"/article/{one}.json").json()["story"]["id"]
    assert {article["id"] for article in signed_in.get(f"/story/{story}.json").json()["articles"]} >= {one, other}
    page = parsed(signed_in.get(f"/story/{story}").text)
    assert {form["action"] for form in page.every("form") if "/correct/" in form.get("action", "")} == {"/correct/merge", "/correct/split"}
    assert send(signed_in, parsed, "undo", "/stories", number="1").status_code == 303
    assert signed_in.get(f"/article/{one}.json").json()["story"] != signed_in.get(f"/article/{other}.json").json()["story"]


def test_statements_can_be_mended_where_they_are_shown(signed_in: TestClient, parsed: Any) -> None:
    statement = signed_in.get("/statements.json").json()["statements"][0]["id"]
    page = parsed(signed_in.get(f"/statement/{statement}").text)
    assert [one["value"] for one in page.every("input") if one.get("name") == "kind"] == ["statement"]


def test_who_may_only_read_can_sign_out_and_is_told_why_nothing_can_be_corrected(client: TestClient, parsed: Any) -> None:
    state: Any = client.app.state  # type: ignore[attr-defined]
    shown = new_token(state.store, "library", ("read",)).shown
    assert client.post("/sign-in", data={"token": shown, "name": "Ana", "next": "/"}).status_code == 303
    event = client.get("/index.json").json()["events"][0]["id"]
    text = client.get(f"/event/{event}").text
    assert "Signed in as Ana" in text
    assert "Your token lets you read, not correct." in text
    assert "Sign in to correct" not in text
    word = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
    assert word
    refused = client.post("/correct/reject", data={"event": event, "csrf": word[1]})
    assert refused.status_code == 403
    assert "Your token lets you read, not correct." in refused.text
    assert client.post("/sign-out", data={"csrf": "0"}).headers.get("set-cookie") is None
    assert "Max-Age=0" in client.post("/sign-out", data={"csrf": word[1]}).headers["set-cookie"]
    client.cookies.clear()
    assert "Signed in as" not in client.get(f"/event/{event}").text
