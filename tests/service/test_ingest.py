"""Many articles, any order, any number of steps, any interruption: one record, the same byte for byte."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.model.config import Config
from dragoman.model.record_codec import lines, loads
from dragoman.reading.kit import Kit
from dragoman.service.ingest import keep
from dragoman.service.kinds import kinds
from dragoman.service.record import record_of
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

sys.path.insert(0, str(Path(__file__).parent))

from made import fresh, reading

MANY = 60
# A child that adds all articles in steps of five, each a transaction; begun again, it goes on where it was stopped.
CHILD = """
import sys
sys.path.insert(0, {folder!r})
from made import fresh, reading
from dragoman.reading.kit import Kit
from dragoman.service.ingest import keep
from dragoman.service.kinds import kinds
from dragoman.store.open import open_store
store = open_store({url!r})
every = kinds(Kit())
numbers = {numbers!r}
for at in range(0, len(numbers), 5):
    left = [number for number in numbers[at:at + 5] if store.article(reading(number).article.id) is None]
    with store.writing():
        keep(store, fresh(left), every)
    print(at, flush=True)
"""


def text_of(store: Store) -> str:
    return "".join(lines(record_of(store, Config())))


def added(store: Store, numbers: list[int], step: int) -> str:
    every = kinds(Kit())
    for at in range(0, len(numbers), step):
        with store.writing():
            keep(store, fresh(numbers[at : at + step]), every)
    return text_of(store)


@pytest.fixture(scope="module")
def undisturbed() -> str:
    return added(open_store(":memory:"), list(range(MANY)), MANY)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(":memory:")
    yield opened
    opened.close()


@pytest.mark.parametrize(("seed", "step"), [(1, 1), (2, 7), (3, 40)])
def test_any_order_and_any_steps_give_the_same_record(seed: int, step: int, undisturbed: str, store: Store) -> None:
    numbers = list(range(MANY))
    random.Random(seed).shuffle(numbers)
    assert added(store, numbers, step) == undisturbed


def test_the_same_article_twice_changes_nothing(undisturbed: str, store: Store) -> None:
    assert added(store, [*range(MANY), *range(10)], 16) == undisturbed


def test_a_record_is_read_back_as_it_was_written(undisturbed: str) -> None:
    assert "".join(lines(loads(undisturbed))) == undisturbed


def test_the_record_as_known_on_a_day_is_that_of_the_articles_published_by_then(store: Store) -> None:
    numbers = list(range(MANY))
    day = sorted(str(reading(number).article.published) for number in numbers)[MANY // 2]
    added(store, numbers, 16)
    known = "".join(lines(record_of(store, Config(), until=reading_day(day))))
    early = [number for number in numbers if str(reading(number).article.published) <= day]
    assert known == added(open_store(":memory:"), early, 9)


def reading_day(day: str):
    from datetime import date

    return date.fromisoformat(day)


def test_whoever_kills_it_whenever_the_record_is_that_of_the_undisturbed(tmp_path: Path, undisturbed: str) -> None:
    url = str(tmp_path / "killed.db")
    code = CHILD.format(folder=str(Path(__file__).parent), url=url, numbers=list(range(MANY)))
    drawn = random.Random(5)
    for _ in range(6):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        for _ in range(drawn.randrange(1, 6)):
            child.stdout.readline()
        time.sleep(drawn.random() / 20)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    store = open_store(url, create=False)
    assert text_of(store) == undisturbed
    assert store.check() == ()
    store.close()
