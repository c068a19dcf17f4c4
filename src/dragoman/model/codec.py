"""The contract's JSON, both ways: the only place that writes or reads a reading as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.model.errors import InputError
from dragoman.model.reading import (
    Article,
    Commitment,
    Entity,
    EventReport,
    Mention,
    OfficeHolding,
    Participation,
    Reading,
    Statement,
    Trouble,
    When,
)
from dragoman.model.spans import Span

READING_SCHEMA = "dragoman/reading/1"
# What an article may have beside the fields of the contract.
DETAILS = ("author", "updated", "agency", "outlet_country", "published_between", "published_evidence")


def dumps(reading: Reading) -> str:
    """One reading as one line of JSON; the same reading always gives the same bytes."""
    return json.dumps(encode(reading), ensure_ascii=False, separators=(",", ":"))


def pretty(reading: Reading) -> str:
    """One reading as indented JSON, spans and short lists kept on one line by no special care."""
    return json.dumps(encode(reading), ensure_ascii=False, indent=1)


def loads(line: str) -> Reading:
    """The reading of one JSON document. Raises InputError where it is not a reading of this schema."""
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error}") from error
    return decode(document)


def encode(reading: Reading) -> dict[str, Any]:
    """The reading as the contract's JSON object."""
    article = reading.article
    return {
        "schema": READING_SCHEMA,
        "article": {
            "id": article.id, "name": article.name, "language": article.language, "title": article.title, "outlet": article.outlet, "url": article.url,
            "published": article.published.isoformat() if article.published else None, "published_from": article.published_from, "text": article.text,
            **details(article), "sentences": [list(span) for span in reading.sentences],
        },
        "partial": reading.partial,
        "entities": [_entity(entity) for entity in reading.entities],
        "offices": [_office(office) for office in reading.offices],
        "dates": [_when(when) for when in reading.dates],
        "events": [_event(event) for event in reading.events],
        "statements": [_statement(statement) for statement in reading.statements],
        "commitments": [_commitment(commitment) for commitment in reading.commitments],
        "troubles": [{"stage": trouble.stage, "message": trouble.message} for trouble in reading.troubles],
    }  # fmt: skip


def details(article: Article) -> dict[str, Any]:
    """What is known of an article beside the fields of the contract, as JSON: only what there is; `with_details` gives it back."""
    found: dict[str, Any] = {
        "author": article.author, "updated": article.updated.isoformat() if article.updated else None, "agency": article.agency,
        "outlet_country": article.outlet_country,
        "published_between": [day.isoformat() if day else None for day in article.published_between] if article.published_between else None,
        "published_evidence": _spans(article.published_evidence) or None,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value is not None}


def with_details(article: Article, known: Mapping[str, Any]) -> Article:
    """The article with what `details` gave. Raises KeyError, TypeError or ValueError where it is none of that."""
    unknown = set(known) - set(DETAILS)
    if unknown:
        raise KeyError(min(unknown))
    between = known.get("published_between")
    return replace(
        article, author=known.get("author"), updated=_day(known.get("updated")), agency=known.get("agency"), outlet_country=known.get("outlet_country"),
        published_between=(_day(between[0]), _day(between[1])) if between else None, published_evidence=_read_spans(known.get("published_evidence", ())),
    )  # fmt: skip


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id, "kind": entity.kind, "name": entity.name, "names": list(entity.names), "code": entity.code, "state": entity.state,
        "gender": entity.gender, "reason": entity.reason,
        "mentions": [{"start": mention.start, "end": mention.end, "text": mention.text, "form": mention.form} for mention in entity.mentions],
    }  # fmt: skip


def _office(office: OfficeHolding) -> dict[str, Any]:
    encoded: dict[str, Any] = {"person": office.person, "office": office.office, "of": office.of, "evidence": _spans(office.evidence)}
    if office.former:
        encoded["former"] = True
    if office.acting:
        encoded["acting"] = True
    return encoded


def _when(when: When) -> dict[str, Any]:
    return {
        "start": when.start, "end": when.end, "text": when.text, "value": when.value, "kind": when.kind,
        "earliest": when.earliest.isoformat() if when.earliest else None, "latest": when.latest.isoformat() if when.latest else None, "rule": when.rule,
    }  # fmt: skip


