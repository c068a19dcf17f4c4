"""`dragoman mcp`: the record as tools for an assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.record import store_of
from dragoman.model.errors import ConfigError

HELP = """Let an assistant ask the record (Model Context Protocol), on standard input and output or, with --http, at http://127.0.0.1:PORT/mcp.

The tools only read: search, timeline, person, office_on_date, event_with_evidence, passage. Every answer has the sentences it rests on, with article and
offsets. --http serves this computer alone, without a token."""


def command(
    context: typer.Context,
    http: Annotated[bool, typer.Option("--http", help="Serve HTTP instead.")] = False,  # noqa: FBT002
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port for --http.")] = 8001,
) -> None:
    """See HELP."""
    try:
        from dragoman.mcp.server import server
    except ModuleNotFoundError as error:
        raise ConfigError(f"mcp needs {error.name}, which is not installed; run: pip install 'dragoman[mcp]'") from error
    from dragoman.model.config import load
    from dragoman.service.shelf import open_shelf

    config = load(Path.cwd())
    store = store_of(context, create=False)
    try:
        made = server(store, lambda: open_shelf(store, config), host="127.0.0.1", port=port, stateless_http=True)
        if http:
            typer.echo(f"dragoman: tools at http://127.0.0.1:{port}/mcp (stop with Ctrl+C)", err=True)
        made.run("streamable-http" if http else "stdio")
    finally:
        store.close()
