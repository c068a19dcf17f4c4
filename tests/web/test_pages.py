"""Every page of a small record: in English and French, with its JSON twin and its pictures, and each fact leading to the words that say it."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient

from dragoman.web.routes import ROUTES

Walk = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_reached_and_every_link_leads_somewhere(reader: TestClient, walk: Walk, language: str) -> None:
    pages = walk(reader, f"/?lang={language}", lambda *_: None)
    kinds = {re.split(r"[/?]", address)[1] for address in pages}
    assert kinds >= {
        "",
        "event",
        "article",
        "person",
        "state",
        "pair",
        "office",
        "place",
        "story",
        "stories",
        "statements",
        "timeline",
        "network",
        "map",
        "review",
        "corrections",
    }
    assert all(page.every("html")[0]["lang"] == language for address, page in pages.items() if f"lang={language}" in address)
    for address, page in pages.items():
        for link in page.links:
            target, _, place = urljoin(address, link).partition("#")
            if place and target in pages:
                assert place in pages[target].ids, f"{address} leads to {link}, where there is no {place}"


def test_every_page_is_well_made(reader: TestClient, walk: Walk) -> None:
    def check(address: str, text: str, page: Any) -> None:
        assert len(page.ids) == len(set(page.ids)), f"{address}: an id twice"
        assert len(page.every("h1")) == 1, address
        assert len(page.every("main")) == 1
        labelled = {one.get("for") for one in page.every("label")}
        for field in [*page.every("input"), *page.every("select")]:
            assert field.get("type") in ("hidden", "checkbox") or field.get("id") in labelled, f"{address}: {field}"
        assert not [known for _, known in page.elements if "style" in known], f"{address}: a style that the policy forbids"
        assert "\ufffd" not in text

    walk(reader, "/", check)


def test_every_page_has_its_twin_in_json(reader: TestClient, walk: Walk) -> None:
    pages = walk(reader, "/", lambda *_: None)
    for address in pages:
        if address.startswith(("/sign-in", "/?")):
            continue
        path, _, asked = address.partition("?")
        twin = "/index.json" if path == "/" else f"{path}.json"
        answer = reader.get(f"{twin}?{asked}")
        assert answer.status_code == 200, twin
        assert answer.headers["content-type"].startswith("application/json")
        assert isinstance(json.loads(answer.content), dict)


def test_every_picture_is_an_svg_of_its_own(reader: TestClient, walk: Walk) -> None:
    pages = walk(reader, "/", lambda *_: None)
    pictures = {urljoin(address, link) for address, page in pages.items() for link in page.links if ".svg" in link}
    assert len({one.rpartition("/")[2].partition(".")[0] for one in pictures}) >= 5
    for one in pictures:
        answer = reader.get(one)
        assert answer.status_code == 200, one
        root = ET.fromstring(answer.text)  # noqa: S314 - our own
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.attrib["width"]


def test_an_event_shows_who_in_what_office_and_both_days(reader: TestClient, parsed: Any) -> None:
    found = reader.get("/index.json?person=fidan&disputed=yes").json()
    event = found["events"][0]
    assert event["disputed"] == ["date"]
    text = parsed(reader.get(f"/event/{event['id']}").text).words
    for word in (
        "Hakan Fidan",
        "foreign minister",
        "Türkiye",
        "Ankara",
        "12 October 2025",
        "13 October 2025",
        "Where reports differ",
        "We agree",
        "Reports side by side",
    ):
        assert word in text, word
    french = parsed(reader.get(f"/event/{event['id']}?lang=fr").text).words
    assert "ministre des Affaires étrangères" in french
    assert "13 octobre 2025" in french


def test_text_in_another_language_says_so_and_how_it_is_written(reader: TestClient, parsed: Any) -> None:
    page = parsed(reader.get("/article/c3c3c3c3c3c3c3c3").text)
    words = next(one for one in page.every("div") if one.get("class") == "words")
    assert (words["lang"], words["dir"]) == ("ar", "rtl")
    title = page.every("h1")[0]
    assert (title["lang"], title["dir"]) == ("ar", "rtl")


def test_an_article_is_shown_character_for_character(reader: TestClient, made_once: Path) -> None:
    for article in ("a1" * 8, "c3" * 8):
        page = reader.get(f"/article/{article}.json").json()
        pieces = [piece for paragraph in page["text"] for piece in paragraph]
        whole = "".join(piece["text"] for piece in pieces)
        assert all(whole[piece["start"] : piece["end"]] == piece["text"] for piece in pieces)
        spans = {
            (place["start"], place["end"])
            for place in [{"start": int(a), "end": int(b)} for piece in pieces for name in piece.get("places", []) for a, b in [name[1:].split("-")]]
        }
        for _, facts in page["facts"]:
            for fact in facts:
                assert {tuple(span) for span in fact["spans"]} <= spans


def test_the_language_of_the_reader_is_answered_in_and_remembered_in_the_address(reader: TestClient, parsed: Any) -> None:
    answer = reader.get("/", headers={"accept-language": "de, fr;q=0.8, en;q=0.5"})
    assert parsed(answer.text).every("html")[0]["lang"] == "fr"
    assert "Accept-Language" in answer.headers["vary"]
    fixed = parsed(reader.get("/?lang=fr", headers={"accept-language": "en"}).text)
    own = [link for link in fixed.links if link.startswith("/event/")]
    assert own
    assert all("lang=fr" in link for link in own)


def test_filters_live_in_the_address(reader: TestClient, parsed: Any) -> None:
    every = reader.get("/index.json").json()
    assert every["total"] == 3
    for asked, total in [("state=SYR", 2), ("state=turquie", 2), ("person=pe%C3%B1a", 1), ("person=فيدان", 2), ("type=SANCTION", 0), ("topic=diplomatic-relations", 3),
                         ("place=ankara", 1), ("language=ar", 1), ("outlet=Outlet+d4", 1), ("since=2026", 1), ("until=2025-12", 1), ("disputed=yes", 1), ("factuality=planned", 0)]:  # fmt: skip
        found = reader.get(f"/index.json?{asked}").json()
        assert found["total"] == total, asked
        assert len(found["chosen"]) == 1
        assert not found["lost"]
    page = parsed(reader.get("/?state=SYR&since=2026").text)
    assert "Syria" in page.words
    assert "/?state=SYR" in page.links, "a filter can be taken away alone"


def test_what_is_no_filter_is_said_and_nobody_is_nobody(reader: TestClient) -> None:
    found = reader.get("/index.json?type=NOTHING&since=soon").json()
    assert found["lost"] == [["type", "NOTHING"], ["since", "soon"]]
    assert reader.get("/index.json?person=nobody+at+all").json()["events"] == []


def test_a_list_goes_on_where_it_ended(reader: TestClient) -> None:
    first = reader.get("/statements.json").json()
    assert first["after"] is None
    assert reader.get("/?after=no-cursor").status_code == 400


def test_ids_that_are_none_are_not_found(reader: TestClient) -> None:
    for route in ROUTES:
        if "{" in route.path:
            address = re.sub(r"\{[\w:]+\}", "zzzz", route.path)
            assert reader.get(address).status_code == 404, address
            assert reader.get(f"{address}.json").status_code == 404
    assert reader.get("/no/such/page").status_code == 404
    assert reader.get("/timeline/picture/none.svg").status_code == 404


def test_the_same_is_answered_byte_for_byte_and_not_sent_twice(reader: TestClient) -> None:
    for address in ("/", "/timeline", "/network", "/map", "/index.json", "/review"):
        first, second = reader.get(address), reader.get(address)
        assert first.content == second.content
        if tag := first.headers.get("etag"):
            assert reader.get(address, headers={"if-none-match": tag}).status_code == 304


def test_the_front_page_is_light(reader: TestClient, parsed: Any) -> None:
    answer = reader.get("/")
    page = parsed(answer.text)
    parts = [one["href"] for one in page.every("link") if one.get("rel") in ("stylesheet", "icon")] + [one["src"] for one in page.every("script")]
    weight = len(answer.content) + sum(len(reader.get(part).content) for part in [*parts, "/static/light.js", "/static/picture.js"])
    assert weight < 150_000


def test_search_finds_names_in_other_spellings_and_shows_the_sentence(reader: TestClient, parsed: Any) -> None:
    found = reader.get("/search.json?q=Sheebani").json()
    assert found["names"][0]["entity"]["kind"] == "person"
    articles = {hit["article"]["language"] for hit in (*found["text"], *found["spelt"])}
    assert articles == {"ar", "en", "fr"}
    assert all(hit["sentence"] for hit in (*found["text"], *found["spelt"]))
    assert "Ankara" in parsed(reader.get("/search?q=Sheebani").text).words


def test_any_id_leads_to_its_page(reader: TestClient) -> None:
    event = reader.get("/index.json").json()["events"][0]
    for identity, folder in ((event["id"], "event"), (event["participants"][0]["entity"]["id"], "person")):
        answer = reader.get(f"/thing/{identity}?lang=fr")
        assert answer.status_code == 302
        assert answer.headers["location"] == f"/{folder}/{identity}?lang=fr"
    assert reader.get("/thing/none").status_code == 404


def test_pages_can_be_asked_for_their_heads_alone(reader: TestClient) -> None:
    for address in ("/", "/index.json", "/timeline/picture/timeline.svg"):
        answer = reader.head(address)
        assert answer.status_code == 200
        assert answer.content == b""