def _event(event: EventReport) -> dict[str, Any]:
    return {
        "id": event.id, "type": event.type, "mode": event.mode, "contexts": list(event.contexts), "topics": list(event.topics), "date": event.date,
        "place": event.place,
        "participants": [{"entity": part.entity, "role": part.role, "side": part.side, "office": part.office} for part in event.participants],
        "factuality": event.factuality, "source": event.source, "trigger": list(event.trigger), "evidence": _spans(event.evidence),
        "confidence": event.confidence, "frame": event.frame,
    }  # fmt: skip


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id, "speaker": statement.speaker, "kind": statement.kind, "start": statement.start, "end": statement.end, "text": statement.text,
        "cue": list(statement.cue) if statement.cue else None, "channel": statement.channel, "addressee": statement.addressee, "date": statement.date,
        "topics": list(statement.topics), "confidence": statement.confidence, "parts": _spans(statement.parts),
        "source": list(statement.source) if statement.source else None,
    }  # fmt: skip


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {
        "id": commitment.id, "by": list(commitment.by), "to": list(commitment.to), "act": commitment.act, "what": commitment.what, "due": commitment.due,
        "condition": commitment.condition, "topics": list(commitment.topics), "evidence": _spans(commitment.evidence), "statement": commitment.statement,
    }  # fmt: skip


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def decode(document: Mapping[str, Any]) -> Reading:
    """The reading of a JSON object (its parse and office mentions are not part of it and stay empty)."""
    schema = document.get("schema") if isinstance(document, Mapping) else None
    if schema != READING_SCHEMA:
        raise InputError(f"not a reading: schema is {schema!r}, expected '{READING_SCHEMA}'")
    try:
        return _reading(document)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a reading: {type(error).__name__} at {error}") from error


def _reading(document: Mapping[str, Any]) -> Reading:
    article = dict(document["article"])
    sentences = _read_spans(article.pop("sentences"))
    known = {name: article.pop(name) for name in DETAILS if name in article}
    return Reading(
        article=with_details(Article(**{**article, "published": _day(article["published"])}), known),
        sentences=sentences,
        partial=bool(document.get("partial", False)),
        entities=tuple(
            Entity(**{**entity, "names": tuple(entity["names"]), "mentions": tuple(Mention(**mention) for mention in entity["mentions"])})
            for entity in document["entities"]
        ),
        offices=tuple(OfficeHolding(**{**office, "evidence": _read_spans(office["evidence"])}) for office in document["offices"]),
        dates=tuple(When(**{**when, "earliest": _day(when.get("earliest")), "latest": _day(when.get("latest"))}) for when in document["dates"]),
        events=tuple(_read_event(event) for event in document["events"]),
        statements=tuple(_read_statement(statement) for statement in document["statements"]),
        commitments=tuple(_read_commitment(commitment) for commitment in document["commitments"]),
        troubles=tuple(Trouble(**trouble) for trouble in document["troubles"]),
    )


def _read_event(event: Mapping[str, Any]) -> EventReport:
    return EventReport(
        **{
            **event,
            "contexts": tuple(event["contexts"]),
            "topics": tuple(event["topics"]),
            "participants": tuple(Participation(**part) for part in event["participants"]),
            "trigger": Span(*event["trigger"]),
            "evidence": _read_spans(event["evidence"]),
        }
    )


def _read_statement(statement: Mapping[str, Any]) -> Statement:
    cue = statement["cue"]
    return Statement(
        **{
            **statement,
            "cue": Span(*cue) if cue else None,
            "topics": tuple(statement["topics"]),
            "parts": _read_spans(statement.get("parts", ())),
            "source": Span(*source) if (source := statement.get("source")) else None,
        }
    )


def _read_commitment(commitment: Mapping[str, Any]) -> Commitment:
    return Commitment(
        **{
            **commitment,
            "by": tuple(commitment["by"]),
            "to": tuple(commitment["to"]),
            "topics": tuple(commitment["topics"]),
            "evidence": _read_spans(commitment["evidence"]),
        }
    )


def _read_spans(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
