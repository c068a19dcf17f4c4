"""What an export costs: time, memory and size of every form on a record of generated reports, each in a process of its own.

    python -m benchmarks exports [--articles 20000] [--record URL] [--formats ics,csv] [--json]

Memory is the most that the process held (peak resident set). The headline is the largest of all forms, in MB; the bar is 300.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.simulation.filling import fill
from dragoman.exports.format import NAMES
from dragoman.store.open import open_store

_BAR = 300


def measure(record: str, formats: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Seconds, MB of memory and MB written, for each form."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in formats:
            place = Path(folder, name)
            command = [sys.executable, "-m", "dragoman.cli.main", "--record", record, "export", "--format", name, "--output", str(place)]
            begun = time.perf_counter()
            with Path(os.devnull).open("wb") as nowhere:
                child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)])
                _, status, used = os.wait4(child, 0)
            if status:
                raise SystemExit(f"exports: {name} failed; run: {' '.join(command[1:])}")
            files = [file for file in place.rglob("*") if file.is_file()] if place.is_dir() else [place]
            written = sum(file.stat().st_size for file in files)
            found[name] = {"seconds": round(time.perf_counter() - begun, 1), "memory": round(used.ru_maxrss / 1024), "written": round(written / 2**20, 1)}
            print(f"{name:12} {found[name]['seconds']:8.1f} s {found[name]['memory']:6.0f} MB held {found[name]['written']:8.1f} MB written", flush=True)
            for file in files:
                file.unlink()
    return found


def main(arguments: list[str]) -> None:
    """Fill where no record is given, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks exports", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--record", metavar="URL", help="a record that is there, in place of a new one")
    parser.add_argument("--formats", default=",".join(NAMES), help="names with commas between")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    formats = tuple(options.formats.split(","))
    with tempfile.TemporaryDirectory() as folder:
        record = options.record
        if record is None:
            record = str(Path(folder, "record.db"))
            store = open_store(record)
            for _ in fill(store, 1, options.articles):
                pass
            store.close()
        found = measure(record, formats)
    most = max(one["memory"] for one in found.values())
    print(f"exports: {most:.0f} MB at most (bar {_BAR})")
    if options.json:
        print(json.dumps({"formats": found, "headline": most}))
