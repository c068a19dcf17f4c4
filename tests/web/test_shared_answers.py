"""Answers are made once for all readers, follow the record, and are never those of somebody who has signed in."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse, Response

from dragoman.web.guard import POLICY
from dragoman.web.routes import ROUTES
from dragoman.web.shared_answers import LASTS, LOOK, OLDEST, REST, Answer, Flight, SharedAnswers, Sharing, first_parts

KEY = ("/", b"", b"localhost", "en")


class Site:
    """A page that says how often it was made, over a record whose state and clock the test sets; `costs` seconds pass while it is made."""

    def __init__(self, **bounds: int) -> None:
        self.now, self.costs, self.state, self.looks, self.made = 100.0, 0.0, "1", 0, 0
        self.methods: list[str] = []
        self.headers: dict[str, str] = {"ETag": '"1"'}
        self.status = 200
        self.body = "page"
        self.gate: threading.Event | None = None
        self.begun = threading.Event()
        self.answers = SharedAnswers(self.look, lambda: self.now, **bounds)
        self.client = TestClient(Sharing(self.app, self.answers, frozenset({"", "page"})), base_url="http://localhost")

    def look(self) -> str:
        self.looks += 1
        return self.state

    async def app(self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        import anyio.to_thread

        self.made += 1
        self.methods.append(scope["method"])
        text = f"{self.body} {self.made} of {self.state}"
        self.begun.set()
        if self.gate is not None:
            await anyio.to_thread.run_sync(self.gate.wait, 20)
        self.now += self.costs
        await PlainTextResponse(text, status_code=self.status, headers=self.headers)(scope, receive, send)

    def get(self, path: str = "/page", **headers: str) -> Response:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})  # type: ignore[return-value]

    def text(self, path: str = "/page", **headers: str) -> str:
        return str(self.get(path, **headers).text)  # type: ignore[attr-defined]


@pytest.fixture
def site() -> Site:
    """A site of one page."""
    return Site()


def test_a_page_is_made_once_while_the_record_is_the_same(site: Site) -> None:
    assert [site.text() for _ in range(5)] == ["page 1 of 1"] * 5
    assert site.text("/page?b=1") == "page 2 of 1"
    assert site.text("/page?b=1") == "page 2 of 1"
    assert site.text("/page/other") == "page 3 of 1"


def test_the_record_is_looked_at_once_in_a_fraction_of_a_second(site: Site) -> None:
    for _ in range(20):
        site.get()
    assert site.looks == 1
    site.now += LOOK
    site.get()
    site.get()
    assert site.looks == 2


def test_a_reader_alone_is_given_the_record_as_it_is(site: Site) -> None:
    site.costs = 0.1
    assert site.text() == "page 1 of 1"
    site.state, site.now = "2", site.now + REST * site.costs + LOOK
    assert site.text() == "page 2 of 2"


def test_what_costs_much_is_given_for_a_while_before_it_is_made_anew(site: Site) -> None:
    site.costs = 0.3
    site.get()
    site.state, site.now = "2", site.now + LOOK
    assert site.text() == "page 1 of 1"
    site.now += REST * site.costs
    assert site.text() == "page 2 of 2"


def test_the_same_record_is_asked_again_after_a_minute(site: Site) -> None:
    site.get()
    site.now += LASTS - 1
    assert site.text() == "page 1 of 1"
    site.now += 1
    assert site.text() == "page 2 of 1"


@given(steps=st.lists(st.tuples(st.floats(0, 3), st.booleans(), st.floats(0, 2)), min_size=1, max_size=25))
def test_no_answer_is_older_than_the_bound(steps: list[tuple[float, bool, float]]) -> None:
    """Whenever the record changes and whatever a page costs, an answer shows a state that was the record's at most OLDEST seconds before it was asked for."""
    now = [0.0]
    state, ended = 0, dict[str, float]()
    answers = SharedAnswers(lambda: "", lambda: now[0])
    for passed, changed, cost in steps:
        now[0] += passed
        if changed:
            ended[str(state)] = now[0]
            state += 1
        if answers.must_look():
            answers.saw(str(state), now[0])
        asked = now[0]
        found, own = answers.take(KEY)
        if own:
            assert isinstance(found, Flight)
            now[0] += cost
            found_now = _answer(state=found.state, begun=found.begun, made=now[0])
            answers.made(KEY, found, found_now)
            assert found.coming.result() is found_now
        else:
            assert isinstance(found, Answer)
            assert asked - ended.get(found.state, asked) <= OLDEST


