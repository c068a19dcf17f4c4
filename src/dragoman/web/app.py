"""The web application: pages for people and their JSON twins over one record; it asks the shelf, and no network."""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.model.errors import Ambiguous, DragomanError, InputError, NotFound, StoreError
from dragoman.model.record_codec import plain
from dragoman.model.shelf import Shelf
from dragoman.model.spans import Span
from dragoman.service.nearest import Nearest
from dragoman.service.referred import Referred
from dragoman.store.protocol import Store
from dragoman.web import access, api, links, writing
from dragoman.web.desk import Desk
from dragoman.web.filters import named_of
from dragoman.web.guard import guarded
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query, query_of
from dragoman.web.routes import ROUTES, Route
from dragoman.web.settings import Settings
from dragoman.web.shared_answers import SharedAnswers, Sharing, first_parts
from dragoman.web.templating import compiled, rendered
from dragoman.web.whereabouts import Whereabouts
from dragoman.web.wording import languages

_STATIC = Path(__file__).parent / "static"
# An answer of another version of the program is another answer.
_MADE = __version__
_JSON = "application/json; charset=utf-8"
_READING = ["GET", "HEAD"]
_SVG = "image/svg+xml; charset=utf-8"


def application(store: Store, open_shelf: Callable[[], Shelf], settings: Settings) -> FastAPI:
    """The application over a record: `open_shelf` gives the shelf that a request asks, the store its search of words and its corrections."""
    app = FastAPI(title="Dragoman", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.settings = settings
    app.state.store = store
    app.state.open_shelf = open_shelf
    app.state.nearest = Nearest(store, settings.config)
    app.state.places = Whereabouts(settings.config)
    app.state.alignments = {}
    app.state.referred = Referred(store)
    app.state.make_ready = compiled
    access.prepared(app)
    guarded(app, settings.hosts)
    _shared(app)
    app.mount("/api", api.application(app.state))
    for route in ROUTES:
        _served(app, route)
    app.add_api_route("/thing/{id}", _thing, methods=_READING, include_in_schema=False)
    writing.served(app)
    app.mount("/static", _Files(directory=_STATIC), name="static")
    app.add_api_route("/favicon.ico", _favicon, include_in_schema=False)
    app.add_exception_handler(DragomanError, _failed)
    app.add_exception_handler(404, _missing)
    return app


def _shared(app: FastAPI) -> None:
    """Share the answers of pages among who has not signed in; not where reading needs a token."""
    state = app.state
    state.shared_answers = SharedAnswers(lambda: f"{state.open_shelf().version()} {access.lets_in(state)}", time.monotonic)
    if state.settings.reading == "everyone":
        app.add_middleware(Sharing, answers=state.shared_answers, parts=first_parts(route.path for route in ROUTES))


class _Files(StaticFiles):
    """Files of static/: one whose address bears a mark of its content may be kept for good, another is asked for anew."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Any, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if scope.get("query_string") else "no-cache"
        return response


def desk_of(request: Request) -> Desk:
    """The record as this request sees it."""
    state = request.app.state
    return Desk(
        shelf=state.open_shelf(), store=state.store, config=state.settings.config, nearest=state.nearest, places=state.places, alignments=state.alignments,
        referred=state.referred,
    )  # fmt: skip


def asked_by(request: Request) -> Query:
    """What the request asks."""
    parameters: Mapping[str, str] = request.path_params
    address = quote(request.scope["path"], safe="/")
    return query_of(address, parameters, list(request.query_params.multi_items()), languages(), request.headers.get("accept-language", ""))


def _served(app: FastAPI, route: Route) -> None:
    def twin(request: Request) -> Response:
        desk, query = desk_of(request), asked_by(request)
        tag = _tag(request, desk, query)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        page = _built(route, desk, query)
        text = json.dumps(_json(page), ensure_ascii=False, separators=(",", ":"), default=_iso)
        return Response(text.encode("utf-8", "replace"), media_type=_JSON, headers={"ETag": tag, "Cache-Control": "no-cache"})

    def drawn(request: Request, picture: str) -> Response:
        desk, query = desk_of(request), asked_by(request)
        tag = _tag(request, desk, query)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        query = replace(query, address=query.address.rpartition("/picture/")[0] or "/")
        page = _built(route, desk, query)
        found = route.pictures(page, query).get(picture) if route.pictures else None
        if found is None:
            raise NotFound(f"there is no picture '{picture}' here")
        headers = {"Content-Disposition": f'attachment; filename="{found.name}.svg"'} if query.one("download") else {}
        return Response(str(found.drawn(alone=True)), media_type=_SVG, headers={**headers, "ETag": tag, "Cache-Control": "no-cache"})

    def page(request: Request) -> Response:
        desk, query = desk_of(request), asked_by(request)
        tag = _tag(request, desk, query)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept-Language, Cookie"})
        built = _built(route, desk, query)
        # A template asks for a picture by its name, whether or not this page has it.
        pictures: defaultdict[str, Picture | None] = defaultdict(lambda: None)
        pictures.update(route.pictures(built, query) if route.pictures else {})
        html = rendered(route.template, query, page=built, pictures=pictures, twin=_twin(route, query), **session(request))
        return HTMLResponse(html, headers={"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"})

    app.add_api_route(route.twin, twin, methods=_READING, include_in_schema=False)
    if route.pictures:
        app.add_api_route(route.drawn, drawn, methods=_READING, include_in_schema=False)
    app.add_api_route(route.path, page, methods=_READING, include_in_schema=False)


def session(request: Request) -> dict[str, Any]:
    """What every template knows of who asks: who has signed in, the name under which corrections are kept, and the word that forms carry."""
    who, signed_in = access.writer(request), access.signed_in(request)
    return {"writer": who, "signed_in": signed_in, "csrf": access.csrf(request), "open": access.can_sign_in(request)}


def _built(route: Route, desk: Desk, query: Query) -> Any:
    page = route.build(desk, query)
    if page is None:
        raise NotFound(f"the record has nothing at {query.address}")
    return page


def _tag(request: Request, desk: Desk, query: Query) -> str:
    """Of the record's state, the address and whose answer it is."""
    own = (
        desk.shelf.version(),
        query.address,
        query.values,
        query.language,
        query.fixed,
        access.signed_in(request),
        access.writer(request),
        access.csrf(request),
        _MADE,
    )
    return f'"{hashlib.sha256(repr(own).encode("utf-8", "replace")).hexdigest()[:20]}"'


def _twin(route: Route, query: Query) -> str:
    address = "/index.json" if route.path == "/" else f"{query.address}.json"
    return replace(query, address=address, fixed=False).link()


def _json(page: Any) -> Any:
    """A page as JSON: records as they are in the contract, mappings as objects."""
    if isinstance(page, Mapping):
        return {key: _json(value) for key, value in page.items()}
    if isinstance(page, (tuple, list)) and not isinstance(page, Span):
        return [_json(one) for one in page]
    found = plain(page)
    return {key: _json(getattr(page, key)) for key in found} if isinstance(found, dict) and hasattr(page, "__dataclass_fields__") else found


def _iso(value: Any) -> str:
    """A day or a moment as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is nothing that a page may hold")


def _failed(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NotFound) else 400 if isinstance(error, InputError) else 503 if isinstance(error, StoreError) else 500
    return said(request, status, str(error), error.candidates if isinstance(error, Ambiguous) else ())


def _missing(request: Request, _: Exception) -> Response:
    if request.scope["path"].startswith("/api/"):  # an address that the interface itself never sees, such as one with a line end in it
        return api.missing()
    return said(request, 404, None)


def said(request: Request, status: int, message: str | None, candidates: tuple[str, ...] = ()) -> Response:
    """An answer that is no page: in JSON where JSON was asked for."""
    query = asked_by(request)
    if request.url.path.endswith(".json"):
        return Response(json.dumps({"error": message or "not found"}, ensure_ascii=False), status_code=status, media_type=_JSON)
    if request.url.path.endswith(".svg"):
        return PlainTextResponse(f"{message or 'not found'}\n", status_code=status)
    html = rendered("trouble.html", query, status=status, message=message, candidates=candidates, twin=None, **session(request))
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _thing(request: Request, id: str) -> Response:
    """The page of whatever has that id, also of what was merged into something else."""
    shelf, query = desk_of(request).shelf, asked_by(request)
    found = shelf.entity(id)
    if found is not None:
        return RedirectResponse(query.link(links.to(named_of(found))), status_code=302)
    for kind, one in (("event", shelf.event(id)), ("statement", shelf.statement(id)), ("commitment", shelf.commitment(id)), ("story", shelf.story(id))):
        if one is not None:
            return RedirectResponse(query.link(f"/{kind}/{one.id}"), status_code=302)
    raise NotFound(f"the record has nothing of the id '{id}'")


def _favicon() -> Response:
    return Response(status_code=204)
