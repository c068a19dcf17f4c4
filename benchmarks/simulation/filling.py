"""Fills a record with the reports of a simulated world, and says what each more of them costs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.simulation import Report, world
from dragoman.linking.items import Kind
from dragoman.model.config import Config
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

_TOGETHER = 16
_YARD = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Processor time of linking and keeping, in milliseconds an article, over the last tenth before so many articles.

    `yardstick` is what the first hundred and sixty cost in an empty record at that moment: a processor that others use too is slower for both.
    """

    articles: int
    milliseconds: float
    yardstick: float = 1.0


def fill(store: Store, seed: int, articles: int, steps: tuple[int, ...] = ()) -> Iterator[Cost]:
    """Keep and link so many reports; at each of the steps what one costs there. What the record holds already is passed over."""
    every = kinds(Kit(config=Config(encoder=False)))
    waiting = world(seed, articles)
    spent: list[float] = []
    done = 0
    while together := list(islice(waiting, _TOGETHER)):
        missing = [report for report in together if store.article(report.reading.article.id) is None]
        begun = time.process_time()
        if missing:
            keep_reports(store, missing, every)
            spent.append((time.process_time() - begun) / len(missing))
        before, done = done, done + len(together)
        for step in steps:
            if before < step <= done and spent:
                last = spent[-max(1, step // 10 // _TOGETHER) :]
                yield Cost(articles=step, milliseconds=1000 * sum(last) / len(last), yardstick=_yardstick(seed, articles, every))


def _yardstick(seed: int, articles: int, every: Sequence[Kind]) -> float:
    """The lesser of two, since the first may find nothing remembered."""
    reports = list(islice(world(seed, articles), _YARD))
    took = []
    for _ in range(2):
        store = open_store(":memory:")
        begun = time.process_time()
        for at in range(0, len(reports), _TOGETHER):
            keep_reports(store, reports[at : at + _TOGETHER], every)
        took.append(time.process_time() - begun)
        store.close()
    return 1000 * min(took) / len(reports)


def keep_reports(store: Store, reports: Iterable[Report], every: Sequence[Kind]) -> None:
    """Keep and link some reports in one transaction, as `add` does what it has read."""
    with store.writing():
        keep(store, [Fresh(reading=report.reading, signature=report.signature) for report in reports], every)
