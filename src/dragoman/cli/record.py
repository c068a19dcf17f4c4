"""`dragoman add`, `export`, `status`, `rebuild`: a record is filled, printed, looked after and derived anew."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.arrivals import arrivals_of
from dragoman.cli.output import opened
from dragoman.model.errors import ConfigError

if TYPE_CHECKING:
    from dragoman.service.ingest import Added
    from dragoman.service.read import Engine
    from dragoman.store.protocol import Store

ADD = """Read what is new and link it into the record.

PATH is a text file, a folder of .txt files, a .jsonl file with one article a line, or - for standard input. An article that is there
already (the same text) changes nothing. What was added is safe once its line is printed: after an interruption, add again.

Exit status: 0 all added; 1 something could not be read; 2 nothing could be read, or the command was given wrongly."""
EXPORT = """Print the whole record."""
STATUS = """Say what the record holds; with --check, whether all of it is well."""
REBUILD = """Read all kept articles anew and link them; corrections stay."""


class Format(StrEnum):
    """How a record is written."""

    json = "json"


def url_of(context: typer.Context) -> str:
    """The record named with --record, else by DRAGOMAN_RECORD, else dragoman.db in this folder."""
    return str((context.obj or {}).get("record") or "dragoman.db")


def store_of(context: typer.Context, *, create: bool) -> Store:
    """The store of the record. Raises StoreError where it cannot be opened."""
    from dragoman.store.open import open_store

    return open_store(url_of(context), create=create)


def add(
    context: typer.Context,
    path: Annotated[list[str], typer.Argument(metavar="PATH...", help="Text files, folders, .jsonl files, or - for standard input.")],
    published: Annotated[str | None, typer.Option(help="Date of publication of all of them, as 2025-10-12.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of all of them, as en or fr; told from the text where not given.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read; the record is the same for any number.")] = 1,
) -> None:
    """See ADD."""
    from dragoman.model.config import load
    from dragoman.service.ingest import add as add_all
    from dragoman.service.read import Given, checked_day, checked_language

    config = load(Path.cwd())
    given = Given(published=checked_day(published) if published else None, language=checked_language(language) if language else None)
    arrivals = (one for name in path for one in arrivals_of(name, config)[0])
    store = store_of(context, create=True)
    new = known = lost = 0
    try:
        for one in _said(add_all(store, arrivals, _engine(workers), config, given)):
            new, known, lost = new + one.new, known + one.known, lost + (not one.new and not one.known)
    finally:
        store.close()
    typer.echo(f"dragoman: {new} added, {known} known already{f', {lost} could not be read' if lost else ''}", err=True)
    if lost:
        raise typer.Exit(2 if not new and not known else 1)


def _engine(workers: int) -> Engine:
    from dragoman.engines.here import Here
    from dragoman.engines.pool import Pool

    return Here() if workers == 1 else Pool(workers)


def _said(added: Iterable[Added]) -> Iterator[Added]:
    """The same, each new article a line on standard output, each trouble one on standard error."""
    from dragoman.exports.readings.labels import labels
    from dragoman.exports.readings.legible import legible

    words = labels("en")
    for one in added:
        if one.new and one.reading is not None:
            reading = one.reading
            told = f"{words.counted('event', len(reading.events))}, {words.counted('statement', len(reading.statements))}"
            typer.echo(f"{reading.article.id}  {reading.article.language}  {reading.article.published or '–':10}  {told}  {legible(one.name)}")
        for trouble in one.reading.troubles if one.reading is not None and not one.new else ():
            typer.echo(f"dragoman: {legible(one.name)}: {legible(trouble.message)}", err=True)
        yield one


def export(
    context: typer.Context,
    format: Annotated[Format, typer.Option("--format", "-f", help="json: the whole record as one document.")] = Format.json,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file; it takes the old one's place when all is written.")] = None,
    known_on: Annotated[str | None, typer.Option("--known-on", help="The record as the articles published by this day make it.")] = None,
) -> None:
    """See EXPORT."""
    from dragoman.model.config import load
    from dragoman.model.record_codec import lines
    from dragoman.service.read import checked_day
    from dragoman.service.record import record_of

    store = store_of(context, create=False)
    try:
        record = record_of(store, load(Path.cwd()), until=checked_day(known_on, "--known-on") if known_on else None)
    finally:
        store.close()
    with opened(output) as stream:
        for line in lines(record):
            stream.write(line)


def status(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Look for damage too; exit status 1 where there is any.")] = False,  # noqa: FBT002
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """See STATUS."""
    import json

    if format not in ("text", "json"):
        raise ConfigError(f"--format: '{format}' is not one of text, json")
    store = store_of(context, create=False)
    try:
        counts, wrong = store.counts(), store.check() if check else ()
    finally:
        store.close()
    held = {"articles": counts.articles, "readings": counts.readings, "items": counts.items, "links": counts.links, "corrections": counts.corrections}
    if format == "json":
        typer.echo(json.dumps({"record": url_of(context), **held, **({"wrong": list(wrong)} if check else {})}, ensure_ascii=False))
    else:
        typer.echo(f"{url_of(context)}: " + ", ".join(f"{count} {name[:-1] if count == 1 else name}" for name, count in held.items()))
        for line in wrong:
            typer.echo(f"  {line}")
        if check and not wrong:
            typer.echo("  all is well")
    if wrong:
        raise typer.Exit(1)


def rebuild(
    context: typer.Context,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read; the record is the same for any number.")] = 1,
) -> None:
    """See REBUILD."""
    from dragoman.model.config import load
    from dragoman.service.ingest import rebuild as rebuild_all

    store = store_of(context, create=False)
    try:
        done = sum(1 for _ in rebuild_all(store, _engine(workers), load(Path.cwd())))
    finally:
        store.close()
    typer.echo(f"dragoman: {done} articles read and linked anew", err=True)


def utf8() -> None:
    """Standard output in UTF-8, whatever the locale."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
