"""`dragoman sources`: how each watched source does, one line each."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.record import store_of, utf8
from dragoman.cli.watch import Log

if TYPE_CHECKING:
    from dragoman.service.watching import Status

HELP = """Say how each watched source does, one line each.

With FILE, its sources in their order, those never polled too; without, all that were ever polled into this record."""


def command(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="The sources, as TOML.")] = None,
    format: Annotated[Log, typer.Option("--format", "-f", help="text for people; json: one object a line.")] = Log.text,
) -> None:
    """See HELP."""
    from dragoman.service.watching import statuses
    from dragoman.service.watchlist import load_watchlist

    watchlist = load_watchlist(file) if file else None
    store = store_of(context, create=False)
    try:
        found = statuses(store, watchlist)
    finally:
        store.close()
    utf8()
    for one in found:
        typer.echo(json.dumps(asdict(one), ensure_ascii=False) if format is Log.json else _line(one))
    if not found:
        typer.echo("dragoman: no source was ever polled into this record; start with: dragoman watch FILE", err=True)


def _line(one: Status) -> str:
    from dragoman.exports.readings.legible import legible

    state = "new" if one.tried is None else "ok" if not one.failures and one.ok else f"failed {one.failures}x" if one.failures else "waits"
    when = f"last {one.ok or 'never'}, next {one.next or 'never'}"
    counts = f"{one.articles} read, {one.waiting} waiting, {one.given_up} given up"
    return legible(f"{one.name}: {state}; {when}; {counts}; {one.message}")
