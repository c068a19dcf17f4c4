"""A time limit for code of others that may never end, in whatever thread it runs.

Formats are parsed by libraries, and a hostile file can keep a library busy for hours. `within` stops Python code at its next step once the time
is over; what runs in C is bounded before it starts, by size (`limits.py`), or runs in a process of its own (`confined.py`).
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dragoman.model.errors import InputError

# Seconds between two looks at the clock, and between two attempts to stop code that catches everything.
_LOOK = 0.2
# On a machine that is busy with other things a second of work may take so many.
_BUSY = 15


class TooSlow(InputError):
    """A file could not be read in the time that a file may take."""


class _Over(BaseException):
    """Raised inside the code that took too long; not an Exception, so that no library takes it for an error of its own."""


def _clock(thread: int) -> Callable[[], float]:
    """The processor time of a thread, so that a busy machine refuses no more than an idle one; where the system has no such clock, the wall's."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)


@contextmanager
def within(seconds: float, name: str) -> Iterator[None]:
    """Run the block for so many seconds of processor time at most. Raises TooSlow, naming what was read, where it takes longer."""
    thread = threading.get_ident()
    lock, done = threading.Lock(), threading.Event()
    worked, begun = _clock(thread), time.monotonic()
    started = worked()

    def stop() -> None:
        while not done.wait(min(seconds, _LOOK)):
            with lock:
                if not done.is_set() and (worked() - started > seconds or time.monotonic() - begun > _BUSY * seconds):
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Over))

    watcher = threading.Thread(target=stop, name="deadline", daemon=True)
    watcher.start()
    try:
        try:
            yield
        finally:
            with lock:
                done.set()
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)
    except _Over as error:
        raise TooSlow(f"{name}: took longer than {seconds:g} seconds to read and was left; it may be damaged, or made to stop programs") from error
    finally:
        done.set()
        watcher.join()
