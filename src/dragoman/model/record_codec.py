"""The contract's record as JSON, both ways: the only place that writes or reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from dragoman.model.errors import InputError
from dragoman.model.reading import Participation
from dragoman.model.record import (
    ArticleOf,
    CommitmentOf,
    Copies,
    Disputed,
    Event,
    Name,
    Place,
    Record,
    RecordEntity,
    ReportOf,
    StatementOf,
    Story,
    Tenure,
    Version,
    Words,
)
from dragoman.model.spans import Span

RECORD_SCHEMA = "dragoman/record/1"
PARTS = ("articles", "entities", "tenures", "events", "statements", "commitments", "stories", "copies")


def encode(record: Record) -> dict[str, Any]:
    """The record as the contract's JSON object."""
    return {"schema": RECORD_SCHEMA} | {part: [plain(one) for one in getattr(record, part)] for part in PARTS}


def plain(value: Any) -> Any:
    """A value of the record as JSON knows it: spans and tuples as lists, days as ISO 8601.

    Left out are marks that are false, texts of places that are empty, and words for who speaks where there are none.
    """
    if isinstance(value, Span):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(item) for field in fields(value) if not _idle(field.name, item := getattr(value, field.name))}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _idle(name: str, value: Any) -> bool:
    return (name in ("former", "acting") and value is False) or (name == "text" and value == "") or (name == "source" and value is None)


def lines(record: Record) -> Iterator[str]:
    """The record as one JSON document in pieces, one object a line, so that it never stands in memory as one text."""
    return streamed(lambda part: getattr(record, part))


def streamed(each: Callable[[Any], Iterable[object]]) -> Iterator[str]:
    """The same of a record whose parts are given one after the other, in the order of the contract."""
    yield f'{{"schema": "{RECORD_SCHEMA}"'
    for part in PARTS:
        yield f',\n"{part}": ['
        for number, one in enumerate(each(part)):
            yield f"{',' if number else ''}\n{line(one)}"
        yield "]"
    yield "}\n"


def line(one: object) -> str:
    """A row of the record as JSON, as it stands in the whole document."""
    return json.dumps(plain(one), ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> Record:
    """The record of a JSON document. Raises InputError where it is not a record of this schema."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(document, Mapping) or document.get("schema") != RECORD_SCHEMA:
        raise InputError(f"not a record: expected the schema '{RECORD_SCHEMA}'")
    try:
        return _record(document)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a record: {type(error).__name__} at {error}") from error


def _record(document: Mapping[str, Any]) -> Record:
    return Record(**{part: tuple(row_of(part, one) for one in document[part]) for part in PARTS})


def row_of(part: str, row: Mapping[str, Any]) -> Any:
    """The row of a part of the record from its JSON object."""
    return _ROWS[part](row)


def _entity(row: Mapping[str, Any]) -> RecordEntity:
    return RecordEntity(**{**row, "names": tuple(Name(**one) for one in row["names"]), "mentions": _places(row["mentions"])})


def _tenure(row: Mapping[str, Any]) -> Tenure:
    return Tenure(**{**row, "evidence": _places(row["evidence"])})


def _statement(row: Mapping[str, Any]) -> StatementOf:
    return StatementOf(**{**row, "topics": tuple(row["topics"]), "reports": _words(row["reports"])})


def _commitment(row: Mapping[str, Any]) -> CommitmentOf:
    return CommitmentOf(**{**row, **{name: tuple(row[name]) for name in ("by", "to", "topics")}, "reports": _words(row["reports"])})


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        **{
            **row,
            "participants": tuple(Participation(**one) for one in row["participants"]),
            "topics": tuple(row["topics"]),
            "contexts": tuple(row["contexts"]),
            "reports": tuple(ReportOf(**{**one, "evidence": tuple(Span(*pair) for pair in one["evidence"])}) for one in row["reports"]),
            "disputed": tuple(
                Disputed(field=one["field"], versions=tuple(Version(value=each["value"], articles=tuple(each["articles"])) for each in one["versions"]))
                for one in row["disputed"]
            ),
        }
    )


def _places(rows: list[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**row) for row in rows)


def _words(rows: list[dict[str, Any]]) -> tuple[Words, ...]:
    return tuple(Words(**row) for row in rows)


_ROWS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "articles": lambda row: ArticleOf(**row),
    "entities": _entity,
    "tenures": _tenure,
    "events": _event,
    "statements": _statement,
    "commitments": _commitment,
    "stories": lambda row: Story(**{**row, "articles": tuple(row["articles"])}),
    "copies": lambda row: Copies(**{**row, "articles": tuple(row["articles"])}),
}