def _answer(*, state: str = "1", begun: float = 0.0, made: float = 0.0, body: bytes = b"page") -> Answer:
    return Answer(status=200, headers=(), body=body, state=state, begun=begun, made=made)


def test_many_at_once_are_given_what_one_makes(site: Site) -> None:
    site.gate = threading.Event()
    with ThreadPoolExecutor(12) as readers:
        waiting = [readers.submit(site.text) for _ in range(12)]
        assert site.begun.wait(20)
        site.gate.set()
        assert {one.result(20) for one in waiting} == {"page 1 of 1"}
    assert site.made == 1


def test_while_one_makes_it_anew_others_are_given_the_older_one(site: Site) -> None:
    site.get()
    site.state, site.now = "2", site.now + LOOK
    site.gate = threading.Event()
    site.begun.clear()
    with ThreadPoolExecutor(1) as readers:
        first = readers.submit(site.text)
        assert site.begun.wait(20)
        assert [site.text() for _ in range(3)] == ["page 1 of 1"] * 3
        site.gate.set()
        assert first.result(20) == "page 2 of 2"
    assert site.text() == "page 2 of 2"


def test_what_fails_is_made_by_everybody_again(site: Site) -> None:
    site.status = 503
    assert [site.get().status_code for _ in range(3)] == [503] * 3
    assert site.made == 3
    assert len(site.answers) == 0


def test_an_error_inside_ends_the_flight(site: Site) -> None:
    site.headers = {"ETag": "\u2028"}
    for _ in range(2):
        with pytest.raises(UnicodeEncodeError):
            site.get()
    site.headers = {}
    assert site.text() == "page 3 of 1"


@pytest.mark.parametrize("headers", [{"Set-Cookie": "a=b"}, {"Cache-Control": "no-store"}])
def test_what_is_for_one_reader_is_not_kept(site: Site, headers: dict[str, str]) -> None:
    site.headers = headers
    assert site.text() != site.text()


def test_languages_and_names_of_the_server_are_kept_apart(site: Site) -> None:
    assert site.text(accept_language="fr-CH, en;q=0.8") == "page 1 of 1"
    assert site.text(accept_language="en") == "page 2 of 1"
    assert site.text(accept_language="fr") == "page 1 of 1"
    assert site.text(host="other") == "page 3 of 1"


def test_who_shows_who_they_are_neither_gets_nor_fills_it(site: Site) -> None:
    assert site.text(cookie="a=1; dragoman=x~y") == "page 1 of 1"
    assert site.text(authorization="Bearer x") == "page 2 of 1"
    assert len(site.answers) == 0
    assert site.text() == "page 3 of 1"
    assert site.text(cookie="dragoman=x~y") == "page 4 of 1"
    assert site.text(cookie="other=1") == "page 3 of 1"


def test_only_pages_are_shared(site: Site) -> None:
    for path in ("/api/events/stream", "/api/events", "/sign-in", "/static/page.js"):
        assert site.text(path) != site.text(path)
    assert site.client.post("/page").text != site.client.post("/page").text
    assert len(site.answers) == 0


def test_a_head_has_the_headers_of_the_page_and_shares_it(site: Site) -> None:
    head = site.client.head("/page")
    assert head.content == b""
    assert head.headers["content-length"] == str(len("page 1 of 1"))
    assert site.text() == "page 1 of 1"
    assert site.methods == ["GET"]


