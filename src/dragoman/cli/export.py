"""`dragoman export`: a record, or a part of it, in the form that another program reads; with what that form could not hold."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.output import opened
from dragoman.model.errors import ConfigError

if TYPE_CHECKING:
    from dragoman.exports.losses import Losses

HELP = """Write the record, or the part of it that is asked for, in the form that another program reads.

Forms of several tables (csv, parquet, gdelt, polecat, ftm, timeml) need --output: a folder, or a name that ends in .zip; without it they are a zip on
standard output. On standard error stands what the form could not hold, by kind, with some ids."""


class Format(StrEnum):
    """How a record is written; each is told in docs/exports.md."""

    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    gdelt = "gdelt"
    polecat = "polecat"
    acled = "acled"
    jsonld = "jsonld"
    ftm = "ftm"
    popolo = "popolo"
    graphml = "graphml"
    gexf = "gexf"
    geojson = "geojson"
    ics = "ics"
    annotations = "annotations"
    timeml = "timeml"
    html = "html"


def command(
    context: typer.Context,
    format: Annotated[Format, typer.Option("--format", "-f", help="The form.")] = Format.json,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here; it takes the old one's place when all is written.")] = None,
    loss: Annotated[Path | None, typer.Option("--loss", metavar="FILE", help="Write what the form could not hold to this file too, as JSON.")] = None,
    between: Annotated[tuple[str, str] | None, typer.Option(metavar="STATE STATE", help="What two states or organisations have part in.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="What this person has part in or says: a name, or an id.")] = None,
    state: Annotated[str | None, typer.Option(metavar="STATE", help="What this state or organisation has part in.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Events of this type, as CONSULT or SANCTION.")] = None,
    topic: Annotated[str | None, typer.Option(metavar="TOPIC", help="What is about this, as ceasefire or border-control.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="What a report in this language tells, as fr.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="What a report of this outlet tells.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year on, as 2025-10-12 or 2025.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day, month or year.")] = None,
    known_on: Annotated[str | None, typer.Option(metavar="DAY", help="The record as the articles published by this day make it.")] = None,
    labels: Annotated[str | None, typer.Option(metavar="CODE", help="Language of the words of html, en or fr; en where not given.")] = None,
) -> None:
    """See HELP."""
    from dragoman.cli.record import shelf_of, store_of
    from dragoman.model.config import load
    from dragoman.service.exporting import asked, export, export_to, known_format, selection_of
    from dragoman.service.read import checked_day

    # By what is given alone, never by the locale: an export is the same wherever it is made.
    if labels is not None and format is not Format.html:
        raise ConfigError(f"--labels: is for --format html; {format.value} is read by programs, and its words are English always")
    chosen = known_format(format.value)
    if chosen.layout == "tables" and output is None and sys.stdout.isatty():
        raise ConfigError(f"--format {format.value} has several tables; give --output FOLDER, or --output FILE.zip")
    store = store_of(context, create=False)
    try:
        config = load(Path.cwd())
        shelf = shelf_of(store, config, checked_day(known_on, "--known-on") if known_on else None)
        # All of one moment, though somebody adds meanwhile.
        with store.viewing():
            wanted = asked(shelf, between=between, person=person, state=state, type=type, topic=topic, language=language, outlet=outlet,
                           since=since, until=until)  # fmt: skip
            selection = selection_of(store, config, wanted, shelf=shelf, labels=labels or "en")
            losses = export_to(selection, chosen, sys.stdout.buffer) if output is None else export(selection, chosen, output)
        sys.stdout.flush()
    finally:
        store.close()
    _report(losses, format.value, loss)


def _report(losses: Losses, format: str, file: Path | None) -> None:
    from dragoman.exports.losses import lines, report

    for line in lines(losses, format):
        typer.echo(f"dragoman: {line}", err=True)
    if file is not None:
        with opened(file) as stream:
            stream.write(json.dumps(report(losses, format), ensure_ascii=False, indent=1) + "\n")
