"""`dragoman backup` and `restore`: a record to a file while it is in use, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.record import url_of

BACKUP = """Write the whole record to a file, while others read and write.

A name that ends in .jsonl.gz gives rows that any record takes, in SQLite or PostgreSQL; any other name a copy of a record in SQLite, faster to make and a
record itself. An older file of that name is replaced when the new one is whole."""
RESTORE = """Put a backup in the place of the record, whole or not at all.

The backup may come from the other database. A record that holds articles is replaced only with --replace."""


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes: NAME.db or NAME.jsonl.gz.")],
) -> None:
    """See BACKUP."""
    from dragoman.service.backup import backup as back_up

    back_up(url_of(context), file)
    typer.echo(f"dragoman: {url_of(context)} is backed up in {file} ({file.stat().st_size / 1e6:.1f} MB)", err=True)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup that `dragoman backup` made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also where the record holds articles, which are lost.")] = False,  # noqa: FBT002
) -> None:
    """See RESTORE."""
    from dragoman.service.backup import restore as put_back

    url = url_of(context)
    counts = put_back(url, file, over=url if replace else None)
    typer.echo(f"dragoman: {url} holds {counts.articles} articles and {counts.corrections} corrections again", err=True)
