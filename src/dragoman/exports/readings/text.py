"""A reading as a page in the terminal: what is said, by whom, when and where, each with the sentence it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.exports.readings.facts import KINDS, Fact, Kind, facts, sentences_of
from dragoman.exports.readings.labels import Labels, labels, preferred
from dragoman.exports.readings.legible import base_direction, legible
from dragoman.exports.readings.times import in_words
from dragoman.model.reading import Reading
from dragoman.model.spans import Span

# Where the output is no terminal: wide enough for a sentence, narrow enough to be read.
_WIDTH = 100
_NAMES: tuple[Kind, ...] = ("person", "state", "organization", "place")
# Those whose entries are one line each; the others are set apart by a blank line.
_SHORT: tuple[Kind, ...] = (*_NAMES, "office", "date")


def render(readings: Iterable[Reading], stream: IO[str], *, explain: bool, language: str | None = None) -> None:
    """Write each reading as a page, in the reader's language (by the locale where not given).

    As wide as the terminal, 100 columns and without colour where the stream is none; NO_COLOR is heeded. With `explain`, what coded
    each fact stands beside it. Words of the article cannot move the cursor or colour anything.
    """
    words = labels(language or preferred())
    terminal = stream.isatty()
    console = Console(
        file=stream, width=None if terminal else _WIDTH, force_terminal=terminal, color_system="auto" if terminal else None, highlight=False, markup=False,
        emoji=False, legacy_windows=False,
    )  # fmt: skip
    for number, reading in enumerate(readings):
        with console.capture() as page:
            if number:
                console.print()
            _page(reading, words, console, explain=explain)
        # The console fills its lines with blanks up to its width.
        stream.write("".join(line.rstrip(" \n") + "\n" for line in page.get().splitlines(keepends=True)))


def _page(reading: Reading, words: Labels, console: Console, *, explain: bool) -> None:
    article = reading.article
    console.print(Text(legible(article.title or article.name), style="bold"))
    console.print(Text(" · ".join(legible(part) for part in about(reading, words)), style="dim"))
    found = facts(reading, words)
    for kind in KINDS:
        if kind in _NAMES:
            continue
        if kind == "date":
            _names(found, words, console, explain=explain)
        if found[kind]:
            _section(words.word("headings", kind), found[kind], reading, words, console, explain=explain)
    if reading.troubles:
        _heading(words.word("headings", "trouble"), len(reading.troubles), console)
        for trouble in reading.troubles:
            console.print(Padding(_line((f"{trouble.stage}: ", "yellow"), (trouble.message, "")), (0, 0, 0, 2)))


def about(reading: Reading, words: Labels) -> tuple[str, ...]:
    """Outlet, day and language of the article, in words, and its file where the title does not name it."""
    article = reading.article
    day = in_words(article.published.isoformat(), words) if article.published else words.word("published", "unknown")
    if article.published and article.published_from in ("text", "inferred"):
        day += f" ({words.word('published', article.published_from)})"
    language = words.name_of_language(article.language) if article.language != "und" else None
    rest = (article.outlet, day, language, words.word("page", "partial") if reading.partial else None, article.name if article.title else None)
    return tuple(part for part in rest if part)


def _heading(text: str, number: int, console: Console) -> None:
    console.print()
    console.print(Rule(Text(f"{text.upper()} ({number})", style="bold"), align="left", style="dim"))


def _section(heading: str, entries: tuple[Fact, ...], reading: Reading, words: Labels, console: Console, *, explain: bool) -> None:
    _heading(heading, len(entries), console)
    for number, fact in enumerate(entries):
        if number and fact.kind not in _SHORT:
            console.print()
        console.print(Padding(_head(fact, explain=explain), (0, 0, 0, 2)))
        if fact.lines:
            console.print(Padding(_grid(fact.lines), (0, 0, 0, 4)))
        if fact.said:
            console.print(Padding(_line((fact.said, "")), (0, 0, 0, 4)))
        if fact.kind in ("event", "commitment"):
            _evidence(fact, reading, words, console)


def _head(fact: Fact, *, explain: bool) -> Text:
    between = " → " if fact.kind == "date" else ", " if fact.kind == "office" else " · "
    head = _line((fact.head, "bold"), *((between + note, "") for note in fact.notes))
    if base_direction(head.plain) == "ltr":
        head = Text("\u200e", overflow="fold").append_text(head)  # the mark keeps a terminal from turning the line around the name it begins with
    if explain and fact.why:
        head.append_text(_line(*((f"  [{label} {value}]", "cyan") for label, value in fact.why)))
    return head


def _grid(lines: tuple[tuple[str, str], ...]) -> Table:
    """Labels in a column of their own; a label that repeats is printed once."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    before = ""
    for label, value in lines:
        grid.add_row(_line((label if label != before else "", "dim")), _line((value, "")))
        before = label
    return grid


def _evidence(fact: Fact, reading: Reading, words: Labels, console: Console) -> None:
    """The sentence of the trigger, its trigger words standing out, and how many more tell the same."""
    sentences = sentences_of(fact, reading)
    if not sentences:
        return
    text = reading.article.text
    sentence, *others = sentences
    quote = Text(style="dim")
    at = sentence.start
    for key in sorted(key for key in fact.keys if sentence.overlaps(key)):
        start, end = max(at, key.start), min(sentence.end, key.end)
        quote.append(legible(Span(at, start).of(text)))
        quote.append(legible(Span(start, end).of(text)), style="not dim bold underline")
        at = max(at, end)
    quote.append(legible(Span(at, sentence.end).of(text)))
    console.print(Padding(quote, (0, 0, 0, 4)))
    if others:
        more = words.word("facts", "elsewhere" if len(others) == 1 else "elsewheres").format(len(others))
        console.print(Padding(Text(f"({more})", style="dim"), (0, 0, 0, 4)))


def _names(found: dict[Kind, tuple[Fact, ...]], words: Labels, console: Console, *, explain: bool) -> None:
    """Who and what is named, a block a kind."""
    if not any(found[kind] for kind in _NAMES):
        return
    _heading(words.word("headings", "name"), sum(len(found[kind]) for kind in _NAMES), console)
    for kind in _NAMES:
        if not found[kind]:
            continue
        console.print(Padding(Text(words.word("headings", kind), style="italic"), (0, 0, 0, 2)))
        for fact in found[kind]:
            line = _head(fact, explain=explain)
            line.append_text(_line(*((f" · {label} {value}", "dim") for label, value in fact.lines)))
            console.print(Padding(line, (0, 0, 0, 4)))


def _line(*pieces: tuple[str, str]) -> Text:
    """(words, style) pieces on one line, each safe to print."""
    line = Text(overflow="fold")
    for words, style in pieces:
        line.append(legible(words), style=style)
    return line
