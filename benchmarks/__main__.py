"""Measure the program against a set of texts that others have annotated, beside a rival in the same run.

    python -m benchmarks SET --data FOLDER [--split open] [--limit N] [--errors FILE] [--json]
    python -m benchmarks ntrex_docs --data FOLDER [--languages fr,ar,tr,de,es]
    python -m benchmarks COMMAND …

FOLDER holds SPLIT.jsonl, or SET/SPLIT.jsonl. The last line printed is the headline, or with --json one object whose `headline` is the set's main figure,
from 0 to 1. What is not right is left case by case in build/bench/SET.SPLIT.errors.txt, and the figures beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks import results
from benchmarks.registry import MODULES, module_of
from dragoman.engines.threads import one_thread_a_process

# Measures without a set, each with options of its own: `main(arguments)` of the module.
COMMANDS = ("speed", "growth", "report", "gate", "rivals", "simulation", "ratios", "faults", "soak", "exports", "pages")


def main() -> None:
    """Run one set and print what came of it."""
    one_thread_a_process()
    if sys.argv[1:] and sys.argv[1] in COMMANDS:
        import_module(f"benchmarks.{sys.argv[1]}").main(sys.argv[2:])
        return
    epilog = f"sets: {', '.join(sorted(MODULES))}\ncommands: {', '.join(COMMANDS)}"
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=sorted(MODULES), metavar="SET")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds SPLIT.jsonl or SET/SPLIT.jsonl")
    parser.add_argument("--split", default="open")
    parser.add_argument("--languages", help="codes with commas between: which translations are read, where the set holds translations")
    parser.add_argument("--limit", type=int, help="so many cases at most (of each language, where a set has several)")
    parser.add_argument("--errors", type=Path, help="leave the cases that are not right in this file, one a line")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    module = module_of(options.set)
    chosen = {"languages": tuple(options.languages.split(","))} if options.languages else {}
    if chosen and MODULES[options.set] != "consistency":
        parser.error("--languages is for ntrex_docs")
    figures = module.measure(options.set, options.data, split=options.split, limit=options.limit, **chosen)
    print("\n".join(module.lines(options.set, figures)))
    if not chosen:
        results.keep(options.set, options.split, options.limit, options.data, figures)
    errors = options.errors or results.FOLDER / f"{options.set}.{options.split}.errors.txt"
    errors.parent.mkdir(parents=True, exist_ok=True)
    errors.write_text("".join(f"{line}\n" for line in figures.get("errors", ())), encoding="utf-8")
    if options.json:
        print(json.dumps({key: value for key, value in figures.items() if key not in ("errors", "cases")}))


if __name__ == "__main__":
    main()
