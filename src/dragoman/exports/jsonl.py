"""`jsonl`: all that a record is made of and all that it says, a line a thing; what `dragoman import` makes an equal record of.

    {"part": "about", …}  {"part": "readings", …}  {"part": "corrections", …}  {"part": "references", …}  {"part": "events", …} …

Readings hold the articles with their texts. The parts of the record after them are derived, and an import passes over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from dragoman.exports.format import Format, Part, json_part, json_text
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.model.codec import encode
from dragoman.model.record import Correction
from dragoman.model.record_codec import PARTS, plain

SCHEMA = "dragoman/lines/1"


def _lines(selection: Selection) -> Iterator[str]:
    yield _line("about", {"schema": SCHEMA, "stages": selection.stages})
    for article in selection.articles():
        reading = selection.reading(article.id)
        if reading is not None:
            yield _line("readings", encode(reading))
    for correction in selection.corrections():
        yield _line("corrections", _correction(correction))
    for reference in selection.references():
        yield _line("references", reference)
    for part in PARTS:
        rows: Iterable[Any] = getattr(selection, part)()
        for one in rows:
            yield _line(part, plain(one))


def _line(part: str, row: object) -> str:
    return json_text({"part": part, "row": row}) + "\n"


def _correction(one: Correction) -> dict[str, object]:
    row = {field.name: getattr(one, field.name) for field in fields(one)}
    return row | {"at": one.at.isoformat() if one.at else None}


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (json_part("record.jsonl", lambda: _lines(selection)),)


FORMAT = Format(name="jsonl", layout="file", parts=_parts)
