"""Draws faults, does them, and holds what is left against what should be."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.faults.newsroom import Newsroom, copy_record, newsroom, until, waited
from benchmarks.faults.server import Server, server
from dragoman.model.config import Config
from dragoman.model.record_codec import lines
from dragoman.service.record import record_of
from dragoman.store.open import open_store

# Which faults can meet which command; the first of each pair is a command as a user types it.
COMMANDS = ("add", "rebuild", "watch", "serve")
FAULTS = {
    "add": ("killed", "killed", "worker", "full", "clock", "page", "database"),
    "rebuild": ("killed", "killed", "worker", "full", "clock", "page", "database"),
    "watch": ("killed", "killed", "full", "clock"),
    "serve": ("server", "server", "killed"),
}
_PAGE = 4096
# Seconds in which a command must end once its server is gone.
_PATIENCE = 180.0
# A watch that failed waits longer each time before it asks again: its next passes are a day, and two weeks, later.
_AGAIN = (0.0, 86_400.0, 1_209_600.0)


@dataclass
class Trial:
    """One record, one command, one fault, and the moment of it as a share of the time that the undisturbed command takes."""

    room: Newsroom
    record: str
    command: str
    fault: str
    moment: float
    drawn: random.Random
    usual: dict[str, float] = field(default_factory=dict)
    server: Server | None = None

    def arguments(self) -> tuple[str, ...]:
        workers = ("--workers", "2") if self.fault == "worker" else ()
        if self.command == "rebuild":
            return ("rebuild", "--all", *workers)
        if self.command == "watch":
            return ("watch", "--once", str(self.room.folder / "sources.toml"))
        return ("add", str(self.room.new), *workers)

    def disturb(self) -> None:
        """Run the command and do the fault."""
        DONE[self.fault](self)

    def pause(self) -> float:
        return self.moment * self.usual.get(self.command, 2.0)


def _killed(trial: Trial) -> None:
    process = trial.room.start(trial.record, *trial.arguments())
    waited(process, trial.pause())
    process.kill()
    process.wait()
    _no_children_left(process.pid)


def _worker(trial: Trial) -> None:
    process = trial.room.start(trial.record, *trial.arguments())
    until(lambda: _children(process.pid) or process.poll() is not None)
    waited(process, trial.pause() / 2)
    for child in trial.drawn.sample(found, 1) if (found := _children(process.pid)) else ():
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    process.wait()


def _full(trial: Trial) -> None:
    size = Path(trial.record).stat().st_size
    trial.room.start(trial.record, *trial.arguments(), limit=size + int(trial.moment * 400_000)).wait()


def _clock(trial: Trial) -> None:
    trial.room.start(trial.record, *trial.arguments(), clock=None).wait()


def _page(trial: Trial) -> None:
    """Overwrite a page of what is derived before the command; it must be found, and mended by rebuilding."""
    pages = derived_pages(trial.record)
    with Path(trial.record).open("r+b") as file:
        file.seek((trial.drawn.choice(pages) - 1) * _PAGE)
        file.write(trial.drawn.randbytes(_PAGE))
    if trial.room.run(trial.record, "status", "--check") == 0:
        raise AssertionError("status --check did not find a page that was overwritten")
    if trial.room.run(trial.record, "rebuild") != 0:
        raise AssertionError("rebuild did not mend a page of what is derived")


def _database(trial: Trial) -> None:
    """Stop the database server hard while a record on it is added to or rebuilt; the command must say so in words, and end."""
    server = trial.server
    if server is None:
        _killed(trial)
        return
    process = trial.room.start(trial.record, *trial.arguments())
    waited(process, trial.pause())
    server.stop_hard()
    try:
        process.wait(timeout=_PATIENCE)
    finally:
        process.kill()
        process.wait()
        server.start()


def _server(trial: Trial) -> None:
    """Kill the web server at a moment at which a record is added to and looked at."""
    server = trial.room.start(trial.record, "serve", "--port", "0", "--read-only")
    adding = trial.room.start(trial.record, *trial.arguments())
    waited(server, trial.pause())
    server.kill()
    server.wait()
    if adding.wait() != 0:
        raise AssertionError("adding failed because the web server was killed")


DONE: dict[str, Callable[[Trial], None]] = {
    "killed": _killed, "worker": _worker, "full": _full, "clock": _clock, "page": _page, "database": _database, "server": _server,
}  # fmt: skip


def derived_pages(record: str) -> list[int]:
    """Pages of tables that are derived, by SQLite's own account of them."""
    import sqlite3

    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try:
            rows = connection.execute("SELECT pageno FROM dbstat WHERE name IN ('items', 'item_keys', 'links', 'occurrences', 'shelf', 'mentions')").fetchall()
        except sqlite3.OperationalError:
            # Built without dbstat: the roots of the tables alone.
            rows = connection.execute("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name IN ('items', 'item_keys', 'links')").fetchall()
    connection.close()
    return sorted(row[0] for row in rows)


