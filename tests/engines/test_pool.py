"""Any number of processes gives the results of one, in their order; a process that dies costs its item only."""

import os
import signal
from collections.abc import Iterator

import pytest

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.engines.pool import Pool


def double(number: int) -> int:
    return 2 * number


def moody(number: int) -> int:
    """Raises at 2, is killed at 4, leaves at 6."""
    if number == 2:
        raise ValueError("no such luck")
    if number == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 6:
        os._exit(3)
    return 2 * number


def broken() -> Iterator[int]:
    yield 1
    raise OSError("the disk has gone")


@pytest.mark.parametrize("engine", [Here(), Pool(1), Pool(3)])
def test_results_come_in_the_order_of_the_items(engine: Here | Pool) -> None:
    assert list(engine.map(double, range(40))) == list(range(0, 80, 2))
    assert list(engine.map(double, [])) == []


def test_a_worker_that_dies_gives_lost_and_the_batch_goes_on() -> None:
    results = list(Pool(2).map(moody, range(9)))
    assert [one if isinstance(one, int) else None for one in results] == [0, 2, None, 6, None, 10, None, 14, 16]
    reasons = {one.item: one.reason for one in results if isinstance(one, Lost)}
    assert reasons[2] == "ValueError: no such luck"
    assert reasons[4] == "the process that read it was ended by signal 9; most likely memory ran out, try fewer --workers"
    assert reasons[6] == "the process that read it ended by itself with code 3"


def test_an_error_of_the_work_is_lost_in_this_process_too() -> None:
    assert list(Here().map(moody, [1, 2, 3])) == [2, Lost(2, "ValueError: no such luck"), 6]


def test_an_error_of_the_items_comes_after_what_was_there() -> None:
    results = Pool(2).map(double, broken())
    assert next(results) == 2
    with pytest.raises(OSError, match="the disk has gone"):
        next(results)


def test_closing_early_ends_the_processes() -> None:
    import multiprocessing

    results = Pool(2).map(double, iter(range(1_000)))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert not [process for process in multiprocessing.active_children() if process.is_alive()]


def process(number: int) -> int:
    return os.getpid()


def test_within_with_the_processes_outlive_a_call() -> None:
    with Pool(2) as pool:
        first = set(pool.map(process, range(40)))
        second = set(pool.map(process, range(40)))
        assert list(pool.map(double, range(4))) == [0, 2, 4, 6]
        results = pool.map(moody, [1, 4, 3])
        assert [isinstance(one, Lost) for one in results] == [False, True, False]
        assert list(pool.map(double, range(4))) == [0, 2, 4, 6]
    assert os.getpid() not in first
    assert second <= first
    assert len(first) <= 2
    alone = Pool(1)
    assert set(alone.map(process, range(3))) != set(alone.map(process, range(3)))
    for one in first:
        with pytest.raises(ProcessLookupError):
            os.kill(int(str(one)), 0)
