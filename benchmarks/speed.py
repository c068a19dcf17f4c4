"""Speed, memory and linearity of reading, beside the bare parser on the same texts in the same run.

    python -m benchmarks speed [--articles 60] [--words 400] [--json]

The texts are the project's own samples, joined and cut to articles of the wanted length; nothing is timed before models are loaded.
Prints articles a second with one and two workers, the ratio of reading to the bare parser, the peak memory of one worker,
and how many times longer ten times the text takes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from dragoman.languages.pack import language
from dragoman.model.codec import dumps
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages

SAMPLES = Path(__file__).parent.parent / "samples"


def articles(count: int, words: int, code: str) -> list[Article]:
    """`count` different articles of `words` words in one language, made of the samples' paragraphs."""
    rows = [json.loads(line) for line in (SAMPLES / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [(SAMPLES / row["file"]).read_text(encoding="utf-8") for row in rows if row["language"] == code]
    paragraphs = [part.strip() for text in texts for part in text.split("\n\n") if part.strip()]
    found = []
    for number in range(count):
        chosen: list[str] = []
        length = 0
        for paragraph in islice(cycle(paragraphs), number * 3, None):
            chosen.append(paragraph)
            length += len(paragraph.split())
            if length >= words:
                break
        text = "\n\n".join(chosen)
        found.append(Article(id=article_id(text), name=f"{code}-{number}", text=text, language=code))
    return found


def _seconds(work: Any, items: list[Any]) -> float:
    start = time.perf_counter()
    for item in items:
        work(item)
    return time.perf_counter() - start


def _worker(batch: list[Article], gate: Any, answers: Any) -> None:
    kit = Kit()
    for article in batch[:1]:
        read(article, stages(), kit)
    gate.wait()
    start = time.perf_counter()
    for article in batch:
        dumps(read(article, stages(), kit))
    answers.put((start, time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def with_workers(batch: list[Article], workers: int) -> tuple[float, float]:
    """Articles a second over all workers once their models are loaded, and the peak memory of one in MB."""
    context = multiprocessing.get_context("spawn")
    gate, answers = context.Barrier(workers), context.Queue()
    processes = [context.Process(target=_worker, args=(batch[number::workers], gate, answers)) for number in range(workers)]
    for process in processes:
        process.start()
    results = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    elapsed = max(end for _, end, _ in results) - min(start for start, _, _ in results)
    return len(batch) / elapsed, max(memory for _, _, memory in results)


def measure(count: int, words: int, code: str) -> dict[str, float]:
    """All figures for one language."""
    pack = language(code)
    kit = Kit()
    parser = kit.parser(pack) if pack else None
    if parser is None:
        sys.exit(f"no parser for '{code}' is installed: run make setup")
    batch = articles(count, words, code)
    read(batch[0], stages(), kit)
    bare = _seconds(lambda article: parser(article.text), batch)
    ours = _seconds(lambda article: read(article, stages(), kit), batch)
    short, long = articles(1, words, code), articles(1, words * 10, code)
    growth = _seconds(lambda article: read(article, stages(), kit), long) / (_seconds(lambda article: read(article, stages(), kit), short * 5) / 5)
    length = len(long[0].text) / len(short[0].text)
    one, _ = with_workers(batch, 1)
    two, memory = with_workers(batch * 2, 2)
    return {
        "articles_a_second_one_worker": round(one, 2),
        "articles_a_second_two_workers": round(two, 2),
        "bare_parser_articles_a_second": round(count / bare, 2),
        "ratio_to_bare_parser": round(ours / bare, 3),
        "time_growth": round(growth, 2),
        "text_growth": round(length, 2),
        "peak_megabytes_a_worker": round(memory),
    }


def main(arguments: list[str]) -> None:
    """Print the figures per language; with --json one object on the last line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    figures = {code: measure(options.articles, options.words, code) for code in ("en", "fr")}
    for code, row in figures.items():
        print(f"{code}: {options.articles} articles of about {options.words} words")
        for name, value in row.items():
            print(f"  {name.replace('_', ' '):32} {value}")
    if options.json:
        print(json.dumps({"headline": min(row["articles_a_second_two_workers"] for row in figures.values()), **figures}))
