"""What the tools answer: facts of the record in plain JSON, each with the sentences that say it, where they stand, never more than can be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Any

from dragoman.model.errors import InputError
from dragoman.model.shelf import Cut, Events, Shelf, Statements
from dragoman.model.spans import Span
from dragoman.service import dossier
from dragoman.service import offices as offices_of
from dragoman.service import search as searching
from dragoman.service.book import Book, Quote
from dragoman.service.finding import checked_topic, checked_type, find_event, find_person, find_side
from dragoman.service.offices import TenureLine, tenure_line
from dragoman.service.read import checked_day
from dragoman.service.timeline import EventLine, event_line

# Entries of one answer, letters of one sentence, letters of what is typed; reports of one event, sentences of one report, spellings of one name.
MOST, SENTENCE, TYPED = 50, 600, 300
_REPORTS, _SENTENCES, _SPELLINGS, _EVENTS, _SAID = 20, 5, 12, 10, 10
Answer = dict[str, Any]


def search(shelf: Shelf, words: str, limit: int) -> Answer:
    """Articles that have the words, each with the sentence that does, and persons whose names may be meant."""
    found = searching.search(Book(shelf), _typed(words), limit=_limit(limit))
    persons = [
        {"id": one.person.id, "name": one.person.name, "office": one.office, "of": one.of, "mentions": one.mentions, "spellings": list(one.names[:_SPELLINGS])}
        for one in found.persons
    ]
    articles = [
        {
            "article": one.article, "name": one.name, "language": one.language, "published": one.published, "outlet": one.outlet,
            "title": one.title, "evidence": _evidence(one.article, one.start, one.end, one.sentence),
        }
        for one in found.articles
    ]  # fmt: skip
    return {"persons": persons, "articles": articles}


def timeline(
    shelf: Shelf, *, state: str | None, other: str | None, person: str | None, type: str | None, topic: str | None, since: str | None, until: str | None,
    limit: int, after: str | None,
) -> Answer:  # fmt: skip
    """Events by day, the oldest first, each with the sentence that tells it first."""
    book = Book(shelf)
    sides = tuple(find_side(shelf, _typed(one)) for one in (state, other) if one)
    wanted = Events(
        sides=sides, entities=(find_person(shelf, _typed(person)).id,) if person else (), types=(checked_type(type),) if type else (),
        topics=(checked_topic(topic),) if topic else (), since=since, until=until, order="oldest",
    )  # fmt: skip
    page = shelf.events(wanted, Cut(limit=_limit(limit), after=after))
    book.prepare(page.rows)
    return {"total": page.total, "events": [_line(event_line(book, one)) for one in page.rows], "after": page.after}


def person(shelf: Shelf, name: str) -> Answer:
    """A person: spellings, offices with the sentences that show them, the last events, the last statements."""
    book = Book(shelf)
    found = find_person(shelf, _typed(name))
    events = shelf.events(Events(entities=(found.id,)), Cut(limit=_EVENTS))
    book.prepare(events.rows)
    said = shelf.statements(Statements(speakers=(found.id,)), Cut(limit=_SAID))
    return {
        "id": found.id, "name": found.name, "state": found.state,
        "spellings": [{"text": one.text, "language": one.language, "count": one.count} for one in found.names[:_SPELLINGS]],
        "offices": [_tenure(tenure_line(book, one)) for one in shelf.tenures(person=found.id)[-MOST:]],
        "events": {"total": events.total, "last": [_line(event_line(book, one)) for one in events.rows]},
        "statements": {
            "total": said.total,
            "last": [
                {"id": one.id, "kind": one.kind, "channel": one.channel, "date": one.date, "topics": list(one.topics),
                 "evidence": [
                     {"article": each.article, "start": each.start, "end": each.end, "language": each.language, "words": each.text}
                     for each in one.reports[:_REPORTS]]}
                for one in said.rows
            ],
        },
    }  # fmt: skip


def office_on_date(shelf: Shelf, of: str, office: str, on: str | None) -> Answer:
    """Who holds an office on a day as far as reports show, how sure that is, and all who were seen in it."""
    found = offices_of.office(Book(shelf), _typed(of), _typed(office), on=_day(on))
    return {
        "office": found.office, "of": {"id": found.of.id, "name": found.of.name}, "on": found.on,
        "holders": [
            _tenure(one.tenure) | {"last_seen_until_then": one.seen, "sure": one.sure, "also": [{"id": who.id, "name": who.name} for who in one.also]}
            for one in found.holders
        ],
        "succession": [_tenure(one) for one in found.succession[-MOST:]],
    }  # fmt: skip


def event_with_evidence(shelf: Shelf, id: str) -> Answer:
    """An event with what each report says of it, the sentences that say so, and where reports differ."""
    book = Book(shelf)
    found = dossier.event(book, find_event(shelf, _typed(id)).id)
    return {
        **_line(found.event), "planned_as": found.planned_as,
        "disputed": [
            {"field": one.field, "versions": [
                {"value": each.value, "names": [who.name for who in each.named], "articles": list(each.articles[:_REPORTS])} for each in one.versions]}
            for one in found.versions
        ],
        "reports": [
            {"article": one.article, "name": one.name, "language": one.language, "outlet": one.outlet, "published": one.published, "copy_of": one.copy_of,
             "type": one.type, "date": one.date, "factuality": one.factuality, "evidence": _quotes(one.evidence)}
            for one in found.reports[:_REPORTS]
        ],
        "reports_in_all": len(found.reports),
    }  # fmt: skip


def passage(shelf: Shelf, article: str, start: int, end: int) -> Answer:
    """Characters of an article's text, at most SENTENCE * 10 of them, with its title, outlet and day."""
    text = shelf.text(_typed(article))
    if text is None:
        raise InputError(f"the record has no article '{article[:60]}'; give an id as the other tools do")
    if not 0 <= start < end:
        raise InputError("start and end count characters of the text: 0 <= start < end")
    span = Span(min(start, len(text.text)), min(end, start + SENTENCE * 10, len(text.text)))
    return {
        "article": text.id, "title": text.title, "outlet": text.outlet, "language": text.language,
        "published": text.published.isoformat() if text.published else None, "start": span.start, "end": span.end, "length": len(text.text),
        "quote": text.text[span.start : span.end],
    }  # fmt: skip


