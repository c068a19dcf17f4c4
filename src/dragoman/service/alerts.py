"""Alerts: what of the record answers a saved query and has not been told, each fact once.

Ids of events change when reports are linked; the words of a report do not. So a fact is known by every report of it: it is new where none of them was
told, and once told, all of them are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

from dragoman.exports.readings.labels import Labels, labels
from dragoman.model.record import Disputed, Event, Tenure
from dragoman.model.record_codec import plain as as_json
from dragoman.model.shelf import Cut, Events, Shelf
from dragoman.service.plain import plain
from dragoman.service.saved import Alert

# Rows of a page of the shelf, persons of one name, articles and characters of a sentence that stand in a letter.
_PAGE, _MOST_PERSONS, _MOST_ARTICLES, _LONGEST = 200, 50, 20, 500
_BEGUN = "begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something to tell: an event, one field of it that is disputed, or two tenures, the older first; `marks` are all by which it is known."""

    marks: tuple[str, ...]
    about: Event | Disputed | tuple[Tenure, Tenure]
    event: Event | None = None

    @property
    def name(self) -> str:
        return self.marks[0]


def signature(alert: Alert) -> str:
    """Changes when the query does: an alert that asks for something else begins anew."""
    asked = (alert.about, alert.person, alert.states, alert.types, alert.topics, alert.offices, alert.least_origins)
    return f"{_BEGUN}:{sha256(repr(asked).encode()).hexdigest()[:16]}"


def facts(alert: Alert, shelf: Shelf) -> Iterator[Fact]:
    """Everything in the record that answers the alert."""
    persons = _persons(alert, shelf)
    if alert.person is not None and not persons:
        return
    if alert.about == "offices":
        yield from _changes(alert, shelf, persons)
        return
    seen: set[str] = set()
    for event in _events(alert, shelf, persons):
        if event.id in seen:
            continue
        seen.add(event.id)
        if alert.about == "events":
            yield Fact(marks=(f"event:{event.id}", *_reports("event", event)), about=event, event=event)
        else:
            for one in event.disputed:
                kind = f"dispute:{one.field}"
                yield Fact(marks=(f"{kind}:{event.id}", *_reports(kind, event)), about=one, event=event)


def _persons(alert: Alert, shelf: Shelf) -> tuple[str, ...]:
    """The persons whom the alert names, by id or by all words of a name in any spelling."""
    if alert.person is None:
        return ()
    named = shelf.entity(alert.person)
    if named is not None and named.kind == "person":
        return (named.id,)
    asked = set(plain(alert.person).split())
    found = shelf.entities("person", words=alert.person, cut=Cut(limit=_MOST_PERSONS)).rows
    return tuple(one.id for one in found if any(asked <= set(plain(name).split()) for name in (one.name, *(name.text for name in one.names))))


def _events(alert: Alert, shelf: Shelf, persons: Sequence[str]) -> Iterator[Event]:
    disputed = True if alert.about == "disputes" else None
    for person in persons or (None,):
        wanted = Events(
            entities=(person,) if person else (),
            sides=alert.states,
            types=alert.types,
            topics=alert.topics,
            disputed=disputed,
            least_origins=alert.least_origins,
        )
        after = None
        while True:
            page = shelf.events(wanted, Cut(limit=_PAGE, after=after))
            yield from page.rows
            after = page.after
            if after is None:
                break


def _reports(kind: str, event: Event) -> Iterator[str]:
    for report in event.reports:
        yield f"{kind}:{report.article}#{report.evidence[0].start if report.evidence else report.event}"


def _changes(alert: Alert, shelf: Shelf, persons: Sequence[str]) -> Iterator[Fact]:
    """A person seen in an office from the day on which another was not any more."""
    asked = [(office, of) for office in alert.offices or (None,) for of in alert.states or (None,)]
    every = {(one.office, one.of or "", one.first_seen or "", one.person): one for office, of in asked for one in shelf.tenures(office=office, of=of)}
    for _, rows in groupby((every[key] for key in sorted(every)), key=lambda one: (one.office, one.of)):
        held = list(rows)
        for old in held:
            for new in held:
                if old.ended_before is None or new.person == old.person or new.first_seen != old.ended_before or new.former:
                    continue
                if not persons or {old.person, new.person} & set(persons):
                    office = f"office:{new.office}:{new.of or ''}"
                    places = (f"{office}:{place.article}#{place.start}" for place in new.evidence)
                    yield Fact(marks=(f"{office}:{new.first_seen}:{new.person}", *places), about=(old, new))


