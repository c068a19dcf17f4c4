"""The record as tables whose rows name one another by id: what `csv` and `parquet` write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.exports.selection import Selection
from dragoman.model.record import Place, Words

Kind = Literal["text", "texts", "whole", "number", "truth"]
Value = str | tuple[str, ...] | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`columns` are names with their kinds; a row has a value for each, None where there is nothing."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Callable[[Selection], Iterator[Row]]


def _columns(words: str) -> tuple[tuple[str, Kind], ...]:
    """Columns of text, but for those that say otherwise: 'id count:whole'."""
    kinds: dict[str, Kind] = {"": "text", "texts": "texts", "whole": "whole", "number": "number", "truth": "truth"}
    found = (word.partition(":") for word in words.split())
    return tuple((name, kinds[kind]) for name, _, kind in found)


def _articles(selection: Selection) -> Iterator[Row]:
    for one in selection.articles():
        article = selection.text(one.id)
        yield (one.id, one.name, one.language, one.title, one.outlet, one.url, one.published, one.published_from, one.story, one.copy_of,
               article.text if article else None)  # fmt: skip


def _entities(selection: Selection) -> Iterator[Row]:
    for one in selection.entities():
        yield one.id, one.kind, one.name, one.code, one.state


def _names(selection: Selection) -> Iterator[Row]:
    for one in selection.entities():
        for name in one.names:
            yield one.id, name.text, name.language, name.count


def _mentions(selection: Selection) -> Iterator[Row]:
    for one in selection.entities():
        for place in one.mentions:
            yield one.id, *_place(selection, place)


def _tenures(selection: Selection) -> Iterator[Row]:
    for number, one in enumerate(selection.tenures()):
        yield number, one.person, one.office, one.of, one.first_seen, one.last_seen, one.ended_before, one.former, one.acting


def _tenure_evidence(selection: Selection) -> Iterator[Row]:
    for number, one in enumerate(selection.tenures()):
        for place in one.evidence:
            yield number, *_place(selection, place)


def _events(selection: Selection) -> Iterator[Row]:
    for one in selection.events():
        yield one.id, one.type, one.mode, one.date, one.place, one.topics, one.contexts, one.factuality, one.origins, one.planned_as


def _participants(selection: Selection) -> Iterator[Row]:
    for one in selection.events():
        for part in one.participants:
            yield one.id, part.entity, part.role, part.side, part.office


def _reports(selection: Selection) -> Iterator[Row]:
    for one in selection.events():
        for report in one.reports:
            for span in report.evidence or (None,):
                place = Place(article=report.article, start=span.start, end=span.end) if span else None
                yield one.id, report.event, *(_place(selection, place) if place else (report.article, None, None, None))


def _versions(selection: Selection) -> Iterator[Row]:
    for one in selection.events():
        for dispute in one.disputed:
            for version in dispute.versions:
                yield one.id, dispute.field, version.value, version.articles


def _statements(selection: Selection) -> Iterator[Row]:
    for one in selection.statements():
        yield one.id, one.speaker, one.kind, one.channel, one.date, one.topics


def _statement_reports(selection: Selection) -> Iterator[Row]:
    for one in selection.statements():
        yield from ((one.id, *_words(words), voice) for words, voice in zip(one.reports, one.voices, strict=True))


def _commitments(selection: Selection) -> Iterator[Row]:
    for one in selection.commitments():
        yield one.id, one.by, one.to, one.act, one.what, one.due, one.condition, one.topics


def _commitment_reports(selection: Selection) -> Iterator[Row]:
    for one in selection.commitments():
        yield from ((one.id, *_words(words)) for words in one.reports)


def _stories(selection: Selection) -> Iterator[Row]:
    for one in selection.stories():
        yield one.id, one.title, one.first, one.last, one.articles


def _copies(selection: Selection) -> Iterator[Row]:
    for one in selection.copies():
        yield one.kind, one.articles, one.score


def _corrections(selection: Selection) -> Iterator[Row]:
    for one in selection.corrections():
        yield one.id, one.kind, one.verdict, one.left, one.right, one.field, one.by, one.at.isoformat() if one.at else None, one.why, one.undone


def _place(selection: Selection, place: Place) -> Row:
    """Characters of an article with the words themselves."""
    if place.text:
        return place.article, place.start, place.end, place.text
    article = selection.text(place.article)
    return place.article, place.start, place.end, article.text[place.start : place.end] if article else None


def _words(words: Words) -> Row:
    return words.article, words.start, words.end, words.text, words.language


TABLES = (
    Table(name="articles", columns=_columns("id name language title outlet url published published_from story copy_of text"), rows=_articles),
    Table(name="entities", columns=_columns("id kind name code state"), rows=_entities),
    Table(name="names", columns=_columns("entity text language count:whole"), rows=_names),
    Table(name="mentions", columns=_columns("entity article start:whole end:whole text"), rows=_mentions),
    Table(name="tenures", columns=_columns("number:whole person office of first_seen last_seen ended_before former:truth acting:truth"), rows=_tenures),
    Table(name="tenure_evidence", columns=_columns("tenure:whole article start:whole end:whole text"), rows=_tenure_evidence),
    Table(name="events", columns=_columns("id type mode date place topics:texts contexts:texts factuality origins:whole planned_as"), rows=_events),
    Table(name="participants", columns=_columns("event entity role side office"), rows=_participants),
    Table(name="reports", columns=_columns("event local article start:whole end:whole text"), rows=_reports),
    Table(name="versions", columns=_columns("event field value articles:texts"), rows=_versions),
    Table(name="statements", columns=_columns("id speaker kind channel date topics:texts"), rows=_statements),
    Table(name="statement_reports", columns=_columns("statement article start:whole end:whole text language source"), rows=_statement_reports),
    Table(name="commitments", columns=_columns("id by:texts to:texts act what due condition topics:texts"), rows=_commitments),
    Table(name="commitment_reports", columns=_columns("commitment article start:whole end:whole text language"), rows=_commitment_reports),
    Table(name="stories", columns=_columns("id title first last articles:texts"), rows=_stories),
    Table(name="copies", columns=_columns("kind articles:texts score:number"), rows=_copies),
    Table(name="corrections", columns=_columns("id:whole kind verdict left right field by at why undone:truth"), rows=_corrections),
)
