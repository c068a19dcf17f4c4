"""Code of others is stopped, also where it catches everything; code that is done in time is let be."""

import contextlib
import threading

import pytest

from dragoman.sources.deadline import TooSlow, within


def endless() -> None:
    number = 0
    while True:
        with contextlib.suppress(Exception):
            number += 1


def test_what_never_ends_is_stopped() -> None:
    with pytest.raises(TooSlow, match=r"a\.html: took longer than 0\.05 seconds to read and was left"), within(0.05, "a.html"):
        endless()


def test_what_ends_in_time_is_let_be_and_leaves_no_thread() -> None:
    before = threading.active_count()
    for _ in range(50):
        with within(5, "a.html"):
            pass
    assert threading.active_count() == before


def test_an_error_inside_stays_that_error() -> None:
    with pytest.raises(ValueError, match="inside"), within(5, "a.html"):
        raise ValueError("inside")


def test_in_a_thread_too() -> None:
    said: list[str] = []

    def run() -> None:
        try:
            with within(0.05, "a.html"):
                endless()
        except TooSlow as error:
            said.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert len(said) == 1
