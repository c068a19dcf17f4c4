"""A state or organisation, and two of them: cooperation and conflict over time, what happened, who speaks for it, with whom, what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.linking.holders import tenures_on
from dragoman.model.record import Tenure
from dragoman.model.shelf import Commitments, Cut, Events, Met, Month, Named, Shelf, Statements
from dragoman.service.finding import state_code
from dragoman.service.referred import InOffice
from dragoman.web.desk import Desk
from dragoman.web.filters import Chosen, asked, named_of
from dragoman.web.pages.cards import Card, Pledge, Said, cards, named_as, pledges, said
from dragoman.web.pages.members import MemberLine, members
from dragoman.web.pages.person import Spelling, spellings
from dragoman.web.pages.tenures import TenureLine, tenure_lines
from dragoman.web.pictures.strip import strip
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query

_LISTED = 24
_PLEDGES = 40
_MET = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks for a side: an office that reports show, how many statements, or both."""

    person: Named
    tenure: TenureLine | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePage:
    """`on` is the day the record ends: `speakers` hold their offices then."""

    side: Named
    on: str | None
    names: tuple[Spelling, ...]
    chosen: tuple[Chosen, ...]
    lost: tuple[tuple[str, str], ...]
    months: tuple[Month, ...]
    total: int | None
    events: tuple[Card, ...]
    after: str | None
    speakers: tuple[Speaker, ...]
    partners: tuple[Met, ...]
    commitments: tuple[Pledge, ...]
    statements: tuple[Said, ...]
    members: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """Two sides; `commitments` are those of the one towards the other."""

    left: Named
    right: Named
    chosen: tuple[Chosen, ...]
    lost: tuple[tuple[str, str], ...]
    months: tuple[Month, ...]
    total: int | None
    meetings: tuple[Card, ...]
    meetings_total: int | None
    events: tuple[Card, ...]
    after: str | None
    speakers: tuple[tuple[Named, tuple[Speaker, ...]], ...]
    commitments: tuple[Pledge, ...]


def state(desk: Desk, query: Query) -> SidePage | None:
    """The state of a code or id."""
    side = _side(desk.shelf, query.path["id"])
    return _page(desk, query, side) if side is not None and side.kind == "state" else None


def organisation(desk: Desk, query: Query) -> SidePage | None:
    """The organisation of an id."""
    side = _side(desk.shelf, query.path["id"])
    return _page(desk, query, side) if side is not None and side.kind == "organization" else None


def _side(shelf: Shelf, id: str) -> Named | None:
    """A state by its code whether or not an article names it, an organisation of the record."""
    entity = shelf.entity(id)
    if entity is not None and entity.kind in ("state", "organization"):
        return replace(named_of(entity), id=entity.code or entity.id)
    code = state_code(id) if len(id) == 3 else None
    return Named(id=code, name=code, kind="state", code=code) if code else None


def _page(desk: Desk, query: Query, side: Named) -> SidePage:
    shelf = desk.shelf
    wanted = asked(shelf, query, sides=(side.id,))
    found = shelf.events(wanted.events, query.cut(_LISTED))
    entity = shelf.entity(side.id)
    held = shelf.terms(of=side.id)
    commitments = shelf.commitments(Commitments(by=_parties(shelf, side, held)), Cut(limit=_PLEDGES))
    statements = shelf.statements(Statements(sides=(side.id,)), Cut(limit=8))
    return SidePage(
        side=side, on=shelf.newest(), names=spellings(entity) if entity else (), chosen=wanted.chosen, lost=wanted.lost, months=shelf.months(wanted.events),
        total=found.total, events=cards(shelf, found.rows, query.language), after=found.after, speakers=speakers(shelf, side.id, held),
        partners=shelf.partners(side.id, limit=_MET),
        commitments=pledges(shelf, commitments.rows), statements=said(shelf, statements.rows),
        members=members(shelf, side.id) if side.kind == "organization" else (),
    )  # fmt: skip


