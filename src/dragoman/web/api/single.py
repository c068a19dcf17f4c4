"""One thing of the record by its id; an id of what was merged into something else leads to that."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from dragoman.model.codec import encode
from dragoman.model.record import ArticleOf, CommitmentOf, Copies, Event, Place, RecordEntity, StatementOf, Story
from dragoman.model.reference import Reference
from dragoman.model.schemas import reading_schema
from dragoman.model.shelf import Page, Shelf
from dragoman.service import dossier
from dragoman.service.book import Book
from dragoman.service.referred import InOffice, Referred
from dragoman.web.api.answers import answered
from dragoman.web.api.asked import Paged
from dragoman.web.api.problems import documented

router = APIRouter(tags=["single things"], responses=documented(400, 404, 422))
Id = Annotated[str, Path(min_length=1, max_length=80, description="Its id; of a state its code will do.")]


def _reading_document() -> dict[int | str, dict[str, Any]]:
    """The schema of a reading is a document of its own ('dragoman schema'), so that it is said once."""
    return {200: {"description": json.loads(reading_schema())["title"], "content": {"application/json": {"schema": {"type": "object"}}}}}


@router.get("/articles/{id}", response_model=ArticleOf)
def article(request: Request, id: Id) -> Response:
    """An article, without its text."""
    return answered(request, lambda shelf: shelf.article(id))


@router.get("/articles/{id}/text", responses={200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Text"}}}}}, response_model=None)
def text(request: Request, id: Id) -> Response:
    """The text of an article, to the characters of which all offsets point (code points), and where its sentences lie."""

    def built(shelf: Shelf) -> object | None:
        reading = shelf.reading(id)
        if reading is None:
            return None
        own = reading.article
        return {"article": own.id, "language": own.language, "title": own.title, "text": own.text, "sentences": [list(one) for one in reading.sentences]}

    return answered(request, built)


@router.get("/articles/{id}/reading", responses=_reading_document(), response_model=None)
def reading(request: Request, id: Id) -> Response:
    """All that the article says, by itself: the document that 'dragoman schema' describes."""

    def built(shelf: Shelf) -> object | None:
        found = shelf.reading(id)
        return encode(found) if found is not None else None

    return answered(request, built)


@router.get("/articles/{id}/copies", response_model=list[Copies])
def copies(request: Request, id: Id) -> Response:
    """The articles of the same origin: translations, rewrites, excerpts."""
    return answered(request, lambda shelf: shelf.copies(id) if shelf.article(id) is not None else None)


@router.get("/entities/{id}", response_model=RecordEntity)
def entity(request: Request, id: Id) -> Response:
    """A person, state, organisation or place with its names."""
    return answered(request, lambda shelf: shelf.entity(id))


@router.get("/entities/{id}/mentions", response_model=Page[Place])
def mentions(request: Request, id: Id, asked: Annotated[Paged, Query()]) -> Response:
    """Where it is named."""
    return answered(request, lambda shelf: shelf.mentions(id, asked.cut()) if shelf.entity(id) is not None else None)


@router.get("/entities/{id}/references", response_model=list[Reference])
def references(request: Request, id: Id) -> Response:
    """What reference works say of somebody of that name, who may be another: never from reports, and never in the record."""
    referred: Referred = request.app.state.referred
    return answered(request, lambda shelf: referred.of(found) if (found := shelf.entity(id)) is not None else None)


@router.get("/offices/{of}/{office}/references", response_model=list[InOffice])
def in_office(request: Request, of: Id, office: Id) -> Response:
    """Whom reference works have in an office of a state (code) or organisation (id), the first first; never from reports."""
    referred: Referred = request.app.state.referred

    def built(shelf: Shelf) -> object:
        body = shelf.entity(of)
        names = [one.text for one in body.names] if body is not None and body.kind == "organization" else ()
        return referred.in_office(office, of, names)

    return answered(request, built)


@router.get("/events/{id}", response_model=Event)
def event(request: Request, id: Id) -> Response:
    """An event with every report of it."""
    return answered(request, lambda shelf: shelf.event(id))


@router.get("/events/{id}/evidence", response_model=dossier.EventDossier)
def evidence(request: Request, id: Id) -> Response:
    """An event with names in the place of ids, and the sentences of every report that tell of it, with article and offsets."""
    return answered(request, lambda shelf: dossier.event(Book(shelf), id) if shelf.event(id) is not None else None)


@router.get("/statements/{id}", response_model=StatementOf)
def statement(request: Request, id: Id) -> Response:
    """A statement."""
    return answered(request, lambda shelf: shelf.statement(id))


@router.get("/commitments/{id}", response_model=CommitmentOf)
def commitment(request: Request, id: Id) -> Response:
    """A commitment."""
    return answered(request, lambda shelf: shelf.commitment(id))


@router.get("/stories/{id}", response_model=Story)
def story(request: Request, id: Id) -> Response:
    """A story."""
    return answered(request, lambda shelf: shelf.story(id))
