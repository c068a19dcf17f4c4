"""`dragoman serve`: the record as pages in a browser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server, socket
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.record import store_of, url_of
from dragoman.model.errors import ConfigError, DragomanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.model.config import Config
    from dragoman.service.nearest import Nearest
    from dragoman.store.protocol import Store

HELP = """Serve the record as pages, on this computer alone unless --host says otherwise.

Everybody who reaches it can read, unless --read says otherwise. To correct, sign in with a token of the record (dragoman token new NAME) or the one
that is printed; give your own with DRAGOMAN_TOKEN, or --read-only for none. For other computers (--host) such a token must be there before."""
_SHORTEST = 16


def command(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all of this computer.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = 8000,
    name: Annotated[list[str] | None, typer.Option(help="A name under which it is reached, beside localhost; give it again for more, * for any.")] = None,
    token: Annotated[str | None, typer.Option(envvar="DRAGOMAN_TOKEN", help="What lets people correct; a new one is made where none is given.")] = None,
    read: Annotated[str, typer.Option(help="Who can read: everyone, or who shows a token.", metavar="everyone|token")] = "everyone",
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody can correct.")] = False,  # noqa: FBT002
) -> None:
    """See HELP."""
    try:
        import uvicorn

        from dragoman.web.app import application
        from dragoman.web.settings import Settings
    except ModuleNotFoundError as error:
        raise ConfigError(f"serve needs {error.name}, which is not installed; run: pip install 'dragoman[web]'") from error
    import secrets
    import threading

    from dragoman.model.config import load
    from dragoman.service.shelf import open_shelf
    from dragoman.service.tokens import any_valid

    if token is not None and len(token) < _SHORTEST:
        raise ConfigError(f"the token has fewer than {_SHORTEST} letters; give a longer one, or none")
    if read not in ("everyone", "token"):
        raise ConfigError(f"--read: '{read}' is not one of everyone, token")
    config = load(Path.cwd())
    store = store_of(context, create=False)
    try:
        given = token is not None or any_valid(store)
        if not given and not _is_loopback(host) and (not read_only or read == "token"):
            raise ConfigError(f"{host} is reached by others, and there is no token; make one first with: dragoman token new NAME (or give --read-only)")
        needed = read == "token" or not read_only
        key = token if given else secrets.token_urlsafe(18) if needed else None
        settings = Settings(
            config=config,
            hosts=(*Settings().hosts, *(name or ()), host),
            token=key,
            reading="token" if read == "token" else "everyone",
            writing="nobody" if read_only else "tokens",
        )
        app = application(store, lambda: open_shelf(store, config), settings)
        server = uvicorn.Server(
            uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, lifespan="off", timeout_graceful_shutdown=3)
        )
        listening = _listening(host, port)
        shown = f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  (compared, not bound)
        typer.echo(f"{url_of(context)} is at http://{shown}:{listening.getsockname()[1]}/ (stop with Ctrl+C)")
        if key and not given:
            typer.echo(f"to {'read' if read_only else 'correct'}, sign in there with the token {key}")
        # The encoders take seconds to load: meanwhile pages are served.
        threading.Thread(target=_warm, args=(app.state.make_ready, app.state.nearest, store, config), daemon=True).start()
        server.run(sockets=[listening])
    finally:
        store.close()


def _is_loopback(host: str) -> bool:
    """Whether only this computer reaches that address."""
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket:
    """A socket that browsers can reach from now on. Raises ConfigError where the address cannot be had."""
    try:
        listening = create_server((host, port), family=AF_INET6 if ":" in host else AF_INET, backlog=128)
        # an answer is sent in two pieces; without it the second one waits 40 ms
        listening.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        return listening
    except (OSError, UnicodeError) as error:
        raise ConfigError(
            f"nothing can be served at {host}:{port} ({getattr(error, 'strerror', None) or error}); give another with --port, or --host"
        ) from error


def _warm(make_ready: Callable[[], None], nearest: Nearest, store: Store, config: Config) -> None:
    """Make ready what the first reader would wait for: templates and base map, vectors and encoders; what goes wrong here is said to whoever searches."""
    from dragoman.service.shelf import open_shelf

    make_ready()
    with suppress(DragomanError):
        nearest(open_shelf(store, config), "talks", "en")
