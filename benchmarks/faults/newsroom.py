"""What faults are done to: a folder of texts, a feed that gives them, and a record that holds the first of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.simulation import texts
from dragoman.model.reading import Reading

# Turkish is read in full without a parser, which would cost each of some hundred processes a second.
_LANGUAGE = "tr"
_BEFORE, _AFTER = 6, 8


@dataclass
class Newsroom:
    """`old` is what the record holds, `new` what is to be added; `feed` the address at which a feed gives all of it."""

    folder: Path
    feed: str = ""
    old: Path = field(init=False)
    new: Path = field(init=False)

    def __post_init__(self) -> None:
        self.old, self.new = self.folder / "old.jsonl", self.folder / "new.jsonl"

    def environment(self) -> dict[str, str]:
        """That of the commands: no encoder, and a cache of their own."""
        return os.environ | {"DRAGOMAN_ENCODER": "false", "DRAGOMAN_CACHE_FOLDER": str(self.folder / "cache")}

    def start(self, record: str, *arguments: str, clock: float | None = 0.0, limit: int | None = None) -> subprocess.Popen[bytes]:
        """Start a command; its clock is so many seconds on, or jumps where it is None; with `limit` no file may grow beyond so many bytes."""
        program = ["-m", "dragoman.cli.main"] if clock == 0.0 else ["-m", "benchmarks.faults.turned"]
        environment = self.environment() | ({"FAULTS_LATER": str(clock)} if clock else {})
        command = [sys.executable, *program, "--record", record, *arguments]
        if limit is not None:
            command = ["/bin/sh", "-c", f'ulimit -f {max(1, limit // 512)}; exec "$@"', "sh", *command]
        with (self.folder / "output.txt").open("ab") as output:
            return subprocess.Popen(command, stdout=output, stderr=output, env=environment, start_new_session=True, cwd=Path(__file__).parents[2])

    def run(self, record: str, *arguments: str, clock: float | None = 0.0) -> int:
        """Run a command to its end; gives its exit status."""
        return self.start(record, *arguments, clock=clock).wait()

    def said(self) -> str:
        """The last words of the commands."""
        path = self.folder / "output.txt"
        return path.read_text(encoding="utf-8", errors="replace")[-2000:] if path.exists() else ""


def readings() -> list[Reading]:
    """The texts, of a simulated world, in one language."""
    found: list[Reading] = []
    for reading, _ in texts(5, 400):
        if reading.article.language == _LANGUAGE:
            found.append(reading)
        if len(found) == _BEFORE + _AFTER:
            break
    return found


def _write(path: Path, some: Sequence[Reading]) -> None:
    rows = [{"id": one.article.name, "text": one.article.text, "language": _LANGUAGE, "published": str(one.article.published)} for one in some]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@contextmanager
def newsroom(folder: Path) -> Iterator[Newsroom]:
    """Texts on disk and a feed of them on this machine, for as long as it is held."""
    every = readings()
    body = _feed(every).encode()

    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = self.path == "/feed.xml"
            self.send_response(200 if here else 404)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.end_headers()
            self.wfile.write(body if here else b"")

        def log_message(self, format: str, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        room = Newsroom(folder, feed=f"http://127.0.0.1:{server.server_address[1]}/feed.xml")
        _write(room.old, every[:_BEFORE])
        _write(room.new, every[_BEFORE:])
        watchlist = f'[web]\nallow = ["127.0.0.1"]\ndelay = 0\n[watch]\nbacklog = 100\n[[sources]]\nname = "feed"\nurl = "{room.feed}"\ncontent = "feed"\n'
        (folder / "sources.toml").write_text(watchlist, encoding="utf-8")
        yield room
    finally:
        server.shutdown()
        server.server_close()


def _feed(every: Sequence[Reading]) -> str:
    items = []
    for one in every:
        day = one.article.published or datetime.now(UTC).date()
        at = format_datetime(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in one.article.text.split("\n\n"))
        items.append(
            f"<item><guid>n{one.article.name}</guid><link>http://127.0.0.1/a/{one.article.name}</link><title>{escape(one.article.text[:60])}</title>"
            f"<pubDate>{at}</pubDate><content:encoded>{escape(paragraphs)}</content:encoded></item>"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>'
    return f"{head}{''.join(items)}</channel></rss>"


def copy_record(source: str, target: str) -> None:
    """A record's file at another place, without what an earlier one left there."""
    for ending in ("", "-wal", "-shm"):
        Path(target + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)


def waited(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long at most; whether it ended by itself."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def until(condition: object, seconds: float = 30.0) -> bool:
    """Wait until a condition holds; whether it came to hold."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False
