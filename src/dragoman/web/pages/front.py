"""The front page: the newest events as cards, what can be filtered by, and cooperation and conflict month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model.shelf import Month, Named
from dragoman.web.desk import Desk
from dragoman.web.filters import Chosen, asked
from dragoman.web.pages.cards import Card, cards, named_as
from dragoman.web.pictures.strip import strip
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query

Facets = Mapping[str, tuple[tuple[str, int], ...]]
# Values of a facet that a form offers; the others can be given by the address.
_OFFERED = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """`facets` are what a form offers; `states` their names by code or id; `after` opens the next page."""

    counts: Mapping[str, int]
    chosen: tuple[Chosen, ...]
    lost: tuple[tuple[str, str], ...]
    facets: Facets
    states: tuple[tuple[Named, int], ...]
    months: tuple[Month, ...]
    total: int | None
    events: tuple[Card, ...]
    after: str | None


def page(desk: Desk, query: Query) -> Front:
    """The front page as asked for."""
    shelf = desk.shelf
    wanted = asked(shelf, query)
    found = shelf.events(wanted.events, query.cut()) if not wanted.nobody else None
    facets = {name: values[:_OFFERED] for name, values in shelf.facets().items()}
    return Front(
        counts=shelf.counts(), chosen=wanted.chosen, lost=wanted.lost, facets=facets, states=states_of(desk, facets),
        months=() if wanted.nobody else shelf.months(wanted.events), total=found.total if found else 0,
        events=cards(shelf, found.rows, query.language) if found else (), after=found.after if found else None,
    )  # fmt: skip


def states_of(desk: Desk, facets: Facets) -> tuple[tuple[Named, int], ...]:
    """The sides of the facets with their names."""
    sides = facets.get("states", ())
    named = desk.shelf.named([side for side, _ in sides])
    return tuple((one, count) for side, count in sides if (one := named_as(side, named)) is not None)


def pictures(page: Front, query: Query) -> dict[str, Picture]:
    """The strip chart."""
    return {"months": strip(page.months, query)} if page.months else {}
