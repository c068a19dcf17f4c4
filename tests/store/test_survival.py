"""What is left after a kill, on a full disk, and when several programs write at once."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from dragoman.linking.grouping import component
from dragoman.linking.items import Item, Link, Occurrence
from dragoman.model.errors import StoreError
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

WRITER = """
import sys
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.store.open import open_store

store = open_store(sys.argv[1])
for block in range(1000):
    with store.writing():
        for number in range(5):
            text = f"Report {number} of block {block}. " + "Water. " * 500
            store.put_article(Article(id=article_id(text), name="n", text=text), text.encode())
            store.index_text(article_id(text), title="", text=text, names=[], statements=[])
            if sys.argv[2] == "inside" and block == 2 and number == 3:
                print("inside", flush=True)
                sys.stdin.read()
    print(block, flush=True)
"""


def article(text: str) -> Article:
    return Article(id=article_id(text), name="a.txt", text=text)


@pytest.mark.parametrize("lines", [3, 1, 7, 20])
def test_a_killed_writer_leaves_whole_blocks(url: str, lines: int) -> None:
    """kill -9 inside the third block, where three lines are asked for, and anywhere after some blocks."""
    command = [sys.executable, "-c", WRITER, url, "inside" if lines == 3 else "anywhere"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        said = [child.stdout.readline().strip() for _ in range(lines)]
        child.kill()
        child.wait()
    assert child.returncode == -signal.SIGKILL
    store = open_store(url)
    with store.writing():
        held = store.counts().articles
    assert held % 5 == 0
    assert held == 10 if said[-1] == "inside" else held >= 5 * lines
    assert len(store.search("water", limit=100_000)) == held
    assert store.check() == ()
    store.close()


def fill_disk(store: Store, pages: int) -> None:
    """From now on the file may have no more pages, as on a full disk."""

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(store.connections.database.engine, "begin", limit)


def put_many(store: Store) -> None:
    with store.writing():
        for number in range(10_000):
            store.put_article(article(f"Report {number}. " + "Water. " * 300), None)


def test_a_full_disk_loses_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    store = open_store(str(path))
    store.put_article(article("Before."), b"before")
    fill_disk(store, 100)
    with pytest.raises(StoreError, match="the disk is full") as error:
        put_many(store)
    assert str(path) in str(error.value)
    assert f"Make room on the disk of {tmp_path}" in str(error.value)
    assert [one.text for one in store.articles()] == ["Before."]
    assert store.check() == ()
    fill_disk(store, 10_000)
    assert store.put_article(article("After."), None)
    store.close()


def test_readers_see_what_was_kept_last_and_never_wait(store: Store) -> None:
    store.put_article(article("Before."), None)
    seen: list[int] = []
    with store.writing():
        store.put_article(article("Within."), None)
        reader = threading.Thread(target=lambda: seen.append(store.counts().articles))
        reader.start()
        reader.join(timeout=20)
        assert store.counts().articles == 2
    assert seen == [1]
    assert store.counts().articles == 2


def test_who_waits_too_long_is_told_for_whom(store: Store, url: str) -> None:
    other = open_store(url, wait=0.05)
    with store.writing():
        store.put_article(article("Within."), None)
        with pytest.raises(StoreError, match=r"another program \(.*process \d+.*has been writing .* run the same command again"):
            other.put_article(article("Other."), None)
        assert other.counts().articles == 0
    assert other.put_article(article("Other."), None)
    other.close()


def test_threads_write_one_after_the_other(store: Store) -> None:
    def write(thread: int) -> None:
        for number in range(10):
            with store.writing():
                held = store.counts().articles
                store.put_article(article(f"{thread} {number}"), None)
                assert store.counts().articles == held + 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.counts().articles == 40


# Items of articles; two are alike where they share a key.
KEYED = [(f"{number:03}", (f"square {number * number % 31}", f"own {number}")) for number in range(60)]


def link(store: Store, mine: list[int]) -> None:
    """Linking in little: each article is added, its item linked to its fellows by key, and its component grouped."""
    for number in mine:
        identity, keys = KEYED[number]
        added = article(f"Report {identity}.")
        item = Item(kind="person", id=identity, keys=keys, facts={})
        with store.writing():
            store.put_article(added, None)
            store.put_items([(item, Occurrence(item=identity, article=added.id, local="p1"))])
            fellows = sorted(set().union(*store.holders("person", item.keys).values()) - {identity})
            store.put_links("person", [Link(*sorted((identity, other)), 1.0) for other in fellows])
            whole, _ = component([identity], lambda ids: store.links("person", ids))
            store.put_groups("person", [whole])


def test_several_programs_end_in_the_record_of_one(url: str, tmp_path: Path) -> None:
    numbers = [*range(len(KEYED))]
    alone = open_store(str(tmp_path / "alone.db"))
    link(alone, numbers)
    code = "import json, runpy, sys; from dragoman.store.open import open_store; runpy.run_path(sys.argv[1])['link'](open_store(sys.argv[2]), json.loads(sys.argv[3]))"
    shares = [numbers[0:40], numbers[20:60][::-1], numbers[1::2]]
    children = [subprocess.Popen([sys.executable, "-c", code, __file__, url, json.dumps(share)]) for share in shares]
    assert [child.wait() for child in children] == [0, 0, 0]
    store = open_store(url)
    assert list(store.groups("person")) == list(alone.groups("person"))
    assert 1 < len(list(store.groups("person"))) < 60
    assert store.links("person", [identity for identity, _ in KEYED]) == alone.links("person", [identity for identity, _ in KEYED])
    assert (store.counts(), store.check()) == (alone.counts(), ())
    store.close()
    alone.close()


def test_programs_that_make_a_record_at_once_make_one(url: str) -> None:
    code = "import sys; from dragoman.store.open import open_store; print(open_store(sys.argv[1]).counts().articles)"
    children = [subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert [child.communicate()[0].strip() for child in children] == ["0"] * 4
