"""`dragoman add`, `status`, `rebuild`: a record is filled, looked after and derived anew."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.engines import Engine, RayAddress, Workers, engine_of
from dragoman.model.errors import ConfigError
from dragoman.service.arrivals import MAP, arrivals_of_all

if TYPE_CHECKING:
    from datetime import date

    from dragoman.model.config import Config
    from dragoman.model.shelf import Shelf
    from dragoman.service.ingest import Added
    from dragoman.service.rebuilding_texts import Texts
    from dragoman.store.protocol import Store

ADD = """Read what is new and link it into the record.

PATH is a text, a page, a newsletter, a PDF, a feed, a sitemap, a table, a web archive, a ZIP or TAR of these, a folder of texts and pages, an
address (https://…), or - for standard input (dragoman read --help tells more of the formats). An article that is there
already (the same text) changes nothing. What was added is safe once its line is printed: after an interruption, add again.

Exit status: 0 all added; 1 something could not be read; 2 nothing could be read, or the command was given wrongly."""
STATUS = """Say what the record holds; with --check, whether all of it is well."""
REBUILD = """Read again what an older version has read, and link all articles anew; corrections stay.

With --again the texts are first taken anew from the files and pages that were kept, as this version takes them: an article whose text is another now
has another id, and corrections go with the words they are about. What cannot be opened any more stays as it was, and is said.

Others can use the record meanwhile, until the last step, in which nobody else can write. Interrupted, it has not begun."""


def url_of(context: typer.Context) -> str:
    """The record named with --record, else by DRAGOMAN_RECORD, else dragoman.db in this folder."""
    return str((context.obj or {}).get("record") or "dragoman.db")


def store_of(context: typer.Context, *, create: bool) -> Store:
    """The store of the record. Raises StoreError where it cannot be opened."""
    from dragoman.store.open import open_store

    return open_store(url_of(context), create=create)


def shelf_of(store: Store, config: Config, until: date | None = None) -> Shelf:
    """The record opened to be asked; what an older version has kept is put in order first, and said so."""
    from dragoman.service.shelf import open_shelf

    return open_shelf(store, config, until=until, tell=lambda told: typer.echo(f"dragoman: {told}", err=True))


def add(
    context: typer.Context,
    path: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files of any format, folders, addresses, or - for standard input.")],
    published: Annotated[str | None, typer.Option(help="Date of publication of all of them, as 2025-10-12.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of all of them, as en or fr; told from the text where not given.")] = None,
    mapping: Annotated[str | None, typer.Option("--map", help=MAP)] = None,
    workers: Workers = 1,
    engine: Engine = None,
    ray_address: RayAddress = None,
) -> None:
    """See ADD."""
    from dragoman.model.config import load
    from dragoman.service.ingest import add as add_all
    from dragoman.service.read import Given, checked_day, checked_language
    from dragoman.service.rebuilding import reread

    config = load(Path.cwd())
    given = Given(published=checked_day(published) if published else None, language=checked_language(language) if language else None)
    arrivals = arrivals_of_all(path, config, mapping)
    store = store_of(context, create=True)
    new = known = lost = 0
    try:
        shelf_of(store, config)
        with engine_of(engine, workers, ray_address) as chosen:
            again = sum(1 for _ in reread(store, chosen, config))
            if again:
                typer.echo(
                    f"dragoman: brought up to date what an older version had read or linked: {again} {'article' if again == 1 else 'articles'}", err=True
                )
            for one in _said(add_all(store, arrivals, chosen, config, given)):
                new, known, lost = new + one.new, known + one.known, lost + (not one.new and not one.known)
    finally:
        store.close()
    typer.echo(f"dragoman: {new} added, {known} known already{f', {lost} could not be read' if lost else ''}", err=True)
    if lost:
        raise typer.Exit(2 if not new and not known else 1)


def _said(added: Iterable[Added]) -> Iterator[Added]:
    """The same, each new article a line on standard output, each trouble one on standard error."""
    from dragoman.exports.readings.labels import labels
    from dragoman.exports.readings.legible import legible

    words = labels("en")
    for one in added:
        if one.new and one.reading is not None:
            reading = one.reading
            told = f"{words.counted('event', len(reading.events))}, {words.counted('statement', len(reading.statements))}"
            typer.echo(f"{reading.article.id}  {reading.article.language}  {reading.article.published or '–'!s:10}  {told}  {legible(one.name)}")
        for trouble in one.reading.troubles if one.reading is not None and not one.new else ():
            typer.echo(f"dragoman: {legible(one.name)}: {legible(trouble.message)}", err=True)
        yield one


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
    every: Annotated[bool, typer.Option("--all", help="Read every article again, not only those that an older version has read.")] = False,  # noqa: FBT002
    again: Annotated[bool, typer.Option("--again", help="Take the texts anew from the bytes that they came in.")] = False,  # noqa: FBT002
    workers: Workers = 1,
    engine: Engine = None,
    ray_address: RayAddress = None,
) -> None:
    """See REBUILD."""
    from dragoman.model.config import load
    from dragoman.service.backup import mend
    from dragoman.service.rebuilding import Which
    from dragoman.service.rebuilding import rebuild as rebuild_all
    from dragoman.service.rebuilding_texts import Texts

    if mend(url_of(context)):
        typer.echo("dragoman: the record was damaged; all that is kept was saved, and is read and linked anew", err=True)
    texts = Texts() if again else None
    store = store_of(context, create=False)
    try:
        with engine_of(engine, workers, ray_address) as chosen:
            done = sum(1 for _ in rebuild_all(store, chosen, load(Path.cwd()), Which.ALL if every else Which.OLDER, texts))
    finally:
        store.close()
    if texts is not None:
        _say_texts(texts)
    typer.echo(f"dragoman: {done} articles read and linked anew", err=True)


def _say_texts(texts: Texts) -> None:
    """How many articles are another, which could not be taken anew, and which corrections lost their words."""
    from dragoman.exports.readings.legible import legible

    for name, why in texts.failed:
        typer.echo(f"dragoman: {legible(name)}: stays as it was: {legible(why)}", err=True)
    for number in texts.left:
        typer.echo(f"dragoman: correction {number} is about words that its article has no more; see: dragoman correct list", err=True)
    other = sum(old != new for old, new in texts.replaced.items())
    filled = len(texts.replaced) - other
    typer.echo(f"dragoman: {other} articles have another text, of {filled} more is known, {len(texts.failed)} could not be taken anew", err=True)


def utf8() -> None:
    """Standard output in UTF-8, whatever the locale."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
