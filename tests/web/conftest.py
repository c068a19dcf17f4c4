"""A client of the web face over records read by hand: the small one of all rooms, and one in which every field holds markup and script."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient

from dragoman.linking.items import Signature
from dragoman.model.config import Config
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Commitment, Entity, EventReport, Mention, OfficeHolding, Participation, Reading, Statement, When
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.web.app import application
from dragoman.web.settings import Settings

TOKEN = "a token that only tests know"  # noqa: S105
EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'><b onclick="alert(3)">&amp;{{ 7*7 }}'


class Page(HTMLParser):
    """What a page has that matters here: its elements, ids, links, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.elements.append((tag, known))
        if "id" in known:
            self.ids.append(known["id"])
        if tag == "a" and "href" in known:
            self.links.append(known["href"])

    def handle_data(self, data: str) -> None:
        self.words += data

    def every(self, tag: str) -> list[dict[str, str]]:
        return [known for name, known in self.elements if name == tag]


def client_of(file: Path, config: Config, token: str | None = TOKEN) -> Iterator[TestClient]:
    store = open_store(str(file))
    client = TestClient(application(store, lambda: open_shelf(store, config), Settings(config=config, token=token)), follow_redirects=False)
    try:
        yield client
    finally:
        store.close()


@pytest.fixture
def client(made: Path, kit: Kit) -> Iterator[TestClient]:
    """Over a copy of the small record, which a test may correct."""
    yield from client_of(made, kit.config)


@pytest.fixture(scope="module")
def reader(made_once: Path, kit: Kit) -> Iterator[TestClient]:
    """Over the small record itself; only for reading."""
    yield from client_of(made_once, kit.config)


@pytest.fixture(scope="module")
def unnamed(unnamed_once: Path, kit: Kit) -> Iterator[TestClient]:
    """Over a record that has articles in which nobody by name speaks; only for reading."""
    yield from client_of(unnamed_once, kit.config)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, kit: Kit) -> Iterator[TestClient]:
    """Over a record whose every field was written by an enemy."""
    file = tmp_path_factory.mktemp("hostile") / "record.db"
    store = open_store(str(file))
    with store.writing():
        keep(store, [Fresh(reading=_hostile(number), signature=Signature()) for number in range(2)], kinds(kit))
    store.close()
    yield from client_of(file, kit.config)


def _hostile(number: int) -> Reading:
    name, other, place = f"{EVIL} Ola", f"{EVIL} Eva", f"{EVIL} Oslo"
    text = f"{name} met {other} in {place} on {EVIL} day {number}. {EVIL} said {name}. {EVIL} is promised."
    at = {one: text.index(one) for one in (name, other, place)}
    people = tuple(
        Entity(id=local, kind="person", name=who, names=(who,), state="NOR", mentions=(Mention(start=at[who], end=at[who] + len(who), text=who),))
        for local, who in (("p1", name), ("p2", other))
    )
    town = Entity(id="l1", kind="place", name=place, names=(place,), mentions=(Mention(start=at[place], end=at[place] + len(place), text=place),))
    first = Span(0, text.index(". ") + 1)
    said = Span(first.end + 1, first.end + 1 + len(EVIL))
    pledge = Span(text.rindex(EVIL), len(text))
    met = text.index(" met ") + 1
    parts = tuple(Participation(entity=one.id, role="participant", side="NOR", office=EVIL) for one in people)
    return Reading(
        article=Article(id=article_id(text), name=EVIL, text=text, language="en", title=f"{EVIL} {number}", outlet=EVIL, url="javascript:alert(4)", published=date(2025, 3, 1)),
        sentences=(first, Span(first.end + 1, text.rindex(EVIL)), pledge),
        entities=(*people, town),
        offices=(OfficeHolding(person="p1", office=EVIL, of="NOR", evidence=(people[0].mentions[0].span,)),),
        dates=(When(start=first.start, end=first.start + 8, text=text[:8], value="2025-03-01", rule=EVIL),),
        events=(
            EventReport(id="v1", type="CONSULT", mode=EVIL, contexts=(EVIL,), topics=(EVIL,), date="2025-03-01", place="l1", participants=parts, trigger=Span(met, met + 3),
                        evidence=(first,), frame=EVIL),
        ),
        statements=(
            Statement(id="s1", speaker="p1", kind="direct", start=said.start, end=said.end, text=said.of(text), channel=EVIL, topics=(EVIL,)),
            Statement(id="s2", speaker=None, kind="indirect", start=pledge.start, end=pledge.end, text=pledge.of(text), source=Span(pledge.start, pledge.start + len(EVIL))),
        ),
        commitments=(Commitment(id="c1", by=("p1",), to=("p2",), act="pledge", what=EVIL, due="2025-04-01", condition=EVIL, topics=(EVIL,), evidence=(pledge,)),),
    )  # fmt: skip


def crawl(client: TestClient, start: str, each: Callable[[str, str, Page], None], *, most: int = 400) -> dict[str, Page]:
    """Every page that links lead to from a start, breadth first; `each` sees its address, its text and what it is made of."""
    seen: dict[str, Page] = {}
    waiting = deque([start])
    while waiting and len(seen) < most:
        address = waiting.popleft()
        if address in seen:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if "text/html" not in answer.headers["content-type"]:
            continue
        seen[address] = page = Page(answer.text)
        each(address, answer.text, page)
        for link in page.links:
            target = urljoin(address, link).partition("#")[0]
            known = urlsplit(target)
            if not known.scheme and not known.netloc and target not in seen and not re.search(r"\.(json|svg)($|\?)", target):
                waiting.append(target)
    return seen


@pytest.fixture(scope="session")
def parsed() -> type[Page]:
    """A page taken apart."""
    return Page


@pytest.fixture(scope="session")
def walk() -> Callable[..., dict[str, Page]]:
    """The walk over all pages."""
    return crawl


@pytest.fixture
def signed_in(client: TestClient) -> TestClient:
    """The client after it has shown the token."""
    answer = client.post("/sign-in", data={"token": TOKEN, "name": "Ada", "next": "/review"})
    assert answer.status_code == 303
    return client
