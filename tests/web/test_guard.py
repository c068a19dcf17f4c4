"""Nothing in a record is ever code, whatever field it stands in; nothing typed is ever a query; nobody writes who may not."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.web.guard import POLICY

Walk = Callable[..., dict[str, Any]]
INJECTIONS = (
    "' OR '1'='1",
    "'; DROP TABLE articles; --",
    '" UNION SELECT * FROM corrections --',
    "%' AND 1=1 --",
    "\\",
    "*",
    '"',
    "NEAR(",
    "a AND",
    "\x00",
    "٪",
    "🙂" * 50,
)
FILTERS = ("state", "person", "type", "topic", "place", "language", "outlet", "since", "until", "factuality", "disputed", "order", "after", "by", "kind")


def inert(address: str, text: str, page: Any) -> None:
    """No element, attribute or address of this page runs anything that is not ours."""
    for tag, known in page.elements:
        assert tag not in ("img", "iframe", "object", "embed", "base", "b2", "style"), f"{address}: <{tag}>"
        assert not [name for name in known if name.startswith("on")], f"{address}: {known}"
        for name in ("href", "src", "action", "formaction"):
            value = known.get(name, "")
            assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE), f"{address}: {value}"
            assert not value.startswith(("http:", "https:", "//")), f"{address}: {value}"
        if tag == "script":
            assert known["src"].startswith("/static/page.js?v=")
            assert known["type"] == "module"
    assert "<script>alert" not in text
    assert "49" not in re.findall(r"&amp;amp;(\d+)", text), "a template in an article was rendered"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_markup_and_script_in_every_field_are_inert_on_every_page(hostile: TestClient, walk: Walk, language: str) -> None:
    pages = walk(hostile, f"/?lang={language}", inert, most=120)
    assert len(pages) >= 15
    assert {re.split(r"[/?]", address)[1] for address in pages} >= {"event", "article", "person", "place", "story", "statements", "timeline"}


def test_pictures_of_a_hostile_record_are_inert(hostile: TestClient, walk: Walk) -> None:
    pages = walk(hostile, "/", lambda *_: None, most=120)
    pictures = {link for page in pages.values() for link in page.links if ".svg" in link}
    assert pictures
    for one in pictures:
        text = hostile.get(one).text
        for element in ET.fromstring(text).iter():  # noqa: S314 - our own
            assert element.tag.rpartition("}")[2] in ("svg", "title", "g", "a", "rect", "circle", "line", "path", "text")
            assert not [name for name in element.attrib if name.startswith("on")]
            assert element.attrib.get("href", "/").startswith("/")


def test_search_for_script_says_it_back_as_words(hostile: TestClient, parsed: Any) -> None:
    answer = hostile.get("/search", params={"q": "<script>alert(1)</script>"})
    assert answer.status_code == 200
    inert("/search", answer.text, parsed(answer.text))


@pytest.mark.parametrize(
    "address",
    ["/", "/index.json", "/static/style.css", "/nothing", "/event/none", "/event/none.json", "/map/picture/map.svg", "/sign-in", "/?after=x", "/favicon.ico"],
)
def test_every_answer_carries_the_policy(reader: TestClient, address: str) -> None:
    answer = reader.get(address)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY


def test_only_the_names_of_this_server_are_answered(reader: TestClient) -> None:
    assert reader.get("/", headers={"host": "evil.example"}).status_code == 421
    assert reader.get("/", headers={"host": "localhost:8000"}).status_code == 200
    assert reader.get("/", headers={"host": "[::1]:8000"}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/statements", "/timeline", "/network", "/map", "/search", "/review", "/state/TUR"])
def test_nothing_typed_is_a_query(reader: TestClient, address: str) -> None:
    names = (*FILTERS, "speaker", "channel", "words", "q")
    before = reader.get("/index.json").json()["counts"]
    for typed in INJECTIONS:
        answer = reader.get(address, params=dict.fromkeys([name for name in names if name != "after"], typed))
        assert answer.status_code in (200, 400), f"{address} {typed!r}: {answer.status_code}"
    for name in names:
        answer = reader.get(address, params={name: INJECTIONS[0]})
        assert answer.status_code in (200, 400)
    assert reader.get("/index.json").json()["counts"] == before


@given(st.dictionaries(st.sampled_from((*FILTERS, "q", "words", "speaker", "lang", "left", "right")), st.text(max_size=30), max_size=4))
@settings(max_examples=40)
def test_whatever_is_typed_there_is_an_answer(reader: TestClient, typed: dict[str, str]) -> None:
    for address in ("/", "/statements.json", "/search"):
        assert reader.get(address, params=typed).status_code in (200, 400)


@given(st.text(max_size=40))
@settings(max_examples=40)
def test_whatever_path_is_asked_there_is_an_answer(reader: TestClient, path: str) -> None:
    from urllib.parse import quote

    for folder in ("event", "article", "person", "state", "office/TUR"):
        assert reader.get(f"/{folder}/{quote(path, safe='')}").status_code in (200, 404)


def test_files_outside_static_are_not_served(reader: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/vendor/../../app.py"):
        assert reader.get(path).status_code == 404


def test_what_goes_wrong_inside_is_said_without_a_traceback(reader: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    app: Any = reader.app
    opened = app.state.open_shelf
    app.state.open_shelf = lambda: 1 // 0
    app.state.shared_answers.forget()
    try:
        answer = reader.get("/")
    finally:
        app.state.open_shelf = opened
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "Traceback" not in answer.text
    assert "could not be answered" in caplog.text
