"""Many sites at once, each asked for one thing after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Full, Queue
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
# Answers that wait to be taken: bytes that lie in memory while a slow reader is at work.
_WAITING = 4
# Seconds after which one that cannot hand its answer over looks whether anybody wants it still.
_LOOKS_UP = 0.5


def in_turns(work: Callable[[Item], Result], groups: Mapping[str, Sequence[Item]], at_once: int) -> Iterator[tuple[Item, Result]]:
    """(item, result) as they come: the items of a group one after the other, at most so many groups at once.

    An error of `work` is raised here, after which no new item is begun; so is nothing when the iterator is closed.
    """
    waiting = [list(items) for _, items in sorted(groups.items())]
    results: Queue[tuple[Item, Result] | BaseException | None] = Queue(maxsize=_WAITING)
    lock, over = threading.Lock(), threading.Event()

    def hand_over(result: tuple[Item, Result] | BaseException | None) -> None:
        while not over.is_set():
            try:
                results.put(result, timeout=_LOOKS_UP)
            except Full:
                continue
            return

    def run() -> None:
        try:
            while not over.is_set():
                with lock:
                    items = waiting.pop(0) if waiting else []
                if not items:
                    break
                for item in items:
                    if not over.is_set():
                        hand_over((item, work(item)))
        except BaseException as error:
            hand_over(error)
        finally:
            hand_over(None)

    threads = [threading.Thread(target=run, name=f"site-{number}", daemon=True) for number in range(min(at_once, len(waiting)))]
    for thread in threads:
        thread.start()
    left = len(threads)
    try:
        while left:
            result = results.get()
            if result is None:
                left -= 1
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result
    finally:
        # A thread that is still asking ends when it has its answer; nobody waits for it.
        over.set()
