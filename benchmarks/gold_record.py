"""The record of reports with hand-written gold: stories, copies, events, persons, tenures and disputed fields.

The reports are added to a fresh record by the program itself, in an order that is drawn, and the export is scored by the script that comes with the gold
(tools/score_record.py beside its folder): the measure is theirs, and without the script there is none.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import scores
from benchmarks.gold_sets import folder_of

SETS = ("gold_record",)


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1 of each task and their mean, which is the headline. Raises SystemExit where the script is not beside the gold or the program fails; no limit."""
    place = folder_of("gold_open", folder, split).resolve()
    scorer = place.parent.parent / "tools" / "score_record.py"
    if not scorer.is_file():
        raise SystemExit(f"no scorer: {scorer} is not there; it comes with the gold")
    program = Path(sys.executable).parent / "dragoman"
    command = [sys.executable, str(scorer), "--json", str(place), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the record could not be scored: {(done.stderr.strip().splitlines() or ['no word'])[-1]}")
    told = json.loads(done.stdout.splitlines()[-1])
    tasks = {task: figures for task, figures in told.items() if isinstance(figures, dict)}
    mean = next((told[key] for key in ("mean_f1", "mean") if key in told), None)
    if mean is None:
        mean = sum(one["f1"] for one in tasks.values()) / max(1, len(tasks))
    return {"headline": round(float(mean), 4), "tasks": tasks, "cases": {task: one.get("f1", 0.0) for task, one in tasks.items()}, "errors": []}


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{task:10} {scores.shown(one)}" for task, one in figures["tasks"].items() if {"p", "r", "f1"} <= set(one)]
    return [*told, f"{name}: mean F1 {figures['headline']:.3f}"]
