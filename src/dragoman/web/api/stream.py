"""News as they come: server-sent events, one for each fact that is new to the record.

id: 17.events.v0a7df7a7f0ce38fd       what to send as Last-Event-ID to go on after it: the shelf's version, part and id of the fact
event: event | statement | commitment
data: the fact, as the lists have it
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from dragoman.model.errors import DragomanError
from dragoman.web.api.answers import allow
from dragoman.web.api.problems import Refused, documented

router = APIRouter(tags=["news"], responses=documented(422))
# Listeners at once; seconds between looks and between signs of life; looks until a listener must come again, with a token that is still valid.
MOST = 64
PAUSE, ALIVE, LOOKS = 2.0, 15.0, 1_800
_TOGETHER = 100
_ID = re.compile(r"([0-9]{1,15})\.([a-z]{0,20})\.([0-9a-z]{0,40})")
_NAMES = {"events": "event", "statements": "statement", "commitments": "commitment"}
News = tuple[int, str, str]


class _Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")
    part: Annotated[tuple[Literal["events", "statements", "commitments"], ...], Field(max_length=3)] = ()
    after: str | None = Field(default=None, pattern=rf"^{_ID.pattern}$", description="As Last-Event-ID, for who cannot send that.")


class _Stream(StreamingResponse):
    """A stream that gives its place back however it ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            scope["app"].state.listeners -= 1


_SAID: dict[int | str, dict[str, Any]] = {
    200: {"description": "News, for as long as one listens", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


@router.get("/events/stream", responses=_SAID, response_class=StreamingResponse, response_model=None)
async def stream(
    request: Request,
    wanted: Annotated[_Wanted, Query()],
    last_event_id: Annotated[str | None, Header(pattern=rf"^{_ID.pattern}$")] = None,
) -> StreamingResponse:
    """New facts as server-sent events, from now on or after Last-Event-ID. A fact is told once; one whose id a merge has changed counts as new."""
    await run_in_threadpool(allow, request, "read")
    state = request.app.state
    asked = last_event_id or wanted.after
    found = _ID.fullmatch(asked) if asked else None
    after = (int(found[1]), found[2], found[3]) if found else await run_in_threadpool(state.store.shelving.newest_news)
    if getattr(state, "listeners", 0) >= MOST:
        raise Refused(503, f"{MOST} are listening already; come again later", {"Retry-After": "60"})
    state.listeners = getattr(state, "listeners", 0) + 1
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return _Stream(news(state, after, wanted.part or tuple(_NAMES)), media_type="text/event-stream", headers=headers)


async def news(state: Any, after: News, parts: tuple[str, ...], *, looks: int = LOOKS, pause: float = PAUSE) -> AsyncIterator[bytes]:
    """The stream itself: where it begins, then whatever comes, looked for `looks` times with `pause` seconds between."""
    yield f"retry: 5000\nid: {_said(after)}\nevent: ready\ndata: {{}}\n\n".encode()
    quiet = 0.0
    for look in range(looks):
        try:
            found = await run_in_threadpool(_found, state.store, after, parts)
        except DragomanError:
            # The record cannot be read at the moment: the listener comes again, and goes on where this ends.
            return
        for key, text in found:
            after = key
            if text is not None:
                quiet = 0.0
                yield f"id: {_said(key)}\nevent: {_NAMES[key[1]]}\ndata: {text}\n\n".encode("utf-8", "replace")
        if len(found) < _TOGETHER and look + 1 < looks:
            quiet += pause
            if quiet >= ALIVE:
                quiet = 0.0
                yield b": still here\n\n"
            await asyncio.sleep(pause)


def _found(store: Any, after: News, parts: tuple[str, ...]) -> list[tuple[News, str | None]]:
    """What is new, each with its JSON; None for what was not asked for or has left the shelf since."""
    with store.viewing():
        keys = store.shelving.news(after, _TOGETHER)
        rows = {part: store.shelving.rows(part, [id_ for _, of, id_ in keys if of == part]) for part in parts}
    return [(key, rows.get(key[1], {}).get(key[2])) for key in keys]


def _said(key: News) -> str:
    return f"{key[0]}.{key[1]}.{key[2]}"
