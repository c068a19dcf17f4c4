"""Whole readings of reports with hand-written gold: the mean F1 of ten tasks (benchmarks/gold_scores.py).

gold_open, gold_seeds    FOLDER/open, FOLDER/seeds, or FOLDER itself where it holds NAME.gold.json beside NAME.txt
own_gold                 our own Arabic and Turkish reports, tests/gold
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.gold_scores import TASKS, Marks, mark
from dragoman.reading.kit import Kit

SETS = ("gold_open", "gold_seeds", "own_gold")


def folder_of(name: str, folder: Path, split: str = "open") -> Path:
    """Where the gold of a set lies. Raises SystemExit where there is none."""
    inside = {"gold_open": split, "gold_seeds": "seeds", "own_gold": "."}[name]
    for place in (folder / inside, folder):
        if any(place.rglob("*.gold.json")):
            return place
    raise SystemExit(f"no gold: neither {folder / inside} nor {folder} holds NAME.gold.json; give the folder with --data")


def texts(place: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Gold and text of every report, by path."""
    for path in sorted(place.rglob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "file" in gold:
            yield gold, (path.parent / gold["file"]).read_text(encoding="utf-8")


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1 of each task and their mean, over all texts and by language; the headline is the mean over all."""
    kit = Kit()
    given = list(texts(folder_of(name, folder, split)))[:limit]
    articles = [readings.article(gold["file"], text, language=gold["language"], day=gold["published"]) for gold, text in given]
    every, languages = Marks(), {gold["language"]: Marks() for gold, _ in given}
    cases: dict[str, float] = {}
    for (gold, _), reading in zip(given, readings.read_all(articles, kit), strict=True):
        alone = Marks()
        for marks in (every, languages[gold["language"]], alone):
            mark(gold, reading, marks)
        cases[gold["id"]] = _mean(alone)
    told = {code: {**marks.figures(), "mean_f1": _mean(marks)} for code, marks in sorted(languages.items())}
    return {
        "headline": _mean(every), "tasks": every.figures(), "languages": told,
        "texts": len(given), "cases": cases, "errors": every.notes,
    }  # fmt: skip


def _mean(marks: Marks) -> float:
    figures = marks.figures()
    return round(sum(figures[task]["f1"] for task in TASKS) / len(TASKS), 4)


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{task:13} {scores.shown(one)}" for task, one in figures["tasks"].items()]
    told += [f"language {code}: mean F1 {one['mean_f1']:.3f}" for code, one in figures["languages"].items()]
    return [*told, f"{name}: mean F1 of ten tasks {figures['headline']:.4f}, {figures['texts']} texts"]
