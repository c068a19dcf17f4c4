"""A full disk stops all work in every engine, and costs no article."""

import errno

import pytest

from dragoman.engines.here import Here
from dragoman.engines.pool import Pool
from dragoman.model.errors import EngineError, is_of_the_machine
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stage import Stage


def full(number: int) -> int:
    if number == 3:
        raise OSError(errno.ENOSPC, "No space left on device")
    return number


def without(number: int) -> int:
    raise OSError(errno.ENOENT, "No such file")


@pytest.mark.parametrize("engine", [Here(), Pool(1), Pool(2)])
def test_a_full_disk_is_raised_and_no_article_is_lost(engine: Here | Pool) -> None:
    results = engine.map(full, range(9))
    with pytest.raises(EngineError, match=r"cannot go on \(No space left on device\); make room"):
        list(results)


def test_other_errors_of_the_system_are_the_articles() -> None:
    assert [one.reason for one in Here().map(without, [1])] == ["FileNotFoundError: [Errno 2] No such file"]
    assert is_of_the_machine(MemoryError())
    assert not is_of_the_machine(ValueError())


def test_a_stage_does_not_swallow_it(kit: Kit) -> None:
    def run(article: Article, reading: Reading, kit: Kit) -> Reading:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        read(Article(id="a", name="a", text="a"), [Stage(name="names", version=1, needs=(), gives=("entities",), run=run)], kit)
