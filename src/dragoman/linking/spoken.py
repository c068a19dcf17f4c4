"""The statements and commitments of a record: one for all articles that have it, in the words of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.linking.given import Given
from dragoman.linking.items import Occurrence
from dragoman.linking.told import record_id
from dragoman.linking.votes import most
from dragoman.model.reading import Commitment, Reading, Statement
from dragoman.model.record import CommitmentOf, StatementOf, Words
from dragoman.model.voices import voice


def statements_in(given: Given) -> tuple[StatementOf, ...]:
    """All statements, by id."""
    return tuple(sorted((_statement(given, group) for group in given.groups.get("statement", ())), key=lambda one: one.id))


def commitments_in(given: Given) -> tuple[CommitmentOf, ...]:
    """All commitments, by id."""
    return tuple(sorted((_commitment(given, group) for group in given.groups.get("commitment", ())), key=lambda one: one.id))


def _occurrences(given: Given, group: frozenset[str]) -> Sequence[Occurrence]:
    return sorted((one for item in group for one in given.where.get(item, ())), key=lambda one: (one.article, one.local))


def _statement(given: Given, group: frozenset[str]) -> StatementOf:
    said: list[tuple[Reading, Statement]] = []
    for one in _occurrences(given, group):
        reading = given.readings[one.article]
        said.extend((reading, statement) for statement in reading.statements if statement.id == one.local)
    return StatementOf(
        id=given.record_ids[min(group)],
        speaker=most([speaker for reading, one in said if (speaker := record_id(given, reading, one.speaker))]),
        kind="direct" if any(one.kind == "direct" for _, one in said) else "indirect",
        channel=most([one.channel for _, one in said if one.channel]),
        date=most([one.date for _, one in said if one.date]),
        topics=tuple(sorted({topic for _, one in said for topic in one.topics})),
        reports=tuple(_said(given, reading, one) for reading, one in said),
    )


def _said(given: Given, reading: Reading, one: Statement) -> Words:
    """The words of a statement, with those for who speaks where that is nobody whom the record knows."""
    source = None if record_id(given, reading, one.speaker) else voice(reading, one)
    return Words(article=reading.article.id, start=one.start, end=one.end, text=one.text, language=reading.article.language, source=source)


def _commitment(given: Given, group: frozenset[str]) -> CommitmentOf:
    told: list[tuple[Reading, Commitment]] = []
    for one in _occurrences(given, group):
        reading = given.readings[one.article]
        told.extend((reading, commitment) for commitment in reading.commitments if commitment.id == one.local)
    _, first = told[0]
    return CommitmentOf(
        id=given.record_ids[min(group)],
        by=tuple(_ids(given, [(reading, name) for reading, one in told for name in one.by])),
        to=tuple(_ids(given, [(reading, name) for reading, one in told for name in one.to])),
        act=first.act,
        what=first.what,
        due=most([one.due for _, one in told if one.due]),
        condition=most([one.condition for _, one in told if one.condition]),
        topics=tuple(sorted({topic for _, one in told for topic in one.topics})),
        reports=tuple(_words(reading, one) for reading, one in told),
    )


def _words(reading: Reading, one: Commitment) -> Words:
    """The sentence of a commitment."""
    start, end = one.evidence[0]
    return Words(article=reading.article.id, start=start, end=end, text=reading.article.text[start:end], language=reading.article.language)


def _ids(given: Given, local: Sequence[tuple[Reading, str]]) -> Iterator[str]:
    yield from dict.fromkeys(identity for reading, name in local if (identity := record_id(given, reading, name)))