def _line(one: EventLine) -> Answer:
    return {
        "id": one.id, "type": one.type, "mode": one.mode, "date": one.date, "factuality": one.factuality, "place": one.place.name if one.place else None,
        "participants": [
            {"id": part.entity.id, "name": part.entity.name, "role": part.role, "side": part.side.name if part.side else None, "office": part.office}
            for part in one.participants[:MOST]
        ],
        "topics": list(one.topics), "independent_reports": one.origins, "articles": one.articles, "languages": list(one.languages),
        "disputed_fields": list(one.disputed), "evidence_sentences": _quotes((one.evidence,) if one.evidence else ()),
    }  # fmt: skip


def _tenure(one: TenureLine) -> Answer:
    return {
        "person": {"id": one.person.id, "name": one.person.name}, "office": one.office, "of": one.of.name if one.of else None, "first_seen": one.first_seen,
        "last_seen": one.last_seen, "ended_before": one.ended_before, "acting": one.acting, "reports": one.reports, "evidence": _quotes(one.evidence),
    }  # fmt: skip


def _quotes(quotes: Iterable[Quote]) -> list[Answer]:
    return [
        _evidence(one.article, one.start, one.end, one.quote) | {"language": one.language, "outlet": one.outlet, "published": one.published}
        for one in islice(quotes, _SENTENCES)
    ]


def _evidence(article: str, start: int, end: int, text: str) -> Answer:
    """Where the words stand, and the words: of longer ones the beginning, its end moved to where they are cut."""
    last = min(end, start + SENTENCE) if end > start else end
    return {"article": article, "start": start, "end": last, "quote": text[: last - start] if end > start else text}


def bounded(value: Any) -> Any:
    """An answer in which no text is above SENTENCE letters and no list above MOST entries: names and titles come from articles and can be anything."""
    if isinstance(value, str):
        return value if len(value) <= SENTENCE else f"{value[: SENTENCE - 1]}…"
    if isinstance(value, dict):
        return {key: bounded(one) for key, one in value.items()}
    return [bounded(one) for one in value[:MOST]] if isinstance(value, list) else value


def _typed(text: str) -> str:
    if not text.strip() or len(text) > TYPED:
        raise InputError(f"give 1 to {TYPED} letters")
    return text.strip()


def _limit(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise InputError(f"an answer has 1 to {MOST} entries, not {limit}")
    return limit


def _day(text: str | None) -> date | None:
    return checked_day(text, "on") if text else None
