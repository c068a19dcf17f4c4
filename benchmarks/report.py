"""Run the measures and write their tables into docs/how-good.md, between its markers.

    python -m benchmarks report --gold FOLDER --bench FOLDER

FOLDER of --gold holds the gold sets (seeds/, open/) beside tools/score_readings.py; FOLDER of --bench the public sets. What is not
there is left as it stands.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import consistency, names, times

_PAGE = Path("docs/how-good.md")
# Reports of our own with gold.
_OWN = Path("tests/gold")
# Sentences of each language of a set of names: more change the third digit and cost an hour.
_SENTENCES = 500
_TASKS = ("entities", "offices", "dates", "events", "participants", "event_dates", "event_places", "statements", "speakers", "channels")


def main(arguments: list[str]) -> None:
    """Measure and write; prints the name of each table as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    options = parser.parse_args(arguments)
    page = _PAGE.read_text(encoding="utf-8")
    for name, table in (
        ("gold", _gold(options.gold)),
        ("names", _names(options.bench)),
        ("translations", _translations(options.bench)),
        ("dates", _dates(options.bench)),
        ("speed", _speed()),
    ):
        page = _put(page, name, table)
        print(name)
    _PAGE.write_text(page, encoding="utf-8")


def _put(page: str, name: str, table: list[str]) -> str:
    """The page with the lines between `<!-- name -->` and `<!-- /name -->` replaced."""
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = page.split(first, 1)
    return before + first + "\n" + "\n".join(table) + "\n" + last + rest.split(last, 1)[1]


def _gold(folder: Path) -> list[str]:
    columns = [(folder / "seeds", None), (folder / "open", "en"), (folder / "open", "fr"), (folder / "open", None), (_OWN / "ar", None), (_OWN / "tr", None)]
    scorer = folder.parent / "tools" / "score_readings.py"
    figures = [_score(place, language, scorer) for place, language in columns]
    rows = ["| task | seeds | open, English | open, French | open, all | own, Arabic | own, Turkish |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for task in _TASKS:
        rows.append(f"| {task.replace('_', ' ')} | " + " | ".join(f"{one[task]['f1']:.3f}" for one in figures) + " |")
    rows.append("| **mean** | " + " | ".join(f"**{one['mean_f1']:.3f}**" for one in figures) + " |")
    return rows


def _score(folder: Path, language: str | None, scorer: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.gold", str(folder), "--json", "--scorer", str(scorer), *(["--language", language] if language else [])]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def _names(folder: Path) -> list[str]:
    rows = ["| set | class | Dragoman | bare encoder | bare spaCy |", "| --- | --- | --- | --- | --- |"]
    for name in names.SETS:
        for language, classes in names.measure(name, folder, limit=_SENTENCES).items():
            for kind in (*names.CLASSES, "all") if "parser" in classes["all"] else ("all",):
                figures = [f"{classes[kind][who]['f1']:.3f}" if who in classes[kind] else "" for who in names.WHO]
                rows.append(f"| {name}, {language} | {kind} | " + " | ".join(figures) + " |")
    return rows


def _translations(folder: Path) -> list[str]:
    figures = consistency.measure("ntrex_docs", folder)
    return ["```", *consistency.lines("ntrex_docs", figures), "```"]


def _dates(folder: Path) -> list[str]:
    rows = ["| corpus | dates | spans, F1 | values, F1 |", "| --- | --- | --- | --- |"]
    for name in times.SETS:
        for corpus, one in times.measure(name, folder)["corpora"].items():
            rows.append(f"| {corpus} | {one['wanted']} | {one['span_f1']:.3f} | {one['value_f1']:.3f} |")
    return rows


def _speed() -> list[str]:
    command = [sys.executable, "-m", "benchmarks", "speed", "--json"]  # in a process of its own, so that its memory is its own
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    rows = ["| | English | French |", "| --- | --- | --- |"]
    for key in figures["en"]:
        rows.append(f"| {key.replace('_', ' ')} | {figures['en'][key]} | {figures['fr'][key]} |")
    return rows
