"""Corrections: all of them, a new one, and one taken back; the same as 'dragoman correct' makes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from dragoman.service import correct
from dragoman.service.correct import By, Corrected
from dragoman.web import access
from dragoman.web.api.answers import JSON, allow, answered, encoded
from dragoman.web.api.bodies import body_of
from dragoman.web.api.problems import Refused, documented

router = APIRouter(tags=["corrections"], responses=documented(400, 404, 409, 413, 415, 422))
_LARGEST = 20_000
_Typed = Annotated[str, Field(min_length=1, max_length=300)]


class NewCorrection(BaseModel):
    """What is said: `same` and `different` of two things of a `kind` (ids or anchors), `reject` of an event, `value` of a `field` of an event."""

    model_config = ConfigDict(extra="forbid")
    verdict: Literal["same", "different", "reject", "value"]
    kind: Literal["person", "state", "organization", "place", "event", "statement", "commitment", "story", "copy"] = "event"
    left: _Typed
    right: _Typed | None = None
    field: Literal["date", "type", "mode", "factuality", "place"] | None = None
    value: _Typed | None = Field(default=None, description="'none' empties date, place and mode.")
    why: str = Field(default="", max_length=300)


class CorrectionMade(BaseModel):
    """A correction, whether it is new, and what its two sides are in the record now."""

    correction: dict[str, Any]
    new: bool
    left: list[dict[str, Any]]
    right: list[dict[str, Any]]


_BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {JSON: {"schema": NewCorrection.model_json_schema()}}}}
_MADE: dict[int | str, dict[str, Any]] = {
    200: {"model": CorrectionMade, "description": "It was said before"},
    201: {"model": CorrectionMade, "description": "It is kept and holds"},
}
_NUMBER = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/corrections", response_model=list[CorrectionMade])
def corrections(request: Request) -> Response:
    """All corrections by number, undone ones too, with what they mean in the record now."""
    state = request.app.state
    return answered(request, lambda _: [_made(one) for one in correct.listed(state.store, state.settings.config)])


@router.post("/corrections", openapi_extra=_BODY, response_model=None, responses=_MADE, status_code=201)
async def new(request: Request) -> Response:
    """Correct the record. Needs a token that lets write; its name stands with the correction."""
    await run_in_threadpool(allow, request, "write")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Refused(415, "send a correction as application/json")
    try:
        sent = NewCorrection.model_validate_json(await body_of(request, _LARGEST))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the body'}: {one['msg']}" for one in error.errors(include_input=False)[:5])
        raise Refused(422, f"this is no correction: {faults[:600]}") from None
    done = await run_in_threadpool(_correct, request, sent)
    headers = {"Location": f"/api/corrections/{done.correction.id}", "Cache-Control": "no-store"}
    return Response(encoded(_made(done)), status_code=201 if done.new else 200, media_type=JSON, headers=headers)


@router.get("/corrections/{number}", response_model=CorrectionMade)
def one_correction(request: Request, number: _NUMBER) -> Response:
    """One correction."""
    state = request.app.state
    return answered(request, lambda _: next((_made(one) for one in correct.listed(state.store, state.settings.config) if one.correction.id == number), None))


@router.delete("/corrections/{number}", response_model=CorrectionMade)
def undo(request: Request, number: _NUMBER) -> Response:
    """Take a correction back; it stays in the list as undone. Needs a token that lets write."""
    allow(request, "write")
    state = request.app.state
    state.open_shelf()
    done = correct.undo(state.store, state.settings.config, number)
    return Response(encoded(_made(done)), media_type=JSON, headers={"Cache-Control": "no-store"})


def _correct(request: Request, sent: NewCorrection) -> Corrected:
    state = request.app.state
    store, config = state.store, state.settings.config
    who = access.caller(request)
    by = By(who=who.name if who is not None else "", why=sent.why.strip())
    if sent.verdict in ("same", "different"):
        if sent.right is None:
            raise Refused(422, f"'{sent.verdict}' needs left and right")
        return (correct.merge if sent.verdict == "same" else correct.split)(store, config, sent.kind, sent.left, sent.right, by)
    if sent.verdict == "reject":
        return correct.reject(store, config, sent.left, by)
    if sent.field is None or sent.value is None:
        raise Refused(422, "'value' needs field and value")
    return correct.settle(store, config, sent.left, sent.field, sent.value, by)


def _made(one: Corrected) -> dict[str, Any]:
    return {"correction": one.correction, "new": one.new, "left": one.left, "right": one.right}
