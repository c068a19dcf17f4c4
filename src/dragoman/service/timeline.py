"""Events by day: those of a record that somebody asks for, each as one entry with the sentence that tells it first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dragoman.linking.days import days
from dragoman.model.reading import Factuality, Participation, Role
from dragoman.model.record import Event
from dragoman.model.shelf import Cut, Events, Order
from dragoman.service.book import Book, Named, Quote
from dragoman.service.finding import checked_bound, checked_topic, checked_type, find_person, find_side

_NEVER = date.max.toordinal()
# Events that are looked up at once.
_TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who took part: for which side, in which office."""

    entity: Named
    role: Role
    side: Named | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event in a list: `origins` independent ones in `articles` reports of these languages; `disputed` names the fields in which they differ."""

    id: str
    type: str
    mode: str | None
    date: str | None
    factuality: Factuality
    place: Named | None
    participants: tuple[Part, ...]
    topics: tuple[str, ...]
    contexts: tuple[str, ...]
    origins: int
    articles: int
    languages: tuple[str, ...]
    disputed: tuple[str, ...]
    evidence: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What events a timeline is to have; states as codes, organisations and persons by id, days as EDTF. Undated events meet no `since` or `until`."""

    between: tuple[str, str] | None = None
    person: str | None = None
    side: str | None = None
    type: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None


def asked(
    book: Book,
    *,
    between: tuple[str, str] | None = None,
    person: str | None = None,
    state: str | None = None,
    type: str | None = None,
    topic: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Asked:
    """The same from what people type. Raises NotFound, Ambiguous, InputError or ConfigError for what nothing answers to."""
    shelf = book.shelf
    return Asked(
        between=(find_side(shelf, between[0]), find_side(shelf, between[1])) if between else None,
        person=find_person(shelf, person).id if person else None,
        side=find_side(shelf, state) if state else None,
        type=checked_type(type) if type else None,
        topic=checked_topic(topic) if topic else None,
        since=checked_bound(since, "--since"),
        until=checked_bound(until, "--until"),
    )


def timeline(book: Book, wanted: Asked, *, language: str | None = None) -> tuple[EventLine, ...]:
    """The events asked for, by day, undated ones last; evidence in `language` where a report has it, else the first published."""
    found: list[EventLine] = []
    for events in pages(book, wanted):
        book.prepare(events)
        found.extend(event_line(book, event, language=language) for event in events)
    return tuple(found)


def pages(book: Book, wanted: Asked, *, order: Order = "oldest") -> Iterator[tuple[Event, ...]]:
    """The events asked for, some at a time, undated ones last."""
    events = Events(
        entities=(wanted.person,) if wanted.person else (),
        sides=tuple(filter(None, (wanted.side, *(wanted.between or ())))),
        types=(wanted.type,) if wanted.type else (),
        topics=(wanted.topic,) if wanted.topic else (),
        since=wanted.since,
        until=wanted.until,
        order=order,
    )
    after: str | None = None
    while True:
        page = book.shelf.events(events, Cut(limit=_TOGETHER, after=after))
        yield page.rows
        after = page.after
        if after is None:
            return


def day_order(event: Event) -> tuple[int, int, str]:
    """What events are sorted by."""
    span = days(event.date)
    return (span.earliest, span.latest, event.id) if span else (_NEVER, _NEVER, event.id)


def event_line(book: Book, event: Event, *, language: str | None = None) -> EventLine:
    """An event as an entry of a list."""
    reports = book.by_day(event.reports)
    told = [report for report in reports if report.evidence]
    told.sort(key=lambda report: language is not None and book.article(report.article).language != language)
    quotes = book.sentences(told[0].article, told[0].evidence) if told else ()
    return EventLine(
        id=event.id, type=event.type, mode=event.mode, date=event.date, factuality=event.factuality,
        place=book.named(event.place) if event.place else None, participants=parts(book, event.participants), topics=event.topics,
        contexts=event.contexts, origins=event.origins, articles=len({report.article for report in reports}),
        languages=tuple(sorted({book.article(report.article).language for report in reports})),
        disputed=tuple(one.field for one in event.disputed), evidence=quotes[0] if quotes else None,
    )  # fmt: skip


def parts(book: Book, participants: Iterable[Participation]) -> tuple[Part, ...]:
    """The participants of an event with their names."""
    found = []
    for part in participants:
        entity = book.named(part.entity)
        side = book.named(part.side) if part.side and part.side not in (entity.code, entity.id) else None
        found.append(Part(entity=entity, role=part.role, side=_only(side), office=part.office))
    return tuple(found)


def _only(side: Named | None) -> Named | None:
    """A side is named by its code where it is a state, whether or not the record has the state itself."""
    return replace(side, id=side.code) if side is not None and side.code else side
