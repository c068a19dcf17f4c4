"""What a reading says, fact by fact in the order of the text, in words: the one source of the page in the terminal and of the HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.exports.readings.labels import Labels
from dragoman.exports.readings.times import in_words
from dragoman.model.reading import Commitment, Entity, EventReport, OfficeHolding, Participation, Reading, Statement, When
from dragoman.model.spans import Span, distinct
from dragoman.model.voices import voice

Kind = Literal["event", "office", "statement", "commitment", "person", "state", "organization", "place", "date"]
KINDS: tuple[Kind, ...] = ("event", "office", "statement", "commitment", "person", "state", "organization", "place", "date")


# What cannot stand in a list of ids or in a selector; ids of a reading made elsewhere may hold anything.
_NO_ID = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One entry of one layer. `id` is unique within the reading; `spans` are all characters that say it, in text order.

    `keys` are the few among them that stand out (a trigger, a cue, the mentions themselves); `quoted` where the head is words of the article, not a name;
    `notes` stand beside it; `lines` are (label, value) pairs; `said` is the wording of a statement; `why` are the (label, value) pairs of what coded it.
    """

    id: str
    kind: Kind
    head: str
    quoted: bool = False
    notes: tuple[str, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    said: str | None = None
    spans: tuple[Span, ...] = ()
    keys: tuple[Span, ...] = ()
    why: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> tuple[int, int, str]:
        """What facts of a kind are sorted by: where the text first says it."""
        first = self.spans[0] if self.spans else Span(0, 0)
        return first.start, first.end, self.id


def facts(reading: Reading, labels: Labels) -> dict[Kind, tuple[Fact, ...]]:
    """All facts of the reading by kind, each kind in the order of the text."""
    found: dict[Kind, list[Fact]] = {kind: [] for kind in KINDS}
    found["event"] += (_event(event, reading, labels) for event in reading.events)
    found["office"] += (_office(number, holding, reading, labels) for number, holding in enumerate(reading.offices, start=1))
    found["statement"] += (_statement(statement, reading, labels) for statement in reading.statements)
    found["commitment"] += (_commitment(commitment, reading, labels) for commitment in reading.commitments)
    for entity in reading.entities:
        found[entity.kind].append(_entity(entity, labels))
    found["date"] += (_date(number, when, labels) for number, when in enumerate(reading.dates, start=1))
    return {kind: tuple(replace(fact, id=_NO_ID.sub("_", fact.id)) for fact in sorted(entries, key=lambda fact: fact.place)) for kind, entries in found.items()}


def sentences_of(fact: Fact, reading: Reading) -> tuple[Span, ...]:
    """The sentences that the fact rests on, that of its trigger first; a span outside all sentences stands for itself."""
    found: dict[Span, None] = {}
    for span in (*fact.keys, *fact.spans):
        inside = [sentence for sentence in reading.sentences if sentence.overlaps(span)]
        found.update(dict.fromkeys(inside or [span]))
    return tuple(found)


def side_name(code: str | None, reading: Reading, labels: Labels) -> str | None:
    """The name of a side or of what an office is of: a state by its code, an organisation by its entity id."""
    if code is None:
        return None
    entity = reading.entity(code)
    return _name(entity, labels) if entity else labels.state(code)


def _name(entity: Entity, labels: Labels) -> str:
    return labels.state(entity.code) if entity.kind == "state" and entity.code else entity.name


def named(id: str | None, reading: Reading, labels: Labels) -> str:
    """The entity's name for people; the id itself where there is no such entity."""
    if id is None:
        return labels.word("facts", "unknown")
    entity = reading.entity(id)
    return _name(entity, labels) if entity else id


def title(holding: OfficeHolding, reading: Reading, labels: Labels) -> str:
    """'former foreign minister (Norway)'."""
    holder = reading.entity(holding.person)
    words = labels.office(holding.office, holder.gender if holder else None)
    if holding.former:
        former = labels.word("facts", "former")
        words = f"{former}-{words}" if former == "ex" else f"{former} {words}"
    if holding.acting:
        acting = labels.word("facts", "acting")
        words = f"{words} {acting}" if labels.language == "fr" else f"{acting} {words}"
    of = side_name(holding.of, reading, labels)
    return f"{words} ({of})" if of else words


def with_office(id: str | None, reading: Reading, labels: Labels) -> str:
    """The person with the office that the article gives, the present one before a former one; others by name alone."""
    held = sorted((holding for holding in reading.offices if holding.person == id), key=lambda holding: holding.former)
    name = named(id, reading, labels)
    return f"{name}, {title(held[0], reading, labels)}" if held else name


def _participant(part: Participation, reading: Reading, labels: Labels) -> str:
    name = named(part.entity, reading, labels)
    entity = reading.entity(part.entity)
    side = side_name(part.side, reading, labels)
    if part.office:
        words = labels.office(part.office, entity.gender if entity else None)
        return f"{name}, {words} ({side})" if side else f"{name}, {words}"
    if side and side != name:
        return f"{name} ({side})"
    return name


def _pairs(*pairs: tuple[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in pairs if value)


def _topics(codes: Iterable[str], labels: Labels) -> str:
    return ", ".join(labels.word("topics", code) for code in codes)


def _event(event: EventReport, reading: Reading, labels: Labels) -> Fact:
    notes = [labels.word("modes", event.mode)] if event.mode else []
    if event.factuality != "actual":
        notes.append(labels.word("factuality", event.factuality))
    if event.date:
        notes.append(in_words(event.date, labels))
    if event.place:
        notes.append(named(event.place, reading, labels))
    people = [(labels.word("roles", part.role), _participant(part, reading, labels)) for part in event.participants]
    code = f"{event.type}/{event.mode}" if event.mode else event.type
    return Fact(
        id=event.id,
        kind="event",
        head=labels.word("types", event.type),
        notes=tuple(notes),
        lines=(
            *people,
            *_pairs(
                (labels.word("facts", "topics"), _topics(event.topics, labels)),
                (labels.word("facts", "source"), with_office(event.source, reading, labels) if event.source else None),
            ),
        ),
        spans=distinct((event.trigger, *event.evidence)),
        keys=(event.trigger,),
        why=_pairs(
            (labels.word("facts", "code"), code),
            (labels.word("facts", "frame"), event.frame),
            (labels.word("facts", "confidence"), f"{event.confidence:.2f}"),
        ),
    )


def _office(number: int, holding: OfficeHolding, reading: Reading, labels: Labels) -> Fact:
    return Fact(
        id=f"office-{number}",
        kind="office",
        head=named(holding.person, reading, labels),
        notes=(title(holding, reading, labels),),
        spans=distinct(holding.evidence),
        keys=distinct(holding.evidence),
    )


def _statement(statement: Statement, reading: Reading, labels: Labels) -> Fact:
    notes = [labels.word("statements", statement.kind)]
    keys = tuple(span for span in (statement.source, statement.cue) if span)
    if statement.date:
        notes.append(in_words(statement.date, labels))
    words = None if statement.speaker else voice(reading, statement)
    return Fact(
        id=statement.id,
        kind="statement",
        head=with_office(statement.speaker, reading, labels) if statement.speaker else words or labels.word("facts", "unknown"),
        quoted=words is not None,
        notes=tuple(notes),
        lines=_pairs(
            (labels.word("facts", "channel"), statement.channel),
            (labels.word("facts", "addressee"), named(statement.addressee, reading, labels) if statement.addressee else None),
            (labels.word("facts", "topics"), _topics(statement.topics, labels)),
        ),
        said=f"{labels.word('page', 'open')}{statement.text}{labels.word('page', 'close')}" if statement.kind == "direct" else statement.text,
        spans=distinct((*(statement.parts or (statement.span,)), *keys)),
        keys=distinct(keys),
        why=((labels.word("facts", "confidence"), f"{statement.confidence:.2f}"),),
    )


def _commitment(commitment: Commitment, reading: Reading, labels: Labels) -> Fact:
    return Fact(
        id=commitment.id,
        kind="commitment",
        head=labels.word("acts", commitment.act),
        lines=_pairs(
            (labels.word("facts", "by"), "; ".join(with_office(one, reading, labels) for one in commitment.by)),
            (labels.word("facts", "to"), "; ".join(with_office(one, reading, labels) for one in commitment.to)),
            (labels.word("facts", "due"), in_words(commitment.due, labels) if commitment.due else None),
            (labels.word("facts", "condition"), commitment.condition),
            (labels.word("facts", "topics"), _topics(commitment.topics, labels)),
        ),
        said=commitment.what,
        spans=distinct(commitment.evidence),
        keys=(),
    )


def _entity(entity: Entity, labels: Labels) -> Fact:
    name = _name(entity, labels)
    state = labels.state(entity.state) if entity.state and entity.kind != "state" else None
    number = len(entity.mentions)
    spans = distinct(mention.span for mention in entity.mentions)
    return Fact(
        id=entity.id,
        kind=entity.kind,
        head=name,
        notes=tuple(note for note in (state, f"{number} {labels.word('facts', 'mention' if number == 1 else 'mentions')}") if note),
        lines=_pairs((labels.word("facts", "also"), ", ".join(other for other in entity.names if other != name))),
        spans=spans,
        keys=spans,
        why=_pairs((labels.word("facts", "found"), entity.reason)),
    )


def _date(number: int, when: When, labels: Labels) -> Fact:
    value = in_words(when.value, labels) if when.value else labels.word("facts", "unresolved")
    return Fact(
        id=f"date-{number}",
        kind="date",
        head=when.text,
        notes=(value,) if value != when.text else (),
        spans=(when.span,),
        keys=(when.span,),
        why=_pairs((labels.word("facts", "rule"), when.rule)),
    )
