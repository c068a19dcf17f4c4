"""Pictures of many events at once: a timeline in lanes, a network of who met whom, a map; each of what the filters ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model.reading import EntityKind
from dragoman.model.shelf import Cut, Named
from dragoman.web.desk import Desk
from dragoman.web.filters import Asked, Chosen, asked, named_of
from dragoman.web.pages.cards import Card, cards
from dragoman.web.pages.front import Facets, states_of
from dragoman.web.pictures.atlas import world
from dragoman.web.pictures.lanes import LANES, lanes
from dragoman.web.pictures.network import network as drawn_network
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query
from dragoman.web.whereabouts import Point

# Events that a timeline holds: the newest.
_DRAWN = 240
_PAIRS, _PLACES, _OFFERED = 90, 250, 120
_KINDS: Mapping[str, EntityKind] = {"person": "person", "organization": "organization", "state": "state"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """What the forms of these pages show."""

    chosen: tuple[Chosen, ...]
    lost: tuple[tuple[str, str], ...]
    facets: Facets
    states: tuple[tuple[Named, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage:
    """`by` says what the lanes are: side, person or type; `events` the newest of `total`, in the order of time, those without a day last."""

    filters: Filtered
    by: str
    total: int | None
    events: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two who took part in the same events, and in how many."""

    left: Named
    right: Named
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """`kind` is person, state (sides of all kinds) or organization; the ties by how many events they have."""

    filters: Filtered
    kind: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A place and how many events happened there."""

    place: Named
    at: Point | None
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """Places by how many events they have; `at` is None where nobody knows them."""

    filters: Filtered
    places: tuple[Placed, ...]


def _filtered(desk: Desk, wanted: Asked) -> Filtered:
    facets = {name: values[:_OFFERED] for name, values in desk.shelf.facets().items()}
    return Filtered(chosen=wanted.chosen, lost=wanted.lost, facets=facets, states=states_of(desk, facets))


def timeline(desk: Desk, query: Query) -> TimelinePage:
    """The newest events asked for, in lanes."""
    wanted = asked(desk.shelf, query)
    found = desk.shelf.events(wanted.events, Cut(limit=_DRAWN)) if not wanted.nobody else None
    by = query.one("by") if query.one("by") in LANES else "side"
    rows = cards(desk.shelf, found.rows, query.language) if found else ()
    dated = [one for one in rows if one.date]
    ordered = (*(reversed(dated) if wanted.events.order == "newest" else dated), *(one for one in rows if not one.date))
    return TimelinePage(filters=_filtered(desk, wanted), by=by or "side", total=found.total if found else 0, events=ordered)


def timeline_pictures(page: TimelinePage, query: Query) -> dict[str, Picture]:
    """The lanes."""
    drawn = lanes(page.events, page.by, query)
    return {"timeline": drawn} if drawn else {}


def network(desk: Desk, query: Query) -> NetworkPage:
    """Who took part in the same events."""
    shelf = desk.shelf
    wanted = asked(shelf, query)
    kind = query.one("kind") if query.one("kind") in _KINDS else "person"
    if wanted.nobody:
        ties: tuple[Tie, ...] = ()
    else:
        # Sides are those for whom persons act.
        sides = kind == "state"
        pairs = shelf.side_pairs(wanted.events, limit=_PAIRS) if sides else shelf.pairs(wanted.events, kind=_KINDS[kind or "person"], limit=_PAIRS)
        named = shelf.named([identity for one, other, _ in pairs for identity in (one, other)])
        ties = tuple(Tie(left=named[one], right=named[other], events=count) for one, other, count in pairs if one in named and other in named)
    return NetworkPage(filters=_filtered(desk, wanted), kind=kind or "person", ties=ties)


def network_pictures(page: NetworkPage, query: Query) -> dict[str, Picture]:
    """The network."""
    return {"network": drawn_network([(one.left, one.right, one.events) for one in page.ties], query)} if page.ties else {}


def map_of(desk: Desk, query: Query) -> MapPage:
    """Where events happened."""
    shelf = desk.shelf
    wanted = asked(shelf, query)
    ranked = shelf.scenes(wanted.events, limit=_PLACES) if not wanted.nobody else ()
    found = shelf.entries(identity for identity, _ in ranked)
    places = [
        Placed(place=named_of(found[identity]), at=desk.places.of(found[identity]), events=count) for identity, count in ranked if identity in found
    ]  # fmt: skip
    return MapPage(filters=_filtered(desk, wanted), places=tuple(places))


def map_pictures(page: MapPage, query: Query) -> dict[str, Picture]:
    """The world; without places it is shown empty."""
    return {"map": world([(one.place, one.at, one.events) for one in page.places if one.at], query.language, query.link)}
