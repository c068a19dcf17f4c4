"""An event: every field with the words that say it, reports side by side, disagreements as versions, what was said there and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.linking.days import days
from dragoman.model.reading import EventReport, Factuality, Reading
from dragoman.model.record import ArticleOf, CommitmentOf, Event, ReportOf, StatementOf
from dragoman.model.shelf import Commitments, Named, Shelf, Statements
from dragoman.model.spans import Span
from dragoman.web.desk import Desk
from dragoman.web.pages.aligned import SideBySide, side_by_side
from dragoman.web.pages.cards import Part, Pledge, Quote, Said, first_published, named_as, parts_of, pledges, quote, said
from dragoman.web.pictures.atlas import around
from dragoman.web.pictures.svg import Picture
from dragoman.web.query import Query
from dragoman.web.whereabouts import Point

# From articles to the record ids of what they call by local ids.
Standing = Mapping[str, Mapping[str, str]]
# Reports that are read for the evidence of a field; all are listed.
_READ = 16
_SAID = 30
# Days after an event in which a report quotes what was said at it.
_AFTER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Backed:
    """A value of a field (a code, a day, or the entity that it names) with the words of the articles that say it."""

    value: str | None
    named: Named | None
    part: Part | None
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionOf:
    """One side of a dispute: a value, whom it names, and the articles that say so."""

    value: str | None
    named: tuple[Named, ...]
    articles: tuple[ArticleOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A field in which independent reports differ."""

    field: str
    versions: tuple[VersionOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What one article says of the event; `anchor` names the report alone, for corrections."""

    article: ArticleOf
    anchor: str | None
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """`fields` in the order of the page: type, factuality, date, place, topics; `beside` is the page of two reports, where there are two."""

    id: str
    type: str
    mode: str | None
    date: str | None
    factuality: Factuality
    place: Named | None
    at: Point | None
    origins: int
    topics: tuple[str, ...]
    planned_as: str | None
    participants: tuple[Backed, ...]
    fields: tuple[tuple[str, tuple[Backed, ...]], ...]
    disputes: tuple[Dispute, ...]
    reports: tuple[ReportLine, ...]
    outcome: tuple[Pledge, ...]
    said: tuple[Said, ...]
    beside: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """A report with what its article's reading says of the event."""

    report: ReportOf
    article: ArticleOf
    reading: Reading
    event: EventReport


def page(desk: Desk, query: Query) -> EventPage | None:
    """The event of an id, also of one that was merged into it."""
    shelf = desk.shelf
    event = shelf.event(query.path["id"])
    if event is None:
        return None
    articles = shelf.heads(one.article for one in event.reports)
    reports = first_published(event.reports, articles)
    told = list(_told(shelf, reports[:_READ], articles))
    standing = shelf.standings({one.article.id for one in told})
    texts = shelf.texts(one.article for one in reports)
    named = shelf.named([one for part in event.participants for one in (part.entity, part.side) if one] + ([event.place] if event.place else []))
    place = named_as(event.place, named)
    where = shelf.entity(event.place) if event.place else None
    return EventPage(
        id=event.id, type=event.type, mode=event.mode, date=event.date, factuality=event.factuality, place=place,
        at=desk.places.of(where) if where else None, origins=event.origins, topics=event.topics, planned_as=event.planned_as,
        participants=tuple(_participants(event, named, told, standing)), fields=tuple(_fields(event, place, told, standing)),
        disputes=tuple(_disputes(shelf, event, articles)),
        reports=tuple(_line(one, articles[one.article], told, texts.get(one.article, "")) for one in reports),
        outcome=_outcome(shelf, event, articles), said=_said(shelf, event, articles),
        beside=f"/event/{event.id}/beside" if len({one.article for one in reports}) > 1 else None,
    )  # fmt: skip


def _told(shelf: Shelf, reports: Sequence[ReportOf], articles: Mapping[str, ArticleOf]) -> Iterator[_Told]:
    readings = shelf.readings(report.article for report in reports)
    for report in reports:
        reading = readings.get(report.article)
        event = next((one for one in reading.events if one.id == report.event), None) if reading else None
        if reading is not None and event is not None:
            yield _Told(report, articles[report.article], reading, event)


def _sentence(told: _Told, span: Span) -> Span:
    return told.reading.sentence_at(span.start) or span


def _quoted(told: _Told, spans: Sequence[Span]) -> Quote:
    """The sentence of the first of these spans that lies in the event's own sentences, else of its trigger."""
    own = {_sentence(told, span) for span in (told.event.trigger, *told.event.evidence)}
    near = next((span for span in spans if _sentence(told, span) in own), None) or next(iter(spans), told.event.trigger)
    sentence = _sentence(told, near)
    return quote(told.article, sentence, sentence.of(told.reading.article.text))


def _fields(event: Event, place: Named | None, told: Sequence[_Told], standing: Standing) -> Iterator[tuple[str, tuple[Backed, ...]]]:
    def backed(value: str | None, having: Sequence[tuple[_Told, Sequence[Span]]], named: Named | None = None) -> tuple[Backed, ...]:
        quotes = tuple(_quoted(one, spans) for one, spans in having)
        return (Backed(value=value, named=named, part=None, evidence=quotes),)

    yield "type", backed(event.type, [(one, (one.event.trigger,)) for one in told if one.event.type == event.type])
    if event.date:
        yield "date", backed(event.date, [(one, _days(one, event.date)) for one in told if one.event.date == event.date])
    if place is not None:
        having = [(one, _mentions(one, one.event.place)) for one in told if one.event.place and standing[one.article.id].get(one.event.place) == event.place]
        yield "place", backed(event.place, having, place)
    yield "factuality", backed(event.factuality, [(one, (one.event.trigger,)) for one in told if one.event.factuality == event.factuality])
    if event.topics:
        yield (
            "topics",
            tuple(backed(topic, [(one, (one.event.trigger,)) for one in told if topic in one.event.topics])[0] for topic in event.topics),
        )


def _days(told: _Told, day: str) -> tuple[Span, ...]:
    return tuple(when.span for when in told.reading.dates if when.value and (when.value.startswith(day) or day.startswith(when.value)))


def _mentions(told: _Told, local: str | None) -> tuple[Span, ...]:
    entity = told.reading.entity(local)
    return tuple(one.span for one in entity.mentions) if entity else ()


def _participants(event: Event, named: Mapping[str, Named], told: Sequence[_Told], standing: Standing) -> Iterator[Backed]:
    for part in parts_of(event, named):
        quotes = []
        for one in told:
            local = next((each.entity for each in one.event.participants if standing[one.article.id].get(each.entity) == part.entity.id), None)
            if local:
                quotes.append(_quoted(one, _mentions(one, local)))
        yield Backed(value=part.entity.id, named=part.entity, part=part, evidence=tuple(quotes))


def _disputes(shelf: Shelf, event: Event, articles: Mapping[str, ArticleOf]) -> Iterator[Dispute]:
    for one in event.disputed:
        ids = [identity for version in one.versions for identity in (version.value or "").split()] if one.field in ("place", "participants") else []
        named = shelf.named(ids)
        yield Dispute(
            field=one.field,
            versions=tuple(
                VersionOf(
                    value=version.value,
                    named=tuple(found for identity in (version.value or "").split() if (found := named_as(identity, named)) is not None) if ids else (),
                    articles=tuple(articles[identity] for identity in version.articles if identity in articles),
                )
                for version in one.versions
            ),
        )


def _line(report: ReportOf, article: ArticleOf, told: Sequence[_Told], text: str) -> ReportLine:
    own = next((one for one in told if one.report == report), None)
    spans = report.evidence or ((own.event.trigger,) if own else ())
    anchor = f"{article.id}#{own.event.trigger.start}-{own.event.trigger.end}" if own else None
    return ReportLine(article=article, anchor=anchor, evidence=tuple(quote(article, span, span.of(text)) for span in spans[:4]))


def _sides(event: Event) -> set[str]:
    return {one for part in event.participants for one in (part.entity, part.side) if one}


def _outcome(shelf: Shelf, event: Event, articles: Mapping[str, ArticleOf]) -> tuple[Pledge, ...]:
    """What those who took part promised, agreed or refused in the same reports."""
    if not articles:
        return ()
    found = shelf.commitments(Commitments(articles=tuple(articles))).rows
    return pledges(shelf, [one for one in found if _is_outcome(event, one)][:_SAID])


def _is_outcome(event: Event, commitment: CommitmentOf) -> bool:
    """Told in the event's own sentences, or between those who took part."""
    own = {(one.article, span) for one in event.reports for span in one.evidence}
    if any(article == words.article and span.overlaps(Span(words.start, words.end)) for article, span in own for words in commitment.reports):
        return True
    return bool(commitment.to) and _sides(event).issuperset({*commitment.by, *commitment.to})


def _said(shelf: Shelf, event: Event, articles: Mapping[str, ArticleOf]) -> tuple[Said, ...]:
    speakers = tuple(sorted({part.entity for part in event.participants}))
    if not articles or not speakers:
        return ()
    found = shelf.statements(Statements(articles=tuple(articles), speakers=speakers, order="oldest")).rows
    return said(shelf, [one for one in found if _was_there(event, one, articles)][:_SAID])


def _was_there(event: Event, statement: StatementOf, articles: Mapping[str, ArticleOf]) -> bool:
    """Said on the day of the event, or on no known day in a report of those days."""
    on = days(event.date)
    if on is None:
        return True
    own = days(statement.date)
    if own is not None:
        return own.earliest <= on.latest and on.earliest <= own.latest
    published = [days(articles[one.article].published) for one in statement.reports if one.article in articles]
    return any(day is not None and day.earliest - on.latest <= _AFTER for day in published)


@dataclass(frozen=True, slots=True, kw_only=True)
class BesidePage:
    """Two reports of an event sentence by sentence; `reports` are the articles that can be chosen, as they were published."""

    id: str
    type: str
    date: str | None
    reports: tuple[ArticleOf, ...]
    compared: SideBySide


def beside(desk: Desk, query: Query) -> BesidePage | None:
    """The two reports asked for, else the first and the first that is in another language; a page of its own, for encoders take a second for it."""
    event = desk.shelf.event(query.path["id"])
    if event is None:
        return None
    articles = desk.shelf.heads(one.article for one in event.reports)
    ids = list(dict.fromkeys(one.article for one in first_published(event.reports, articles)))
    if len(ids) < 2:
        return None
    asked = list(dict.fromkeys(identity for name in ("left", "right") if (identity := query.one(name)) in articles and identity is not None))
    first = asked[0] if asked else ids[0]
    others = [identity for identity in ids if identity != first]
    other = asked[1] if len(asked) > 1 else min(others, key=lambda one: (articles[one].language == articles[first].language, ids.index(one)))
    compared = side_by_side(desk, articles[first], articles[other])
    if compared is None:
        return None
    return BesidePage(id=event.id, type=event.type, date=event.date, reports=tuple(articles[one] for one in ids), compared=compared)


def pictures(page: EventPage, query: Query) -> dict[str, Picture]:
    """A small map of where it was."""
    if page.at is None or page.place is None:
        return {}
    return {"map": around(page.at, page.place, query.language)}
