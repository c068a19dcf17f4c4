"""By what a thing of the record is found: its days, its words, and the marks that filters ask for.

An event is marked with whoever takes part, for whom, what, about what, where, in which articles, outlets, languages and stories; so that every filter
of `model/shelf.py` is one question, the same for a record in memory and one in tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from dragoman.knowledge.plover import TYPES
from dragoman.linking import names
from dragoman.linking.days import days
from dragoman.model.record import ArticleOf, CommitmentOf, Copies, Event, RecordEntity, StatementOf, Story, Tenure
from dragoman.model.record_codec import line
from dragoman.service.plain import plain
from dragoman.store.rows import Row

KINDS = ("person", "state", "organization", "place")
# A state's code has three letters, an id seventeen.
CODE = 3
YES, NO = "yes", "no"
_MOST_WORDS = 20_000
# Code points of a mark: PostgreSQL indexes no more than 2,704 bytes.
_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a row's marks hang on beside the row itself: for whom each entity acts, and the articles by id."""

    sides: Mapping[str, str | None]
    articles: Mapping[str, ArticleOf]


def side_of(entity: RecordEntity | None) -> str | None:
    """For whom an entity acts: a state's code, an organisation's id."""
    if entity is None:
        return None
    return entity.id if entity.kind == "organization" else entity.code or entity.state


def span_of(value: str | None) -> tuple[int, int]:
    """The days of an EDTF value as ordinals, (0, 0) where it has none."""
    span = days(value)
    return (span.earliest, span.latest) if span else (0, 0)


def day_of(ordinal: int) -> str | None:
    """The day of an ordinal; None of 0."""
    return date.fromordinal(ordinal).isoformat() if ordinal else None


def counted(parts: Mapping[str, int], kinds: Mapping[str, int], corrections: int) -> Mapping[str, int]:
    """The counts of a shelf from those of its parts and kinds of entities."""
    named = {"persons": "person", "states": "state", "organisations": "organization", "places": "place"}
    held = {"articles": parts.get("articles", 0)} | {name: kinds.get(kind, 0) for name, kind in named.items()}
    return held | {part: parts.get(part, 0) for part in ("tenures", "events", "statements", "commitments", "stories", "copies")} | {"corrections": corrections}


def event_row(event: Event, known: Known) -> Row:
    """An event with its marks."""
    earliest, latest = span_of(event.date)
    sides = {part.side or known.sides.get(part.entity) for part in event.participants}
    marks = [
        *(("entity", part.entity) for part in event.participants),
        *(("side", side) for side in sides if side),
        *(("topic", topic) for topic in event.topics),
        ("type", event.type),
        ("factuality", event.factuality),
        ("disputed", YES if event.disputed else NO),
        *((("place", event.place),) if event.place else ()),
        *((("planned_as", event.planned_as),) if event.planned_as else ()),
        *((("month", month),) if (month := _month(event, earliest, latest)) else ()),
        *_of_articles((report.article for report in event.reports), known),
    ]
    return Row(
        part="events", id=event.id, text=line(event), place=event.date or "9999", earliest=earliest, latest=latest, number=event.origins, marks=_sorted(marks)
    )  # fmt: skip


def _month(event: Event, earliest: int, latest: int) -> str | None:
    """The month it happened in and whether it cooperates or conflicts: '2025-10 cooperation'; None where it is not known to a month."""
    if not earliest or event.type not in TYPES:
        return None
    months = {date.fromordinal(day).isoformat()[:7] for day in (earliest, latest)}
    return f"{months.pop()} {TYPES[event.type].quad.rpartition('-')[2]}" if len(months) == 1 else None


def _of_articles(articles: Iterable[str], known: Known) -> Iterator[tuple[str, str]]:
    for identity in articles:
        yield "article", identity
        article = known.articles.get(identity)
        if article is not None:
            yield "language", article.language
            if article.outlet:
                yield "outlet", article.outlet
            if article.story:
                yield "story", article.story


