"""`dragoman read`: one article or many, as JSON, as a page in the terminal, or as HTML."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.engines import Engine, RayAddress, engine_of
from dragoman.cli.output import opened
from dragoman.model.errors import InputError
from dragoman.service.arrivals import MAP, arrivals_of

if TYPE_CHECKING:
    from dragoman.model.config import Config
    from dragoman.model.reading import Reading
    from dragoman.service.read import Engine as Engines
    from dragoman.service.read import Given
    from dragoman.sources.arrival import Arrival

HELP = """Read one article, or many, into what they say.

FILE is a text, a web page (HTML), a newsletter (.eml, .mbox), a PDF with a text layer, a feed (RSS, Atom, JSON Feed), a sitemap, a table (.jsonl, .csv,
.tsv, .parquet; see --map), a web archive (.warc, .warc.gz), a ZIP or TAR of these, a folder of texts and pages, an address (https://…), or - for
standard input. The format is told by the content. A line of .jsonl is {"text": "…", "id"?, "title"?, "language"?, "published"?, "outlet"?, "url"?}.

One article is printed as a page in a terminal and as JSON elsewhere; many as JSON lines. A file that ends in .html, .txt or .jsonl after
--output chooses its format by that.

Exit status: 0 all read; 1 something in a batch could not be read (its reading has a trouble that says why); 2 nothing could be read, or
the command was given wrongly; 130 stopped by the keyboard."""


class Format(StrEnum):
    """How readings are written."""

    json = "json"
    jsonl = "jsonl"
    text = "text"
    html = "html"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of any format below, a folder, an address, or - for standard input.")],
    published: Annotated[str | None, typer.Option(help="Date of publication, as 2025-10-12: weekdays are resolved against it.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the text, as en or ar; told from the text where not given.")] = None,
    mapping: Annotated[str | None, typer.Option("--map", help=MAP)] = None,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="text or html for people, json for one article, jsonl for many.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read a batch; the output is the same bytes for any number.")] = 1,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file; it takes the old one's place when all is written.")] = None,
    engine: Engine = None,
    ray_address: RayAddress = None,
    labels: Annotated[str | None, typer.Option(help="Language of headings and names of states, en or fr; by the locale where not given.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="With text: what coded each fact (json and html always say it).")] = False,  # noqa: FBT002
) -> None:
    """See HELP."""
    from dragoman.exports.readings.labels import labels as labels_in
    from dragoman.exports.readings.labels import preferred
    from dragoman.model.config import load
    from dragoman.service.read import Given, checked_day, checked_language

    words = labels_in(labels or preferred()).language
    config = load(Path.cwd())
    given = Given(published=checked_day(published) if published else None, language=checked_language(language) if language else None)
    arrivals, many, total = arrivals_of(file, config, mapping)
    chosen = format or _default(many=many, output=output)
    if many and chosen is Format.json:
        raise InputError(f"{file}: many articles do not fit one JSON object; use --format jsonl")
    readings = _read(arrivals, engine_of(engine, workers, ray_address) if many else engine_of(None, 1, None), config, given)
    tally = _Tally()
    with opened(output) as stream:
        if many:
            shown = readings if output is None and sys.stdout.isatty() else _with_progress(readings, total)
            _write(tally.of(shown), chosen, stream, words, explain=explain)
        else:
            _write(_say_troubles(readings, chosen), chosen, stream, words, explain=explain)
    if tally.unread:
        typer.echo(f"dragoman: {tally.unread} of {tally.all} articles could not be read; each has a trouble in the output that says why", err=True)
        raise typer.Exit(2 if tally.unread == tally.all else 1)


def _read(arrivals: Iterable[Arrival], engine: Engines, config: Config, given: Given) -> Iterator[Reading]:
    from dragoman.service.read import read_many

    return read_many(arrivals, engine, config, given)


@dataclass(slots=True)
class _Tally:
    """Counts readings as they pass, and those of which nothing could be read."""

    all: int = 0
    unread: int = 0

    def of(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The same readings, counted."""
        from dragoman.service.read import unread

        for reading in readings:
            self.all += 1
            self.unread += unread(reading)
            yield reading


# What a file's ending chooses where no format is given.
_ENDINGS = {".html": Format.html, ".htm": Format.html, ".txt": Format.text, ".jsonl": Format.jsonl, ".ndjson": Format.jsonl}


def _default(*, many: bool, output: Path | None) -> Format:
    if output is not None and output.suffix.lower() in _ENDINGS:
        return _ENDINGS[output.suffix.lower()]
    if many:
        return Format.jsonl
    return Format.text if sys.stdout.isatty() and output is None else Format.json


def _write(readings: Iterable[Reading], chosen: Format, stream: IO[str], words: str, *, explain: bool) -> None:
    from dragoman.model.codec import dumps, pretty

    if chosen is Format.html:
        from dragoman.exports.readings.html import page

        stream.write(page(list(readings), words))
    elif chosen is Format.text:
        from dragoman.exports.readings.text import render

        render(readings, stream, explain=explain, language=words)
    else:
        for reading in readings:
            stream.write((pretty(reading) if chosen is Format.json else dumps(reading)) + "\n")


def _with_progress(readings: Iterator[Reading], total: Callable[[], int] | None) -> Iterator[Reading]:
    """The same readings, counted on standard error while they pass, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from readings
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from dragoman.exports.readings.legible import legible

    columns = (TextColumn("read"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False) as progress:
        task = progress.add_task("", total=total() if total else None)
        for reading in readings:
            progress.update(task, advance=1, description=legible(reading.article.name))
            yield reading


def _say_troubles(readings: Iterator[Reading], chosen: Format) -> Iterator[Reading]:
    """The same readings, their troubles on standard error where the output itself is for programs."""
    from dragoman.exports.readings.legible import legible

    for reading in readings:
        yield reading
        if chosen is not Format.text:
            for trouble in reading.troubles:
                typer.echo(f"dragoman: {legible(reading.article.name)}: {legible(trouble.message)}", err=True)
