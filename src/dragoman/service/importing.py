"""The use case of importing: a record's own lines become an equal record; reference works are kept beside what reports say.

.jsonl ──checked──▶ corrections, then readings, a few at a time ──▶ kept and linked as if they had been read here
popolo · ftm · wikidata ──▶ references
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from dragoman.exports.jsonl import SCHEMA
from dragoman.linking.given import ANCHOR
from dragoman.model.codec import READING_SCHEMA, decode
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.ids import article_id
from dragoman.model.reading import Reading
from dragoman.model.record import Correction
from dragoman.model.record_codec import PARTS
from dragoman.model.reference import Reference, from_json
from dragoman.model.spans import Span
from dragoman.service.anchors import Ground
from dragoman.service.composing import recompose
from dragoman.service.ingest import add, keep, sign, versions
from dragoman.service.kinds import kinds, kinds_linked
from dragoman.service.linking import Touched, regroup
from dragoman.service.neighbourhood import batches
from dragoman.service.read import Engine, kit_of
from dragoman.service.references import keep_references
from dragoman.service.shelf import open_shelf
from dragoman.sources.arrival import Arrival
from dragoman.sources.references import Source, references
from dragoman.store.protocol import Store

_TOGETHER = 16
_HALVES = re.compile("[\ud800-\udfff]")
# References that are kept in one transaction.
_REFERENCES = 500


@dataclass(slots=True, kw_only=True)
class Imported:
    """What came of an import: articles that are new or were there already, corrections and references that are new."""

    new: int = 0
    known: int = 0
    corrections: int = 0
    references: int = 0
    unread: int = 0


def import_references(store: Store, path: Path, source: Source) -> Imported:
    """Keep the references of a file. Raises InputError where it is not of that form, before anything is kept of the part that is wrong."""
    done = Imported()
    rows = references(path, source)
    while together := list(islice(rows, _REFERENCES)):
        with store.writing():
            done.references += keep_references(store, together)
    return done


def import_lines(store: Store, path: Path, engine: Engine, config: Config) -> Iterator[Imported]:
    """Keep what `export --format jsonl` wrote, or readings one a line; gives what is done so far, once it is safely kept.

    Readings that another version of the stages made, where the file says so, are read anew from their texts. Raises InputError, naming the line, where
    one is not such a line.
    """
    done = Imported()
    stages = versions()
    corrections: list[Correction] = []
    found: list[Reference] = []
    # Corrections stand behind the readings, and are kept first: what is linked then is linked by them.
    for number, part, row in _rows(path):
        where = f"{path} line {number}"
        if part == "about":
            stages = _stages(row, where)
        elif part == "corrections":
            corrections.append(_correction(row, where))
        elif part == "references":
            found.append(_reference(row, where))
        elif part == "readings":
            _reading(row, where)
    _keep_corrections(store, corrections, config, done)
    with store.writing():
        done.references += keep_references(store, found)
    yield done
    readings = (_reading(row, f"{path} line {number}") for number, part, row in _rows(path) if part == "readings")
    yield from _kept(store, readings, engine, config, done) if stages == versions() else _anew(store, readings, engine, config, done)


def _rows(path: Path) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Line number, part and row. The first line must say that it is such a file, or be a reading as `dragoman read` writes it."""
    bare = False
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                where = f"{path} line {number}"
                try:
                    document = json.loads(line)
                    if document.get("schema") == READING_SCHEMA:
                        bare = bare or number == 1
                        document = {"part": "readings", "row": document}
                    part, row = document["part"], document["row"]
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                    raise InputError(f"{where}: is no line of a record; give a file that 'dragoman export --format jsonl' wrote") from error
                if part not in ("about", "readings", "corrections", "references", *PARTS) or not isinstance(row, Mapping):
                    raise InputError(f"{where}: '{part}' is no part of a record; it may be of a newer version of dragoman")
                if (number == 1 and not bare) != (part == "about"):
                    raise InputError(f"{where}: is no file that 'dragoman export --format jsonl' wrote; its first line, and no other, says what it is")
                yield number, part, row
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; export it again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check who is allowed to read it") from error


def _stages(row: Mapping[str, Any], where: str) -> str:
    if row.get("schema") != SCHEMA:
        raise InputError(f"{where}: the schema is {row.get('schema')!r}, expected '{SCHEMA}'; it may be of a newer version of dragoman")
    return str(row.get("stages", ""))


