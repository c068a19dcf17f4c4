"""What is known of watched sources and of alerts, on every database."""

from collections.abc import Callable

import pytest

from dragoman.model.errors import StoreError
from dragoman.store.alerted import Alerted, Sending
from dragoman.store.open import open_store
from dragoman.store.protocol import Store
from dragoman.store.watched import Came, Link, Source, Watched

FEED = "https://example.org/feed?a=ü\x00"


def test_a_source_is_new_until_it_is_kept(store: Store) -> None:
    watched = Watched(store)
    assert watched.source(FEED) == Source(url=FEED)
    kept = Source(url=FEED, next_poll=17.25, state={"etag": '"x"', "failures": 2, "ok": None, "message": "\ud800 ü"})
    watched.put_source(kept)
    watched.put_source(Source(url="https://a.example/"))
    assert watched.source(FEED) == kept
    assert watched.sources() == (Source(url="https://a.example/"), kept)


def test_bytes_stay_until_they_are_worked_through(store: Store) -> None:
    watched = Watched(store)
    came = Came(content=b"\x00\xff<rss/>", with_it={"url": FEED, "charset": None})
    watched.put_bytes(Source(url=FEED, next_poll=1), came)
    assert watched.unfinished() == (FEED,)
    watched.put_source(Source(url=FEED, next_poll=2))
    assert watched.source_bytes(FEED) == came
    watched.put_bytes(Source(url=FEED, next_poll=3), None)
    assert watched.unfinished() == ()
    assert watched.source_bytes(FEED) is None
    assert watched.source(FEED).next_poll == 3


def test_a_link_is_kept_once_and_goes_from_stage_to_stage(store: Store) -> None:
    watched = Watched(store)
    links = [Link(key=f"https://example.org/{number}", source=FEED, next_try=float(number), state={"title": str(number)}) for number in range(1200)]
    watched.put_new(links)
    watched.put_new([Link(key=links[7].key, source="another", stage="done")])
    assert len(watched.known(one.key for one in [*links, Link(key="new", source=FEED)])) == 1200
    assert watched.waiting(5.0, FEED, 3) == tuple(links[:3])
    assert watched.waiting(1e9, "another", 3) == ()
    assert watched.next_try([FEED, "another"]) == 0.0
    assert watched.next_try(["another"]) is None
    came = Came(content=b"page", with_it={"type": "text/html"})
    fetched = Link(key=links[0].key, source=FEED, stage="fetched", state={"tries": 0})
    watched.put_link(fetched, came)
    assert watched.fetched(5) == (fetched,)
    assert watched.link_bytes(fetched.key) == came
    done = Link(key=links[0].key, source=FEED, stage="done", state={"article": "a"})
    watched.put_link(done)
    assert watched.fetched(5) == ()
    assert watched.link_bytes(fetched.key) is None
    assert watched.links(FEED, "done") == (done,)
    assert watched.stages() == {FEED: {"done": 1, "waiting": 1199}}
    assert watched.next_try([FEED]) == 1.0


def test_all_of_a_transaction_or_nothing(store: Store) -> None:
    watched = Watched(store)

    def half() -> None:
        with store.writing():
            watched.put_new([Link(key="a", source=FEED)])
            watched.put_bytes(Source(url=FEED), Came(content=b"x", with_it={}))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert watched.known(["a"]) == set()
    assert watched.sources() == ()


def test_sites_are_kept_and_forgotten(store: Store) -> None:
    watched = Watched(store)
    watched.put_sites({})
    watched.put_sites({"https://b.example": (5.0, {"text": "User-agent: *"}), "https://a.example": (9.0, {})})
    watched.put_sites({"https://b.example": (6.0, {"text": ""})})
    assert watched.sites() == {"https://a.example": (9.0, {}), "https://b.example": (6.0, {"text": ""})}
    watched.forget_sites(7.0)
    assert list(watched.sites()) == ["https://a.example"]


def test_one_watches_at_a_time(store: Store, url: str) -> None:
    other = open_store(url, wait=5)
    try:
        with Watched(store).alone():
            with pytest.raises(StoreError, match="is being watched with by another"), Watched(other).alone():
                pass
            Watched(other).put_source(Source(url=FEED))
        with Watched(other).alone():
            pass
    finally:
        other.close()


def test_records_in_memory_can_be_watched_with() -> None:
    opened = open_store(":memory:")
    with Watched(opened).alone():
        Watched(opened).put_source(Source(url=FEED))
    opened.close()


def test_facts_are_told_once_by_each_alert(store: Store) -> None:
    alerted = Alerted(store)
    facts = [f"event:{number}" for number in range(1300)]
    alerted.tell("one", facts)
    alerted.tell("one", facts[:3])
    assert alerted.known("one", [*facts, "event:x"]) == set(facts)
    assert alerted.known("other", facts) == set()


def test_sendings_are_due_until_they_are_sent(store: Store) -> None:
    alerted = Alerted(store)
    sendings = [Sending(letter=f"l{number}", target="desk", made=float(number), content={"title": "ü"}) for number in range(4)]
    alerted.put([])
    alerted.put(sendings)
    alerted.put([Sending(letter="l1", target="desk", made=99.0, content={})])
    assert alerted.due("desk", 0.0, 2) == tuple(sendings[:2])
    alerted.set(Sending(letter="l0", target="desk", made=0.0, content={}, stage="sent"))
    alerted.set(Sending(letter="l1", target="desk", made=1.0, content={}, next_try=50.0, state={"tries": 1}))
    assert [one.letter for one in alerted.due("desk", 49.0, 9)] == ["l2", "l3"]
    assert [one.letter for one in alerted.due("desk", 50.0, 9)] == ["l1", "l2", "l3"]
    assert [one.letter for one in alerted.newest("desk", 2)] == ["l3", "l2"]
    assert alerted.due("other", 50.0, 9) == ()
    assert alerted.counts() == {"desk": {"due": 3, "sent": 1}}
    assert alerted.next_try() == 0.0


def test_what_is_kept_of_watching_outlives_a_rebuild(store: Store) -> None:
    Watched(store).put_new([Link(key="a", source=FEED)])
    Alerted(store).tell("one", ["event:1"])
    with store.writing():
        store.forget_derived()
    assert Watched(store).known(["a"]) == {"a"}
    assert Alerted(store).known("one", ["event:1"]) == {"event:1"}


def test_two_records_on_one_server_are_watched_beside_each_other(postgresql_url: Callable[[], str]) -> None:
    one, other = open_store(postgresql_url()), open_store(postgresql_url())
    try:
        with Watched(one).alone(), Watched(other).alone():
            pass
    finally:
        one.close()
        other.close()
