"""`dragoman alerts`: what is new to the saved queries is told, without polling anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.record import store_of
from dragoman.cli.watch import Log, teller

HELP = """Send what is new to the alerts of FILE, without polling its sources: for records that are filled with `dragoman add`.

An alert tells what is added after it was first run, each fact once. `dragoman watch` does the same after every pass."""


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The alerts and their targets, as TOML.")],
    log: Annotated[Log, typer.Option(help="text for people, json for programs: one line a thing that happens.")] = Log.text,
) -> None:
    """See HELP."""
    from dragoman.model.config import load
    from dragoman.service.telling import alert
    from dragoman.service.watchlist import load_watchlist
    from dragoman.sources.web.network import Network
    from dragoman.store.watched import Watched

    watchlist = load_watchlist(file)
    store = store_of(context, create=False)
    try:
        with Watched(store).alone():
            alert(store, load(Path.cwd()), watchlist, Network(), teller(log))
    finally:
        store.close()
