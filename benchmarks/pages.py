"""How long readers wait for a page: each kind of page asked by fifty readers at once, while articles are added to the same record.

    python -m benchmarks pages --record FILE [--readers 50] [--seconds 5] [--addresses 1] [--kinds state,pair] [--json]

The program serves a copy of the record as `dragoman serve` does, and a second process keeps and links articles in that copy, sixteen at a time, until the
end. Readers ask as fast as they are answered, by `wrk` where it is installed, by threads of this process where not; both share the processors with what
they measure. With --addresses N they go round N pages of a kind in place of one. The first answer of a page, with nothing kept of it, is measured alone.
The headline is the largest median of all kinds, in milliseconds; the bars are 100 at the median and 300 at the 95th percentile.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from statistics import median, quantiles

from benchmarks.simulation import world
from benchmarks.simulation.filling import keep_reports
from dragoman.model.config import Config
from dragoman.model.shelf import Cut, Events, Statements
from dragoman.reading.kit import Kit
from dragoman.service.kinds import kinds
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store
from dragoman.web import links

_MEDIAN, _P95 = 100.0, 300.0
_TOGETHER = 16
# Another world than that of records filled by `simulation`, so that every article is new.
_SEED = 77
_STARTING = 60.0
# What wrk is told to ask, and to say when it is done: milliseconds at the median and the 95th percentile, answers, and those that were none.
_LUA = """
local addresses, at, bad = {%s}, 0, 0
request = function() at = at %% #addresses + 1; return wrk.format("GET", addresses[at]) end
done = function(summary, latency)
  local wrong = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  print(string.format("FOUND %%f %%f %%d %%d", latency:percentile(50) / 1000, latency:percentile(95) / 1000, summary.requests, wrong))
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """Milliseconds: `alone` the first answer, and of all others the median and the 95th percentile; how many there were, and how many were none."""

    alone: float
    median: float
    p95: float
    answers: int
    wrong: int


def addresses(record: str, most: int) -> dict[str, tuple[str, ...]]:
    """Up to so many addresses of each kind of page that a record has."""
    store = open_store(record)
    shelf = open_shelf(store, Config(encoder=False))
    # Of persons some have no office.
    cut = Cut(limit=4 * most + 20)
    events = shelf.events(Events(), cut).rows
    statements = shelf.statements(Statements(), cut).rows
    persons, places = (shelf.entities(kind, cut=cut).rows for kind in ("person", "place"))
    codes = [code for code, _ in shelf.facets()["states"]][: most + 1]
    offices = [(holding.of, holding.office) for one in persons for holding in shelf.tenures(person=one.id) if holding.of]
    found = {
        "front": ["/", *(f"/?state={code}" for code in codes)],
        "event": [f"/event/{one.id}" for one in events],
        "article": [f"/article/{report.article}" for one in events for report in one.reports],
        "person": [f"/person/{one.id}" for one in persons],
        "state": [f"/state/{code}" for code in codes],
        "pair": [links.pair(left, right) for left, right in pairwise(codes)],
        "office": [links.office(of, office) for of, office in dict.fromkeys(offices)],
        "place": [f"/place/{one.id}" for one in places],
        "story": [f"/story/{one.id}" for one in shelf.stories(cut=cut).rows],
        "statements": ["/statements", *(f"/statements?state={code}" for code in codes)],
        "statement": [f"/statement/{one.id}" for one in statements],
        "timeline": ["/timeline", *(f"/timeline?state={code}" for code in codes)],
        "network": ["/network", *(f"/network?state={code}" for code in codes)],
        "map": ["/map", *(f"/map?state={code}" for code in codes)],
        "search": ["/search?q=minister", *(f"/search?q={one.name.split()[-1]}" for one in persons if one.name.isascii())],
        "event.json": [f"/event/{one.id}.json" for one in events],
        "beside": [f"/event/{one.id}/beside" for one in events if len({report.article for report in one.reports}) > 1],
        "near": ["/search/near?q=minister", *(f"/search/near?q={one.name.split()[-1]}" for one in persons if one.name.isascii())],
    }
    store.close()
    return {kind: tuple(dict.fromkeys(own))[:most] for kind, own in found.items() if own}


def add_to(record: str) -> None:
    """Keep and link reports in a record without end."""
    store = open_store(record)
    every = kinds(Kit(config=Config(encoder=False)))
    waiting = world(_SEED, sys.maxsize)
    while some := list(islice(waiting, _TOGETHER)):
        keep_reports(store, some, every)


