"""The shelf as it is kept is the whole composition, byte for byte: whatever the order and the steps, corrections and their undoing, and new readings."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.record import composed
from dragoman.model.config import Config
from dragoman.model.errors import DragomanError
from dragoman.model.reading import Reading
from dragoman.model.record_codec import lines, loads, streamed
from dragoman.model.spans import Span
from dragoman.service.correct import By, merge, reject, settle, split, undo
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.read import kit_of
from dragoman.service.record import given_of
from dragoman.service.remembered import PARTS, Remembered
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

sys.path.insert(0, str(Path(__file__).parent.parent / "service"))

from worlds import reading, signed, world

CONFIG = Config()
MANY = 24
# Marks that only the kept shelf has: which holdings are evidence of a tenure.
INNER = {"post", "held", "takes", "leaves"}


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def kept(store: Store, fresh: Sequence[Fresh], step: int) -> None:
    every = kinds(kit_of(CONFIG))
    for at in range(0, len(fresh), step):
        with store.writing():
            keep(store, fresh[at : at + step], every)


def exported(store: Store) -> str:
    """The record as the shelf has it, which must be what composing the whole gives; every row with its marks and place, and nothing besides."""
    given_whole = given_of(store, CONFIG)
    whole = "".join(lines(composed(given_whole)))
    assert "".join(streamed(open_shelf(store, CONFIG).each)) == whole
    remembered = Remembered(store, given_whole)
    for part in PARTS:
        rows = remembered._rows[part]
        assert [identity for identity, _ in store.shelving.each(part)] == list(rows)
        marks = store.shelving.marks(part, rows, tuple(NAMES))
        wanted = {
            identity: tuple(mark for mark in row.marks if mark[0] in NAMES and (part, mark[0]) != ("articles", "entity")) for identity, (row, _) in rows.items()
        }
        assert {identity: own for identity, own in wanted.items() if own} == marks
    assert store.check() == ()
    return whole


NAMES = {
    "entity", "side", "topic", "type", "factuality", "disputed", "place", "planned_as", "month", "article", "language", "outlet", "story", "speaker", "channel",
    "act", "by", "to", "kind", "state", "code", "key", "name", "copy_of", "person", "office", "of",
}  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed() -> str:
    store = open_store(":memory:")
    kept(store, world(range(MANY)), MANY)
    return exported(store)


@pytest.mark.parametrize(("seed", "step"), [(1, 1), (2, 7)])
def test_any_order_and_any_steps_give_the_same_shelf(store: Store, undisturbed: str, seed: int, step: int) -> None:
    fresh = world(range(MANY))
    random.Random(seed).shuffle(fresh)
    kept(store, fresh, step)
    assert exported(store) == undisturbed


def test_the_world_has_what_a_record_has_to_follow(undisturbed: str) -> None:
    for field in ('"planned_as":"v', '"copy_of":"', '"disputed":[{', '"ended_before":"2', '"acting":true'):
        assert field in undisturbed


WHO = By(who="ana", why="read both")


def corrected(store: Store, drawn: random.Random) -> None:
    """One correction, or the undoing of one; many are refused, and then nothing may have changed."""
    shelf = open_shelf(store, CONFIG)
    events = [event.id for event in shelf.events().rows]
    persons = [one.id for one in shelf.entities("person").rows]
    members = [member.id for one in persons for member in shelf.members(one)]
    articles = [one.id for one in shelf.articles().rows]
    try:
        match drawn.randrange(9):
            case 0:
                merge(store, CONFIG, "person", *drawn.sample(persons, 2), WHO)
            case 1:
                split(store, CONFIG, "person", *drawn.sample(members, 2), WHO)
            case 2:
                merge(store, CONFIG, "event", *drawn.sample(events, 2), WHO)
            case 3:
                reject(store, CONFIG, drawn.choice(events), WHO)
            case 4:
                settle(store, CONFIG, drawn.choice(events), *drawn.choice((("date", "2025-02-20"), ("type", "AGREE"), ("factuality", "planned"))), WHO)
            case 5:
                settle(store, CONFIG, drawn.choice(events), "place", drawn.choice(("Accra", "Vilnius")), WHO)
            case 6:
                drawn.choice((merge, split))(store, CONFIG, drawn.choice(("story", "copy")), *drawn.sample(articles, 2), WHO)
            case _:
                numbers = [one.id for one in store.corrections() if not one.undone]
                if numbers:
                    undo(store, CONFIG, drawn.choice(numbers))
    except DragomanError:
        pass


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_corrections_and_their_undoing_in_between(undisturbed: str, seed: int) -> None:
    drawn = random.Random(seed)
    fresh = world(range(MANY))
    drawn.shuffle(fresh)
    store = open_store(":memory:")
    for at in range(0, MANY, 8):
        kept(store, fresh[at : at + 8], 8)
        for _ in range(3):
            corrected(store, drawn)
        exported(store)
    for one in store.corrections():
        undo(store, CONFIG, one.id)
    assert exported(store) == undisturbed
    store.close()


def test_corrections_on_either_database(store: Store) -> None:
    drawn = random.Random(4)
    kept(store, world(range(10)), 10)
    for _ in range(6):
        corrected(store, drawn)
    kept(store, world(range(10, 14)), 4)
    exported(store)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_articles_read_anew_take_the_place_of_what_was_read_before(seed: int) -> None:
    drawn = random.Random(seed)
    store, straight = open_store(":memory:"), open_store(":memory:")
    first = {number: reading(number) for number in range(12)}
    kept(store, [signed(one) for one in first.values()], 12)
    again = {number: _otherwise(one, drawn) for number, one in first.items() if drawn.random() < 0.5}
    for number in drawn.sample(sorted(again), len(again)):
        kept(store, [signed(again[number])], 1)
    kept(straight, [signed(one) for one in (first | again).values()], 12)
    assert exported(store) == exported(straight)
    kept(store, [signed(one) for one in first.values()], 12)
    kept(straight, [signed(one) for one in first.values()], 5)
    assert exported(store) == exported(straight)


def _otherwise(one, drawn: random.Random):  # type: ignore[no-untyped-def]
    """The same article, read otherwise: without an office, an event or a statement, or with a person under another name."""
    match drawn.randrange(5):
        case 0:
            return replace(one, offices=one.offices[1:])
        case 1:
            return replace(one, events=())
        case 2:
            return replace(one, statements=(), commitments=())
        case 3:
            first = replace(one.entities[0], name="Zora Vance", names=("Zora Vance",))
            return replace(one, entities=(first, *one.entities[1:]))
        case _:
            return replace(one, article=replace(one.article, language="de", published=None))


def test_a_record_of_before_is_composed_once_and_says_so(store: Store) -> None:
    kept(store, world(range(12)), 12)
    whole = exported(store)
    with store.connections.write() as connection:  # type: ignore[attr-defined]
        from dragoman.store.schema import SHELF, shelf_state

        for table in (*SHELF, shelf_state):
            connection.execute(table.delete())
    told: list[str] = []
    shelf = open_shelf(store, CONFIG, tell=told.append)
    assert "".join(streamed(shelf.each)) == whole
    assert told == [one for one in told if "put in order once" in one]
    assert len(told) == 1
    open_shelf(store, CONFIG, tell=told.append)
    assert len(told) == 1
    assert exported(store) == whole


def test_adding_to_a_record_of_before_composes_it_first(store: Store) -> None:
    kept(store, world(range(10)), 10)
    with store.writing():
        store.shelving.forget()
        store.shelving.changed("0")
    kept(store, world(range(10, 12)), 2)
    exported(store)


def test_each_report_of_a_statement_keeps_its_words_for_who_speaks(store: Store) -> None:
    fresh = [one for one in world(range(MANY)) if len(one.reading.statements) == 1][:2]
    kept(store, [replace(one, reading=_unnamed(one.reading, size)) for size, one in enumerate(fresh, start=4)], 1)
    words = {one.reading.article.id: " ".join(one.reading.article.text[:size].split()) for size, one in enumerate(fresh, start=4)}
    said = [one for one in open_shelf(store, CONFIG).statements().rows if one.reports[0].article in words]
    assert {one.reports[0].article: one.voice for one in said} == words
    if len(said) > 1:
        merge(store, CONFIG, "statement", said[0].id, said[1].id, WHO)
    (together,) = open_shelf(store, CONFIG).statements().rows
    assert {report.article: report.source for report in together.reports} == words
    assert loads(exported(store)).statements == (together,)


def _unnamed(one: Reading, size: int) -> Reading:
    """The reading as one in which its first characters are all that says who speaks."""
    return replace(one, statements=tuple(replace(said, speaker=None, source=Span(0, size)) for said in one.statements))


def test_what_does_not_fit_is_found(store: Store) -> None:
    kept(store, world(range(6)), 6)
    with store.writing():
        store.shelving.drop("stories", [next(store.shelving.each("stories"))[0]])
    assert any("1 stories without a row); run 'dragoman rebuild'" in line for line in store.check())


def test_the_version_changes_with_the_record_and_never_comes_back(store: Store) -> None:
    seen = [open_shelf(store, CONFIG).version()]
    kept(store, world(range(4)), 4)
    seen.append(open_shelf(store, CONFIG).version())
    settle(store, CONFIG, open_shelf(store, CONFIG).events().rows[0].id, "type", "AGREE", WHO)
    seen.append(open_shelf(store, CONFIG).version())
    undo(store, CONFIG, 1)
    seen.append(open_shelf(store, CONFIG).version())
    assert len(set(seen)) == 4
    kept(store, world(range(4)), 4)
    assert open_shelf(store, CONFIG).version() == seen[-1]


def test_a_record_with_the_tables_of_before_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    """What the first version kept: its tables, filled as they were, without those of the shelf."""
    from alembic import command
    from alembic.config import Config as Alembic
    from sqlalchemy import insert

    from dragoman.store import open as opening
    from dragoman.store.schema import articles, groups, item_keys, items, links, occurrences, readings

    straight = open_store(str(tmp_path / "straight.db"))
    kept(straight, world(range(10)), 10)
    database = opening._database(url, create=True, wait=5)
    alembic = Alembic()
    alembic.set_main_option("script_location", str(opening._MIGRATIONS))
    with database.engine.begin() as connection, straight.connections.read() as old:  # type: ignore[attr-defined]
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, "0001")
        for table in (articles, readings, items, item_keys, occurrences, links, groups):
            columns = [column for column in table.c if column.name != "details"]
            connection.execute(insert(table), [dict(row._mapping) for row in old.execute(table.select().with_only_columns(*columns))])
    database.engine.dispose()
    store = open_store(url)
    assert exported(store) == exported(straight)
    kept(store, world(range(10, 14)), 4)
    kept(straight, world(range(10, 14)), 4)
    assert exported(store) == exported(straight)
    store.close()
    straight.close()


def test_two_processes_that_add_to_postgresql_end_in_one_record(postgresql_url: Callable[[], str], tmp_path: Path) -> None:
    texts = [
        f"{state} Foreign Minister {name} met Norwegian Foreign Minister Per Dahl in Oslo on 3 March 2025. {name} said that matter {number} was open."
        for number, (state, name) in enumerate((("Swedish", "Ana Lindqvist"), ("Danish", "Lars Holm"), ("Kenyan", "Grace Odhiambo"), ("Polish", "Marta Nowak")))
    ]
    files = [tmp_path / "one.jsonl", tmp_path / "other.jsonl"]
    for file, mine in zip(files, (texts[:3], texts[1:]), strict=True):
        file.write_text("".join(json.dumps({"id": f"n{texts.index(text)}", "text": text, "language": "en", "published": "2025-03-04"}) + "\n" for text in mine))
    url, alone = postgresql_url(), str(tmp_path / "alone.db")
    command = [sys.executable, "-m", "dragoman.cli.main"]
    children = [subprocess.Popen([*command, "--record", url, "add", str(file)], stdout=subprocess.DEVNULL, cwd=tmp_path) for file in files]
    assert [child.wait() for child in children] == [0, 0]
    subprocess.run([*command, "--record", alone, "add", *map(str, files)], check=True, stdout=subprocess.DEVNULL, cwd=tmp_path)
    exports = [subprocess.run([*command, "--record", one, "export"], check=True, capture_output=True, cwd=tmp_path).stdout for one in (url, alone)]
    assert exports[0] == exports[1]
    assert exports[0].count(b'"name":"n') == 4
    store = open_store(url)
    exported(store)
    store.close()
