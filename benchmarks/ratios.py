"""What the program costs beside the models it runs, and what more workers bring: all ratios in one run, on the project's own samples.

    python -m benchmarks ratios [--articles 40] [--words 400] [--json]

    reading   processor time of reading over that of its parser and its encoder alone, on the same texts: 2.0 at most
    add       the same of reading, linking and keeping in a record:                                       2.5 at most
    workers   articles a second of a pool of two over a pool of one:                                      1.7 at least
    ray       articles a second of Ray with two actors over the pool of two:                              0.85 at least

Models are loaded before the clock starts. The last two are of time by the wall, and mean something on a quiet machine with two cores only.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.speed import articles
from dragoman.engines.pool import Pool
from dragoman.engines.ray import Ray
from dragoman.languages.pack import language
from dragoman.model.config import Config
from dragoman.model.parse import Parse
from dragoman.model.reading import Article
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.read import Engine, Given, read_arrival
from dragoman.service.signatures import signature
from dragoman.sources.arrival import Arrival
from dragoman.store.open import open_store

_LANGUAGES = ("en", "fr", "ar", "tr")
BARS = {"reading": 2.0, "add": 2.5, "workers": 1.7, "ray": 0.85}
_AT_MOST = ("reading", "add")
# Articles kept in one transaction, as `dragoman add` does.
_TOGETHER = 16


def _spent(work: Callable[[Article], object], batch: Iterable[Article]) -> float:
    begun = time.process_time()
    for article in batch:
        work(article)
    return time.process_time() - begun


def _bare(article: Article, kit: Kit) -> None:
    """The models that reading runs, on the text as it stands: the parser where the language has one, the encoder over windows of 120 words."""
    pack = language(article.language)
    parser = kit.parser(pack) if pack else None
    if parser is not None:
        parser(article.text)
    encoder = kit.encoder()
    if encoder is not None:
        from dragoman_encoder.pieces import words

        said = [[part[start:end] for start, end in words(part)] for part in article.text.split("\n\n")]
        encoder.labels([window[at : at + 120] for window in said for at in range(0, len(window), 120)])


def costs(batch: list[Article], kit: Kit) -> dict[str, float]:
    """Processor seconds an article of the models alone, of reading, and of adding."""
    for one in {article.language: article for article in batch}.values():
        _bare(one, kit)
    with tempfile.TemporaryDirectory() as folder:
        # What is loaded and compiled at the first article is no cost of one more.
        _added(batch[:: max(1, len(batch) // 8)], kit, str(Path(folder, "first.db")))
        bare = _spent(lambda article: _bare(article, kit), batch)
        reading, adding = _added(batch, kit, str(Path(folder, "bench.db")))
    return {"models": bare / len(batch), "reading": reading / len(batch), "adding": adding / len(batch)}


def _added(batch: list[Article], kit: Kit, record: str) -> tuple[float, float]:
    """Processor seconds of reading a batch, and of reading, linking and keeping it as `dragoman add` does."""
    every = kinds(kit)
    store = open_store(record)
    begun, reading = time.process_time(), 0.0
    for at in range(0, len(batch), _TOGETHER):
        fresh = []
        for article in batch[at : at + _TOGETHER]:
            before = time.process_time()
            found = read(article, stages(), kit)
            reading += time.process_time() - before
            fresh.append(Fresh(reading=replace(found, parse=Parse(), tags=(), titles=()), signature=signature(article, found, kit)))
        with store.writing():
            keep(store, fresh, every)
    adding = time.process_time() - begun
    store.close()
    return reading, adding


def rate(engine: Engine, batch: list[Article]) -> float:
    """Articles a second by the wall, once every worker has its models."""
    arrivals = [Arrival(article=article) for article in batch]
    work = partial(read_arrival, config=Config(), given=Given())
    list(engine.map(work, arrivals[:8]))
    begun = time.perf_counter()
    count = sum(1 for _ in engine.map(work, arrivals))
    return count / (time.perf_counter() - begun)


def measure(count: int, words: int) -> dict[str, float]:
    """All figures."""
    kit = Kit()
    batch = [article for code in _LANGUAGES for article in articles(max(1, count // len(_LANGUAGES)), words, code)]
    for article in {article.language: article for article in batch}.values():
        read(article, stages(), kit)
    found = costs(batch, kit)
    figures = {f"cpu_seconds_{name}": round(value, 4) for name, value in found.items()}
    figures |= {"reading": round(found["reading"] / found["models"], 3), "add": round(found["adding"] / found["models"], 3)}
    with Pool(1) as one:
        alone = rate(one, batch)
    with Pool(2) as two:
        together = rate(two, batch)
    figures |= {"articles_a_second_pool_1": round(alone, 2), "articles_a_second_pool_2": round(together, 2), "workers": round(together / alone, 3)}
    if importlib.util.find_spec("ray"):
        with Ray(2) as ray:
            by_ray = rate(ray, batch)
        figures |= {"articles_a_second_ray_2": round(by_ray, 2), "ray": round(by_ray / together, 3)}
    return figures


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ratios", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    figures = measure(options.articles, options.words)
    for name, value in figures.items():
        bar = BARS.get(name)
        kept = "" if bar is None else f"  ({'at most' if name in _AT_MOST else 'at least'} {bar})"
        print(f"{name.replace('_', ' '):28} {value}{kept}")
    if options.json:
        print(json.dumps({"headline": figures["add"], **figures}))
