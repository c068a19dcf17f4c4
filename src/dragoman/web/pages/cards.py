"""What several pages show alike: an event as a card, words of an article as a quotation, a statement, a commitment; built for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.model.reading import Factuality, Role
from dragoman.model.record import ArticleOf, CommitmentOf, Event, ReportOf, StatementOf, Words
from dragoman.model.shelf import Cut, Events, Named, Shelf
from dragoman.model.spans import Span
from dragoman.service.book import as_published

# Participants that a card names; a page of the event names all.
_NAMED = 8
# As many as a list may have at once.
_ALL = Cut(limit=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Characters start:end of an article, with what says whose words they are."""

    article: str
    name: str
    language: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who took part: for which side, in which office."""

    entity: Named
    role: Role
    side: Named | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An event in a list: `origins` independent reports among `reports`, in these languages; `more` participants beyond those named."""

    id: str
    type: str
    mode: str | None
    date: str | None
    factuality: Factuality
    place: Named | None
    sides: tuple[Named, ...]
    participants: tuple[Part, ...]
    more: int
    topics: tuple[str, ...]
    origins: int
    reports: int
    languages: tuple[str, ...]
    disputed: tuple[str, ...]
    evidence: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks where it is nobody that the record knows, in the words of an article."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement with its speaker, or the words for who speaks of the first report that has some, and the words of every article that has it."""

    id: str
    speaker: Named | None
    voice: Voice | None
    kind: str
    channel: str | None
    date: str | None
    topics: tuple[str, ...]
    words: tuple[Quote, ...]


def cards(shelf: Shelf, events: Sequence[Event], language: str) -> tuple[Card, ...]:
    """The events as cards; each quotes a report in the reader's language where one is, else the first published."""
    articles = shelf.heads(report.article for event in events for report in event.reports)
    reports = [first_published(event.reports, articles) for event in events]
    shown = [_shown(of, articles, language) for of in reports]
    texts = shelf.texts(one.article for one in shown if one)
    ids = [one for event in events for part in event.participants for one in (part.entity, part.side) if one] + [event.place for event in events if event.place]
    named = shelf.named(ids)
    quoted = [quote(articles[one.article], one.evidence[0], one.evidence[0].of(texts.get(one.article, ""))) if one else None for one in shown]
    return tuple(_card(event, of, articles, named, words) for event, of, words in zip(events, reports, quoted, strict=True))


def _shown(reports: Sequence[ReportOf], articles: Mapping[str, ArticleOf], language: str) -> ReportOf | None:
    """The report whose words stand for all."""
    told = [one for one in reports if one.evidence]
    return next((one for one in told if articles[one.article].language == language), told[0] if told else None)


def _card(event: Event, reports: Sequence[ReportOf], articles: Mapping[str, ArticleOf], named: Mapping[str, Named], evidence: Quote | None) -> Card:
    parts = parts_of(event, named)
    return Card(
        id=event.id, type=event.type, mode=event.mode, date=event.date, factuality=event.factuality, place=named_as(event.place, named),
        sides=sides_of(parts), participants=parts[:_NAMED], more=max(0, len(parts) - _NAMED), topics=event.topics, origins=event.origins,
        reports=len({one.article for one in reports}), languages=tuple(sorted({articles[one.article].language for one in reports})),
        disputed=tuple(one.field for one in event.disputed), evidence=evidence,
    )  # fmt: skip


def parts_of(event: Event, named: Mapping[str, Named]) -> tuple[Part, ...]:
    """The participants with their names; a side that is the participant itself is left out."""
    found = []
    for part in event.participants:
        entity = named_as(part.entity, named)
        if entity is not None:
            side = named_as(part.side, named) if part.side not in (entity.id, entity.code) else None
            found.append(Part(entity=entity, role=part.role, side=side, office=part.office))
    return tuple(found)


def sides_of(parts: Sequence[Part]) -> tuple[Named, ...]:
    """For whom the participants act, each once: states and organisations of their own, persons for their side or state."""
    found: dict[str, Named] = {}
    for part in parts:
        entity = part.entity
        side = part.side or (entity if entity.kind in ("state", "organization") else None)
        if side is None and entity.state:
            side = Named(id=entity.state, name=entity.state, kind="state", code=entity.state)
        if side is not None:
            found.setdefault(side.code or side.id, side)
    return tuple(found.values())


