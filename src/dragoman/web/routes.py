"""Every page: its address, the function that builds it, its template and its pictures. What is here is what the site has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.web.desk import Desk
from dragoman.web.pages import article, event, front, overview, person, place, review, search, side, statements, story
from dragoman.web.pictures.bars import bars_of
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`build` gives the page or None where there is nothing of that address; its JSON twin is at `path` with .json, its pictures beside it."""

    path: str
    template: str
    build: Callable[[Desk, Query], Any]
    pictures: Callable[[Any, Query], Mapping[str, Picture]] | None = None

    @property
    def twin(self) -> str:
        """The address of the JSON twin."""
        return "/index.json" if self.path == "/" else f"{self.path}.json"

    @property
    def drawn(self) -> str:
        """The address of a picture as a file."""
        return f"{self.path.rstrip('/')}/picture/{{picture}}.svg"


def succession(page: side.OfficePage, query: Query) -> Mapping[str, Picture]:
    """Who held an office, one after the other."""
    return {"offices": bars_of(page.succession, query, by="person")} if any(one.first_seen for one in page.succession) else {}


ROUTES = (
    Route(path="/", template="front.html", build=front.page, pictures=front.pictures),
    Route(path="/event/{id}", template="event.html", build=event.page, pictures=event.pictures),
    Route(path="/event/{id}/beside", template="beside.html", build=event.beside),
    Route(path="/article/{id}", template="article.html", build=article.page),
    Route(path="/person/{id}", template="person.html", build=person.page, pictures=person.pictures),
    Route(path="/state/{id}", template="side.html", build=side.state, pictures=side.pictures),
    Route(path="/organisation/{id}", template="side.html", build=side.organisation, pictures=side.pictures),
    Route(path="/pair/{left}/{right}", template="pair.html", build=side.pair, pictures=side.pictures),
    Route(path="/office/{of}/{office:path}", template="office.html", build=side.office, pictures=succession),
    Route(path="/place/{id}", template="place.html", build=place.page, pictures=place.pictures),
    Route(path="/story/{id}", template="story.html", build=story.page),
    Route(path="/stories", template="stories.html", build=story.listed),
    Route(path="/statements", template="statements.html", build=statements.listed),
    Route(path="/statement/{id}", template="statement.html", build=statements.statement),
    Route(path="/commitment/{id}", template="statement.html", build=statements.commitment),
    Route(path="/timeline", template="timeline.html", build=overview.timeline, pictures=overview.timeline_pictures),
    Route(path="/network", template="network.html", build=overview.network, pictures=overview.network_pictures),
    Route(path="/map", template="map.html", build=overview.map_of, pictures=overview.map_pictures),
    Route(path="/search", template="search.html", build=search.page),
    Route(path="/search/near", template="near.html", build=search.near),
    Route(path="/review", template="review.html", build=review.page),
    Route(path="/corrections", template="corrections.html", build=review.corrections),
)
