"""All that a record has about one event, person, office, state, story or article, each fact with the sentences that say it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dragoman.linking.undated import Inferred
from dragoman.model.reading import EventReport, Factuality, Participation
from dragoman.model.record import ArticleOf, CommitmentOf, Event, RecordEntity, StatementOf, Words
from dragoman.model.reference import Reference
from dragoman.model.shelf import Commitments, Cut, Events, Page, Statements
from dragoman.service.book import Book, Named, Quote
from dragoman.service.dating import when_written
from dragoman.service.finding import find_article, find_event, find_person, find_state, find_story
from dragoman.service.offices import Held, TenureLine, offices_of, tenure_line
from dragoman.service.timeline import Asked, EventLine, Part, day_order, event_line, pages, parts

__all__ = ["article", "event", "find_person", "person", "state", "story"]

# Events of a state that are shown.
_LAST = 10
# Rows of the record that are looked up at once.
_TOGETHER = 500

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What one article says of an event, by itself; `id` names this report alone, for corrections."""

    id: str
    article: str
    name: str
    language: str
    outlet: str | None
    published: str | None
    copy_of: str | None
    type: str
    mode: str | None
    date: str | None
    factuality: Factuality
    place: Named | None
    participants: tuple[Part, ...]
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One side of a dispute: a value, whom or what it names, and the articles that say so."""

    value: str | None
    named: tuple[Named, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine:
    """A field in which independent reports differ."""

    field: str
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDossier:
    """An event with every report of it in its own language."""

    event: EventLine
    planned_as: str | None
    versions: tuple[DisputeLine, ...]
    reports: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A name as it is written in one language and script, and how often."""

    text: str
    language: str
    script: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the entries that were linked into a person: what some articles show alike; `id` names it alone, for corrections."""

    id: str
    names: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Another person in the same talks, how often and when last."""

    person: Named
    times: int
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """A statement in the words of every article that has it; `source` are those for who speaks where it has no speaker, of the first that has some."""

    id: str
    speaker: Named | None
    source: str | None
    kind: str
    channel: str | None
    date: str | None
    topics: tuple[str, ...]
    reports: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeLine:
    """A commitment in the words of every article that has it."""

    id: str
    act: str
    by: tuple[Named, ...]
    to: tuple[Named, ...]
    what: str
    due: str | None
    condition: str | None
    topics: tuple[str, ...]
    reports: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDossier:
    """A person: all spellings, offices over time, talks, whom met, other events, statements, and the references that name somebody so."""

    id: str
    name: str
    state: str | None
    spellings: tuple[Spelling, ...]
    members: tuple[Member, ...]
    offices: tuple[TenureLine, ...]
    met: tuple[Met, ...]
    talks: tuple[EventLine, ...]
    events: tuple[EventLine, ...]
    statements: tuple[SaidLine, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDossier:
    """A state: who holds its offices on the day the record ends, its last events, what it has promised, asked or refused."""

    code: str
    name: str
    on: str
    offices: tuple[Held, ...]
    events: tuple[EventLine, ...]
    commitments: tuple[PledgeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDossier:
    """A story: its articles and the events they report."""

    id: str
    title: str
    first: str | None
    last: str | None
    articles: tuple[ArticleOf, ...]
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """An article of one origin with the one shown."""

    kind: str
    score: float
    article: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDossier:
    """An article: its story and copies, the events it reports, who is named in it, what is said in it."""

    article: ArticleOf
    written: Inferred | None
    story: str | None
    copies: tuple[CopyLine, ...]
    events: tuple[EventLine, ...]
    persons: tuple[Named, ...]
    statements: tuple[SaidLine, ...]


def event(book: Book, typed: str, *, language: str | None = None) -> EventDossier:
    """The event of an id. Raises NotFound or Ambiguous."""
    found = find_event(book.shelf, typed)
    disputes = tuple(
        DisputeLine(
            field=one.field,
            versions=tuple(VersionLine(value=each.value, named=_whom(book, one.field, each.value), articles=each.articles) for each in one.versions),
        )
        for one in found.disputed
    )
    reports = tuple(_report(book, report.article, local) for report in book.by_day(found.reports) if (local := local_event(book, report.article, report.event)))
    return EventDossier(event=event_line(book, found, language=language), planned_as=found.planned_as, versions=disputes, reports=reports)


def _whom(book: Book, field: str, value: str | None) -> tuple[Named, ...]:
    """The entities that a version of a place or of participants names."""
    return tuple(book.named(one) for one in value.split()) if value and field in ("place", "participants") else ()


def local_event(book: Book, article: str, local: str) -> EventReport | None:
    """The event of an article's reading."""
    return next((one for one in book.reading(article).events if one.id == local), None)


def _report(book: Book, article: str, local: EventReport) -> ReportLine:
    of, place = book.article(article), book.at(article, local.place)
    return ReportLine(
        id=book.shelf.member(article, local.id) or "", article=article, name=of.name, language=of.language, outlet=of.outlet, published=of.published,
        copy_of=of.copy_of, type=local.type, mode=local.mode, date=local.date, factuality=local.factuality, place=book.named(place) if place else None,
        participants=parts(book, own_participants(book, article, local)), evidence=book.sentences(article, local.evidence or (local.trigger,)),
    )  # fmt: skip


def own_participants(book: Book, article: str, local: EventReport) -> Iterable[Participation]:
    """The participants that one article gives, by the ids of the record."""
    reading = book.reading(article)
    for part in local.participants:
        identity = book.at(article, part.entity)
        if identity is not None:
            side = part.side if reading.entity(part.side) is None else book.at(article, part.side)
            yield Participation(entity=identity, role=part.role, side=side, office=part.office)


def person(book: Book, typed: str, *, language: str | None = None, references: Callable[[RecordEntity], Iterable[Reference]] = lambda _: ()) -> PersonDossier:
    """The person of an id or a name as typed; `references` gives those of an entity, which stand apart from what reports say. Raises NotFound or Ambiguous."""
    found = find_person(book.shelf, typed)
    spellings = tuple(Spelling(text=name.text, language=name.language, script=script_of(name.text), count=name.count) for name in found.names)
    mine = [one for some in pages(book, Asked(person=found.id)) for one in some]
    talks = [one for one in mine if one.type == "CONSULT"]
    return PersonDossier(
        id=found.id, name=found.name, state=found.state, spellings=tuple(sorted(spellings, key=lambda one: (one.script, one.language, -one.count, one.text))),
        members=members(book, found.id), offices=tuple(tenure_line(book, one) for one in book.shelf.tenures(person=found.id)),
        met=_met(book, found.id, talks), talks=_lines(book, talks, language), events=_lines(book, [one for one in mine if one.type != "CONSULT"], language),
        statements=tuple(said_line(book, one) for one in said_in(book, Statements(speakers=(found.id,)))), references=tuple(references(found)),
    )  # fmt: skip


def script_of(text: str) -> str:
    """The script of a name's first letter, as Unicode calls it: 'Latin', 'Arabic', 'Cyrillic', 'Cjk'."""
    letter = next((one for one in text if one.isalpha()), "")
    return unicodedata.name(letter, "unknown").split()[0].title() if letter else "Unknown"


def members(book: Book, identity: str) -> tuple[Member, ...]:
    """The entries behind an id of the record, with the names by which they go."""
    found = book.shelf.members(identity)
    return tuple(Member(id=one.id, names=one.names, articles=tuple(sorted({article for article, _ in one.where}))) for one in found)


def told_in(book: Book, articles: Sequence[str]) -> list[Event]:
    """The events that these articles report, by day and id as the record has them."""
    found = (one for some in _pages(lambda cut: book.shelf.events(Events(articles=tuple(articles)), cut)) for one in some)
    return sorted(found, key=lambda one: (one.date or "9999", one.id))


def said_in(book: Book, wanted: Statements) -> list[StatementOf]:
    """The statements wanted, by id."""
    return sorted((one for some in _pages(lambda cut: book.shelf.statements(wanted, cut)) for one in some), key=lambda one: one.id)


def _pages(page: Callable[[Cut], Page[_Row]]) -> Iterator[tuple[_Row, ...]]:
    after: str | None = None
    while True:
        found = page(Cut(limit=_TOGETHER, after=after))
        yield found.rows
        after = found.after
        if after is None:
            return


def _met(book: Book, person: str, talks: Sequence[Event]) -> tuple[Met, ...]:
    days: dict[str, list[str]] = {}
    book.know(part.entity for one in talks for part in one.participants)
    for one in talks:
        if one.factuality != "actual":
            continue
        for other in {part.entity for part in one.participants} - {person}:
            if book.named(other).kind == "person":
                days.setdefault(other, []).append(one.date or "")
    found = (Met(person=book.named(other), times=len(dates), last=max(dates) or None) for other, dates in days.items())
    return tuple(sorted(found, key=lambda one: (-one.times, one.person.name, one.person.id)))


def _lines(book: Book, events: Iterable[Event], language: str | None) -> tuple[EventLine, ...]:
    ordered = sorted(events, key=day_order)
    book.prepare(ordered)
    return tuple(event_line(book, one, language=language) for one in ordered)


def said_line(book: Book, one: StatementOf) -> SaidLine:
    """A statement with its speaker's name, or the words for who speaks."""
    return SaidLine(
        id=one.id, speaker=book.named(one.speaker) if one.speaker else None, source=one.voice, kind=one.kind, channel=one.channel, date=one.date,
        topics=one.topics, reports=one.reports,
    )  # fmt: skip


def _pledge(book: Book, one: CommitmentOf) -> PledgeLine:
    return PledgeLine(
        id=one.id, act=one.act, by=tuple(map(book.named, one.by)), to=tuple(map(book.named, one.to)), what=one.what, due=one.due,
        condition=one.condition, topics=one.topics, reports=one.reports,
    )  # fmt: skip


def state(book: Book, typed: str, *, language: str | None = None) -> StateDossier:
    """The state of a code, name or id. Raises NotFound."""
    code = find_state(book.shelf, typed)
    last = _last(book, code)
    pledges = {one.id: one for wanted in (Commitments(by=(code,)), Commitments(to=(code,))) for one in _pledges(book, wanted)}
    return StateDossier(
        code=code, name=book.named(code).name, on=book.newest.isoformat(), offices=offices_of(book, code, book.newest), events=_lines(book, last, language),
        commitments=tuple(_pledge(book, pledges[one]) for one in sorted(pledges)),
    )  # fmt: skip


def _pledges(book: Book, wanted: Commitments) -> Iterator[CommitmentOf]:
    return (one for some in _pages(lambda cut: book.shelf.commitments(wanted, cut)) for one in some)


def _last(book: Book, code: str) -> list[Event]:
    """The last events of a state that happened; undated ones come after all others."""
    wanted = Events(sides=(code,), factuality=("actual",))
    undated = book.shelf.events(replace(wanted, dated=False), Cut(limit=_LAST)).rows
    dated = book.shelf.events(replace(wanted, dated=True), Cut(limit=_LAST)).rows[: _LAST - len(undated)]
    return [*reversed(dated), *reversed(undated)]


def story(book: Book, typed: str, *, language: str | None = None) -> StoryDossier:
    """The story of an id, an article or words of its title. Raises NotFound or Ambiguous."""
    found = find_story(book.shelf, typed)
    book.fetch(found.articles)
    articles = sorted((book.article(one) for one in found.articles), key=lambda one: (one.published or "9999", one.id))
    events = told_in(book, found.articles)
    return StoryDossier(
        id=found.id, title=found.title, first=found.first, last=found.last, articles=tuple(articles), events=_lines(book, events, language)
    )  # fmt: skip


def article(book: Book, typed: str, *, language: str | None = None) -> ArticleDossier:
    """The article of an id or a file name. Raises NotFound or Ambiguous."""
    found = find_article(book.shelf, typed)
    copies = [
        CopyLine(kind=one.kind, score=one.score, article=other, name=book.article(other).name)
        for one in book.shelf.copies(found.id)
        for other in one.articles
        if other != found.id
    ]
    persons = dict.fromkeys(book.at(found.id, one.id) for one in book.reading(found.id).entities if one.kind == "person")
    events = _lines(book, told_in(book, [found.id]), language or found.language)
    said = said_in(book, Statements(articles=(found.id,)))
    story = book.shelf.story(found.story or "")
    return ArticleDossier(
        article=found, written=when_written(book.shelf, found), story=story.title if story else None, copies=tuple(copies), events=events,
        persons=tuple(book.named(one) for one in persons if one), statements=tuple(said_line(book, one) for one in said),
    )  # fmt: skip
