"""What is looked for, counted or asked of people: search, offices on a day, sums over events, the review queue."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from dragoman.model.shelf import DoubtfulLink, Met, Month, Shelf
from dragoman.service import offices
from dragoman.service import search as searching
from dragoman.service.book import Book
from dragoman.service.read import checked_day
from dragoman.web.api.answers import answered
from dragoman.web.api.asked import Counted, Day, OfEvents, Pairs, Review, Search
from dragoman.web.api.problems import documented

router = APIRouter(tags=["search and sums"], responses=documented(400, 404, 409, 422))


class Summary(BaseModel):
    """How the record stands: `version` changes whenever anything of it does."""

    version: str
    newest: str | None
    counts: dict[str, int]


class Facet(BaseModel):
    """A value, and how many have it."""

    value: str
    count: int


class Pair(BaseModel):
    """Two that took part in one event, and in how many."""

    left: str
    right: str
    events: int


@router.get("/record", response_model=Summary)
def record(request: Request) -> Response:
    """How much the record holds, and the last day on which an article was published."""
    return answered(request, lambda shelf: {"version": shelf.version(), "newest": shelf.newest(), "counts": dict(shelf.counts())})


@router.get("/facets", response_model=dict[str, list[Facet]])
def facets(request: Request) -> Response:
    """The values that events can be asked for by, with how many events each has (channels: statements)."""

    def built(shelf: Shelf) -> object:
        return {name: [{"value": value, "count": count} for value, count in values] for name, values in shelf.facets().items()}

    return answered(request, built)


@router.get("/search", response_model=searching.Answer)
def search(request: Request, asked: Annotated[Search, Query()]) -> Response:
    """The articles that have the words, each with the sentence that does, and the persons whose names may be meant."""
    return answered(request, lambda shelf: searching.search(Book(shelf), asked.q, limit=asked.limit))


@router.get("/offices/{of}/{office}", response_model=offices.OfficeDossier)
def office(
    request: Request,
    of: Annotated[str, Path(max_length=100, description="A state by code or name, an organisation by id or name.")],
    office: Annotated[str, Path(max_length=100, description="A code such as foreign-minister, or a title.")],
    on: Annotated[Day | None, Query(description="The day asked about; the last day of the record where left out.")] = None,
) -> Response:
    """Who holds an office on a day, how sure that is, and all who were seen in it, with the sentences that show it."""

    def built(shelf: Shelf) -> object:
        return offices.office(Book(shelf), of, office, on=checked_day(on, "on") if on else None)

    return answered(request, built)


@router.get("/months", response_model=list[Month])
def months(request: Request, asked: Annotated[OfEvents, Query()]) -> Response:
    """How many of the events of each month cooperate and conflict."""
    return answered(request, lambda shelf: shelf.months(asked.events()))


@router.get("/entities/{id}/met", response_model=list[Met])
def met(request: Request, id: Annotated[str, Path(max_length=80)], asked: Annotated[Counted, Query()]) -> Response:
    """Whom an entity took part in events with, most often first."""
    return answered(request, lambda shelf: shelf.met(id, asked.events(), limit=asked.limit) if shelf.entity(id) is not None else None)


@router.get("/pairs", response_model=list[Pair])
def pairs(request: Request, asked: Annotated[Pairs, Query()]) -> Response:
    """Who took part in events with whom, most often first."""

    def built(shelf: Shelf) -> object:
        found = shelf.pairs(asked.events(), kind=asked.kind, limit=asked.limit)
        return [{"left": left, "right": right, "events": events} for left, right, events in found]

    return answered(request, built)


@router.get("/review", response_model=list[DoubtfulLink])
def review(request: Request, asked: Annotated[Review, Query()]) -> Response:
    """The links that are least sure, each by two anchors that a correction can be given."""
    return answered(request, lambda shelf: shelf.doubtful(kind=asked.kind, limit=asked.limit))
