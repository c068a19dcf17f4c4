"""Beside what a user would pick instead, in one run: the same texts, the same measure, the same machine, one thread each.

    make rivals                                               makes .venv-rivals from benchmarks/rivals.txt, then runs this
    python -m benchmarks rivals [--bench FOLDER] [--limit 60]

Rivals live in an environment of their own and are called as programs; one that is not installed is said to be absent. Speeds are by seconds of the
processor, models loaded, so that what else the machine does tells for neither. Other sets have their rival in their
own measure: the bare parser and encoder (ner_news, ner_wiki, re3d), TF-IDF and MinHash (copies, story_clusters, news_events), trafilatura (web_article) and
htmldate (web_date). Thresholds of rivals are the best for the very pairs measured, ours is the one that ships.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import polnear, readings, scores, times
from benchmarks.gate import SHARED
from benchmarks.results import FOLDER
from benchmarks.sets import rows, spread
from dragoman.linking.names import likeness
from dragoman.model.reading import When
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read

ANSWERS = FOLDER / "rivals.json"
_PYTHON = Path(".venv-rivals/bin/python")
_PROGRAM = Path(__file__).parent / "rival_programs.py"
Row = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Measure, print a table, and leave the figures in build/bench/rivals.json."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks rivals", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=SHARED / "bench", help="the folder that holds the public sets")
    parser.add_argument("--python", type=Path, default=_PYTHON, help="the interpreter of the environment that rivals live in")
    parser.add_argument("--limit", type=int, default=60, help="so many articles or texts of each set")
    options = parser.parse_args(arguments)
    kit = Kit()
    found = {
        "dates": _dates(options.bench, options.python, options.limit, kit),
        "statements": _statements(options.bench, options.python, options.limit, kit),
        "names": _names(options.bench, options.python),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    ANSWERS.write_text(json.dumps(found, sort_keys=True) + "\n", encoding="utf-8")
    for task, programs in found.items():
        for program, figures in programs.items():
            print(f"{task:11} {program:26} " + ", ".join(f"{key} {value}" for key, value in figures.items()))


def ask(python: Path, program: str, items: Sequence[Any]) -> Row:
    """The answers of a rival, or why there are none."""
    if not python.is_file():
        return {"absent": f"{python} is not there: run make rivals"}
    request = json.dumps({"program": program, "items": list(items)})
    alone = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run([str(python), str(_PROGRAM)], input=request, capture_output=True, text=True, check=False, env=alone)
    if done.returncode:
        return {"absent": (done.stderr.strip().splitlines() or ["it failed without a word"])[-1]}
    answer: Row = json.loads(done.stdout.splitlines()[-1])
    return answer


def _dates(bench: Path, python: Path, limit: int, kit: Kit) -> dict[str, Row]:
    given = [row for row in rows(bench, "timex", "open") if row["corpus"] != "wikiwars"][:limit]
    given += [row for row in rows(bench, "meantime_times_en_es", "open") if row["lang"] == "en"][:limit]
    times.read_dates(given[0], kit)  # models are loaded before the clock starts
    start = time.process_time()
    ours = [times.read_dates(row, kit) for row in given]
    seconds = time.process_time() - start
    found = {"dragoman": _date_figures(given, ours, seconds)}
    answer = ask(python, "dateparser", [{"text": row["text"], "day": row.get("date")} for row in given])
    if "absent" in answer:
        return found | {"dateparser": answer}
    theirs = [[When(start=a, end=b, text=row["text"][a:b], value=day) for a, b, day in many] for row, many in zip(given, answer["answers"], strict=True)]
    return found | {f"dateparser {answer['version']}": _date_figures(given, theirs, answer["seconds"])}


def _date_figures(given: Sequence[Row], found: Sequence[Sequence[When]], seconds: float) -> Row:
    tally = Counter(("all", outcome.split()[0]) for row, many in zip(given, found, strict=True) for outcome, _ in times.compared(row, many))
    figures = times.figures_of(tally, "all")
    return {"span_f1": figures["span_f1"], "value_f1": figures["value_f1"], "texts_a_second": round(len(given) / seconds, 1)}


def _statements(bench: Path, python: Path, limit: int, kit: Kit) -> dict[str, Row]:
    given = spread(list(rows(bench, "polnear", "open")), limit)
    articles = [readings.article(row["id"], row["text"], day=row.get("date")) for row in given]
    chosen = readings.upto_layer("statements")
    read(articles[0], chosen, kit)
    start = time.process_time()
    ours = [polnear.said(read(article, chosen, kit)) for article in articles]
    seconds = time.process_time() - start
    found = {"dragoman": _said_figures(given, ours, seconds)}
    answer = ask(python, "textacy", [row["text"] for row in given])
    if "absent" in answer:
        return found | {"textacy": answer}
    theirs = [[polnear.Said(((a, b),), "", who) for a, b, who in many] for many in answer["answers"]]
    return found | {f"textacy {answer['version']}": _said_figures(given, theirs, answer["seconds"])}


def _said_figures(given: Sequence[Row], found: Sequence[Sequence[polnear.Said]], seconds: float) -> Row:
    tally: Counter[str] = Counter()
    for row, many in zip(given, found, strict=True):
        tally += polnear.compare(row, many)[0]
    return {
        "precision": scores.share(tally["matched"], tally["ours"]), "recall_of_speech": scores.share(tally["found speech"], tally["speech"]),
        "speakers_right": scores.share(tally["speaker"], tally["found speech"]), "texts_a_second": round(len(given) / seconds, 1),
    }  # fmt: skip


def _names(bench: Path, python: Path) -> dict[str, Row]:
    given = list(rows(bench, "name_match", "open"))
    likeness("Ana Li", "Anna Li")
    start = time.process_time()
    ours = [likeness(row["name1"], row["name2"]).score for row in given]
    seconds = time.process_time() - start
    from benchmarks.name_match import SLIPS

    found = {"dragoman": _pair_figures(given, ours, seconds, SLIPS)}
    asked = {"rapidfuzz": [[row["name1"], row["name2"]] for row in given], "nomenklatura": [[row["name1"], row["name2"], row["kind"]] for row in given]}
    for program, items in asked.items():
        answer = ask(python, program, items)
        if "absent" in answer:
            found[program] = answer
            continue
        best = max({round(score, 2) for score in answer["answers"]}, key=lambda cut: (_pair_figures(given, answer["answers"], 1.0, cut)["f1"], cut))
        found[f"{program} {answer['version']}"] = _pair_figures(given, answer["answers"], answer["seconds"], best)
    return found


def _pair_figures(given: Sequence[Row], found: Sequence[float], seconds: float, cut: float) -> Row:
    told = [(bool(row["match"]), score >= cut) for row, score in zip(given, found, strict=True)]
    figures = scores.of(sum(a and b for a, b in told), sum(b for _, b in told), sum(a for a, _ in told))
    return {**figures, "threshold": cut, "pairs_a_second": round(len(given) / max(seconds, 0.001))}
