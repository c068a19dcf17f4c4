"""A place: where it lies and what happened there."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.shelf import Events, Named
from dragoman.web.desk import Desk
from dragoman.web.filters import named_of
from dragoman.web.pages.cards import Card, cards
from dragoman.web.pages.members import MemberLine, members
from dragoman.web.pages.person import Spelling, spellings
from dragoman.web.pictures.atlas import around
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query
from dragoman.web.whereabouts import Point

_LISTED = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage:
    """`at` is None where neither table nor gazetteer knows the place."""

    place: Named
    state: str | None
    at: Point | None
    names: tuple[Spelling, ...]
    total: int | None
    events: tuple[Card, ...]
    after: str | None
    members: tuple[MemberLine, ...]


def page(desk: Desk, query: Query) -> PlacePage | None:
    """The place of an id."""
    shelf = desk.shelf
    entity = shelf.entity(query.path["id"])
    if entity is None or entity.kind != "place":
        return None
    found = shelf.events(Events(places=(entity.id,)), query.cut(_LISTED))
    return PlacePage(
        place=named_of(entity), state=entity.state, at=desk.places.of(entity), names=spellings(entity),
        total=found.total, events=cards(shelf, found.rows, query.language), after=found.after, members=members(shelf, entity.id),
    )  # fmt: skip


def pictures(page: PlacePage, query: Query) -> dict[str, Picture]:
    """The country around it."""
    return {"map": around(page.at, page.place, query.language)} if page.at else {}
