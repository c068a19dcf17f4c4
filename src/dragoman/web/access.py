"""Who may read, add and correct: whoever shows a token, a program with each request, a person once.

    token ──Authorization: Bearer──▶ Caller        token ──/sign-in──▶ cookie, signed ──▶ Caller + the word that forms carry
    tokens are those of the record (dragoman token new) and, beside them, the one that the server was started with

A token is read from nowhere else, so that no address, log or page ever holds one; a session ends when its token is revoked.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.service.tokens import SCOPES, any_valid, token_shown, valid_token
from dragoman.store.tokens import Scope
from dragoman.web.failures import Failures

COOKIE = "dragoman"
_NAME = 60
# Seconds that a session lasts.
_LASTS = 14 * 24 * 3600
# In the place of a token's id: the one that the server was started with.
_OWN = "own"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Readable by everybody: what a sign-in page needs.
_OPEN = re.compile(r"/(sign-in|static/.*|favicon\.ico)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, what they may do, and whether a browser vouches for them by a cookie (then forms must carry `csrf`)."""

    name: str
    scopes: tuple[Scope, ...]
    session: str | None = None


def prepared(app: FastAPI) -> None:
    """Give the application the key that sessions are signed with, and the count of what failed.

    The key is made of the server's own token, so that sessions outlive a restart with the same; without one it is new each time.
    """
    token = app.state.settings.token
    app.state.session_key = hmac.digest(token.encode(), b"sessions", "sha256") if token else secrets.token_bytes(32)
    app.state.failures = Failures()
    app.state.clock = time.time


def caller(request: Request) -> Caller | None:
    """Who asks; None for who shows nothing, or nothing that is valid."""
    known: dict[str, Any] = request.scope.setdefault("dragoman", {})
    if "caller" not in known:
        known["caller"] = _bearer(request) if "authorization" in request.headers else _session(request)
    found: Caller | None = known["caller"]
    return found


def may(request: Request, scope: Scope) -> bool:
    """Whether who asks may do that; everybody may read where reading is not limited."""
    if scope == "read" and request.app.state.settings.reading == "everyone":
        return True
    found = caller(request)
    return found is not None and scope in found.scopes and (scope == "read" or request.app.state.settings.writing == "tokens")


def writer(request: Request) -> str | None:
    """The name of who has signed in and may correct; None for everybody else."""
    found = caller(request)
    return found.name if found is not None and found.session is not None and may(request, "write") else None


def signed_in(request: Request) -> str | None:
    """The name of who has signed in, whatever they may do; None for everybody else."""
    found = caller(request)
    return found.name if found is not None and found.session is not None else None


def csrf(request: Request) -> str:
    """What a form of this session must carry; empty where nobody has signed in."""
    found = caller(request)
    return _mac(f"form~{found.session}", request.app.state.session_key) if found is not None and found.session is not None else ""


def can_sign_in(request: Request) -> bool:
    """Whether there is a token that lets somebody in, and something that it lets them do."""
    return lets_in(request.app.state)


def lets_in(state: Any) -> bool:
    """The same, of the application whose state this is."""
    if state.settings.writing == "nobody" and state.settings.reading == "everyone":
        return False
    return state.settings.token is not None or any_valid(state.store)


def blocked(request: Request) -> int:
    """For how many seconds nothing is believed of whoever asks from there, after too many wrong tokens; 0 for most."""
    return int(request.app.state.failures.wait(_where(request), request.app.state.clock()))


def sign_in(request: Request, response: Response, shown: str, name: str) -> bool:
    """Set the cookie where the token shown is valid, under the name given or else the token's."""
    if blocked(request):
        return False
    found = _shown(request, shown)
    if found is None:
        _failed(request)
        return False
    identity, token_name, _ = found
    who = name.strip()[:_NAME] or token_name
    own = f"{who.encode('utf-8', 'replace').hex()}~{identity}~{int(request.app.state.clock())}~{secrets.token_hex(16)}"
    signed = f"{own}~{_mac(own, request.app.state.session_key)}"
    response.set_cookie(COOKIE, signed, max_age=_LASTS, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return True


def from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a page of another site sends this. Old browsers that say nothing are held by the cookie's SameSite and the form's word."""
    if request.method in _SAFE or "authorization" in request.headers:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    # Our own forms say 'null' too, since no page of ours tells where it was left from.
    return origin != "null" and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower()


def unread(request: Request) -> Response | None:
    """The way to sign in, for who may not read the page that they ask for; None for who may, and for the interface, which says so itself."""
    path = request.scope["path"]
    if path.startswith("/api/") or _OPEN.match(path) or may(request, "read"):
        return None
    if path.endswith((".json", ".svg")):
        return Response('{"error": "reading needs a token"}', status_code=401, media_type="application/json", headers={"WWW-Authenticate": "Bearer"})
    return RedirectResponse(f"/sign-in?next={quote(path, safe='')}", status_code=303, headers={"Cache-Control": "no-store"})


def _bearer(request: Request) -> Caller | None:
    kind, _, shown = request.headers["authorization"].partition(" ")
    if kind.lower() != "bearer" or blocked(request):
        return None
    found = _shown(request, shown.strip())
    if found is None:
        _failed(request)
        return None
    return Caller(name=found[1], scopes=found[2])


def _session(request: Request) -> Caller | None:
    own, _, mac = request.cookies.get(COOKIE, "").rpartition("~")
    state = request.app.state
    if not own or not hmac.compare_digest(mac.encode("utf-8", "replace"), _mac(own, state.session_key).encode()):
        return None
    name, identity, since, _ = own.split("~")
    if not 0 <= state.clock() - int(since) < _LASTS:
        return None
    scopes: tuple[Scope, ...] | None = SCOPES if identity == _OWN and state.settings.token else None
    if identity != _OWN and (kept := valid_token(state.store, identity)) is not None:
        scopes = kept.scopes
    return Caller(name=bytes.fromhex(name).decode("utf-8", "replace"), scopes=scopes, session=own) if scopes else None


def _shown(request: Request, shown: str) -> tuple[str, str, tuple[Scope, ...]] | None:
    """Id, name and scopes of a token that is shown. Both comparisons take the same time whatever is wrong."""
    settings = request.app.state.settings
    if settings.token and hmac.compare_digest(_digest(shown), _digest(settings.token)):
        return _OWN, "", SCOPES
    kept = token_shown(request.app.state.store, shown)
    return (kept.id, kept.name, kept.scopes) if kept is not None else None


def _failed(request: Request) -> None:
    request.app.state.failures.add(_where(request), request.app.state.clock())


def _where(request: Request) -> str:
    return request.client.host if request.client else ""


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _mac(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
