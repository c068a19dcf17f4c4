"""Write tables and plots into docs/how-good.md, between its markers, from figures kept in build/bench.

    python -m benchmarks report                                       from what was measured before
    python -m benchmarks report --bench FOLDER --gold FOLDER          measure first what is not kept for this very program and these data

Nothing kept is measured twice. A set that was never measured keeps the figures that stand in the page; a block made of nothing is left as it stands. With
`--speed` the speed of reading is measured afresh: it tells of the machine, and is never kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks import results, tables
from benchmarks.plot import bars
from benchmarks.registry import module_of
from benchmarks.rivals import ANSWERS

_PAGE = Path("docs/how-good.md")
_FIGURES = Path("docs/figures")
_OWN = Path("tests/gold")
_GOLD = ("gold_open", "gold_seeds", "gold_record")
# Cases of the large sets that are measured for the page: more change the third digit and cost an hour.
_LIMITS = {"ner_news": 500, "ner_wiki": 500, "polnear": 200}


def main(arguments: list[str]) -> None:
    """Measure what is asked, and write; prints the name of each block as it is done."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="the folder that holds gold reports: open, seeds")
    parser.add_argument("--bench", type=Path, help="the folder that holds the public sets")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args(arguments)
    measure(options.bench, options.gold)
    page = _PAGE.read_text(encoding="utf-8")
    kept = results.latest("open")
    _FIGURES.mkdir(exist_ok=True)
    blocks = [(name, title, *made(kept)) for name, title, made in tables.BLOCKS]
    if ANSWERS.is_file():
        blocks.append(("rivals", "Beside rivals, same texts", *tables.rivals(json.loads(ANSWERS.read_text(encoding="utf-8")))))
    for name, title, rows, drawn in blocks:
        if drawn:
            (_FIGURES / f"{name}.svg").write_text(bars(title, drawn), encoding="utf-8")
            page = put(page, name, [*rows, "", f"![{title}](figures/{name}.svg)"])
            print(name)
    if options.speed:
        page = put(page, "speed", _speed())
        print("speed")
    _PAGE.write_text(page, encoding="utf-8")


def measure(bench: Path | None, gold: Path | None) -> None:
    """Measure every set whose data are given and whose figures are not kept for this program."""
    for name in tables.ASKED:
        folder = _OWN if name == "own_gold" else gold if name in _GOLD else bench
        if folder is None or (name == "own_gold" and gold is None and bench is None):
            continue
        if results.kept(name, "open", _LIMITS.get(name), folder) is None:
            found = module_of(name).measure(name, folder, split="open", limit=_LIMITS.get(name))
            results.keep(name, "open", _LIMITS.get(name), folder, found)
            print(f"measured {name}")


def put(page: str, name: str, table: list[str]) -> str:
    """The page with the lines between `<!-- name -->` and `<!-- /name -->` replaced."""
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = page.split(first, 1)
    return before + first + "\n" + "\n".join(table) + "\n" + last + rest.split(last, 1)[1]


def _speed() -> list[str]:
    command = [sys.executable, "-m", "benchmarks", "speed", "--json"]  # in a process of its own, so that its memory is its own
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    rows = ["| | English | French |", "| --- | --- | --- |"]
    for key in found["en"]:
        rows.append(f"| {key.replace('_', ' ')} | {found['en'][key]} | {found['fr'][key]} |")
    return rows