def statement_row(said: StatementOf, known: Known) -> Row:
    """A statement with its marks."""
    earliest, latest = span_of(said.date)
    side = known.sides.get(said.speaker) if said.speaker else None
    marks = [
        *((("speaker", said.speaker),) if said.speaker else ()),
        *((("side", side),) if side else ()),
        *((("channel", said.channel),) if said.channel else ()),
        *(("topic", topic) for topic in said.topics),
        *(("article", report.article) for report in said.reports),
    ]
    words = "\n".join(dict.fromkeys(plain(report.text) for report in said.reports))[:_MOST_WORDS]
    return Row(part="statements", id=said.id, text=line(said), place=said.id, earliest=earliest, latest=latest, words=words, marks=_sorted(marks))


def commitment_row(told: CommitmentOf, known: Known) -> Row:
    """A commitment with its marks; parties are found by id and by the state or organisation they act for."""
    marks = [
        ("act", told.act),
        *(("by", one) for party in told.by for one in (party, known.sides.get(party)) if one),
        *(("to", one) for party in told.to for one in (party, known.sides.get(party)) if one),
        *(("topic", topic) for topic in told.topics),
        *(("article", report.article) for report in told.reports),
    ]
    return Row(part="commitments", id=told.id, text=line(told), place=told.id, marks=_sorted(marks))


def entity_row(entity: RecordEntity) -> Row:
    """An entity with its marks, without its mentions: `key` is what its names sound like."""
    spelt = dict.fromkeys((entity.name, *(name.text for name in entity.names)))
    home = [entity.code, entity.state]
    marks = [
        ("kind", entity.kind),
        *(("state", one) for one in home if one),
        *((("code", entity.code),) if entity.code else ()),
        *(("key", f"{entity.kind} {key}") for name in spelt for key in names.keys(name)),
    ]
    words = "\n".join(dict.fromkeys(plain(name) for name in spelt))
    told = sum(name.count for name in entity.names)
    place = f"{KINDS.index(entity.kind)}"
    return Row(part="entities", id=entity.id, text=line(replace(entity, mentions=())), place=place, number=told, words=words, marks=_sorted(marks))


def article_row(article: ArticleOf) -> Row:
    """An article with its marks; `name` is its file name with and without the ending."""
    day = date.fromisoformat(article.published).toordinal() if article.published else 0
    marks = [
        ("language", article.language),
        ("name", article.name),
        *((("name", stem),) if (stem := article.name.rpartition(".")[0]) else ()),
        *((("outlet", article.outlet),) if article.outlet else ()),
        *((("story", article.story),) if article.story else ()),
        *((("copy_of", article.copy_of),) if article.copy_of else ()),
    ]
    return Row(part="articles", id=article.id, text=line(article), place=article.id, earliest=day, latest=day, marks=_sorted(marks))


def story_row(story: Story) -> Row:
    """A story with its articles as marks."""
    last = date.fromisoformat(story.last).toordinal() if story.last else 0
    marks = _sorted(("article", article) for article in story.articles)
    return Row(part="stories", id=story.id, text=line(story), place=story.id, earliest=last, latest=last, words=plain(story.title), marks=marks)


def copies_rows(every: Iterable[Copies]) -> Iterator[Row]:
    """Copies in the order of the contract, those of a group together: there is no other of that kind with that first article."""
    for first, group in groupby(every, key=lambda one: one.articles[0]):
        for number, one in enumerate(group):
            marks = _sorted(("article", article) for article in one.articles)
            yield Row(part="copies", id=f"{first} {one.kind}", text=line(one), place=f"{first} {number:04}", marks=marks)


def tenure_row(tenure: Tenure) -> Row:
    """A tenure without its evidence."""
    first, last = (date.fromisoformat(day).toordinal() if day else 0 for day in (tenure.first_seen, tenure.last_seen))
    identity = "\x1f".join((cut(tenure.office), cut(tenure.of or ""), tenure.first_seen or "", tenure.person))
    marks = [("person", tenure.person), ("office", tenure.office), *((("of", tenure.of),) if tenure.of else ())]
    text = line(replace(tenure, evidence=()))
    return Row(part="tenures", id=identity, text=text, place=identity, earliest=first, latest=last, marks=_sorted(marks))


def _sorted(marks: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(name, cut(value)) for name, value in marks}))


def cut(value: str) -> str:
    """So much of a value as an index takes: a file name or an outlet may be of any length."""
    return value if len(value) <= _LONGEST else value[:_LONGEST]
