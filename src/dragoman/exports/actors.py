"""Who acts, as event data want to know it: name, state in several code lists, sectors, office; and the sides of an event as pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.exports.selection import Selection
from dragoman.knowledge.cameo import Scheme, body_sector, office_sector
from dragoman.knowledge.organisations import Organisation, organisations
from dragoman.knowledge.states import state as state_of
from dragoman.languages.fold import fold
from dragoman.model.reading import Participation
from dragoman.model.record import Event

ACTING, RECEIVING = ("actor", "visitor"), ("recipient", "host")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A participant of an event, or a speaker; `state` as alpha-3, `body` the organisation of the table that it is."""

    id: str
    name: str
    kind: str
    state: str | None
    office: str | None
    role: str | None
    body: Organisation | None = None

    def sector(self, scheme: Scheme) -> str:
        """The sector in which it acts, '' where nothing shows one."""
        if self.kind == "organization":
            return body_sector(self.body.kind, scheme) if self.body else ""
        return office_sector(self.office, scheme) or ("GOV" if self.kind == "state" else "")

    @property
    def title(self) -> str:
        """The office in words: 'foreign minister'."""
        return (self.office or "").replace("-", " ")

    @property
    def country(self) -> str:
        """The English name of its state."""
        found = state_of(self.state) if self.state else None
        return found.name if found else ""


def actor(selection: Selection, part: Participation) -> Actor:
    """A participant as an actor."""
    named = selection.named(part.entity)
    side = part.side or selection.side_of(part.entity)
    state = named.code or (side if side and len(side) == 3 else named.state)
    body = _body(named.name) if named.kind == "organization" else None
    return Actor(id=part.entity, name=named.name, kind=named.kind, state=state, office=part.office, role=part.role, body=body)


@cache
def _bodies() -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for one in organisations():
        for name in (name for names in one.names.values() for name in names):
            found.setdefault(name if one.guarded else fold(name), one)
    return found


def _body(name: str) -> Organisation | None:
    return _bodies().get(fold(name)) or _bodies().get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The sides of an event, each with its first participant, and those who stand behind him; `directed` where one acts on the others."""

    acting: tuple[Actor, ...]
    receiving: tuple[Actor, ...]
    behind: tuple[Actor, ...]

    @property
    def directed(self) -> bool:
        return bool(self.receiving)

    def pairs(self) -> Iterator[tuple[Actor | None, Actor | None]]:
        """Who with whom: each acting side with each receiving one, or every side with every other; a lone one with nobody."""
        if self.acting and self.receiving:
            yield from ((one, other) for one in self.acting for other in self.receiving)
        elif len(self.acting) > 1:
            yield from ((one, other) for one in self.acting for other in self.acting if one is not other)
        else:
            yield (self.acting[0] if self.acting else None, self.receiving[0] if self.receiving else None)


def sides(selection: Selection, event: Event) -> Sides:
    """The sides of an event. One of a delegation stands for it: who has an office before who has none, then in the order of the record."""
    found = [actor(selection, part) for part in event.participants]
    found.sort(key=lambda one: one.office is None)
    receiving_roles = RECEIVING if any(one.role in RECEIVING for one in found) and any(one.role not in RECEIVING for one in found) else ()
    first: dict[tuple[bool, str], Actor] = {}
    behind = []
    for one in found:
        key = (one.role in receiving_roles, one.state or one.id)
        if key in first:
            behind.append(one)
        else:
            first[key] = one
    return Sides(
        acting=tuple(one for (receives, _), one in first.items() if not receives),
        receiving=tuple(one for (receives, _), one in first.items() if receives),
        behind=tuple(behind),
    )