def _parties(shelf: Shelf, side: Named, held: Sequence[Tenure]) -> tuple[str, ...]:
    """Those who promise for a side: itself, and the persons who hold its offices, all of which `held` has."""
    entity = shelf.entity(side.id)
    return tuple(dict.fromkeys([side.id, *([entity.id] if entity else []), *(one.person for one in held)]))


def speakers(shelf: Shelf, side: str, held: Sequence[Tenure]) -> tuple[Speaker, ...]:
    """Who of those in its offices holds one on the day the record ends, and who has spoken for it, the most talkative first."""
    now = tenure_lines(shelf, tenures_on(held, shelf.newest()), quoted=0)
    counts = dict(shelf.voices(Statements(sides=(side,))))
    found = [Speaker(person=one.person, tenure=one, statements=counts.get(one.person.id, 0)) for one in now]
    named = shelf.named(list(counts))
    known = {one.person.id for one in found}
    rest = [Speaker(person=named[identity], tenure=None, statements=count) for identity, count in counts.items() if identity not in known and identity in named]
    return tuple(sorted([*found, *rest], key=lambda one: (-one.statements, one.tenure is None, one.person.name, one.person.id)))[:_LISTED]


def pair(desk: Desk, query: Query) -> PairPage | None:
    """Two sides, in either order."""
    shelf = desk.shelf
    left, right = (_side(shelf, query.path[name]) for name in ("left", "right"))
    if left is None or right is None or left.id == right.id:
        return None
    sides = (left.id, right.id)
    wanted = asked(shelf, query, sides=sides)
    found = shelf.events(wanted.events, query.cut(_LISTED))
    talks = shelf.events(Events(sides=sides, types=("CONSULT",)), Cut(limit=12))
    held = {one.id: shelf.terms(of=one.id) for one in (left, right)}
    ours, theirs = (_parties(shelf, one, held[one.id]) for one in (left, right))
    promised = [one for by, to in ((ours, theirs), (theirs, ours)) for one in shelf.commitments(Commitments(by=by, to=to), Cut(limit=_PLEDGES)).rows]
    return PairPage(
        left=left, right=right, chosen=wanted.chosen, lost=wanted.lost, months=shelf.months(wanted.events), total=found.total,
        meetings=cards(shelf, talks.rows, query.language), meetings_total=talks.total, events=cards(shelf, found.rows, query.language), after=found.after,
        speakers=tuple((one, speakers(shelf, one.id, held[one.id])[:8]) for one in (left, right)),
        commitments=pledges(shelf, list({one.id: one for one in promised}.values())),
    )  # fmt: skip


def pictures(page: SidePage | PairPage, query: Query) -> dict[str, Picture]:
    """The curve of cooperation and conflict."""
    return {"months": strip(page.months, query)} if page.months else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePage:
    """An office of a side: everybody whom reports show in it, the first first, and who holds it on the day the record ends.

    `references` are whom reference works have in it.
    """

    office: str
    of: Named
    on: str | None
    succession: tuple[TenureLine, ...]
    holders: tuple[Named, ...]
    references: tuple[InOffice, ...]


def office(desk: Desk, query: Query) -> OfficePage | None:
    """The office of a state (code) or organisation (id)."""
    shelf = desk.shelf
    side, code = _side(shelf, query.path["of"]), query.path["office"]
    held = shelf.tenures(office=code, of=side.id) if side else ()
    body = shelf.entity(side.id) if side is not None and side.kind == "organization" else None
    references = desk.referred.in_office(code, side.id, [one.text for one in body.names] if body else ()) if side else ()
    if side is None or not (held or references):
        return None
    now = tenures_on(held, shelf.newest())
    named = shelf.named([one.person for one in now])
    holders = tuple(found for one in now if (found := named_as(one.person, named)) is not None)
    return OfficePage(office=code, of=side, on=shelf.newest(), succession=tenure_lines(shelf, held), holders=holders, references=references)
