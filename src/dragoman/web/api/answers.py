"""An answer of the interface: who may have it, its ETag, its JSON."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from typing import Any

from fastapi import Request, Response

from dragoman import __version__
from dragoman.model.errors import NotFound
from dragoman.model.record_codec import plain
from dragoman.model.shelf import Shelf
from dragoman.store.tokens import Scope
from dragoman.web import access
from dragoman.web.api.problems import Refused

JSON = "application/json"
_SHOW = {"WWW-Authenticate": 'Bearer realm="dragoman"'}


def allow(request: Request, scope: Scope) -> None:
    """Raises Refused where who asks may not do that. Who comes with a cookie must carry the word of the session too (X-CSRF-Token)."""
    if wait := access.blocked(request):
        raise Refused(429, "too many wrong tokens came from there; wait", {"Retry-After": str(wait)})
    who = access.caller(request)
    if who is None and "authorization" in request.headers:
        raise Refused(401, "that is no valid token; send 'Authorization: Bearer TOKEN' (see: dragoman token new)", _SHOW)
    if not access.may(request, scope):
        if who is None:
            raise Refused(401, f"to {scope} needs a token; send 'Authorization: Bearer TOKEN' (see: dragoman token new)", _SHOW)
        if request.app.state.settings.writing == "nobody":
            raise Refused(403, "nobody can change this record here: the server was started with --read-only")
        raise Refused(403, f"this token does not let you {scope}; make one with: dragoman token new NAME --scope {scope}")
    if scope != "read" and who is not None and who.session is not None:
        word = request.headers.get("x-csrf-token", "")
        if not hmac.compare_digest(word.encode("utf-8", "replace"), access.csrf(request).encode()):
            raise Refused(403, "with a session the word of its forms must come too, as X-CSRF-Token")


def answered(request: Request, build: Callable[[Shelf], object | None]) -> Response:
    """What `build` makes of the shelf, all of one moment, or 304 where that is known already. Raises NotFound where it gives None."""
    allow(request, "read")
    state = request.app.state
    shelf: Shelf = state.open_shelf()
    with state.store.viewing():
        tag = _tag(request, shelf.version())
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Authorization, Cookie"}
        if _known(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        found = build(shelf)
    if found is None:
        raise NotFound("the record has nothing of that id")
    return Response(encoded(found), media_type=JSON, headers=headers)


def encoded(value: object) -> bytes:
    """A value as JSON; rows of the record as the contract has them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return plain(value)
    raise TypeError(f"{type(value).__name__} is nothing that an answer may hold")


def _tag(request: Request, version: str) -> str:
    own = (version, request.scope["path"], request.scope["query_string"], __version__)
    return f'"{hashlib.sha256(repr(own).encode()).hexdigest()[:24]}"'


def _known(header: str, tag: str) -> bool:
    """Whether If-None-Match has the tag; an asterisk matches whatever there is."""
    asked = [one.strip().removeprefix("W/") for one in header.split(",")[:50]]
    return tag in asked or asked == ["*"]