# ---- in words


def _worded(fact: Fact, shelf: Shelf) -> tuple[str, str | None, Sequence[str], object]:
    """The title of a fact, the sentence that tells it, its articles, and itself as the contract has it."""
    words = labels("en")
    if isinstance(fact.about, tuple):
        return _change_in_words(*fact.about, shelf, words)
    event = fact.event
    if event is None:
        raise TypeError("a fact is an event or a change of office")
    title = _title(event, shelf, words)
    if isinstance(fact.about, Event):
        return title, _sentence(event, shelf), [report.article for report in event.reports], as_json(event)
    values = [version.value for version in fact.about.versions if version.value is not None]
    named = shelf.named(values)
    said = " / ".join(named[value].name if value in named else value for value in values)
    articles = [article for version in fact.about.versions for article in version.articles]
    return f"Reports differ about the {fact.about.field} ({said}) of: {title}", _sentence(event, shelf), articles, as_json(event)


def _change_in_words(old: Tenure, new: Tenure, shelf: Shelf, words: Labels) -> tuple[str, str | None, Sequence[str], object]:
    named = shelf.named([old.person, new.person, *([new.of] if new.of else [])])
    names = [named[one].name if one in named else one for one in (new.person, old.person)]
    state = words.state(new.of) if new.of else ""
    of = f" of {named[new.of].name if state == new.of and new.of in named else state}" if new.of else ""
    office = f"{'acting ' if new.acting else ''}{words.office(new.office, None)}{of}"
    sentence = _quoted(shelf, new.evidence[0].article, new.evidence[0].start) if new.evidence else None
    title = f"{names[0]} is reported as {office} since {new.first_seen}; before, it was {names[1]}"
    return title, sentence, [place.article for place in new.evidence], {"new": as_json(new), "old": as_json(old)}


def _title(event: Event, shelf: Shelf, words: Labels) -> str:
    named = shelf.named(sorted({one.entity for one in event.participants} | ({event.place} if event.place else set())))
    kind = words.word("types", event.type) + (f" ({words.word('modes', event.mode)})" if event.mode else "")
    who = ", ".join(
        f"{named[one.entity].name}{f' ({words.state(one.side)})' if one.side and one.side != named[one.entity].code else ''}"
        for one in event.participants
        if one.entity in named
    )
    where = f" in {named[event.place].name}" if event.place is not None and event.place in named else ""
    factual = "" if event.factuality == "actual" else f", {event.factuality}"
    return f"{event.date or 'undated'}: {kind}{where}{factual}{f': {who}' if who else ''}"


def _sentence(event: Event, shelf: Shelf) -> str | None:
    for report in event.reports:
        if report.evidence:
            article = shelf.text(report.article)
            return None if article is None else article.text[report.evidence[0].start : report.evidence[0].end][:_LONGEST]
    return None


def _quoted(shelf: Shelf, article: str, start: int) -> str | None:
    reading, text = shelf.reading(article), shelf.text(article)
    sentence = reading.sentence_at(start) if reading else None
    return text.text[sentence.start : sentence.end][:_LONGEST] if text and sentence else None


def letter(alert: Alert, fact: Fact, shelf: Shelf, made: datetime) -> dict[str, Any]:
    """What is sent of a fact, as JSON; its `id` is the same however often it is made."""
    title, sentence, articles, row = _worded(fact, shelf)
    rows = [shelf.article(one) for one in list(dict.fromkeys(articles))[:_MOST_ARTICLES]]
    listed = [
        {"id": one.id, "title": one.title, "outlet": one.outlet, "url": one.url, "published": one.published, "language": one.language} for one in rows if one
    ]
    return {
        "id": f"urn:dragoman:{sha256(f'{alert.name}|{fact.name}'.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}",
        "alert": alert.name,
        "about": alert.about,
        "title": title,
        "sentence": sentence,
        "made": made.isoformat(timespec="seconds"),
        "fact": row,
        "articles": listed,
    }
