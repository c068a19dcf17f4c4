"""`dragoman names`: whether two names are of one person, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.model.errors import EmptyInput, InputError

if TYPE_CHECKING:
    from dragoman.linking.names import NameLikeness
    from dragoman.service.references import Namesakes

HELP = """Say whether two names are of one person, in whatever languages, scripts and spellings.

Give two names, or --pairs with a file that has a pair a line, parted by a tab (further columns are left alone); each pair becomes one JSON line:
{"same": true, "score": 0.97, "features": {…}, "left": "…", "right": "…"}.

With --references each answer also has the persons of the record's references (dragoman import) whom a reference work calls by both names: evidence of its
own kind, which leaves the verdict of the letters as it is.

From 0.75 up the names are one as far as names can tell; from 0.5 up they may be (a surname alone, a slip); below, they are two."""

# Columns of a line of pairs: two names, and what the file's owner may have written beside them.
_COLUMNS = 2


class Format(StrEnum):
    """How a likeness is written."""

    json = "json"
    text = "text"


def command(
    context: typer.Context,
    left: Annotated[str | None, typer.Argument(metavar="A", help="A name.")] = None,
    right: Annotated[str | None, typer.Argument(metavar="B", help="Another name.")] = None,
    pairs: Annotated[Path | None, typer.Option(help="A file of pairs, two names a line with a tab between; - for standard input.")] = None,
    references: Annotated[bool, typer.Option("--references", help="Say too whom reference works of the record call by both names.")] = False,  # noqa: FBT002
    format: Annotated[Format | None, typer.Option("--format", "-f", help="text for people, json for programs.")] = None,
) -> None:
    """See HELP."""
    from dragoman.linking.names import likeness

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    if pairs is not None:
        if left is not None:
            raise InputError("names: give two names, or --pairs with a file, not both")
        rows = list(_pairs(pairs))
        known = _namesakes(context) if references else None
        for one, other in rows:
            typer.echo((_text if format is Format.text else _json)(one, other, likeness(one, other), known))
        return
    if left is None or right is None:
        raise InputError("names: give two names, or --pairs with a file that has two names a line")
    if not left.strip() or not right.strip():
        raise EmptyInput("names: one of the names is empty; give two names")
    found = likeness(left, right)
    chosen = format or (Format.text if sys.stdout.isatty() else Format.json)
    typer.echo((_json if chosen is Format.json else _text)(left, right, found, _namesakes(context) if references else None))


def _namesakes(context: typer.Context) -> Namesakes:
    from dragoman.cli.record import store_of
    from dragoman.service.references import namesakes

    store = store_of(context, create=False)
    try:
        return namesakes(store)
    finally:
        store.close()


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of a file. Raises InputError with the line that is none."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name of the file") from error
    empty = True
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            text = line.decode("utf-8").rstrip("\r")
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: line {number} is not UTF-8; save the file as UTF-8") from error
        if not text.strip():
            continue
        columns = [column.strip() for column in text.split("\t")]
        if len(columns) < _COLUMNS or not columns[0] or not columns[1]:
            raise InputError(f"{path}: line {number} has no two names with a tab between; correct or remove it")
        empty = False
        yield columns[0], columns[1]
    if empty:
        raise EmptyInput(f"{path}: has no pairs; write two names a line with a tab between")


def _json(left: str, right: str, found: NameLikeness, known: Namesakes | None) -> str:
    row: dict[str, Any] = {"same": found.same, "score": found.score, "features": dict(found.features), "left": left, "right": right}
    if known is not None:
        row["references"] = [{"source": one.source, "id": one.id, "name": one.name} for one in known.both(left, right)]
    return json.dumps(row, ensure_ascii=False)


def _text(left: str, right: str, found: NameLikeness, known: Namesakes | None) -> str:
    from dragoman.exports.readings.legible import legible
    from dragoman.linking.names import COMPATIBLE

    verdict = "same" if found.same else "perhaps" if found.score >= COMPATIBLE else "different"
    lines = [f"{verdict} ({found.score:.2f}): {legible(left)} / {legible(right)}"]
    lines += [f"  {name}: {value}" for name, value in found.features.items() if value != ""]
    lines += [legible(f"  both by reference: {one.name}, {one.source} {one.id}") for one in (known.both(left, right) if known is not None else ())]
    return "\n".join(lines)
