"""The command `dragoman`: reads its arguments, calls a use case, prints. Heavy rooms are imported only when a command runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dragoman import __version__
from dragoman.cli import (
    alerts,
    backup,
    compare,
    correct,
    export,
    import_,
    mcp,
    names,
    office,
    read,
    record,
    search,
    serve,
    shards,
    show,
    sources,
    timeline,
    token,
    watch,
)
from dragoman.engines.threads import one_thread_a_process
from dragoman.model.errors import Ambiguous, DragomanError

_LONGEST = 600

LANGUAGES = """List the languages that are read, the fullest first.

full: everything. tables: everything, with gaps, since the parser or the encoder is not installed. partial: persons, states, organisations, places,
full dates and statements, by the encoder. names: states, capitals and full dates."""

application = typer.Typer(
    name="dragoman",
    help="Reads news reports about diplomacy and keeps what they say, each fact with the words that say it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - the signature that Typer calls
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@application.callback()
def _options(
    context: typer.Context,
    url: Annotated[
        str | None, typer.Option("--record", envvar="DRAGOMAN_RECORD", metavar="URL", help="The record: a file, or postgresql://…; dragoman.db where left out.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,  # noqa: FBT002
) -> None:
    """Reads news reports about diplomacy and keeps what they say, each fact with the words that say it."""
    context.obj = {"record": url}


application.command("read", help=read.HELP)(read.command)
application.command("read-shards", help=shards.HELP)(shards.command)
application.command("names", help=names.HELP)(names.command)
application.command("add", help=record.ADD)(record.add)
application.command("export", help=export.HELP)(export.command)
application.command("import", help=import_.HELP)(import_.command)
application.command("references", help=import_.REFERENCES)(import_.references)
application.command("status", help=record.STATUS)(record.status)
application.command("rebuild", help=record.REBUILD)(record.rebuild)
application.command("backup", help=backup.BACKUP)(backup.backup)
application.command("restore", help=backup.RESTORE)(backup.restore)
application.command("watch", help=watch.HELP)(watch.command)
application.command("sources", help=sources.HELP)(sources.command)
application.command("alerts", help=alerts.HELP)(alerts.command)
application.command("timeline", help=timeline.HELP)(timeline.command)
application.command("show", help=show.HELP)(show.command)
application.command("offices", help=office.OFFICES)(office.offices)
application.command("office", help=office.OFFICE)(office.office)
application.command("compare", help=compare.HELP)(compare.command)
application.command("search", help=search.HELP)(search.command)
application.command("serve", help=serve.HELP)(serve.command)
application.command("mcp", help=mcp.HELP)(mcp.command)
application.add_typer(token.application, name="token", help=token.HELP)
application.add_typer(correct.application, name="correct", help=correct.HELP)


@application.command("schema", help="Print the JSON Schema of a reading.")
def _schema() -> None:
    from dragoman.model.schemas import reading_schema

    typer.echo(reading_schema(), nl=False)


@application.command("languages", help=LANGUAGES)
def _languages() -> None:
    from dragoman.model.config import load
    from dragoman.service.languages import fluencies

    for one in fluencies(load(Path.cwd())):
        typer.echo(f"{one.code:4} {one.level:7} {one.name} ({one.own_name}){f', {one.parser}' if one.parser else ''}")


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point, of the process's own arguments where none are given: errors become one line on standard error, never a traceback."""
    one_thread_a_process()
    try:
        application(args=arguments, prog_name="dragoman", standalone_mode=True)
    except Ambiguous as error:
        _fail(str(error), *error.candidates)
    except DragomanError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        _fail(f"{error.filename or 'the output'}: {error.strerror or error}; check the disk and who is allowed to write")
    except KeyboardInterrupt:
        typer.echo("dragoman: stopped", err=True)
        sys.exit(130)


def _fail(message: str, *candidates: str) -> NoReturn:
    from dragoman.exports.readings.legible import legible

    line = legible(message)
    # A whole article given in the place of a file name is said back in part only.
    typer.echo(f"dragoman: {line if len(line) <= _LONGEST else f'{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}'}", err=True)
    for one in candidates:
        typer.echo(f"  {legible(one)}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
