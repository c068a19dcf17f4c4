"""`dragoman read`: one article or many, as JSON, as a page in the terminal, or as HTML."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.model.errors import InputError

if TYPE_CHECKING:
    from dragoman.model.config import Config
    from dragoman.model.reading import Reading
    from dragoman.service.read import Given
    from dragoman.sources.arrival import Arrival

HELP = """Read one article, or many, into what they say.

FILE is a text file, a folder of .txt files, a .jsonl file with one article a line, or - for standard input.

Exit status: 0 all read; 1 something in a batch could not be read (its reading has a trouble); 2 nothing could be read."""


class Format(StrEnum):
    """How readings are written."""

    json = "json"
    jsonl = "jsonl"
    text = "text"
    html = "html"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file, a folder, a .jsonl file, or - for standard input.")],
    published: Annotated[str | None, typer.Option(help="Date of publication, as 2025-10-12: weekdays are resolved against it.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the text, as en or fr; told from the text where not given.")] = None,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="text for people (the default in a terminal), json, jsonl for many, html.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read; the output is the same for any number.")] = 1,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show which table row, rule or model gave each fact (with text).")] = False,  # noqa: FBT002
) -> None:
    """See HELP."""
    from dragoman.model.config import load
    from dragoman.service.read import Given, checked_day, checked_language

    config = load(Path.cwd())
    given = Given(published=checked_day(published) if published else None, language=checked_language(language) if language else None)
    arrivals, many = _arrivals(file, config)
    chosen = format or _default(many=many, output=output)
    if many and chosen is Format.json:
        raise InputError(f"{file}: many articles do not fit one JSON object; use --format jsonl")
    readings = _read(arrivals, workers if many else 1, config, given)
    if not many:
        reading = next(readings)
        with _opened(output) as stream:
            _write((reading,), chosen, stream, explain=explain)
        _say_troubles(reading, chosen)
        return
    tally = _Tally()
    with _opened(output) as stream:
        _write(tally.of(_with_progress(readings)), chosen, stream, explain=explain)
    if tally.unread:
        typer.echo(f"dragoman: {tally.unread} of {tally.all} articles could not be read; each has a trouble in the output that says why", err=True)
        raise typer.Exit(2 if tally.unread == tally.all else 1)


def _arrivals(file: str, config: Config) -> tuple[Iterable[Arrival], bool]:
    """What FILE holds, and whether it may be more than one article."""
    from dragoman.sources import jsonl, text

    if file == "-":
        raw = sys.stdin.buffer.read(config.max_bytes + 1)
        if raw.lstrip().startswith(b"{"):
            return jsonl.from_lines(io.BytesIO(raw), text.STDIN, config), True
        return (text.from_bytes(raw, text.STDIN, config),), False
    path = Path(file)
    if path.is_dir():
        return text.from_files(text.texts_in(path), config), True
    if path.suffix in (".jsonl", ".ndjson"):
        return jsonl.from_jsonl(path, config), True
    return (text.from_file(path, config),), False


def _read(arrivals: Iterable[Arrival], workers: int, config: Config, given: Given) -> Iterator[Reading]:
    from dragoman.engines.here import Here
    from dragoman.engines.pool import Pool
    from dragoman.service.read import read_many

    return read_many(arrivals, Here() if workers == 1 else Pool(workers), config, given)


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


def _default(*, many: bool, output: Path | None) -> Format:
    if output is not None and output.suffix in (".html", ".htm"):
        return Format.html
    if many:
        return Format.jsonl
    return Format.text if sys.stdout.isatty() and output is None else Format.json


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes the old one's place only when all is written."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
        yield sys.stdout
        sys.stdout.flush()
        return
    part = output.with_name(f"{output.name}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        stream = part.open("w", encoding="utf-8", errors="surrogatepass")
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); choose another place") from error
    try:
        with stream:
            yield stream
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _write(readings: Iterable[Reading], chosen: Format, stream: IO[str], *, explain: bool) -> None:
    from dragoman.model.codec import dumps, pretty

    if chosen is Format.html:
        from dragoman.exports.readings.html import page

        stream.write(page(list(readings)))
    elif chosen is Format.text:
        from dragoman.exports.readings.text import render

        render(readings, stream, explain=explain)
    else:
        for reading in readings:
            stream.write((pretty(reading) if chosen is Format.json else dumps(reading)) + "\n")


def _with_progress(readings: Iterator[Reading]) -> Iterator[Reading]:
    """The same readings, counted on standard error while they pass, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from readings
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading")
        for number, reading in enumerate(readings, start=1):
            progress.update(task, description=f"{number} read: {reading.article.name}")
            yield reading


def _say_troubles(reading: Reading, chosen: Format) -> None:
    """On standard error, where the output itself is for programs."""
    if chosen is not Format.text:
        for trouble in reading.troubles:
            typer.echo(f"dragoman: {trouble.message}", err=True)
