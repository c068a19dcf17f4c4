"""Measure a reading against a set of texts that others have annotated, beside a rival in the same run.

    python -m benchmarks SET --data FOLDER [--split open] [--limit N] [--json]
    python -m benchmarks ntrex_docs --data FOLDER [--languages fr,ar,tr,de,es]
    python -m benchmarks speed [--articles 60] [--words 400] [--json]
    python -m benchmarks growth [--articles 20000] [--json]
    python -m benchmarks report --gold FOLDER --bench FOLDER    the tables of docs/how-good.md

FOLDER holds SPLIT.jsonl, or SET/SPLIT.jsonl. The last line printed is the headline, or with --json one object with all figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import consistency, copies, growth, name_match, names, report, speed, stories, times

# For each set: its figures, and those figures as lines for people with the headline last.
Adapter = tuple[Callable[..., dict[str, Any]], Callable[[str, dict[str, Any]], list[str]]]
SETS: dict[str, Adapter] = {
    **dict.fromkeys(names.SETS, (names.measure, names.lines)),
    **dict.fromkeys(times.SETS, (times.measure, times.lines)),
    **dict.fromkeys(consistency.SETS, (consistency.measure, consistency.lines)),
    **dict.fromkeys(copies.SETS, (copies.measure, copies.lines)),
    **dict.fromkeys(stories.SETS, (stories.measure, stories.lines)),
    **dict.fromkeys(name_match.SETS, (name_match.measure, name_match.lines)),
}


def main() -> None:
    """Run one set and print what came of it."""
    if sys.argv[1:2] == ["speed"]:
        speed.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["growth"]:
        growth.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["report"]:
        report.main(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=sorted(SETS))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="open")
    parser.add_argument("--languages", help="codes with commas between: which translations are read, where the set holds translations")
    parser.add_argument("--limit", type=int, help="so many samples of each language at most")
    parser.add_argument("--errors", type=Path, help="leave the cases that are not right in this file, one a line")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    measure, lines = SETS[options.set]
    chosen = {"languages": tuple(options.languages.split(","))} if options.languages else {}
    if chosen and options.set not in consistency.SETS:
        parser.error(f"--languages is for {', '.join(consistency.SETS)}")
    figures = measure(options.set, options.data, split=options.split, limit=options.limit, **chosen)
    print("\n".join(lines(options.set, figures)))
    if options.errors:
        options.errors.write_text("\n".join(figures.get("errors", ())) + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps({key: value for key, value in figures.items() if key != "errors"}))


if __name__ == "__main__":
    main()
