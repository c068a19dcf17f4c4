"""What the protocol promises, on every database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from dragoman.linking.items import Item, Link, Occurrence
from dragoman.model.errors import StoreError
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.store.protocol import Counts, Store


def article(text: str, published: date | None = None) -> Article:
    return Article(id=article_id(text), name="a.txt", text=text, published=published)


def person(identity: str, *keys: str) -> Item:
    return Item(kind="person", id=identity, keys=keys, facts={"names": [["Kalın", 2]], "state": None, "weight": 0.1, "alive": True})


def put(store: Store, text: str, *items: Item) -> str:
    """An article with these items in it, each a group of its own."""
    added = article(text)
    with store.writing():
        store.put_article(added, None)
        store.put_items((item, Occurrence(item=item.id, article=added.id, local=f"p{number}")) for number, item in enumerate(items))
        store.put_groups("person", [frozenset([item.id]) for item in items])
    return added.id


def test_an_article_comes_back_as_it_was(store: Store) -> None:
    whole = Article(
        id=article_id("Görüşme\r\n\x00\ud800 𝒜"), name="İ.txt", text="Görüşme\r\n\x00\ud800 𝒜", language="tr", title="", outlet="AA\x1a", url="https://example.org/1",
        published=date(2025, 10, 12), published_from="metadata",
    )  # fmt: skip
    assert store.put_article(whole, b"\x00\xff bytes")
    assert store.article(whole.id) == whole
    assert not store.put_article(article(whole.text), None)
    assert store.article(whole.id) == whole
    assert store.article("none") is None
    assert store.check() == ()


def test_articles_come_by_id_and_by_the_day(store: Store) -> None:
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2), None]
    added = [article(f"Report {number}.", day) for number, day in enumerate(days)]
    with store.writing():
        for one in added:
            store.put_article(one, b"one file for all")
    assert list(store.articles()) == sorted(added, key=lambda one: one.id)
    assert {one.published for one in store.articles(until=date(2025, 1, 1))} == {date(2024, 12, 31), date(2025, 1, 1)}


def test_many_articles_are_given_while_their_readings_are_written(store: Store) -> None:
    with store.writing():
        for number in range(450):
            store.put_article(article(f"Report {number}."), None)
    seen = []
    with store.writing():
        for one in store.unread("v1"):
            store.put_reading(one.id, "v1", "{}")
            seen.append(one.id)
    assert seen == sorted(seen)
    assert len(set(seen)) == 450
    assert list(store.unread("v1")) == []
    assert len(list(store.unread("v2"))) == 450
    assert len(list(store.readings())) == 450


def test_a_reading_takes_the_place_of_an_older_one(store: Store) -> None:
    first, second = sorted((put(store, "One."), put(store, "Two.")))
    store.put_reading(first, "v1", '{"a":"é\ud800"}')
    store.put_reading(second, "v1", "{}")
    store.put_reading(first, "v2", '{"b":"\x00"}')
    assert store.reading(first) == '{"b":"\x00"}'
    assert store.reading("none") is None
    assert list(store.readings()) == [(first, '{"b":"\x00"}'), (second, "{}")]
    assert list(store.readings([second, "none", second])) == [(second, "{}")]
    assert [one.id for one in store.unread("v2")] == [second]


def test_corrections_are_numbered_and_undone_but_never_lost(store: Store) -> None:
    at = datetime(2025, 10, 12, 9, 30, tzinfo=UTC)
    whole = Correction(id=0, kind="person", verdict="different", left="p1", right="p2", field="name", by="Ayşe", at=at, why="two\nmen")
    assert store.add_correction(whole) == 1
    assert store.add_correction(Correction(id=7, kind="event", verdict="reject", left="v1")) == 2
    assert store.undo_correction(1)
    assert not store.undo_correction(3)
    assert not store.undo_correction(10**30)
    first, second = store.corrections()
    assert first == Correction(id=1, kind="person", verdict="different", left="p1", right="p2", field="name", by="Ayşe", at=at, why="two\nmen", undone=True)
    assert (second.id, second.undone) == (2, False)


def test_items_are_found_by_any_key_of_their_kind(store: Store) -> None:
    one, other = person("b", "kalin", "ibrahim kalin"), person("a", "kalin")
    event = Item(kind="event", id="c", keys=("kalin",), facts={})
    put(store, "One.", one, other)
    put(store, "Two.", event)
    assert store.holders("person", ["kalin", "ibrahim kalin", "kalın"]) == {"kalin": {"a", "b"}, "ibrahim kalin": {"b"}}
    assert store.holders("event", ["kalin"]) == {"kalin": {"c"}}
    assert store.holders("person", []) == {}
    assert store.items(["b", "c", "none", "b"]) == (one, event)


def test_an_item_that_is_there_stays_as_it_is_and_occurs_once_more(store: Store) -> None:
    first = put(store, "One.", person("a", "kalin"))
    second = put(store, "Two.", Item(kind="person", id="a", keys=("other",), facts={"new": True}))
    assert store.items(["a"]) == (person("a", "kalin"),)
    assert store.holders("person", ["other"]) == {}
    both = tuple(Occurrence(item="a", article=identity, local="p0") for identity in sorted((first, second)))
    assert store.occurrences() == store.occurrences(items=["a"]) == store.occurrences(articles=[first, second]) == both
    assert store.occurrences(items=["a"], articles=[first]) == (Occurrence(item="a", article=first, local="p0"),)
    assert store.occurrences(items=[]) == ()


def test_links_touch_their_items_on_both_sides(store: Store) -> None:
    put(store, "One.", *(person(identity) for identity in "abcd"))
    store.put_links("person", [Link("a", "b", 0.9), Link("b", "c", 0.1 + 0.2)])
    store.put_links("person", [Link("a", "b", 0.5), Link("c", "d", 1.0)])
    assert store.links("person", ["b"]) == (Link("a", "b", 0.9), Link("b", "c", 0.1 + 0.2))
    assert store.links("person", ["a", "b", "c", "d"]) == (Link("a", "b", 0.9), Link("b", "c", 0.1 + 0.2), Link("c", "d", 1.0))
    assert store.links("event", ["b"]) == ()


def grouped(store: Store, *groups: str) -> list[str]:
    store.put_groups("person", [frozenset(group) for group in groups])
    return ["".join(sorted(group)) for group in store.groups("person")]


def test_groups_are_named_for_their_smallest_and_vanish_when_empty(store: Store) -> None:
    put(store, "One.", *(person(identity) for identity in "abcdef"))
    assert grouped(store, "bcd", "a") == ["a", "bcd", "e", "f"]
    assert store.group_of(["d", "a", "none"]) == {"a": "a", "d": "b"}
    assert grouped(store, "abcd") == ["abcd", "e", "f"]
    assert store.members("a") == frozenset("abcd")
    assert store.members("b") == frozenset()
    assert grouped(store, "ae") == ["ae", "bcd", "f"]
    assert grouped(store, "bf", "c") == ["ae", "bf", "c", "d"]
    assert store.check() == ()


def test_names_and_keys_are_ordered_by_bytes(store: Store) -> None:
    ids = ["Z", "a", "i", "z", "ä", "İ", "ı", "ع", "中", "\ufffd", "𝒜"]
    put(store, "One.", *(person(identity, "k") for identity in reversed(ids)))
    assert store.holders("person", ["k"]) == {"k": set(ids)}
    assert [min(group) for group in store.groups("person")] == ids
    assert grouped(store, "İi")[2] == "iİ"
    assert store.group_of(["İ"]) == {"İ": "i"}


def test_no_question_is_too_long(store: Store) -> None:
    """SQLite takes 32,766 parameters, so many ids are asked for in parts."""
    put(store, "One.", person("k7", "k7"), person("k8"))
    store.put_links("person", [Link("k7", "k8", 1.0)])
    asked = [f"k{number}" for number in range(33_000)]
    assert [item.id for item in store.items(asked)] == ["k7", "k8"]
    assert store.holders("person", asked) == {"k7": {"k7"}}
    assert store.links("person", asked) == (Link("k7", "k8", 1.0),)
    assert store.group_of(asked) == {"k7": "k7", "k8": "k8"}
    assert len(store.occurrences(items=asked)) == 2


def test_many_groups_are_given_whole(store: Store) -> None:
    ids = [f"{number:05}" for number in range(12_001)]
    groups = [frozenset(ids[start : start + 7]) for start in range(0, len(ids), 7)]
    put(store, "One.", *(person(identity) for identity in ids))
    store.put_groups("person", groups)
    assert list(store.groups("person")) == groups


def test_a_block_happens_whole_or_not_at_all(store: Store) -> None:
    class Stopped(Exception):
        pass

    def stop(added: Sequence[str]) -> None:
        with store.writing():
            for text in added:
                store.put_article(article(text), b"bytes")
            assert store.counts().articles == len(added)
            raise Stopped

    with pytest.raises(Stopped):
        stop(["One.", "Two."])
    assert store.counts() == Counts(articles=0, readings=0, items=0, links=0, corrections=0)


def fail(store: Store) -> None:
    with store.writing():
        store.put_article(article("Two."), None)
        store.put_links("person", [Link("a", None, 1.0)])  # type: ignore[arg-type]


def test_a_block_within_a_block_can_fail_alone(store: Store) -> None:
    with store.writing():
        store.put_article(article("One."), None)
        with pytest.raises(StoreError):
            fail(store)
        store.put_article(article("Three."), None)
    assert sorted(one.text for one in store.articles()) == ["One.", "Three."]


def test_what_points_nowhere_is_refused_when_the_block_ends(store: Store) -> None:
    with pytest.raises(StoreError), store.writing():
        store.put_reading("none", "v1", "{}")
    assert store.counts().readings == 0


def test_what_is_derived_can_be_forgotten_and_what_is_kept_stays(store: Store) -> None:
    identity = put(store, "Kalın in Ankara.", person("a", "k"), person("b"))
    store.put_reading(identity, "v1", "{}")
    store.put_links("person", [Link("a", "b", 1.0)])
    store.index_text(identity, title="", text="Kalın in Ankara.", names=[], statements=[])
    store.add_correction(Correction(id=0, kind="person", verdict="reject", left="a"))
    assert store.counts() == Counts(articles=1, readings=1, items=2, links=1, corrections=1)
    store.forget_derived()
    assert store.counts() == Counts(articles=1, readings=0, items=0, links=0, corrections=1)
    assert (store.search("kalin"), store.occurrences(), list(store.groups("person")), store.holders("person", ["k"])) == ((), (), [], {})
    assert store.check() == ()
