"""Statements: all of them by speaker, side, channel, topic and words; one statement, one commitment, in the words of every article that has it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.shelf import Named
from dragoman.web.desk import Desk
from dragoman.web.filters import Chosen, asked_statements
from dragoman.web.pages.cards import Pledge, Said, pledges, said
from dragoman.web.pages.front import Facets, states_of
from dragoman.web.pages.members import MemberLine, members
from dragoman.web.query import Query

_OFFERED = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage:
    """`facets` and `states` are what a form offers."""

    chosen: tuple[Chosen, ...]
    lost: tuple[tuple[str, str], ...]
    facets: Facets
    states: tuple[tuple[Named, int], ...]
    total: int | None
    statements: tuple[Said, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """One statement, and what was linked into it."""

    statement: Said
    members: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentPage:
    """One commitment, and what was linked into it."""

    commitment: Pledge
    members: tuple[MemberLine, ...]


def listed(desk: Desk, query: Query) -> StatementsPage:
    """The statements asked for."""
    shelf = desk.shelf
    wanted = asked_statements(shelf, query)
    found = shelf.statements(wanted.statements, query.cut()) if not wanted.nobody else None
    facets = {name: values[:_OFFERED] for name, values in shelf.facets().items()}
    return StatementsPage(
        chosen=wanted.chosen, lost=wanted.lost, facets=facets, states=states_of(desk, facets), total=found.total if found else 0,
        statements=said(shelf, found.rows) if found else (), after=found.after if found else None,
    )  # fmt: skip


def statement(desk: Desk, query: Query) -> StatementPage | None:
    """The statement of an id."""
    found = desk.shelf.statement(query.path["id"])
    return StatementPage(statement=said(desk.shelf, [found])[0], members=members(desk.shelf, found.id)) if found else None


def commitment(desk: Desk, query: Query) -> CommitmentPage | None:
    """The commitment of an id."""
    found = desk.shelf.commitment(query.path["id"])
    return CommitmentPage(commitment=pledges(desk.shelf, [found])[0], members=members(desk.shelf, found.id)) if found else None
