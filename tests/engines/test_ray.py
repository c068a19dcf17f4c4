"""Ray gives what the other engines give: in order, with what was lost said, and after the loss of an actor."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.engines.pool import Pool
from dragoman.engines.ray import Ray
from dragoman.model.errors import EngineError

pytest.importorskip("ray", reason="Ray is not installed: pip install 'dragoman[ray]'")


def double(number: int) -> int:
    return 2 * number


def moody(number: int) -> int:
    if number == 2:
        raise ValueError("no such luck")
    return 2 * number


def deadly(item: tuple[int, str]) -> int:
    """Item 3 takes its process with it, every time; item 5 the first time only."""
    number, folder = item
    mark = Path(folder, "five")
    if number == 3 or (number == 5 and not mark.exists()):
        if number == 5:
            mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def broken() -> Iterator[int]:
    yield 1
    raise OSError("the disk has gone")


@pytest.fixture(scope="module")
def ray() -> Iterator[Ray]:
    with Ray(2) as engine:
        yield engine


def test_results_come_in_the_order_of_the_items(ray: Ray) -> None:
    assert list(ray.map(double, range(40))) == list(range(0, 80, 2))
    assert list(ray.map(double, [])) == []


def test_all_engines_say_alike_what_was_lost(ray: Ray) -> None:
    expected = [0, 2, Lost(2, "ValueError: no such luck"), 6]
    with Pool(2) as pool:
        for engine in (Here(), pool, ray):
            assert list(engine.map(moody, range(4))) == expected


def test_an_actor_that_is_lost_costs_no_other_item(ray: Ray, tmp_path: Path) -> None:
    results = list(ray.map(deadly, [(number, str(tmp_path)) for number in range(9)]))
    assert [one for one in results if isinstance(one, int)] == [0, 2, 4, 8, 10, 12, 14, 16]
    assert [(one.item[0], one.reason.partition(" (")[0]) for one in results if isinstance(one, Lost)] == [(3, "the process that read it ended, twice")]


def test_an_item_that_waited_behind_another_is_not_to_blame(ray: Ray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one actor 5 waits behind 3, and goes with it; then it takes one itself, and is no more to blame than if it had been alone."""
    monkeypatch.setattr(ray, "workers", 1)
    results = list(ray.map(deadly, [(number, str(tmp_path)) for number in (3, 5)]))
    assert results[1:] == [10]
    assert isinstance(results[0], Lost)


def test_more_workers_than_the_cluster_has_room_for_are_fewer(ray: Ray, monkeypatch: pytest.MonkeyPatch) -> None:
    from ray import kill

    monkeypatch.setattr(ray, "workers", 5)
    assert list(ray.map(double, range(40))) == list(range(0, 80, 2))
    while ray.actors:
        kill(ray.actors.pop())


def test_a_cluster_without_room_is_said_to_have_none(ray: Ray, monkeypatch: pytest.MonkeyPatch) -> None:
    from ray import get

    held = [ray.actor(), ray.actor()]
    assert get([one.begin.remote(double) for one in held]) == [True, True]
    monkeypatch.setattr("dragoman.engines.ray._PATIENCE", 2.0)
    with Ray(1) as another, pytest.raises(EngineError, match="no free processor for 2 seconds"):
        list(another.map(double, range(3)))
    ray.actors.extend(held)


def test_no_more_than_a_few_items_are_taken_ahead(ray: Ray) -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = ray.map(double, items())
    assert next(results) == 0
    assert len(taken) <= 8
    results.close()


def test_an_error_of_the_items_comes_after_what_was_there(ray: Ray) -> None:
    results = ray.map(double, broken())
    assert next(results) == 2
    with pytest.raises(OSError, match="the disk has gone"):
        next(results)
