"""Both databases hold what was put into them, and give it back alike, whatever it is."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.items import Item, Link, Occurrence
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
IDS = [*"aAbİıäع中𝒜", "aa"]
ARTICLE = Article(id=article_id("Report."), name="n", text="Report.")


@pytest.fixture(scope="module")
def stores(postgresql_url, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Store]]:
    opened = [open_store(url) for url in (str(tmp_path_factory.mktemp("both") / "record.db"), postgresql_url(), ":memory:")]
    for store in opened:
        store.put_article(ARTICLE, None)
    yield opened
    for store in opened:
        store.close()


def fresh(stores: list[Store], *ids: str) -> list[Store]:
    for store in stores:
        with store.writing():
            store.forget_derived()
            store.put_items((Item(kind="person", id=identity, keys=(), facts={}), Occurrence(item=identity, article=ARTICLE.id, local="")) for identity in ids)
    return stores


@given(
    rows=st.lists(st.tuples(st.sampled_from(["person", "event"]), TEXT, st.lists(TEXT, max_size=4), st.dictionaries(TEXT, JSON, max_size=3), TEXT), max_size=6)
)
def test_items_come_back_as_they_were(stores: list[Store], rows: list[tuple]) -> None:
    pairs = [
        (Item(kind=kind, id=identity, keys=tuple(keys), facts=facts), Occurrence(item=identity, article=ARTICLE.id, local=local))
        for kind, identity, keys, facts, local in rows
    ]
    first: dict[str, Item] = {}
    for item, _ in pairs:
        first.setdefault(item.id, item)
    for store in fresh(stores):
        store.put_items(pairs[:3])
        store.put_items(pairs)
        assert store.items(list(first)) == tuple(first[identity] for identity in sorted(first))
        for kind in ("person", "event"):
            for key in {key for item in first.values() for key in item.keys}:
                having = {item.id for item in first.values() if item.kind == kind and key in item.keys}
                assert store.holders(kind, [key]) == ({key: having} if having else {})
        wanted = {(where.item, where.article, where.local) for _, where in pairs}
        assert [(where.item, where.article, where.local) for where in store.occurrences()] == sorted(wanted)


LINKS = st.lists(st.tuples(st.sets(st.sampled_from(IDS), min_size=2, max_size=2), st.floats(0, 1)), max_size=12)


@given(links=LINKS, asked=st.sets(st.sampled_from(IDS)))
def test_links_come_back_as_they_were(stores: list[Store], links: list[tuple[set[str], float]], asked: set[str]) -> None:
    put = [Link(*sorted(ends), score) for ends, score in links]
    held: dict[tuple[str, str], Link] = {}
    for link in put:
        held.setdefault((link.left, link.right), link)
    for store in fresh(stores, *IDS):
        for link in put:
            store.put_links("person", [link])
        assert store.links("person", sorted(asked)) == tuple(sorted(link for link in held.values() if {link.left, link.right} & asked))


@given(steps=st.lists(st.lists(st.sampled_from([*IDS, ""]), min_size=1, max_size=8), max_size=6))
def test_groups_part_the_items_however_they_are_set(stores: list[Store], steps: list[list[str]]) -> None:
    """Each step sets some groups, an empty string between two; a model of dictionaries says what must come of it."""
    of: dict[str, frozenset[str]] = {identity: frozenset([identity]) for identity in IDS}
    batches = []
    for step in steps:
        taken: set[str] = set()
        batch: list[set[str]] = [set()]
        for identity in step:
            if not identity:
                batch.append(set())
            elif identity not in taken:
                taken.add(identity)
                batch[-1].add(identity)
        batches.append([frozenset(group) for group in batch if group])
        for identity in IDS:
            of[identity] = frozenset(of[identity] - taken)
        for group in batches[-1]:
            of |= dict.fromkeys(group, group)
    wanted = sorted(set(of.values()), key=min)
    for store in fresh(stores, *IDS):
        store.put_groups("person", (frozenset([identity]) for identity in IDS))
        for batch in batches:
            store.put_groups("person", batch)
        assert list(store.groups("person")) == wanted
        assert store.group_of(IDS) == {identity: min(of[identity]) for identity in IDS}
        assert {name: store.members(name) for name in map(min, wanted)} == {min(group): group for group in wanted}
        assert store.check() == ()


@given(
    name=TEXT,
    text=TEXT,
    title=st.none() | TEXT,
    source=st.none() | st.binary(max_size=50),
    reading=JSON,
    published=st.none() | st.dates(),
    at=st.none() | st.datetimes(timezones=st.timezones() | st.none()),
)
def test_what_is_kept_comes_back_as_it_was(
    stores: list[Store], name: str, text: str, title: str | None, source: bytes | None, reading: object, published, at
) -> None:
    text = f"{text} {name}"
    article = Article(id=article_id(text), name=name, text=text, title=title, published=published)
    line = json.dumps(reading, ensure_ascii=False)
    at = at.fromisoformat(at.isoformat()) if at else None
    correction = Correction(id=0, kind=name, verdict="value", left=text, right=title, field=title, by=name, at=at, why=text)
    for store in stores:
        if store.put_article(article, source):
            assert store.article(article.id) == article
        assert not store.put_article(article, source)
        store.put_reading(article.id, name, line)
        assert store.reading(article.id) == line
        number = store.add_correction(correction)
        last = store.corrections()[-1]
        assert (last.id, last.left, last.right, last.at, last.undone) == (number, text, title, at, False)
    assert list(stores[0].articles()) == list(stores[1].articles())
    assert stores[0].corrections() == stores[1].corrections()
    assert stores[0].counts() == stores[1].counts()
