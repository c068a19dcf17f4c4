"""What several pages show alike: an event as a card, words of an article as a quotation, a statement, a commitment; built for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.model.reading import Factuality, Role
from dragoman.model.record import ArticleOf, CommitmentOf, Event, ReportOf, StatementOf, Words
from dragoman.model.shelf import Events, Named, Shelf
from dragoman.model.spans import Span
from dragoman.service.book import as_published

# Participants that a card names; a page of the event names all.
_NAMED = 8


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
class Said:
    """A statement with its speaker, for whom, and the words of every article that has it."""

    id: str
    speaker: Named | None
    kind: str
    channel: str | None
    date: str | None
    topics: tuple[str, ...]
    words: tuple[Quote, ...]


def cards(shelf: Shelf, events: Sequence[Event], language: str) -> tuple[Card, ...]:
    """The events as cards; each quotes a report in the reader's language where one is, else the first published."""
    articles = articles_of(shelf, (report.article for event in events for report in event.reports))
    ids = [one for event in events for part in event.participants for one in (part.entity, part.side) if one] + [event.place for event in events if event.place]
    named = shelf.named(ids)
    return tuple(_card(shelf, event, articles, named, language) for event in events)


def _card(shelf: Shelf, event: Event, articles: Mapping[str, ArticleOf], named: Mapping[str, Named], language: str) -> Card:
    reports = first_published(event.reports, articles)
    told = sorted((one for one in reports if one.evidence), key=lambda one: articles[one.article].language != language)
    parts = parts_of(event, named)
    return Card(
        id=event.id, type=event.type, mode=event.mode, date=event.date, factuality=event.factuality, place=named_as(event.place, named),
        sides=sides_of(parts), participants=parts[:_NAMED], more=max(0, len(parts) - _NAMED), topics=event.topics, origins=event.origins,
        reports=len({one.article for one in reports}), languages=tuple(sorted({articles[one.article].language for one in reports})),
        disputed=tuple(one.field for one in event.disputed), evidence=quote(shelf, articles[told[0].article], told[0].evidence[0]) if told else None,
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


def articles_of(shelf: Shelf, ids: Iterable[str]) -> dict[str, ArticleOf]:
    """The articles of these ids."""
    return {identity: article for identity in dict.fromkeys(ids) if (article := shelf.article(identity)) is not None}


def first_published(reports: Iterable[ReportOf], articles: Mapping[str, ArticleOf]) -> list[ReportOf]:
    """The reports whose articles are there, as they were published."""
    return as_published((one for one in reports if one.article in articles), articles.__getitem__)


def quote(shelf: Shelf, article: ArticleOf, span: Span, text: str | None = None) -> Quote:
    """Characters of an article; `text` where they are known already."""
    if text is None:
        whole = shelf.text(article.id)
        text = whole.text[span.start : span.end] if whole is not None else ""
    return Quote(
        article=article.id, name=article.name, language=article.language, outlet=article.outlet, published=article.published, start=span.start, end=span.end,
        text=text,
    )  # fmt: skip


def quotes(shelf: Shelf, places: Iterable[Words], articles: Mapping[str, ArticleOf]) -> tuple[Quote, ...]:
    """The words as several articles have them."""
    return tuple(quote(shelf, articles[one.article], Span(one.start, one.end), one.text) for one in places if one.article in articles)


def said(shelf: Shelf, statements: Sequence[StatementOf]) -> tuple[Said, ...]:
    """The statements with names."""
    articles = articles_of(shelf, (words.article for one in statements for words in one.reports))
    named = shelf.named([one.speaker for one in statements if one.speaker])
    return tuple(
        Said(id=one.id, speaker=named_as(one.speaker, named), kind=one.kind, channel=one.channel, date=one.date, topics=one.topics,
             words=quotes(shelf, one.reports, articles))
        for one in statements
    )  # fmt: skip


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
    articles = articles_of(shelf, (words.article for one in commitments for words in one.reports))
    named = shelf.named([party for one in commitments for party in (*one.by, *one.to)])
    found = []
    told: dict[str, tuple[Event, ...]] = {}
    for one in commitments:
        done = _fulfilment(shelf, one, articles, told) if one.act not in _STATES else None
        found.append(
            Pledge(
                id=one.id, act=one.act, by=_all(one.by, named), to=_all(one.to, named), what=one.what, due=one.due, condition=one.condition, topics=one.topics,
                state=_STATES.get(one.act, "done" if done else "planned"), fulfilled_by=done, words=quotes(shelf, one.reports, articles),
            )
        )  # fmt: skip
    return tuple(found)


def _all(ids: Iterable[str], named: Mapping[str, Named]) -> tuple[Named, ...]:
    return tuple(one for identity in ids if (one := named_as(identity, named)) is not None)


def _fulfilment(shelf: Shelf, commitment: CommitmentOf, articles: Mapping[str, ArticleOf], told: dict[str, tuple[Event, ...]]) -> str | None:
    """The event that was planned in the commitment's own words and has happened; `told` remembers the events of stories."""
    stories = {article.story for words in commitment.reports if (article := articles.get(words.article)) is not None and article.story}
    planned: set[str] = set()
    happened: dict[str, str] = {}
    for story in sorted(stories):
        if story not in told:
            told[story] = shelf.events(Events(stories=(story,), order="oldest")).rows
        for event in told[story]:
            if event.planned_as:
                happened.setdefault(event.planned_as, event.id)
            if event.factuality == "planned" and any(_touches(report, words) for report in event.reports for words in commitment.reports):
                planned.add(event.id)
    return next((happened[one] for one in sorted(planned) if one in happened), None)


def _touches(report: ReportOf, words: Words) -> bool:
    return report.article == words.article and any(span.overlaps(Span(words.start, words.end)) for span in report.evidence)
