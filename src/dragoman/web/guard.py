"""What every answer carries, whatever page it is: a policy that lets nothing in from elsewhere, and no request for a host that is not ours."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from dragoman.web import access

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guarded(app: FastAPI, hosts: tuple[str, ...]) -> None:
    """Put the policy on every answer, and answer only under the names given: a page of another site cannot make a name of its own lead here."""

    @app.middleware("http")
    async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if "*" not in hosts and _name(request.headers.get("host", "")) not in hosts:
            response: Response = PlainTextResponse("Not a name of this server; start it with: dragoman serve --name NAME\n", status_code=421)
        elif access.from_elsewhere(request):
            response = PlainTextResponse("Sent by a page of another site; nothing was done\n", status_code=403)
        else:
            try:
                refused = await run_in_threadpool(access.unread, request) if app.state.settings.reading == "token" else None
                response = refused or await call_next(request)
            except Exception:
                # Whatever it was, its answer carries the policy too; the operator reads the rest in the log.
                logging.getLogger("dragoman").exception("%s could not be answered", request.url.path)
                response = PlainTextResponse("Something went wrong here; the server's log says what.\n", status_code=500)
        for name, value in _HEADERS.items():
            response.headers[name] = value
        return response


def _name(host: str) -> str:
    """The name without its port: _name("[::1]:8000") == "[::1]"."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()
