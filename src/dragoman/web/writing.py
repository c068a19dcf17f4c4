"""What changes the record: corrections and their undoing, and signing in to make them. Each form carries the word of its session."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from dragoman.model.config import Config
from dragoman.model.errors import InputError, TooLarge
from dragoman.service.correct import By, Corrected, merge, reject, settle, split, undo
from dragoman.store.protocol import Store
from dragoman.web import access
from dragoman.web.query import query_of
from dragoman.web.templating import rendered
from dragoman.web.wording import languages, wording

_LARGEST = 20_000
# A thing as its address names it: 'http://127.0.0.1:8000/event/v0a7df7a7f0ce38fd?lang=fr'.
_ADDRESS = re.compile(r"(?:https?://[^/]+)?/[\w/]*/([^/?#]+)(?:\?[^#]*)?(?:#.*)?$")
_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*$")
Form = Mapping[str, str]
Correct = Callable[[Store, Config, Form, By], Corrected]


def _end(form: Form, name: str) -> str:
    typed = form.get(name, "").strip()
    if not typed:
        raise InputError("one of the two is not given; write an id, a name or an address")
    found = _ADDRESS.match(typed)
    return found[1] if found else typed


def _merge(store: Store, config: Config, form: Form, by: By) -> Corrected:
    return merge(store, config, form.get("kind", ""), _end(form, "left"), _end(form, "right"), by)


def _split(store: Store, config: Config, form: Form, by: By) -> Corrected:
    return split(store, config, form.get("kind", ""), _end(form, "left"), _end(form, "right"), by)


def _reject(store: Store, config: Config, form: Form, by: By) -> Corrected:
    return reject(store, config, _end(form, "event"), by)


def _set(store: Store, config: Config, form: Form, by: By) -> Corrected:
    return settle(store, config, _end(form, "event"), form.get("field", ""), form.get("value", "").strip() or "none", by)


def _undo(store: Store, config: Config, form: Form, _: By) -> Corrected:
    number = form.get("number", "")
    if not number.isdecimal() or len(number) > 15:
        raise InputError("that is no number of a correction")
    return undo(store, config, int(number))


_CORRECTIONS: Mapping[str, Correct] = {"merge": _merge, "split": _split, "reject": _reject, "set": _set, "undo": _undo}


def served(app: FastAPI) -> None:
    """Add the addresses that forms are sent to."""
    for name, correct in _CORRECTIONS.items():
        app.add_api_route(f"/correct/{name}", _answering(name, correct), methods=["POST"], include_in_schema=False)
    app.add_api_route("/sign-in", _asked_to_sign_in, include_in_schema=False)
    app.add_api_route("/sign-in", _signed_in, methods=["POST"], include_in_schema=False)
    app.add_api_route("/sign-out", _signed_out, methods=["POST"], include_in_schema=False)


def _answering(name: str, correct: Correct) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        form = await _form(request)
        who = access.writer(request)
        if who is None or not hmac.compare_digest(form.get("csrf", "").encode(), access.csrf(request).encode()):
            return _refused(request, form, "too_old" if who is not None else "not_yours" if access.signed_in(request) is not None else "read_only")
        state = request.app.state
        by = By(who=who, why=form.get("why", "").strip()[:300])
        corrected = await run_in_threadpool(correct, state.store, state.settings.config, form, by)
        told = {} if name == "undo" else {"done" if corrected.new else "known": str(corrected.correction.id)}
        return RedirectResponse(_next(form, told), status_code=303)

    return answer


async def _form(request: Request) -> Form:
    """The fields of a form. Raises TooLarge."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            raise TooLarge(f"the form is larger than {_LARGEST} bytes; say it in fewer words")
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=40))


def _next(form: Form, told: Mapping[str, str]) -> str:
    """The page that the form was on; never one of another host."""
    address = form.get("next", "")
    path = address.partition("?")[0] if _LOCAL.match(address) else "/"
    asked = {**told, **({"lang": form["lang"]} if form.get("lang") in languages() else {})}
    return f"{path}?{urlencode(asked)}" if asked else path


def _refused(request: Request, form: Form, why: str) -> Response:
    query = query_of("/", {}, list(form.items()), languages(), request.headers.get("accept-language", ""))
    message = wording(query.language).word("web", why)
    html = rendered("trouble.html", query, status=403, message=message, candidates=(), twin=None, writer=None, signed_in=None, csrf="", open=True)
    return HTMLResponse(html, status_code=403, headers={"Cache-Control": "no-store"})


def _asked_to_sign_in(request: Request) -> Response:
    return _sign_in_page(request, wrong=False)


async def _signed_in(request: Request) -> Response:
    form = await _form(request)
    response = RedirectResponse(_next(form, {}), status_code=303)
    if not await run_in_threadpool(access.sign_in, request, response, form.get("token", "").strip(), form.get("name", "")):
        return _sign_in_page(request, wrong=True)
    return response


def _sign_in_page(request: Request, *, wrong: bool) -> Response:
    query = query_of("/sign-in", {}, list(request.query_params.multi_items()), languages(), request.headers.get("accept-language", ""))
    closed = not access.can_sign_in(request)
    html = rendered("sign_in.html", query, twin=None, writer=None, signed_in=None, csrf="", open=not closed, wrong=wrong, closed=closed)
    wait = access.blocked(request)
    patience = {"Retry-After": str(wait)} if wait else {}
    return HTMLResponse(html, status_code=429 if wait else 403 if wrong else 200, headers={"Cache-Control": "no-store", **patience})


async def _signed_out(request: Request) -> Response:
    form = await _form(request)
    response = RedirectResponse("/", status_code=303)
    if access.signed_in(request) is not None and hmac.compare_digest(form.get("csrf", "").encode(), access.csrf(request).encode()):
        response.delete_cookie(access.COOKIE, path="/")
    return response
