"""Many sites at once, each in its order."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.sources.web.turns import in_turns


@given(st.dictionaries(st.text(max_size=3), st.lists(st.integers(), max_size=6), max_size=6), st.integers(1, 8))
def test_everything_is_done_once_and_each_group_in_its_order(groups: dict[str, list[int]], at_once: int) -> None:
    named = {name: [(name, number, place) for place, number in enumerate(items)] for name, items in groups.items() if items}
    done = list(in_turns(lambda item: item[1], named, at_once))
    assert sorted(item for item, _ in done) == sorted(item for items in named.values() for item in items)
    for name, items in named.items():
        assert [item for item, _ in done if item[0] == name] == items
    assert all(item[1] == result for item, result in done)


def test_a_group_is_never_asked_for_two_things_at_once() -> None:
    busy: dict[str, threading.Lock] = {name: threading.Lock() for name in "abc"}

    def work(item: str) -> bool:
        with_it = busy[item].acquire(blocking=False)
        try:
            return with_it
        finally:
            busy[item].release()

    assert all(result for _, result in in_turns(work, {name: [name] * 50 for name in "abc"}, 8))


def test_an_error_is_raised_and_nothing_new_begun() -> None:
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        if item == 3:
            raise KeyboardInterrupt
        return item

    with pytest.raises(KeyboardInterrupt):
        list(in_turns(work, {"a": list(range(1000))}, 1))
    assert begun == [0, 1, 2, 3]


def test_one_who_has_enough_may_stop() -> None:
    for item, _ in in_turns(lambda item: item, {name: list(range(1000)) for name in "abcdef"}, 4):
        if item == 2:
            break
