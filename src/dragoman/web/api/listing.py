"""Lists of the interface, page by page: `after` of an answer is the `after` of the next request."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dragoman.model.errors import InputError
from dragoman.model.reading import EntityKind
from dragoman.model.record import ArticleOf, CommitmentOf, Event, RecordEntity, StatementOf, Story, Tenure
from dragoman.model.shelf import Page, Shelf
from dragoman.web.api.answers import answered
from dragoman.web.api.asked import (
    ListOfArticles,
    ListOfCommitments,
    ListOfEntities,
    ListOfEvents,
    ListOfStatements,
    ListOfStories,
    ListOfTenures,
)
from dragoman.web.api.problems import documented

router = APIRouter(tags=["lists"], responses=documented(400, 422))


@router.get("/articles", response_model=Page[ArticleOf])
def articles(request: Request, asked: Annotated[ListOfArticles, Query()]) -> Response:
    """The articles, without their texts."""
    return answered(request, lambda shelf: shelf.articles(asked.articles(), asked.cut()))


def _entities(path: str, kind: EntityKind, what: str) -> None:
    def listed(request: Request, asked: Annotated[ListOfEntities, Query()]) -> Response:
        return answered(request, lambda shelf: shelf.entities(kind, words=asked.words, state=asked.state, cut=asked.cut()))

    router.add_api_route(f"/{path}", listed, methods=["GET"], response_model=Page[RecordEntity], summary=what, operation_id=path)


_entities("persons", "person", "The persons, with all spellings of their names; mentions are at /entities/{id}/mentions.")
_entities("states", "state", "The states.")
_entities("organisations", "organization", "The organisations.")
_entities("places", "place", "The places.")


@router.get("/events", response_model=Page[Event])
def events(request: Request, asked: Annotated[ListOfEvents, Query()]) -> Response:
    """What happened or is planned, each with every report of it."""
    return answered(request, lambda shelf: shelf.events(asked.events(asked.order), asked.cut()))


@router.get("/statements", response_model=Page[StatementOf])
def statements(request: Request, asked: Annotated[ListOfStatements, Query()]) -> Response:
    """What was said, in the words of every article that has it."""
    return answered(request, lambda shelf: shelf.statements(asked.statements(), asked.cut()))


@router.get("/commitments", response_model=Page[CommitmentOf])
def commitments(request: Request, asked: Annotated[ListOfCommitments, Query()]) -> Response:
    """What was pledged, agreed, planned, asked for or refused."""
    return answered(request, lambda shelf: shelf.commitments(asked.commitments(), asked.cut()))


@router.get("/stories", response_model=Page[Story])
def stories(request: Request, asked: Annotated[ListOfStories, Query()]) -> Response:
    """The stories, the last told first."""
    return answered(request, lambda shelf: shelf.stories(asked.cut(), words=asked.words))


@router.get("/tenures", response_model=list[Tenure])
def tenures(request: Request, asked: Annotated[ListOfTenures, Query()]) -> Response:
    """Who was seen in which office, whole: at least one of person, office and of must be given."""

    def built(shelf: Shelf) -> object:
        if asked.person is None and asked.office is None and asked.of is None:
            raise InputError("give at least one of person, office and of")
        return shelf.tenures(person=asked.person, office=asked.office, of=asked.of, on=asked.on)

    return answered(request, built)
