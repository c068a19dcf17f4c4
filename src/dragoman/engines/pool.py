"""In several processes on this machine: the same results in the same order, whatever their number.

    items ──▶ gate of a few ──▶ one thread a worker ──pipe──▶ process ──pipe──▶ thread ──▶ kept until their turn ──▶ results

Each thread feeds one process, one item at a time: a round trip costs a tenth of a millisecond beside the tenth of a second that
an article takes, and a process that dies costs the one article it had. Its place is taken by a new one. No more than a few items a
worker are under way or waiting for their turn, so memory does not grow with the number of items or with a slow reader of results.
Within `with Pool(2) as engine:` the processes, and the models they have loaded, outlive one call of `map` and serve the next.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, Self, TypeVar

from dragoman.engines.lost import Lost, failed, machine
from dragoman.engines.threads import one_thread_a_process
from dragoman.model.errors import EngineError

Item = TypeVar("Item")
Result = TypeVar("Result")
# Items under way or finished and waiting for their turn, for each worker.
_AHEAD = 4
# A process that dies this often before it has taken its first item will not start at all.
_STARTS = 3


@dataclass(slots=True)
class Pool:
    """The engine for several workers; each loads its models once and works with one thread."""

    workers: int
    kept: _Kept | None = field(default=None, init=False, repr=False)

    def __enter__(self) -> Self:
        self.kept = _Kept()
        return self

    def __exit__(self, *raised: object) -> None:
        kept, self.kept = self.kept, None
        if kept is not None:
            kept.close()

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """The result of each item in order, or Lost where the work raised or its process died.

        `work` and the items go to other processes, so they must be picklable. Raises EngineError where no process can be started
        or the machine cannot go on, and whatever the iterable of items raises. Closing the iterator, or an interrupt, ends all processes.
        """
        one_thread_a_process()
        job = _Job(work, iter(items), threading.Semaphore(_AHEAD * self.workers), self.kept)
        threads = [threading.Thread(target=job.feed, name=f"worker-{number}", daemon=True) for number in range(self.workers)]
        for thread in threads:
            thread.start()
        done = False
        try:
            yield from job.results()
            done = True
        finally:
            if not done:
                job.stop()
            for thread in threads:
                thread.join(timeout=5)


@dataclass(slots=True)
class _Kept:
    """Processes that wait for the next call."""

    waiting: list[_Worker] = field(default_factory=list)
    closed: bool = False
    turn: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> _Worker | None:
        """One of them, where there is one."""
        with self.turn:
            return self.waiting.pop() if self.waiting else None

    def give(self, worker: _Worker) -> bool:
        """Keep a process for later; False where nobody will come for it."""
        with self.turn:
            if not self.closed:
                self.waiting.append(worker)
            return not self.closed

    def close(self) -> None:
        """Tell all of them to go."""
        with self.turn:
            self.closed, waiting = True, self.waiting
            self.waiting = []
        for worker in waiting:
            worker.close()


@dataclass(slots=True)
class _Job(Generic[Item, Result]):
    """One call of `map`: who has what, and what is ready. All fields below the locks are touched under `turn` only."""

    work: Callable[[Item], Result]
    items: Iterator[Item]
    gate: threading.Semaphore
    kept: _Kept | None = None
    source: threading.Lock = field(default_factory=threading.Lock)
    turn: threading.Condition = field(default_factory=threading.Condition)
    taken: int = 0
    total: int | None = None
    last_word: BaseException | None = None
    ready: dict[int, Result | Lost[Item]] = field(default_factory=dict)
    error: BaseException | None = None
    stopped: bool = False
    processes: set[SpawnProcess] = field(default_factory=set)

    def results(self) -> Iterator[Result | Lost[Item]]:
        """What is ready, in the order of the items, letting one more in for each that goes out."""
        wanted = 0
        while True:
            with self.turn:
                # A time-out only so that an interrupt is seen on every system.
                while wanted not in self.ready and self.error is None and wanted != self.total:
                    self.turn.wait(timeout=0.5)
                if self.error is not None:
                    raise self.error
                if wanted == self.total:
                    if self.last_word is not None:
                        raise self.last_word
                    return
                result = self.ready.pop(wanted)
            self.gate.release()
            wanted += 1
            yield result

    def stop(self) -> None:
        """No further item; every process is ended."""
        with self.turn:
            self.stopped = True
            running = sorted(self.processes, key=lambda process: process.pid or 0)
        self.gate.release()
        for process in running:
            process.terminate()

    def feed(self) -> None:
        """Be the thread of one worker until the items are spent."""
        # Interrupts are for the main thread; a process started here inherits that and dies by our hand only.
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        worker: _Worker | None = None
        try:
            while (next_one := self._take()) is not None:
                number, item = next_one
                if worker is None:
                    worker = self._start()
                if worker is None:
                    return
                result: Result | Lost[Item]
                try:
                    succeeded, answer = worker.ask(item)
                    if succeeded is None:
                        raise EngineError(answer)
                    result = answer if succeeded else Lost(item, answer)
                except (EOFError, OSError):
                    result, gone, worker = Lost(item, worker.death()), worker, None
                    self._end(gone)
                with self.turn:
                    self.ready[number] = result
                    self.turn.notify_all()
        except BaseException as error:
            with self.turn:
                self.error = self.error or error
                self.turn.notify_all()
        finally:
            if worker is not None:
                self._leave(worker)

    def _take(self) -> tuple[int, Item] | None:
        """The next item and its number, once there is room for it; None where there is none."""
        self.gate.acquire()
        # Not under `turn`: while the source is slow, what is ready can still go out.
        with self.source:
            with self.turn:
                over = self.stopped or self.total is not None or self.error is not None
            if not over:
                try:
                    item = next(self.items)
                except BaseException as error:
                    with self.turn:
                        self.total = self.taken
                        self.last_word = None if isinstance(error, StopIteration) else error
                        self.turn.notify_all()
                else:
                    with self.turn:
                        self.taken += 1
                        return self.taken - 1, item
        self.gate.release()  # so that the next thread sees it too
        return None

    def _start(self) -> _Worker | None:
        """A process that knows its work, one that waits for it or a new one; None once the job is stopped."""
        while self.kept is not None and (waiting := self.kept.take()) is not None:
            with self.turn:
                if self.stopped:
                    stopped = True
                else:
                    stopped = False
                    self.processes.add(waiting.process)
            if not stopped and waiting.begin(self.work):
                return waiting
            self._end(waiting)
        for _ in range(_STARTS):
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            with self.turn:
                if self.stopped:
                    return None
                process.start()
                self.processes.add(process)
            theirs.close()
            worker = _Worker(process, ours)
            try:
                ours.recv()
            except (EOFError, OSError):
                self._end(worker)
                continue
            if worker.begin(self.work):
                return worker
            self._end(worker)
        raise EngineError(f"no worker process could be started ({_STARTS} tries); read with --workers 1")

    def _leave(self, worker: _Worker) -> None:
        """The items are spent: the process waits for the next call, or goes."""
        with self.turn:
            ours = not self.stopped and self.error is None
            if ours:
                self.processes.discard(worker.process)
        if not (ours and self.kept is not None and self.kept.give(worker)):
            self._end(worker)

    def _end(self, worker: _Worker) -> None:
        worker.close()
        with self.turn:
            self.processes.discard(worker.process)


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process and our end of its pipe."""

    process: SpawnProcess
    pipe: Connection[Any, Any]

    def begin(self, work: Callable[[Any], Any]) -> bool:
        """Tell it what to do with the items that come; False where it has died meanwhile."""
        try:
            self.pipe.send((True, work))
        except OSError:
            return False
        return True

    def ask(self, item: object) -> tuple[bool | None, Any]:
        """(True, result), (False, reason) or, where the machine cannot go on, (None, reason). Raises EOFError or OSError where the process died."""
        self.pipe.send((False, item))
        answer: tuple[bool | None, Any] = self.pipe.recv()
        return answer

    def death(self) -> str:
        """Why it died, in words."""
        self.process.join(timeout=5)
        code = self.process.exitcode
        if code is not None and code < 0:
            likely = "; most likely memory ran out, try fewer --workers" if code == -9 else ""
            return f"the process that read it was ended by signal {-code}{likely}"
        return f"the process that read it ended by itself with code {code}"

    def close(self) -> None:
        """Tell it to go, and see that it has gone."""
        with contextlib.suppress(OSError):
            self.pipe.close()
        self.process.join(timeout=1)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(timeout=5)


def _serve(pipe: Connection[Any, Any]) -> None:
    """The life of a process: ready, then an answer for each item until the pipe closes; what is to be done comes first, and anew for each call."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send(os.getpid())
    work: Callable[[Any], Any] = _nothing
    while True:
        try:
            is_work, sent = pipe.recv()
        except (EOFError, OSError):
            return
        if is_work:
            work = sent
            continue
        answer: tuple[bool | None, Any]
        try:
            answer = (True, work(sent))
        except Exception as error:
            stopped = machine(error)
            answer = (None, stopped) if stopped else (False, failed(error))
        try:
            pipe.send(answer)
        except OSError:
            return


def _nothing(item: object) -> object:
    return item
