"""Fill a record with the reports of a simulated world, and hold what was linked against what is so.

    python -m benchmarks simulation --articles 20000 --fill URL          a record for other measurements
    python -m benchmarks simulation --articles 20000 --fill URL --score  and how well it was linked
    python -m benchmarks simulation --articles 20000 --score             in a record that is thrown away
    python -m benchmarks simulation --articles 10000 --persons 1 2 3     how well persons and tenures of three worlds are linked, in memory alone
    python -m benchmarks simulation --articles 200 --texts FOLDER        as texts, for reading: articles.jsonl and truth.jsonl

Reports come with their readings, so that nothing is read; the time is that of linking and keeping. The last line is the least F1 of persons, events,
copies and tenures; `exponent` is how the cost of one more article grows with size, beside that of the first ones, linked anew in the same minute: so the
figure does not hang on what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import mean, stdev

from benchmarks.simulation import texts
from benchmarks.simulation.filling import Cost, fill
from benchmarks.simulation.scoring import score, score_persons
from dragoman.store.open import open_store

_STEPS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
# What linking is judged by.
_JUDGED = ("persons", "events", "copies", "tenures")


def exponent(costs: list[Cost]) -> float | None:
    """The slope of cost, in yardsticks, over size in logarithms, between the first step and the last."""
    if len(costs) < 2:
        return None
    first, last = costs[0], costs[-1]
    ratio = (last.milliseconds / last.yardstick) / (first.milliseconds / first.yardstick)
    return math.log(ratio) / math.log(last.articles / first.articles)


def leave_texts(folder: Path, seed: int, articles: int) -> None:
    """The texts as `dragoman read` and `add` take them, and what is so of each."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as told, (folder / "truth.jsonl").open("w", encoding="utf-8") as so:
        for reading, truth in texts(seed, articles):
            article = reading.article
            row = {"id": article.name, "text": article.text, "language": article.language, "outlet": article.outlet, "published": str(article.published)}
            told.write(json.dumps(row, ensure_ascii=False) + "\n")
            so.write(json.dumps({"id": article.name, **asdict(truth)}, ensure_ascii=False) + "\n")


def print_persons(seeds: list[int], articles: int) -> None:
    """The scores of each world, and their mean: what a few wrong ones weigh differs from world to world."""
    means: dict[str, list[float]] = {}
    for seed in seeds:
        found = score_persons(seed, articles)
        print(f"world {seed}, {articles} articles: " + ", ".join(f"{name} {one.f1:.4f} of {one.of}" for name, one in found.items()), flush=True)
        for name, one in found.items():
            means.setdefault(name, []).append(one.f1)
    print("mean: " + ", ".join(f"{name} {mean(each):.4f} ± {_error(each):.4f}" for name, each in means.items()))


def _error(each: list[float]) -> float:
    """The standard error of the mean, which says how far another choice of worlds may be from it."""
    return stdev(each) / math.sqrt(len(each)) if len(each) > 1 else 0.0


def main(arguments: list[str]) -> None:
    """Fill, score, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks simulation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fill", metavar="URL", help="the record that is filled; what it holds already stays")
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--persons", type=int, nargs="+", metavar="SEED")
    parser.add_argument("--texts", type=Path, metavar="FOLDER")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.texts:
        leave_texts(options.texts, options.seed, options.articles)
        print(f"{options.texts}: {options.articles} texts and what is so of them")
        return
    if options.persons:
        print_persons(options.persons, options.articles)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(options.fill or str(Path(folder, "simulation.db")))
        costs = []
        for cost in fill(store, options.seed, options.articles, (*_STEPS, options.articles) if options.articles not in _STEPS else _STEPS):
            costs.append(cost)
            of_yard = cost.milliseconds / cost.yardstick
            print(f"{cost.articles:7} articles: {cost.milliseconds:.2f} ms for one more, {of_yard:.2f} times what the first cost at that moment", flush=True)
        found = score(store, options.seed, options.articles) if options.score else {}
        store.close()
    slope = exponent(costs)
    if slope is not None:
        print(f"exponent {slope:.3f} between {costs[0].articles} and {costs[-1].articles} articles")
    for name, one in found.items():
        b_cubed = f"  B-cubed {one.b_cubed:.3f}" if one.b_cubed is not None else ""
        print(f"{name:10} P {one.precision:.3f}  R {one.recall:.3f}  F1 {one.f1:.3f}{b_cubed}  of {one.of}")
    least = min((found[name].f1 for name in _JUDGED), default=None) if found else None
    print(f"simulation: least F1 {least:.3f}" if least is not None else f"simulation: {options.articles} articles kept")
    if options.json:
        print(json.dumps({"milliseconds": {one.articles: round(one.milliseconds, 2) for one in costs},
                          "yardsticks": {one.articles: round(one.yardstick, 2) for one in costs}, "exponent": slope,
                          "scores": {name: asdict(one) for name, one in found.items()}, "headline": least}))  # fmt: skip