@contextmanager
def _running(command: Sequence[str], said: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-m", *command], text=True, stdout=said, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _address(server: subprocess.Popen[str]) -> str:
    """Host and port that a server says it has. Raises SystemExit where it does not start."""
    for line in server.stdout or ():
        if found := re.search(r"http://([\d.]+:\d+)/", line):
            return found[1]
    raise SystemExit("pages: the server does not start; try: dragoman --record FILE serve")


def _asked(host: str, address: str) -> tuple[float, int]:
    """Milliseconds until the whole answer of one request has come, and its status."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(host, timeout=_STARTING)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return 1000 * (time.perf_counter() - begun), answer.status


def _by_wrk(wrk: str, host: str, asked: Sequence[str], readers: int, seconds: int) -> tuple[float, float, int, int]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % ", ".join(json.dumps(one) for one in asked))
        script.flush()
        command = [wrk, f"-c{readers}", f"-t{min(2, readers)}", f"-d{seconds}", "--timeout", "30", "-s", script.name, f"http://{host}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"FOUND (\S+) (\S+) (\d+) (\d+)", said)
    if found is None:
        raise SystemExit(f"pages: wrk says nothing of what it found:\n{said}")
    return float(found[1]), float(found[2]), int(found[3]), int(found[4])


def _by_threads(host: str, asked: Sequence[str], readers: int, seconds: int) -> tuple[float, float, int, int]:
    times: list[float] = []
    wrong: list[int] = []
    until = time.perf_counter() + seconds

    def read(first: int) -> None:
        at = first
        while time.perf_counter() < until:
            took, status = _asked(host, asked[at % len(asked)])
            times.append(took)
            wrong.extend([status] if status != http.client.OK else [])
            at += 1

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return median(times), quantiles(times, n=20)[-1], len(times), len(wrong)


def measure(record: str, readers: int, seconds: int, most: int, wanted: Sequence[str] = ()) -> Mapping[str, Waited]:
    """What readers of each kind of page wait; prints each as it is found."""
    wrk = shutil.which("wrk")
    found: dict[str, Waited] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = str(Path(folder, "pages.db"))
        subprocess.run([sys.executable, "-m", "dragoman.cli.main", "--record", record, "backup", copy], check=True, stdout=subprocess.DEVNULL)
        kinds_of_page = {kind: own for kind, own in addresses(copy, most).items() if not wanted or kind in wanted}
        serve = ["dragoman.cli.main", "--record", copy, "serve", "--port", "0"]
        with _running(serve, subprocess.PIPE) as server, _running(["benchmarks", "pages", "--add-to", copy], subprocess.DEVNULL):
            host = _address(server)
            _asked(host, "/search/near?q=talks")
            print(f"{readers} readers by {wrk or 'threads of this process (wrk is not installed)'}, addresses of a kind: {most}", flush=True)
            print(f"{'page':12} {'alone':>8} {'median':>8} {'p95':>8} {'answers/s':>10} {'wrong':>6}", flush=True)
            for kind, asked in kinds_of_page.items():
                alone, status = _asked(host, asked[0])
                if status != http.client.OK:
                    raise SystemExit(f"pages: {asked[0]} is answered with {status}")
                middle, p95, answers, wrong = _by_wrk(wrk, host, asked, readers, seconds) if wrk is not None else _by_threads(host, asked, readers, seconds)
                one = found[kind] = Waited(alone=round(alone, 1), median=round(middle, 1), p95=round(p95, 1), answers=answers, wrong=wrong)
                print(f"{kind:12} {one.alone:8.1f} {one.median:8.1f} {one.p95:8.1f} {answers / seconds:10.0f} {wrong:6}", flush=True)
    return found


def main(arguments: list[str]) -> None:
    """Measure and print; exit status 1 where a bar is not met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", metavar="FILE", help="the record that is copied; make one with: python -m benchmarks simulation --fill FILE")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=5, help="for which each kind is asked")
    parser.add_argument("--addresses", type=int, default=1, help="pages of a kind that are gone round")
    parser.add_argument("--kinds", default="", help="of which pages alone, with commas between")
    parser.add_argument("--add-to", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.add_to:
        add_to(options.add_to)
        return
    if options.record is None:
        parser.error("--record FILE is needed")
    # Ended from outside, it ends what it has started as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    found = measure(options.record, options.readers, options.seconds, options.addresses, tuple(filter(None, options.kinds.split(","))))
    worst = max(one.median for one in found.values())
    tail = max(one.p95 for one in found.values())
    print(f"pages: median {worst:.1f} ms (bar {_MEDIAN:.0f}), 95th percentile {tail:.1f} ms (bar {_P95:.0f}), each of the slowest kind")
    if options.json:
        print(json.dumps({"pages": {kind: asdict(one) for kind, one in found.items()}, "p95": tail, "headline": worst}))
    if worst > _MEDIAN or tail > _P95 or any(one.wrong for one in found.values()):
        raise SystemExit(1)
