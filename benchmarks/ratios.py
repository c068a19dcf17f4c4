"""What the program costs beside the models it runs, and what more workers bring: all ratios in one run, on the project's own samples.

    python -m benchmarks ratios [--articles 40] [--words 400] [--many 40] [--json]
    python -m benchmarks ratios --only ray --many 5000 --words 100

    reading   processor time of reading over that of its parser and its encoder alone, on the same texts: 2.0 at most
    add       the same of reading, linking and keeping in a record:                                       2.5 at most
    workers   articles a second that a pool of two reads over those of a pool of one:                     1.7 at least
    ray       articles a second that Ray with two actors reads over those of the pool of two:             0.85 at least
    adding    articles a second that are read, linked and kept with a pool of two over those with this process alone

Models are loaded before the clock starts. The last three are of time by the wall over `--many` articles, and mean something on a quiet machine with two
cores only; what is added is linked and kept by one process, and read by the others meanwhile.
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
from dragoman.engines.here import Here
from dragoman.engines.pool import Pool
from dragoman.engines.ray import Ray
from dragoman.languages.pack import language
from dragoman.model.config import Config
from dragoman.model.parse import Parse
from dragoman.model.reading import Article
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages
from dragoman.service.ingest import Fresh, add, keep
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


def _warm(some: list[Arrival]) -> int:
    """Read one article of each language, so that a process has all its models."""
    return sum(len(read_arrival(one, Config(), Given()).sentences) for one in some)


def _each_warm(engine: Engine, arrivals: list[Arrival], workers: int) -> None:
    # Each takes so long that no worker comes away without one.
    list(engine.map(_warm, [arrivals[: len(_LANGUAGES)]] * (2 * workers)))


def rate(engine: Engine, batch: list[Article], workers: int) -> float:
    """Articles a second that are read, by the wall, once every worker has its models."""
    arrivals = [Arrival(article=article) for article in batch]
    _each_warm(engine, arrivals, workers)
    begun = time.perf_counter()
    count = sum(1 for _ in engine.map(partial(read_arrival, config=Config(), given=Given()), arrivals))
    return count / (time.perf_counter() - begun)


def rate_of_adding(engine: Engine, batch: list[Article], workers: int) -> float:
    """The same of articles that are read, linked and kept; those of one text count once."""
    arrivals = [Arrival(article=article) for article in {one.id: one for one in batch}.values()]
    with tempfile.TemporaryDirectory() as folder:
        _each_warm(engine, arrivals, workers)
        store = open_store(str(Path(folder, "first.db")))
        list(add(store, arrivals[: 2 * _TOGETHER], engine, Config()))
        store.close()
        store = open_store(str(Path(folder, "bench.db")))
        begun = time.perf_counter()
        count = sum(1 for _ in add(store, arrivals, engine, Config()))
        took = time.perf_counter() - begun
        store.close()
    return count / took


def _mixed(count: int, words: int) -> list[Article]:
    """Articles of all languages, one language after the other at every step."""
    of_each = [articles(max(1, count // len(_LANGUAGES)), words, code) for code in _LANGUAGES]
    return [article for together in zip(*of_each, strict=True) for article in together]


def measure(count: int, words: int, many: int) -> dict[str, float]:
    """All figures."""
    kit = Kit()
    batch = _mixed(count, words)
    for article in {article.language: article for article in batch}.values():
        read(article, stages(), kit)
    found = costs(batch, kit)
    figures = {f"cpu_seconds_{name}": round(value, 4) for name, value in found.items()}
    figures |= {"reading": round(found["reading"] / found["models"], 3), "add": round(found["adding"] / found["models"], 3)}
    batch = _mixed(many, words)
    with Pool(1) as one:
        alone = rate(one, batch, 1)
    with Pool(2) as two:
        together = rate(two, batch, 2)
        adding = rate_of_adding(two, batch, 2)
    figures |= {"articles_a_second_pool_1": round(alone, 2), "articles_a_second_pool_2": round(together, 2), "workers": round(together / alone, 3)}
    if importlib.util.find_spec("ray"):
        figures |= _by_ray(batch, together)
    adding_alone = rate_of_adding(Here(), batch, 1)
    figures |= {"added_a_second_here": round(adding_alone, 2), "added_a_second_pool_2": round(adding, 2), "adding": round(adding / adding_alone, 3)}
    return figures


def _by_ray(batch: list[Article], together: float) -> dict[str, float]:
    """What Ray with two actors reads, beside what a pool of two did."""
    with Ray(2) as ray:
        by_ray = rate(ray, batch, 2)
    return {"articles_a_second_ray_2": round(by_ray, 2), "ray": round(by_ray / together, 3)}


def ray_beside_pool(words: int, many: int) -> dict[str, float]:
    """What two workers read, of a pool and of Ray, and nothing else: in minutes where all takes half an hour."""
    batch = _mixed(many, words)
    with Pool(2) as two:
        together = rate(two, batch, 2)
    return {"articles_a_second_pool_2": round(together, 2), **_by_ray(batch, together)}


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks ratios", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--many", type=int, default=40, help="articles that the engines are held against each other with")
    parser.add_argument("--only", choices=["ray"], help="Ray beside the pool, without the rest")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    figures = ray_beside_pool(options.words, options.many) if options.only else measure(options.articles, options.words, options.many)
    for name, value in figures.items():
        bar = BARS.get(name)
        kept = "" if bar is None else f"  ({'at most' if name in _AT_MOST else 'at least'} {bar})"
        print(f"{name.replace('_', ' '):28} {value}{kept}")
    if options.json:
        print(json.dumps({"headline": figures[options.only or "add"], **figures}))
