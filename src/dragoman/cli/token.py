"""`dragoman token`: who may add to a record and correct it over the network."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.record import store_of

HELP = """Make, list and revoke tokens: what lets people and programs add and correct where the record is served."""
NEW = """Make a token and print it, once: nothing can show it again, since only its hash is kept.

A program sends it with each request (Authorization: Bearer TOKEN), a person enters it at /sign-in. NAME stands with what is corrected."""
LIST = """List all tokens with what they let do; a revoked one stays in the list."""
REVOKE = """Make a token invalid, at once and for good."""

application = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@application.command("new", help=NEW)
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is.")],
    scope: Annotated[
        list[str] | None, typer.Option(help="What it lets do: read, add (articles), write (corrections); again for more; all where left out.")
    ] = None,
) -> None:
    """See NEW."""
    from dragoman.service.tokens import SCOPES, new_token

    store = store_of(context, create=True)
    try:
        made = new_token(store, name, tuple(scope) if scope else SCOPES)
    finally:
        store.close()
    typer.echo(f"dragoman: the token of '{made.kept.name}' ({', '.join(made.kept.scopes)}); keep it safe, it is shown this once:", err=True)
    typer.echo(made.shown)


@application.command("list", help=LIST)
def listed(context: typer.Context) -> None:
    """See LIST."""
    from dragoman.exports.readings.legible import legible
    from dragoman.service.tokens import listed as all_of

    store = store_of(context, create=False)
    try:
        for one in all_of(store):
            typer.echo(f"{one.made}  {','.join(one.scopes):14}  {legible(one.name)}{f'  revoked {one.revoked}' if one.revoked else ''}")
    finally:
        store.close()


@application.command("revoke", help=REVOKE)
def revoke(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="As the list has it.")]) -> None:
    """See REVOKE."""
    from dragoman.service.tokens import revoke as revoke_one

    store = store_of(context, create=False)
    try:
        revoke_one(store, name)
    finally:
        store.close()
    typer.echo(f"dragoman: the token of '{name}' is revoked", err=True)
