"""`dragoman import`: a record from its own lines, and people and bodies from reference works."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

HELP = """Take in what another program, or another record, wrote.

jsonl: what 'dragoman export --format jsonl' wrote: articles with their readings, corrections, references. Into a new record it gives an equal one.
Also readings one a line, as 'dragoman read --format jsonl' writes them.
popolo, ftm (FollowTheMoney) and wikidata (its JSON): people, organisations and the offices they held, kept as evidence of its own kind beside what
reports say; see them with: dragoman references"""
REFERENCES = """List the people and bodies that were taken in from reference works, with their names and the offices they held."""


class Format(StrEnum):
    """What the file is."""

    jsonl = "jsonl"
    popolo = "popolo"
    ftm = "ftm"
    wikidata = "wikidata"


def command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file.")],
    format: Annotated[Format, typer.Option("--format", "-f", help="What it is.")],
    workers: Annotated[int, typer.Option(min=1, help="Processes that read, where readings are of another version.")] = 1,
) -> None:
    """See HELP."""
    from dragoman.cli.engines import engine_of
    from dragoman.cli.record import store_of
    from dragoman.model.config import load
    from dragoman.service.importing import Imported, import_lines, import_references

    store = store_of(context, create=True)
    done = Imported()
    try:
        if format is Format.jsonl:
            with engine_of(None, workers, None) as engine:
                for done in import_lines(store, file, engine, load(Path.cwd())):  # noqa: B007
                    pass
        else:
            done = import_references(store, file, format.value)  # type: ignore[arg-type]
    finally:
        store.close()
    told = f"{done.new} articles added, {done.known} known already, {done.corrections} corrections, " if format is Format.jsonl else ""
    typer.echo(f"dragoman: {told}{done.references} references{f'; {done.unread} could not be read' if done.unread else ''}", err=True)


def references(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Only those who are called so, in any spelling.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """See REFERENCES."""
    import json

    from dragoman.cli.record import store_of
    from dragoman.exports.readings.legible import legible
    from dragoman.model.errors import ConfigError
    from dragoman.model.reference import as_json
    from dragoman.service.references import referring

    if format not in ("text", "json"):
        raise ConfigError(f"--format: '{format}' is not one of text, json")
    store = store_of(context, create=False)
    try:
        for one in referring(store, name):
            if format == "json":
                typer.echo(json.dumps(as_json(one), ensure_ascii=False))
                continue
            typer.echo(legible(" · ".join(filter(None, (one.name, one.state, one.wikidata, one.source)))))
            for held in one.tenures:
                typer.echo(legible(f"  {held.office}{f' ({held.of})' if held.of else ''}, {held.start or '?'} – {held.end or '?'}"))
            if len(one.names) > 1:
                typer.echo(legible(f"  also {', '.join(one.names[1:])}"))
    finally:
        store.close()
