"""What went wrong, as RFC 9457 has it: one JSON object, type application/problem+json, in the words that a user of the command reads."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.model.errors import Ambiguous, ConfigError, DragomanError, InputError, NotFound, StoreError, TooLarge

PROBLEM = "application/problem+json"


class Fault(BaseModel):
    """One thing that is wrong with a request: where, as 'query.limit', and what."""

    model_config = ConfigDict(title="Fault")
    where: str
    message: str


class Problem(BaseModel):
    """What went wrong; `candidates` are those that an ambiguous name may mean, `errors` what is wrong with the request, part by part."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    candidates: list[str] | None = None
    errors: list[Fault] | None = None


class Refused(Exception):
    """A request is refused with that status. `headers` go with the answer."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


def problem(status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer that tells of a problem."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **{key: it for key, it in more.items() if it}}
    text = json.dumps(said, ensure_ascii=False)
    return Response(text.encode("utf-8", "replace"), status_code=status, media_type=PROBLEM, headers={"Cache-Control": "no-store", **(headers or {})})


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may answer beside what it is for."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted({401, 403, 429, 500, 503, *statuses})}


def told(api: FastAPI) -> None:
    """Make a problem of everything that goes wrong in the interface."""
    api.add_exception_handler(DragomanError, _dragoman)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_middleware(_Caught)


def status_of(error: DragomanError) -> int:
    """The status that an error is told with."""
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Ambiguous):
        return 409
    if isinstance(error, TooLarge):
        return 413
    if isinstance(error, (InputError, ConfigError)):
        return 400
    return 503 if isinstance(error, StoreError) else 500


def _dragoman(_: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)  # noqa: S101 - what it is registered for
    return problem(status_of(error), str(error), candidates=list(error.candidates) if isinstance(error, Ambiguous) else None)


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - what it is registered for
    return problem(error.status, error.detail, headers=error.headers)


def _invalid(_: Request, error: Exception) -> Response:
    """What was sent is not said back: it may be long, or a secret in the wrong place."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - what it is registered for
    faults = [{"where": ".".join(map(str, one["loc"]))[:200], "message": str(one["msg"])[:300]} for one in error.errors()[:20]]
    return problem(422, "the request is not as /api/openapi.json describes it", errors=faults)


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    detail = {404: "there is nothing at this address; see /api/openapi.json", 405: "this address does not take that method; see /api/openapi.json"}
    return problem(error.status_code, detail.get(error.status_code, str(error.detail)), headers=error.headers)


class _Caught:
    """Whatever nobody foresaw is logged and told as a problem; a handler for it would raise it again for the server to log once more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception:
            if begun:
                raise
            logging.getLogger("dragoman").exception("%s could not be answered", scope["path"])
            await problem(500, "something went wrong here; the server's log says what")(scope, receive, send)
