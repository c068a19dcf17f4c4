"""`make run`: read the sample reports into a record, print who met whom, leave build/samples.html and say where the record can be looked at."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.engines.here import Here
from dragoman.exports.readings.facts import Kind, facts, named, side_name
from dragoman.exports.readings.html import page
from dragoman.exports.readings.labels import Labels, labels, preferred
from dragoman.exports.readings.legible import legible
from dragoman.exports.readings.times import in_words
from dragoman.model.codec import loads
from dragoman.model.config import Config, load
from dragoman.model.errors import DragomanError, InputError
from dragoman.model.reading import EventReport, Participation, Reading
from dragoman.service.ingest import add
from dragoman.sources.arrival import Arrival
from dragoman.sources.text import from_file
from dragoman.store.open import open_store

_INDEX = "index.jsonl"
_WIDTH, _WIDEST = 100, 130
# Where `dragoman serve` listens unless it is told otherwise.
_ADDRESS = "http://127.0.0.1:8000/"


def sample_folder(start: Path) -> Path:
    """samples/ in the folder given, in one above it, or in the repository of this package. Raises InputError where none has an index."""
    places = (start, *start.parents, Path(__file__).resolve().parents[3])
    for place in places:
        if (place / "samples" / _INDEX).is_file():
            return place / "samples"
    raise InputError(f"{start}: no samples/{_INDEX} here or above; run this in a checkout of the repository")


def samples(folder: Path, config: Config) -> Iterator[Arrival]:
    """The sample reports with what the index says of each, in its order. Raises InputError where the index or a report cannot be used."""
    index = folder / _INDEX
    for number, line in enumerate(index.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            title, language, outlet = (str(row[field]) for field in ("title", "language", "outlet"))
            published = date.fromisoformat(row["published"])
            file = folder / row["file"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{index} line {number}: not a line of this index ({error}); see samples/README.md") from error
        arrived = from_file(file, config)
        known = replace(arrived.article, published=published, published_from="metadata", title=title, language=language, outlet=outlet)
        yield replace(arrived, article=known)


def meetings(readings: list[Reading]) -> Iterator[tuple[Reading, EventReport]]:
    """Every meeting, talk and visit of at least two parties that the articles name, by day, then in the order of the articles."""
    found = [(reading, event) for reading in readings for event in reading.events if event.type == "CONSULT" and len(event.participants) > 1]
    yield from sorted(found, key=lambda pair: pair[1].date or "9999")


def summary(readings: list[Reading], words: Labels) -> tuple[Table, Table | Text]:
    """What was found in each article, and the meetings."""
    overview = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    overview.add_column(words.word("page", "article"), ratio=1, no_wrap=True, overflow="ellipsis")
    overview.add_column("", no_wrap=True)
    kinds: tuple[Kind, ...] = ("person", "office", "event", "statement", "commitment")
    for heading in (words.word("headings", one) for one in (*kinds, "trouble")):
        overview.add_column(heading, justify="right", no_wrap=True, min_width=len(heading))
    for reading in readings:
        found = facts(reading, words)
        counts = [len(found[kind]) for kind in kinds] + [len(reading.troubles)]
        title = legible(reading.article.title or reading.article.name)
        overview.add_row(Text(title), reading.article.language, *(str(count) if count else "·" for count in counts))
    rows = list(meetings(readings))
    if not rows:
        return overview, Text(words.word("page", "nothing"))
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    for column in ("when", "where", "who"):
        table.add_column(words.word("page", column), overflow="fold", no_wrap=column == "when")
    for reading, event in rows:
        day = in_words(event.date, words) if event.date else "·"
        if event.factuality != "actual":
            day += f" ({words.word('factuality', event.factuality)})"
        people = dict.fromkeys(_with_side(part, reading, words) for part in event.participants)
        table.add_row(Text(day), Text(legible(named(event.place, reading, words)) if event.place else "·"), Text(legible(", ".join(people)) or "·"))
    return overview, table


def _with_side(part: Participation, reading: Reading, words: Labels) -> str:
    name, side = named(part.entity, reading, words), side_name(part.side, reading, words)
    return f"{name} ({side})" if side and side != name else name


def main() -> None:
    """Read, print, write; errors are one line on standard error."""
    try:
        _run(Path.cwd())
    except DragomanError as error:
        sys.stderr.write(f"dragoman: {error}\n")
        sys.exit(2)


def _run(start: Path) -> None:
    words = labels(preferred())
    folder = sample_folder(start)
    config = load(folder.parent)
    output = folder.parent / "build" / "samples.html"
    output.parent.mkdir(exist_ok=True)
    record = output.with_suffix(".db")
    readings = _recorded(record, folder, config)
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False, markup=False)
    console.width = min(console.width, _WIDEST)
    overview, met = summary(readings, words)
    console.print(overview)
    console.print()
    console.print(Text(words.word("page", "meetings"), style="bold"))
    console.print(met)
    output.write_text(page(readings, words.language), encoding="utf-8")
    first = readings[0].article
    console.print()
    console.print(words.word("page", "left").format(output.relative_to(folder.parent)))
    console.print(words.word("page", "next"))
    console.print(f"  .venv/bin/dragoman read {folder.name}/{first.name} --published {first.published}", soft_wrap=True)
    console.print(words.word("page", "record").format(record.relative_to(folder.parent), _ADDRESS), soft_wrap=True)
    console.print(f"  .venv/bin/dragoman --record {record.relative_to(folder.parent)} serve", soft_wrap=True)


def _recorded(record: Path, folder: Path, config: Config) -> list[Reading]:
    """The readings of all samples, after those that the record did not have were added to it."""
    arrivals = list(samples(folder, config))
    store = open_store(str(record))
    try:
        for one in add(store, arrivals, Here(), config):
            if one.reading is not None and not one.new:
                raise InputError(f"{one.name}: cannot be read; see samples/README.md")
        return [loads(text) for arrival in arrivals if (text := store.reading(arrival.article.id)) is not None]
    finally:
        store.close()


if __name__ == "__main__":
    main()
