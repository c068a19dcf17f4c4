"""On a cluster of machines, or on this one, by Ray: the same results in the same order as in one process.

    items ──▶ a few ahead ──▶ actors, each with its models ──▶ kept until their turn ──▶ results

An actor has two items at most: one in work and one to come. Where it is lost, with its process or its whole machine, another takes its place and its
items are given out once more; an item that has taken two actors with it is lost for good, and said to be.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from dragoman.engines.lost import Lost, failed, machine
from dragoman.engines.threads import VARIABLES, one_thread_a_process
from dragoman.model.errors import EngineError

Item = TypeVar("Item")
Result = TypeVar("Result")
# Items an actor has, one in work; and items under way or waiting for their turn, for each actor.
_EACH, _AHEAD = 2, 4
# Actors that an item may take with it.
_TRIES = 2
# Actors that fail to start, for each that is wanted, until nothing is tried any more; and seconds without room for a single one.
_STARTS, _PATIENCE = 3, 300.0
_HERE = "local"


@dataclass(slots=True)
class Ray:
    """`address` is a cluster's ('ray://head:10001', 'auto' on one of its machines); without one, Ray is started on this machine and ended again."""

    workers: int
    address: str | None = None
    started: bool = field(default=False, init=False, repr=False)
    actors: list[Any] = field(default_factory=list, init=False, repr=False)
    kept: bool = field(default=False, init=False, repr=False)

    def __enter__(self) -> Self:
        self.kept = True
        return self

    def __exit__(self, *raised: object) -> None:
        self.kept = False
        self._end()

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Lost[Item]]:
        """The result of each item in order, or Lost where the work raised or took two actors with it.

        `work` and the items go to other processes, so they must be picklable, and the program installed on each machine. Raises EngineError where Ray is
        not installed or the cluster does not answer, and whatever the iterable of items raises.
        """
        self._connect()
        call = _Call(self, work)
        try:
            yield from call.results(iter(items))
        finally:
            call.drop()
            if not self.kept:
                self._end()

    def _connect(self) -> None:
        one_thread_a_process()
        try:
            import ray
        except ImportError as error:
            raise EngineError("Ray is not installed: pip install 'dragoman[ray]', or read with --engine pool") from error
        if ray.is_initialized():
            return
        # Workers on other machines have the environment of their machine; here they have that of this process.
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": False}
        os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            if self.address is None or self.address == _HERE:
                ray.init(num_cpus=self.workers, include_dashboard=False, **quiet)
            else:
                ray.init(address=self.address, **quiet)
        except Exception as error:
            raise EngineError(f"Ray could not be reached at {self.address or 'this machine'} ({_first_line(error)}); see docs/scale.md") from error
        self.started = True

    def actor(self) -> Any:
        """An actor that waits for work, from an earlier call or new."""
        if self.actors:
            return self.actors.pop()
        import ray

        environment = {"env_vars": {name: os.environ.get(name, "1") for name in VARIABLES}}
        # Ray restarts nothing by itself: what an item did to an actor must be known here.
        return ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0, runtime_env=environment)(_Actor).remote()

    def _end(self) -> None:
        import ray

        for actor in self.actors:
            ray.kill(actor)
        self.actors = []
        if self.started:
            self.started = False
            ray.shutdown()


class _Actor:
    """A process of the cluster; its models are loaded once, by the first item."""

    def __init__(self) -> None:
        self.work: Callable[[Any], Any] | None = None

    def begin(self, work: Callable[[Any], Any]) -> bool:
        self.work = work
        return True

    def do(self, item: Any) -> tuple[bool | None, Any]:
        """(True, result), (False, reason) or, where the machine cannot go on, (None, reason)."""
        try:
            return True, self.work(item) if self.work else item
        except Exception as error:
            stopped = machine(error)
            return (None, stopped) if stopped else (False, failed(error))


@dataclass(slots=True)
class _Task:
    """An item under way; `taken` are the actors that it has taken with it."""

    number: int
    item: Any
    taken: int = 0


