"""A day of news in a loop: whether memory stays flat while articles are read, linked and kept without end.

    python -m benchmarks soak [--articles 100000] [--seconds 3600] [--read-every 10] [--json]

Articles of a simulated world, a hundred thousand of which a large newsroom sees in a day, are linked and kept one after the other in one process; every
tenth is read by the models as well, as if it had come from outside, so that the caches of reading fill too. It stops at the number of articles or of
seconds, whichever comes first. Memory is the process's own (resident set, without the file caches of the system), in twenty-one looks; the first third
is left for models and caches to fill, and the headline is how many megabytes the last third has over the middle one.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean

from benchmarks.simulation import world
from benchmarks.simulation.filling import keep_reports
from dragoman.model.config import Config
from dragoman.reading.kit import Kit
from dragoman.service.kinds import kinds
from dragoman.service.read import read_article
from dragoman.service.signatures import signature
from dragoman.store.open import open_store

_TOGETHER = 16
_LOOKS = 21
# Megabytes by which the last third may be above the middle one; beside a quarter of a gigabyte for the models.
_MOST = 40.0


@dataclass(frozen=True, slots=True)
class Look:
    """Resident megabytes after so many articles."""

    articles: int
    megabytes: float


def resident() -> float:
    """The process's resident memory in megabytes, where the system tells (Linux); else the most it ever had."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines() if ":" in line)
        return (int(lines["RssAnon"].split()[0])) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def soak(articles: int, seconds: float, read_every: int, config: Config) -> list[Look]:
    """Looks at memory, evenly over the time or the articles."""
    kit = Kit(config=config)
    every = kinds(kit)
    looks: list[Look] = []
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder, "soak.db")))
        waiting, done, begun = world(9, articles), 0, time.monotonic()
        while some := list(islice(waiting, _TOGETHER)):
            keep_reports(store, some, every)
            for place, one in enumerate(some):
                if read_every and (done + place) % read_every == 0:
                    reading = read_article(one.reading.article, kit)
                    signature(reading.article, reading, kit)
            done += len(some)
            passed = max(done / articles, (time.monotonic() - begun) / seconds)
            if passed >= (len(looks) + 1) / _LOOKS:
                looks.append(Look(done, resident()))
            if passed >= 1:
                break
        store.close()
    return looks


def growth(looks: list[Look]) -> float:
    """Megabytes of the last third over the middle one."""
    third = len(looks) // 3
    return fmean(one.megabytes for one in looks[-third:]) - fmean(one.megabytes for one in looks[third : len(looks) - third]) if third else 0.0


def main(arguments: list[str]) -> None:
    """Soak and print; exit status 1 where memory grew."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--read-every", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    looks = soak(options.articles, options.seconds, options.read_every, Config())
    for look in looks:
        print(f"{look.articles:7} articles: {look.megabytes:7.1f} MB", flush=True)
    found = growth(looks)
    print(f"soak: the last third has {found:+.1f} MB over the middle one ({'flat' if found <= _MOST else 'it grows'})")
    if options.json:
        print(json.dumps({"headline": round(found, 1), "looks": {one.articles: round(one.megabytes, 1) for one in looks}}))
    if found > _MOST:
        raise SystemExit(1)