def _children(process: int) -> list[int]:
    """The processes of its session but itself, where the system tells (Linux)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            # field 4 after the name is the session
            if int(fields[3]) == process and int(path.parent.name) != process and b"spawn_main" in (path.parent / "cmdline").read_bytes():
                found.append(int(path.parent.name))
    return sorted(found)


def _no_children_left(process: int) -> None:
    if not until(lambda: not _children(process), 20.0):
        raise AssertionError("worker processes outlived the command that started them")


def export(record: str) -> str:
    """The record and what is wrong with it, as text."""
    store = open_store(record, create=False)
    try:
        wrong = store.check()
        return "".join(lines(record_of(store, Config(encoder=False)))) + "".join(f"\n{one}" for one in wrong)
    finally:
        store.close()


def trials(count: int, seed: int) -> list[tuple[str, str, float]]:
    """So many commands with their faults and moments, the same for the same seed."""
    drawn = random.Random(seed)
    found = []
    for number in range(count):
        command = COMMANDS[number % len(COMMANDS)]
        found.append((command, drawn.choice(FAULTS[command]), drawn.random()))
    return found


def run(count: int, seed: int, folder: Path) -> list[dict[str, object]]:
    """Do the faults; gives a row for each: command, fault, moment, and what was wrong afterwards ('' for nothing)."""
    rows: list[dict[str, object]] = []
    with newsroom(folder) as room, server() as running:
        base, usual, expected = _undisturbed(room)
        for number, (command, fault, moment) in enumerate(trials(count, seed)):
            record = str(folder / "record.db")
            if fault == "database" and running is not None:
                record = running.fresh(f"record_{number}")
                room.run(record, "restore", str(folder / "base.jsonl.gz"))
            else:
                copy_record(base, record)
            drawn = random.Random(seed * 1000 + number)
            trial = Trial(room=room, record=record, command=command, fault=fault, moment=moment, drawn=drawn, usual=usual, server=running)
            wrong = ""
            try:
                trial.disturb()
                # The command again, as its user would run it.
                for clock in _AGAIN if command == "watch" else (0.0,):
                    room.run(record, *trial.arguments(), clock=clock)
                if export(record) != expected[command]:
                    wrong = "the record is not the undisturbed one"
            except (AssertionError, subprocess.TimeoutExpired) as error:
                wrong = str(error)
            rows.append({"command": command, "fault": fault, "moment": round(moment, 3), "wrong": wrong})
            if wrong and "://" not in record:
                shutil.copyfile(record, folder / f"wrong-{number}.db")
    return rows


def _undisturbed(room: Newsroom) -> tuple[str, dict[str, float], dict[str, str]]:
    """The record before, how long each command takes, and what each makes of the record."""
    base = str(room.folder / "base.db")
    if room.run(base, "add", str(room.old)) != 0:
        raise SystemExit(f"the first articles could not be added:\n{room.said()}")
    room.run(base, "backup", str(room.folder / "base.jsonl.gz"))
    usual: dict[str, float] = {}
    expected: dict[str, str] = {}
    for command in COMMANDS:
        if command == "serve":
            usual[command], expected[command] = usual["add"], expected["add"]
            continue
        record = str(room.folder / f"{command}.db")
        copy_record(base, record)
        begun = time.monotonic()
        trial = Trial(room=room, record=record, command=command, fault="none", moment=0.0, drawn=random.Random(0))
        if room.run(record, *trial.arguments()) != 0:
            raise SystemExit(f"{command} failed undisturbed:\n{room.said()}")
        usual[command] = time.monotonic() - begun
        expected[command] = export(record)
    return base, usual, expected


def main(arguments: list[str]) -> None:
    """Do them and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks faults")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="work there, and leave the records that came out wrong")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows = run(options.count, options.seed, folder)
    counted = Counter((row["command"], row["fault"], bool(row["wrong"])) for row in rows)
    for (command, fault, wrong), times in sorted(counted.items(), key=str):
        print(f"{command:8} {fault:9} {times:4} {'WRONG' if wrong else 'as if nothing had happened'}")
    for number, row in enumerate(rows):
        if row["wrong"]:
            print(f"  {number}: {row['command']} {row['fault']} at {row['moment']}: {row['wrong']}")
    good = sum(not row["wrong"] for row in rows)
    print(f"faults: {good} of {len(rows)} left nothing lost and nothing doubled")
    if options.json:
        print(json.dumps({"headline": good / len(rows) if rows else 1.0, "rows": rows}))
    if good < len(rows):
        raise SystemExit(1)
