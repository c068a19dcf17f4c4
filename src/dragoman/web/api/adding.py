"""Articles sent in: read, kept and linked as 'dragoman add' does it, one request after the other."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from dragoman.engines.here import Here
from dragoman.model.errors import InputError, TooLarge
from dragoman.service.ingest import Added, add
from dragoman.service.read import Given, checked_day, checked_language
from dragoman.sources.arrival import Arrival
from dragoman.sources.opening import arrivals_in
from dragoman.web.api.answers import JSON, allow, encoded
from dragoman.web.api.bodies import body_of
from dragoman.web.api.problems import Refused, documented, problem

router = APIRouter(tags=["adding"], responses=documented(400, 413, 415, 422))
# Articles of one request, and requests that wait for the one that is being read.
_MOST = 200
_WAITING = 4
_turns = threading.BoundedSemaphore(_WAITING)
_reading = threading.Lock()


class NewArticle(BaseModel):
    """An article to be added; `id` is what whoever sends it calls it."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1)
    id: str | None = Field(default=None, max_length=300)
    title: str | None = Field(default=None, max_length=2_000)
    language: str | None = Field(default=None, pattern="^[a-z]{2,3}$")
    published: str | None = Field(default=None, pattern="^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")
    outlet: str | None = Field(default=None, max_length=300)
    url: str | None = Field(default=None, max_length=2_000)


class Outcome(BaseModel):
    """What became of one article; `troubles` is what could not be done for it, in words."""

    id: str | None
    name: str
    status: Literal["new", "known", "unreadable"]
    troubles: list[str]


class Outcomes(BaseModel):
    """What became of each article, in the order in which they came."""

    articles: list[Outcome]


class _Named(BaseModel):
    """What is said of a file that is sent as it is."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(default="article", max_length=200, description="The name of the file.")
    published: str | None = Field(default=None, max_length=10, description="Its day of publication; what the file says of it itself goes after.")
    language: str | None = Field(default=None, max_length=10)


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": NewArticle.model_json_schema()},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary", "description": "A file of any format that 'dragoman add' reads."}},
        },
    }
}
_ADDED: dict[int | str, dict[str, Any]] = {
    200: {"model": Outcomes, "description": "All were known already"},
    201: {"model": Outcomes, "description": "At least one is new"},
}


@router.post("/articles", openapi_extra=_BODY, response_model=None, responses=_ADDED, status_code=201)
async def articles(request: Request, named: Annotated[_Named, Query()]) -> Response:
    """Add an article as JSON, or a file of any format (at most 200 articles in it). Needs a token that lets add.

    An article that is there already (the same text) changes nothing, so whatever was interrupted can be sent again.
    """
    await run_in_threadpool(allow, request, "add")
    config = request.app.state.settings.config
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, "application/octet-stream"):
        raise Refused(415, "send an article as application/json, or a file as application/octet-stream")
    body = await body_of(request, config.max_bytes)
    if not body:
        raise Refused(400, "the body is empty; send an article")
    if kind == JSON:
        body = _line(body)
    return await run_in_threadpool(_added, request, body, "article.jsonl" if kind == JSON else named.name, named)


def _line(body: bytes) -> bytes:
    """The article of a body, checked, as one line. Raises Refused."""
    try:
        sent = NewArticle.model_validate_json(body)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the body'}: {one['msg']}" for one in error.errors(include_input=False)[:5])
        raise Refused(422, f"this is no article: {faults[:600]}") from None
    if sent.published is not None:
        checked_day(sent.published, "published")
    return json.dumps({"id": "article", **sent.model_dump(exclude_none=True)}, ensure_ascii=True).encode() + b"\n"


def _added(request: Request, body: bytes, name: str, named: _Named) -> Response:
    state = request.app.state
    given = Given(
        published=checked_day(named.published, "published") if named.published else None,
        language=checked_language(named.language) if named.language else None,
    )
    with _turn():
        try:
            arrivals = _few(arrivals_in(io.BytesIO(body), _plain_name(name), state.settings.config))
        except TooLarge:
            raise
        except InputError as error:
            return problem(422, str(error))
        # Composed first where an older version has kept it.
        state.open_shelf()
        done = [_outcome(one, arrival) for one, arrival in zip(add(state.store, arrivals, Here(), state.settings.config, given), arrivals, strict=True)]
    if not done or all(one["status"] == "unreadable" for one in done):
        said = "; ".join(trouble for one in done for trouble in one["troubles"])[:600]
        return problem(422, f"nothing could be read{f': {said}' if said else ''}")
    new = [one["id"] for one in done if one["status"] == "new"]
    headers = {"Location": f"/api/articles/{new[0]}"} if len(new) == 1 else {}
    return Response(encoded({"articles": done}), status_code=201 if new else 200, media_type=JSON, headers={"Cache-Control": "no-store", **headers})


@contextmanager
def _turn() -> Iterator[None]:
    """Reading takes a processor: one request at a time, a few wait, and more are sent away."""
    if not _turns.acquire(blocking=False):
        raise Refused(503, "others are adding articles; send this again later", {"Retry-After": "10"})
    try:
        with _reading:
            yield
    finally:
        _turns.release()


def _few(arrivals: Iterator[Arrival]) -> list[Arrival]:
    few = list(islice(arrivals, _MOST + 1))
    if len(few) > _MOST:
        raise TooLarge(f"there are more than {_MOST} articles in it; send fewer at once, or use: dragoman add")
    return few


def _outcome(one: Added, arrival: Arrival) -> dict[str, Any]:
    troubles = one.reading.troubles if one.reading is not None else arrival.troubles
    return {
        "id": arrival.article.id if one.new or one.known else None, "name": one.name, "status": "new" if one.new else "known" if one.known else "unreadable",
        "troubles": [trouble.message for trouble in troubles],
    }  # fmt: skip


def _plain_name(name: str) -> str:
    """A name as a file may have it: no folders, nothing that cannot be printed."""
    return "".join(letter for letter in name if letter.isprintable() and letter not in "/\\") or "article"
