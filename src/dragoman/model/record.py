"""What all articles together say: the types of a record. Field by field they are the public contract, part 2.

An `EventReport` lies in one article; an `Event` is one thing that happened, with every report of it. Ids are derived from the smallest member of what
was linked, so that they do not depend on the order in which articles came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dragoman.model.reading import Act, EntityKind, Factuality, Participation, PublishedFrom, StatementKind
from dragoman.model.spans import Span

CopyKind = Literal["translation", "near-duplicate", "excerpt"]
Verdict = Literal["same", "different", "reject", "value"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleOf:
    """An article as the record lists it: its story, and the article whose copy it is."""

    id: str
    name: str
    language: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: PublishedFrom = "unknown"
    story: str | None = None
    copy_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One spelling of a name in one language, and how often it is used."""

    text: str
    language: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Characters start:end of an article; `text` are those characters."""

    article: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntity:
    """A person, state, organisation or place with all its names and mentions by name."""

    id: str
    kind: EntityKind
    name: str
    code: str | None = None
    state: str | None = None
    names: tuple[Name, ...] = ()
    mentions: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A person in an office, as far as reports show: days of publication, first and last; `ended_before` the first day a successor was seen."""

    person: str
    office: str
    of: str | None
    first_seen: str | None
    last_seen: str | None
    ended_before: str | None = None
    former: bool = False
    acting: bool = False
    evidence: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What some articles say of a field."""

    value: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """A field in which reports of one event differ."""

    field: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOf:
    """The event of one article that reports an event of the record."""

    article: str
    event: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened or is planned; `origins` counts reports that are no copies of one another, `follows` the planned event that it fulfils."""

    id: str
    type: str
    mode: str | None = None
    date: str | None = None
    place: str | None = None
    participants: tuple[Participation, ...] = ()
    topics: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    factuality: Factuality = "actual"
    origins: int = 1
    reports: tuple[ReportOf, ...] = ()
    disputed: tuple[Disputed, ...] = ()
    planned_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was said, as one article has it; `source` are its words for who speaks where it names nobody that the record knows, on one line."""

    article: str
    start: int
    end: int
    text: str
    language: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOf:
    """One statement, in the words of every article that has it."""

    id: str
    speaker: str | None
    kind: StatementKind
    channel: str | None = None
    date: str | None = None
    topics: tuple[str, ...] = ()
    reports: tuple[Words, ...] = ()

    @property
    def voices(self) -> tuple[str | None, ...]:
        """The words for who speaks, of each report: None where it has none, and all None where the speaker is known."""
        return tuple(words.source if self.speaker is None else None for words in self.reports)

    @property
    def voice(self) -> str | None:
        """The words for who speaks that stand for all: those of the first report that has some."""
        return next(filter(None, self.voices), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentOf:
    """One pledge, agreement, plan, request or refusal, in the words of every article that has it."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    act: Act
    what: str
    due: str | None = None
    condition: str | None = None
    topics: tuple[str, ...] = ()
    reports: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles about one happening and its immediate follow-up; days of publication, first and last."""

    id: str
    title: str
    first: str | None
    last: str | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Two or more articles of one origin."""

    kind: CopyKind
    articles: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's word against the program's: kept apart from what is derived, and applied whenever that is derived anew.

    `same` and `different` join or part two things of a kind (`person`, `event`, `story` …), each named by an anchor, its words in an article
    ('ARTICLE#START-END', or 'ARTICLE' for a story or copy), so that it outlives a new reading; `reject` takes the event reports at `left` (anchors with
    spaces between) out of the record; `value` sets `field` of the event at `left` to `right`.
    """

    id: int
    kind: str
    verdict: Verdict
    left: str
    right: str | None = None
    field: str | None = None
    by: str = ""
    at: datetime | None = None
    why: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The whole record, every tuple sorted so that equal records are equal byte for byte."""

    articles: tuple[ArticleOf, ...] = ()
    entities: tuple[RecordEntity, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[StatementOf, ...] = ()
    commitments: tuple[CommitmentOf, ...] = ()
    stories: tuple[Story, ...] = ()
    copies: tuple[Copies, ...] = ()