@dataclass(slots=True)
class _Call:
    """One call of `map`: which actor has which items, and what is ready."""

    engine: Ray
    work: Callable[[Any], Any]
    busy: dict[Any, list[_Task]] = field(default_factory=dict)
    beginning: dict[Any, Any] = field(default_factory=dict)
    unbegun: int = 0
    refs: dict[Any, tuple[Any, _Task]] = field(default_factory=dict)
    again: list[_Task] = field(default_factory=list)
    ready: dict[int, Any] = field(default_factory=dict)

    def results(self, items: Iterator[Any]) -> Iterator[Any]:
        """What is ready, in the order of the items, with no more than a few ahead."""
        wanted = given = 0
        spent = False
        last_word: BaseException | None = None
        while True:
            self._begin()
            while wanted in self.ready:
                yield self.ready.pop(wanted)
                wanted += 1
            while self.again and (actor := self._free(most=0)) is not None:
                self._give(actor, self.again.pop(0))
            while not spent and not self.again and given - wanted < _AHEAD * self.engine.workers and (actor := self._free()) is not None:
                try:
                    item = next(items)
                except StopIteration:
                    spent = True
                except Exception as error:
                    spent, last_word = True, error
                else:
                    self._give(actor, _Task(given, item))
                    given += 1
            if wanted == given and spent:
                if last_word is not None:
                    raise last_word
                return
            if wanted not in self.ready:
                self._wait()

    def _begin(self) -> None:
        """Ask for actors while there are not enough; items are given to those alone that the cluster has found room for."""
        while len(self.busy) < self.engine.workers:
            actor = self.engine.actor()
            self.busy[actor] = []
            self.beginning[actor.begin.remote(self.work)] = actor

    def _free(self, most: int = _EACH - 1) -> Any | None:
        """The actor with the fewest items, so many at most and none that is suspect; None where there is none."""
        waiting = set(self.beginning.values())
        open_ones = [actor for actor, tasks in self.busy.items() if actor not in waiting and len(tasks) <= most and not any(one.taken for one in tasks)]
        return min(open_ones, key=lambda one: len(self.busy[one]), default=None)

    def _give(self, actor: Any, task: _Task) -> None:
        self.busy[actor].append(task)
        self.refs[actor.do.remote(task.item)] = actor, task

    def _wait(self) -> None:
        """Take in one result, the loss of an actor, or that one has begun."""
        import ray
        from ray.exceptions import RayError

        done, _ = ray.wait([*self.refs, *self.beginning], num_returns=1, timeout=None if self.refs else _PATIENCE)
        if not done:
            raise EngineError(
                f"the cluster has had no free processor for {_PATIENCE:.0f} seconds; end what else runs there, or add machines; see docs/scale.md"
            )
        if done[0] in self.beginning:
            self._begun(done[0])
            return
        actor, task = self.refs.pop(done[0])
        try:
            succeeded, answer = ray.get(done[0])
        except RayError as error:
            self._bury(actor, task, error)
        else:
            self._take(actor, task, succeeded, answer)

    def _begun(self, ref: Any) -> None:
        """An actor is ready, or could not start: another is asked for, a few times."""
        import ray
        from ray.exceptions import RayError

        actor = self.beginning.pop(ref)
        try:
            ray.get(ref)
        except RayError as error:
            del self.busy[actor]
            self.unbegun += 1
            if self.unbegun >= _STARTS * self.engine.workers:
                raise EngineError(f"Ray could start no worker ({_first_line(error)}); is the program installed on each machine? see docs/scale.md") from error
        else:
            self.unbegun = 0

    def _take(self, actor: Any, task: _Task, succeeded: bool | None, answer: Any) -> None:  # noqa: FBT001 - as the actor sent it
        if succeeded is None:
            raise EngineError(answer)
        self.busy[actor].remove(task)
        self.ready[task.number] = answer if succeeded else Lost(task.item, answer)

    def _bury(self, actor: Any, task: _Task, error: Exception) -> None:
        """An actor is lost. What it had done is done; the next of its items may be to blame, those behind it only waited: each is tried once more alone."""
        import ray
        from ray.exceptions import RayError

        for ref, (other, one) in list(self.refs.items()):
            if other is actor:
                del self.refs[ref]
                try:
                    succeeded, answer = ray.get(ref)
                except RayError:
                    continue
                self._take(actor, one, succeeded, answer)
        # An actor does its items one after the other, in the order in which it was given them.
        for place, one in enumerate(self.busy.pop(actor, [task])):
            one.taken += not place
            if one.taken < _TRIES:
                self.again.append(one)
            else:
                self.ready[one.number] = Lost(one.item, f"the process that read it ended, twice ({_first_line(error)})")

    def drop(self) -> None:
        """The call is over: actors wait for the next one where the engine is kept and they have nothing to do, others go."""
        import ray

        for actor, tasks in self.busy.items():
            if self.engine.kept and not tasks:
                self.engine.actors.append(actor)
            else:
                ray.kill(actor)
        self.busy, self.refs, self.beginning = {}, {}, {}


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
