"""`dragoman watch`: feeds, sitemaps and pages are polled, and what is new is read and linked, until it is stopped."""

from __future__ import annotations

import signal
import sys
import threading
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.record import store_of

if TYPE_CHECKING:
    from dragoman.service.notes import Note, Tell
    from dragoman.service.watch import Pause, Watch
    from dragoman.store.protocol import Store

HELP = """Poll feeds, sitemaps and pages, and add what is new.

FILE is a TOML file that lists the sources and, if wanted, alerts (docs/watch.md shows a whole one). What happens is said line by line on standard
error. SIGTERM or the keyboard ends it between two articles; whatever ends it, nothing is lost and nothing doubled when it is started again.

Exit status: 0 ended as it was told to; 1 with --once, where every source that was due failed; 2 it could not begin; 130 stopped by the keyboard."""


class Log(StrEnum):
    """How what happens is said."""

    text = "text"
    json = "json"


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The sources, as TOML.")],
    once: Annotated[bool, typer.Option("--once", help="Make one pass over what is due and end: for cron and timers.")] = False,  # noqa: FBT002
    log: Annotated[Log, typer.Option(help="text for people, json for programs: one line a thing that happens.")] = Log.text,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read; the record is the same for any number.")] = 1,
) -> None:
    """See HELP."""
    from dragoman.service import watching
    from dragoman.service.watch import Stopped

    ended = _Ending()
    counts: dict[str, int] = {}
    store = store_of(context, create=True)
    try:
        watch = _watch(store, file, workers, ended.pause, _counting(teller(log), counts))
        with watching.alone(watch):
            try:
                if once:
                    watching.once(watch)
                else:
                    watching.forever(watch)
            except Stopped:
                watch.tell(_stopped(ended))
    finally:
        store.close()
    if ended.by == signal.SIGINT:
        raise typer.Exit(130)
    if once and not ended.by and counts.get("failed") and not counts.get("polled") and not counts.get("unchanged"):
        raise typer.Exit(1)


def _watch(store: Store, file: Path, workers: int, pause: Pause, tell: Tell) -> Watch:
    from dragoman.engines.here import Here
    from dragoman.engines.pool import Pool
    from dragoman.model.config import load
    from dragoman.service.watch import Watch
    from dragoman.service.watchlist import load_watchlist
    from dragoman.sources.web.network import Network
    from dragoman.store.watched import Watched

    return Watch(
        store=store,
        watched=Watched(store),
        watchlist=load_watchlist(file),
        config=load(Path.cwd()),
        engine=Here() if workers == 1 else Pool(workers),
        network=Network(),
        pause=pause,
        tell=tell,
    )


class _Ending:
    """Listens for the signals that end a watch; `by` is the one that came, or 0."""

    def __init__(self) -> None:
        self.by = 0
        self._came = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._end)

    def _end(self, number: int, _: object) -> None:
        self.by = number
        self._came.set()

    def pause(self, seconds: float) -> None:
        """Wait, or raise Stopped where a signal has come."""
        from dragoman.service.watch import Stopped

        if self._came.wait(seconds) if seconds > 0 else self._came.is_set():
            raise Stopped("stopped")


def _stopped(ended: _Ending) -> Note:
    from dragoman.service.notes import Note

    return Note(what="stopped", message=f"stopped by {signal.Signals(ended.by).name}; starting again goes on from here")


def teller(log: Log) -> Tell:
    """Says each note on one line of standard error, at once."""
    from datetime import UTC, datetime

    from dragoman.service.notes import as_json, as_text

    def tell(note: Note) -> None:
        line = (as_json if log is Log.json else as_text)(note, datetime.now(UTC))
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    return tell


def _counting(tell: Tell, counts: dict[str, int]) -> Tell:
    def told(note: Note) -> None:
        counts[note.what] = counts.get(note.what, 0) + 1
        tell(note)

    return told
