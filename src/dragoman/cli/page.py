"""What the commands over a record share: the record opened, one JSON document, or a page of lines in the reader's words."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import opened
from dragoman.cli.record import shelf_of, store_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dragoman.exports.readings.labels import Labels
    from dragoman.model.config import Config
    from dragoman.service.book import Book, Named, Quote
    from dragoman.service.timeline import Part
    from dragoman.store.protocol import Store


class Format(StrEnum):
    """How an answer is written."""

    text = "text"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="text for people, json for programs.")]
LabelsOption = Annotated[
    str | None, typer.Option("--labels", help="Language of headings, offices and names of states, en or fr; by the locale where not given.")
]
KnownOn = Annotated[str | None, typer.Option("--known-on", metavar="DAY", help="The record as the articles published by this day make it.")]

# What moves a terminal's cursor or turns its lines and JSON does not escape by itself.
_UNSAFE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_WIDTH = 100


def config_here() -> Config:
    """The settings of this folder."""
    from dragoman.model.config import load

    return load(Path.cwd())


def words_of(language: str | None) -> Labels:
    """The labels in the language asked for, else in that of the locale. Raises ConfigError."""
    from dragoman.exports.readings.labels import labels, preferred

    return labels(language or preferred())


@contextmanager
def record_of(context: typer.Context, known_on: str | None = None) -> Iterator[tuple[Store, Book]]:
    """The store, and the record opened; as it was known on a day where one is given."""
    from dragoman.service.book import Book
    from dragoman.service.read import checked_day

    until = checked_day(known_on, "--known-on") if known_on else None
    store = store_of(context, create=False)
    try:
        yield store, Book(shelf_of(store, config_here(), until))
    finally:
        store.close()


def write_json(answer: Any) -> None:
    """The answer as one JSON document on standard output."""
    from dragoman.model.record_codec import plain

    document = {key: plain(value) for key, value in answer.items()} if isinstance(answer, dict) else plain(answer)
    text = json.dumps(document, ensure_ascii=False, indent=2, default=_moment)
    with opened(None) as stream:
        stream.write(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


class Page:
    """Lines for people; words of articles in them cannot move the cursor or colour anything."""

    def __init__(self, words: Labels, console: Console) -> None:
        self.words = words
        self._console = console

    def line(self, *pieces: str | tuple[str, str], indent: int = 0) -> None:
        """Words, or (words, style) pairs, on one line."""
        from rich.padding import Padding

        self._console.print(Padding(_text(pieces), (0, 0, 0, indent)))

    def blank(self) -> None:
        self._console.print()

    def heading(self, text: str, number: int | None = None) -> None:
        """A rule with a heading, as the page of a reading has them."""
        from rich.rule import Rule

        self._console.print()
        self._console.print(Rule(_text((f"{text.upper()}{f' ({number})' if number is not None else ''}",)), align="left", style="dim"))

    def grid(self, rows: Sequence[tuple[str, str]], indent: int = 4) -> None:
        """Labels in a column of their own; a label that repeats is printed once."""
        from rich.padding import Padding
        from rich.table import Table

        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        before = ""
        for label, value in rows:
            grid.add_row(_text((label if label != before else "",)), _text((value,)))
            before = label
        if rows:
            self._console.print(Padding(grid, (0, 0, 0, indent)))

    def beside(self, rows: Sequence[tuple[str, str, str]], left: str, right: str) -> None:
        """Three columns: two texts side by side, and a mark between them."""
        from rich.table import Table

        table = Table(box=None, padding=(0, 1, 1, 0), expand=True, header_style="bold")
        table.add_column(_text((left,)), ratio=1, overflow="fold")
        table.add_column("", no_wrap=True, style="dim", width=4)
        table.add_column(_text((right,)), ratio=1, overflow="fold")
        for one, mark, other in rows:
            table.add_row(_text((one,)), _text((mark,)), _text((other,)))
        self._console.print(table)

    def quote(self, quote: Quote, indent: int = 4) -> None:
        """A sentence and where it stands."""
        self.line((quote.quote, "dim"), (f"  — {self.source(quote)}", "dim italic"), indent=indent)

    def source(self, quote: Quote) -> str:
        """Outlet or file, day and language of a sentence."""
        day = self.day(quote.published) if quote.published else self.words.word("published", "unknown")
        return ", ".join((quote.outlet or quote.name, day, self.words.name_of_language(quote.language)))

    def day(self, value: str | None) -> str:
        """A date in words."""
        from dragoman.exports.readings.times import in_words

        return in_words(value, self.words) if value else self.words.word("record", "undated")

    def name(self, named: Named) -> str:
        """A state in the reader's language, everything else as the record calls it."""
        return self.words.state(named.code) if named.kind == "state" and named.code else named.name

    def part(self, part: Part) -> str:
        """'Per Dahl, foreign minister (Norway)'."""
        name = self.name(part.entity)
        side = self.name(part.side) if part.side else None
        if part.office:
            title = self.words.office(part.office, None)
            return f"{name}, {title} ({side})" if side else f"{name}, {title}"
        return f"{name} ({side})" if side and side != name else name

    def counted(self, one: str, number: int) -> str:
        """counted("origin", 2) == "2 origins"."""
        singular = number == 1 or (number == 0 and self.words.language == "fr")
        return f"{number} {self.words.word('record', one if singular else f'{one}s')}"

    def say(self, key: str, *parts: object) -> str:
        """The words of the record's own table, filled in."""
        return self.words.word("record", key).format(*parts)


def _text(pieces: Sequence[str | tuple[str, str]]) -> Text:
    from rich.text import Text

    from dragoman.exports.readings.legible import base_direction, legible

    line = Text(overflow="fold")
    for piece in pieces:
        words, style = (piece, "") if isinstance(piece, str) else piece
        line.append(legible(words), style=style)
    # The mark keeps a terminal from turning a line around the name that it begins with.
    return Text("\u200e", overflow="fold").append_text(line) if base_direction(line.plain) == "ltr" else line


def show_page(words: Labels, write: Callable[[Page], None]) -> None:
    """Print what `write` puts on a page: as wide as the terminal, 100 columns and without colour elsewhere; nothing where it fails half-way."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    with opened(None) as stream:
        console = Console(
            file=stream, width=None if terminal else _WIDTH, force_terminal=terminal, color_system="auto" if terminal else None, highlight=False, markup=False,
            emoji=False, legacy_windows=False,
        )  # fmt: skip
        with console.capture() as captured:
            write(Page(words, console))
        # The console fills its lines with blanks up to its width.
        stream.write("".join(line.rstrip(" \n") + "\n" for line in captured.get().lstrip("\n").splitlines(keepends=True)))
