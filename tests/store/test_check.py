"""What check() finds: each damage in a sentence with the next step."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.linking.items import Item, Link, Occurrence
from dragoman.model.errors import StoreError
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.store.open import open_store


def record(path: Path) -> None:
    text = "Kalın in Ankara. " * 50
    store = open_store(str(path))
    with store.writing():
        store.put_article(Article(id=article_id(text), name="ankara.txt", text=text), b"bytes")
        store.put_reading(article_id(text), "v1", "{}")
        store.put_items((Item(kind="person", id=one, keys=("k",), facts={}), Occurrence(item=one, article=article_id(text), local=one)) for one in "abcd")
        store.put_links("person", [Link("a", "b", 1.0)])
        store.put_groups("person", [frozenset("ab"), frozenset("c"), frozenset("d")])
        store.index_text(article_id(text), title="", text=text, names=[], statements=[])
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE articles SET text = 'other'", r"the text of article \w+ \('ankara.txt'\) is not the one that was added; bring back a backup"),
        ("UPDATE sources SET bytes = x'00'", "the kept bytes .* are not those that were added; bring back a backup"),
        ("DELETE FROM sources", "the bytes that articles came in are not there"),
        ("DELETE FROM articles", "readings of articles that are not there .*run 'dragoman rebuild'"),
        ("DELETE FROM items WHERE id = 'c'", r"keys of items that are not there \(c\); run 'dragoman rebuild'"),
        ("DELETE FROM items WHERE id = 'b'", r"links to items that are not there \(b\); run 'dragoman rebuild'"),
        ("DELETE FROM items", r"groups with items that are not there \(a, b, c, …\); run 'dragoman rebuild'"),
        ("DELETE FROM groups WHERE item = 'c'", r"items that belong to no group \(c\); run 'dragoman rebuild'"),
        ("DELETE FROM groups WHERE item = 'a'", r"groups not named for their smallest item \(a\); run 'dragoman rebuild'"),
        ("UPDATE groups SET kind = 'event' WHERE item = 'c'", r"items in groups of another kind \(c\); run 'dragoman rebuild'"),
        ("UPDATE readings SET reading = x'00'", "a row of the record is damaged .*run 'dragoman rebuild'"),
        ("UPDATE search_texts SET body = 'other'", "the search index does not fit the texts; run 'dragoman rebuild'"),
    ],
)
def test_damage_is_told_with_the_next_step(tmp_path: Path, damage: str, said: str) -> None:
    path = tmp_path / "record.db"
    record(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damage)
    store = open_store(str(path))
    found = store.check()
    assert [line for line in found if re.search(said, line)], found
    assert all(line.startswith(f"{path}: ") for line in found)
    store.close()


def test_a_file_with_a_hole_is_told_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    record(path)
    whole = path.read_bytes()
    for start in range(8192, len(whole), 16_384):
        path.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        try:
            store = open_store(str(path))
            found = store.check()
            store.close()
        except StoreError as error:
            found = (str(error),)
        assert found
        assert all(line.startswith(f"{path}: ") for line in found), found