def test_who_has_it_already_is_told_so(site: Site) -> None:
    assert site.get(if_none_match='"1"').status_code == 304
    known = site.get(if_none_match='"1"')
    assert known.status_code == 304
    assert "content-length" not in known.headers
    assert known.headers["etag"] == '"1"'
    assert site.get(if_none_match='"0"').status_code == 200
    assert site.made == 1


def test_bytes_and_answers_are_bounded_and_the_least_used_goes() -> None:
    site = Site(most=3)
    for name in "abcad":
        site.get(f"/page/{name}")
    assert len(site.answers) == 3
    assert site.text("/page/a") == "page 1 of 1"
    assert site.text("/page/b") == "page 5 of 1"
    small = Site(most_bytes=40_000)
    small.body = "x" * 3_000
    for number in range(50):
        small.get(f"/page/{number}")
    assert 0 < small.answers.bytes <= 40_000
    small.body = "x" * 6_000
    assert small.text("/page/large") != small.text("/page/large")


def test_a_correction_is_seen_at_once(site: Site) -> None:
    site.costs = 1.0
    site.get()
    site.state = "2"
    site.status = 403
    site.client.post("/correct/merge")
    site.status = 200
    assert site.text() == "page 1 of 1"
    site.client.post("/correct/merge")
    assert site.text() == "page 4 of 2"


def test_what_was_being_made_before_a_correction_is_not_kept() -> None:
    site = Site()
    assert site.answers.must_look()
    site.answers.saw("1", site.now)
    flight, own = site.answers.take(KEY)
    assert own
    assert isinstance(flight, Flight)
    site.answers.forget()
    later, own = site.answers.take(KEY)
    assert own
    assert isinstance(later, Flight)
    site.answers.made(KEY, flight, _answer())
    assert len(site.answers) == 0
    assert site.answers.take(KEY) == (later, False)


def test_a_record_that_cannot_be_looked_at_is_left_to_the_page(site: Site) -> None:
    site.answers.look = lambda: str(1 // 0)
    assert site.text() != site.text()
    assert len(site.answers) == 0


# ---- in the application
def test_every_kind_of_page_is_shared() -> None:
    parts = first_parts(route.path for route in ROUTES)
    assert {"", "event", "timeline", "index", "picture", "search"} <= parts
    assert not parts & {"api", "static", "sign-in", "sign-out", "correct"}


def test_pages_twins_and_pictures_are_kept_with_their_policy(reader: TestClient) -> None:
    app: Any = reader.app
    for path in ("/", "/index.json", "/timeline", "/timeline.json", "/timeline/picture/timeline.svg", "/picture/months.svg"):
        app.state.shared_answers.forget()
        first = reader.get(path)
        assert (len(app.state.shared_answers) == 1) is (first.status_code == 200), path
        again = reader.get(path)
        assert (again.content, again.headers) == (first.content, first.headers)
        assert again.headers["content-security-policy"] == POLICY
        if tag := first.headers.get("etag"):
            known = reader.get(path, headers={"If-None-Match": tag})
            assert (known.status_code, known.content) == (304, b"")
            assert known.headers["content-security-policy"] == POLICY


def test_a_name_that_is_not_ours_is_given_nothing(reader: TestClient) -> None:
    assert reader.get("/").status_code == 200
    assert reader.get("/", headers={"Host": "elsewhere.example"}).status_code == 421


def test_who_has_signed_in_sees_their_own_page(signed_in: TestClient) -> None:
    app: Any = signed_in.app
    app.state.shared_answers.forget()
    own = signed_in.get("/").text
    assert len(app.state.shared_answers) == 0
    stranger = TestClient(signed_in.app, follow_redirects=False)
    assert "Ada" in own
    assert "Ada" not in stranger.get("/").text
    assert "Ada" not in stranger.get("/").text
    assert "Ada" in signed_in.get("/").text