def named_as(id: str | None, named: Mapping[str, Named]) -> Named | None:
    """The name of an id; the id itself where the record has none for it."""
    if not id:
        return None
    return named.get(id) or Named(id=id, name=id, kind="state" if len(id) == 3 else "", code=id if len(id) == 3 else None)


def first_published(reports: Iterable[ReportOf], articles: Mapping[str, ArticleOf]) -> list[ReportOf]:
    """The reports whose articles are there, as they were published."""
    return as_published((one for one in reports if one.article in articles), articles.__getitem__)


def quote(article: ArticleOf, span: Span, text: str) -> Quote:
    """Characters of an article, which are `text`."""
    return Quote(
        article=article.id, name=article.name, language=article.language, outlet=article.outlet, published=article.published, start=span.start, end=span.end,
        text=text,
    )  # fmt: skip


def quotes(places: Iterable[Words], articles: Mapping[str, ArticleOf]) -> tuple[Quote, ...]:
    """The words as several articles have them."""
    return tuple(quote(articles[one.article], Span(one.start, one.end), one.text) for one in places if one.article in articles)


def said(shelf: Shelf, statements: Sequence[StatementOf]) -> tuple[Said, ...]:
    """The statements with names."""
    articles = shelf.heads(words.article for one in statements for words in one.reports)
    named = shelf.named([one.speaker for one in statements if one.speaker])
    return tuple(
        Said(id=one.id, speaker=named_as(one.speaker, named), voice=_voice(one), kind=one.kind, channel=one.channel, date=one.date, topics=one.topics,
             words=quotes(one.reports, articles))
        for one in statements
    )  # fmt: skip


def _voice(one: StatementOf) -> Voice | None:
    found = zip(one.voices, one.reports, strict=True)
    return next((Voice(text=text, language=words.language) for text, words in found if text), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A commitment; `state` is asked, refused, planned, or done where an event fulfils what was planned, which is then `fulfilled_by`."""

    id: str
    act: str
    by: tuple[Named, ...]
    to: tuple[Named, ...]
    what: str
    due: str | None
    condition: str | None
    topics: tuple[str, ...]
    state: str
    fulfilled_by: str | None
    words: tuple[Quote, ...]


_STATES = {"request": "asked", "refusal": "refused"}


def pledges(shelf: Shelf, commitments: Sequence[CommitmentOf]) -> tuple[Pledge, ...]:
    """The commitments with names and with what has become of them, as far as reports of the same articles show it."""
    articles = shelf.heads(words.article for one in commitments for words in one.reports)
    named = shelf.named([party for one in commitments for party in (*one.by, *one.to)])
    done = _fulfilled(shelf, [one for one in commitments if one.act not in _STATES])
    return tuple(
        Pledge(
            id=one.id, act=one.act, by=_all(one.by, named), to=_all(one.to, named), what=one.what, due=one.due, condition=one.condition, topics=one.topics,
            state=_STATES.get(one.act, "done" if one.id in done else "planned"), fulfilled_by=done.get(one.id), words=quotes(one.reports, articles),
        )
        for one in commitments
    )  # fmt: skip


def _all(ids: Iterable[str], named: Mapping[str, Named]) -> tuple[Named, ...]:
    return tuple(one for identity in ids if (one := named_as(identity, named)) is not None)


def _fulfilled(shelf: Shelf, commitments: Sequence[CommitmentOf]) -> dict[str, str]:
    """From commitments to the event that was planned in their own words and has happened."""
    told = tuple(dict.fromkeys(words.article for one in commitments for words in one.reports))
    plans = shelf.events(Events(articles=told, factuality=("planned",), order="oldest"), _ALL).rows if told else ()
    planned = {one.id: [plan.id for plan in plans if any(_touches(report, words) for report in plan.reports for words in one.reports)] for one in commitments}
    every = tuple(sorted({plan for ids in planned.values() for plan in ids}))
    happened: dict[str, str] = {}
    for event in shelf.events(Events(planned_as=every, order="oldest"), _ALL).rows if every else ():
        happened.setdefault(str(event.planned_as), event.id)
    return {one: happened[plan] for one, ids in planned.items() if (plan := next((each for each in sorted(ids) if each in happened), None)) is not None}


def _touches(report: ReportOf, words: Words) -> bool:
    return report.article == words.article and any(span.overlaps(Span(words.start, words.end)) for span in report.evidence)
