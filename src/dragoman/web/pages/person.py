"""A person: all spellings, offices over time, meetings, statements, whom they met and when."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from dragoman.model.record import RecordEntity
from dragoman.model.reference import Reference
from dragoman.model.shelf import Cut, Events, Met, Named, Statements
from dragoman.web.desk import Desk
from dragoman.web.filters import named_of
from dragoman.web.pages.cards import Card, Said, cards, said
from dragoman.web.pages.members import MemberLine, members
from dragoman.web.pages.tenures import TenureLine, tenure_lines
from dragoman.web.pictures.bars import bars_of
from dragoman.web.pictures.circle import circle
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query

_LISTED = 30
_MET = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A name as it is written in one language and script, and how often."""

    text: str
    language: str
    script: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """`meetings` are talks, the newest first; `met` whom, how often, when first and last; `members` what was linked from.

    `references` are what reference works say of somebody of that name, who may be another.
    """

    id: str
    name: str
    named: Named
    state: Named | None
    spellings: tuple[Spelling, ...]
    offices: tuple[TenureLine, ...]
    meetings: tuple[Card, ...]
    meetings_total: int | None
    events: tuple[Card, ...]
    met: tuple[Met, ...]
    statements: tuple[Said, ...]
    statements_total: int | None
    members: tuple[MemberLine, ...]
    references: tuple[Reference, ...]


def page(desk: Desk, query: Query) -> PersonPage | None:
    """The person of an id, also of one that was merged into it."""
    shelf = desk.shelf
    person = shelf.entity(query.path["id"])
    if person is None or person.kind != "person":
        return None
    talks = shelf.events(Events(entities=(person.id,), types=("CONSULT",)), Cut(limit=_LISTED))
    events = shelf.events(Events(entities=(person.id,)), Cut(limit=3 * _LISTED))
    statements = shelf.statements(Statements(speakers=(person.id,)), Cut(limit=_LISTED))
    return PersonPage(
        id=person.id, name=person.name, named=named_of(person),
        state=shelf.named([person.state]).get(person.state) or _state(person.state) if person.state else None,
        spellings=spellings(person), offices=tenure_lines(shelf, shelf.tenures(person=person.id)),
        meetings=cards(shelf, talks.rows, query.language), meetings_total=talks.total,
        events=cards(shelf, [one for one in events.rows if one.type != "CONSULT"][:_LISTED], query.language),
        met=tuple(one for one in shelf.met(person.id, Events(types=("CONSULT",)), limit=_MET) if one.entity.kind == "person"),
        statements=said(shelf, statements.rows), statements_total=statements.total, members=members(shelf, person.id),
        references=desk.referred.of(person),
    )  # fmt: skip


def _state(code: str) -> Named:
    return Named(id=code, name=code, kind="state", code=code)


def spellings(entity: RecordEntity) -> tuple[Spelling, ...]:
    """All names by script and language, the most frequent first."""
    found = (Spelling(text=name.text, language=name.language, script=script_of(name.text), count=name.count) for name in entity.names)
    return tuple(sorted(found, key=lambda one: (one.script, one.language, -one.count, one.text)))


def script_of(text: str) -> str:
    """The script of a name's first letter, as Unicode calls it: 'Latin', 'Arabic', 'Cyrillic', 'Cjk'."""
    letter = next((one for one in text if one.isalpha()), "")
    return unicodedata.name(letter, "unknown").split()[0].title() if letter else "Unknown"


def pictures(page: PersonPage, query: Query) -> dict[str, Picture]:
    """Offices as bars, and the circle of those met."""
    found = {}
    if any(one.first_seen for one in page.offices):
        found["offices"] = bars_of(page.offices, query, by="office")
    if page.met:
        found["met"] = circle(page.named, page.met, query)
    return found