def _reading(row: Mapping[str, Any], where: str) -> Reading:
    """A reading whose every span lies in its text. Raises InputError."""
    try:
        reading = decode(row)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
    article = reading.article
    if isinstance(article.text, str) and _HALVES.search(article.text):
        raise InputError(f"{where}: article {article.id} has halves of surrogate pairs, which no text has; add its file again")
    if not isinstance(article.text, str) or article_id(article.text) != article.id:
        raise InputError(f"{where}: the text of article {article.id} is not the one that its id names; export it again")
    for span in _spans(reading):
        if not (isinstance(span.start, int) and isinstance(span.end, int) and 0 <= span.start <= span.end <= len(article.text)):
            raise InputError(f"{where}: characters {span.start} to {span.end} are not in the text of article {article.id}; export it again")
    if any(mention.span.of(article.text) != mention.text for entity in reading.entities for mention in entity.mentions):
        raise InputError(f"{where}: a name is not at its place in the text of article {article.id}; export it again")
    return reading


def _spans(reading: Reading) -> Iterator[Span]:
    yield from reading.sentences
    yield from (mention.span for entity in reading.entities for mention in entity.mentions)
    yield from (span for office in reading.offices for span in office.evidence)
    yield from (when.span for when in reading.dates)
    for event in reading.events:
        yield from (event.trigger, *event.evidence)
    for statement in reading.statements:
        yield from (statement.span, *statement.parts, *((statement.cue,) if statement.cue else ()))
    yield from (span for commitment in reading.commitments for span in commitment.evidence)


def _correction(row: Mapping[str, Any], where: str) -> Correction:
    try:
        at = datetime.fromisoformat(row["at"]) if row["at"] else None
        one = Correction(**{**row, "at": at})
        if one.verdict not in ("same", "different", "reject", "value") or not isinstance(one.left, str):
            raise ValueError(one.verdict)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where}: is no correction ({error}); export it again") from error
    return one


def _reference(row: Mapping[str, Any], where: str) -> Reference:
    try:
        return from_json(row)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where}: is no reference ({error}); export it again") from error


def _said(one: Correction) -> tuple[object, ...]:
    return (one.kind, one.verdict, one.left, one.right, one.field, one.by, one.at, one.why)


def _keep_corrections(store: Store, corrections: Iterable[Correction], config: Config, done: Imported) -> None:
    """Those that are not there yet, in their order, undone ones as undone; what they say of articles that are there is derived anew."""
    with store.writing():
        known = {_said(one) for one in store.corrections()}
        new = [one for one in corrections if _said(one) not in known]
        for one in new:
            store.add_correction(one)
        if new and store.counts().articles:
            _apply(store, [one for one in new if not one.undone], config)
        done.corrections += len(new)


def _apply(store: Store, corrections: Sequence[Correction], config: Config) -> None:
    ground = Ground(store, open_shelf(store, config), kinds_linked())
    touched = Touched()
    judged: set[str] = set()
    for one in corrections:
        if one.right is not None and one.verdict in ("same", "different"):
            ends = sorted({item for anchor in (one.left, one.right) if (item := ground.anchored(anchor, one.kind))})
            if ends:
                regroup(store, ground.kind(one.kind), ends, touched)
        else:
            judged.update(anchor.partition(ANCHOR)[0] for anchor in one.left.split())
    recompose(store, ground.kinds, touched, judged=judged)


def _kept(store: Store, readings: Iterator[Reading], engine: Engine, config: Config, done: Imported) -> Iterator[Imported]:
    """Readings as they are, linked."""
    every = kinds(kit_of(config))

    def fresh() -> Iterator[Reading]:
        for one in readings:
            if store.article(one.article.id) is None:
                yield one
            else:
                done.known += 1

    for read in batches(sign(fresh(), engine, config, store), _TOGETHER):
        with store.writing():
            keep(store, read, every)
        done.new += len(read)
        yield done
    yield done


def _anew(store: Store, readings: Iterator[Reading], engine: Engine, config: Config, done: Imported) -> Iterator[Imported]:
    """Their texts, read here."""
    for one in add(store, (Arrival(article=reading.article) for reading in readings), engine, config):
        done.new, done.known, done.unread = done.new + one.new, done.known + one.known, done.unread + (not one.new and not one.known)
        yield done
