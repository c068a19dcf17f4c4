"""Where things of a record have their pages, and how events are told apart by colour: by PLOVER's quad classes."""

from __future__ import annotations

from dragoman.knowledge.plover import TYPES
from dragoman.model.shelf import Named
from dragoman.web.query import segment

_FOLDERS = {"person": "person", "organization": "organisation", "place": "place", "event": "event", "story": "story"}


def to(named: Named) -> str:
    """The page of an entity: a state by its code."""
    if named.kind == "state" or (not named.kind and named.code):
        return f"/state/{segment(named.code or named.id)}"
    return f"/{_FOLDERS.get(named.kind, 'thing')}/{segment(named.id)}"


def event(id: str) -> str:
    """The page of an event."""
    return f"/event/{segment(id)}"


def article(id: str, start: int | None = None, end: int | None = None) -> str:
    """The page of an article, at characters start:end where given: article("a1", 120, 188) == "/article/a1#c120-188"."""
    return f"/article/{segment(id)}" + (f"#c{start}-{end}" if start is not None and end else "")


def office(of: str, office: str) -> str:
    """The page of an office of a state (code) or organisation (id)."""
    return f"/office/{segment(of)}/{segment(office)}"


def pair(one: str, other: str) -> str:
    """The page of two sides, the same in either order."""
    first, second = sorted((one, other))
    return f"/pair/{segment(first)}/{segment(second)}"


def quad(type: str) -> str:
    """PLOVER's quad class of a type of event."""
    return TYPES[type].quad if type in TYPES else "verbal-cooperation"


def tilted(type: str) -> str:
    """'cooperation' or 'conflict'."""
    return quad(type).rpartition("-")[2]
