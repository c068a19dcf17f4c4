"""Articles as lines of JSON: `{"id"?, "text", "title"?, "language"?, "published"?, "outlet"?, "url"?}`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.model.reading import Article, PublishedFrom, Trouble
from dragoman.sources.arrival import Arrival, arrival, raise_limit, unusable

# The fields that are words, beside the text.
_WORDS = ("title", "language", "outlet", "url")


def from_jsonl(path: Path, config: Config) -> Iterator[Arrival]:
    """One arrival a line that is not blank; a line that cannot be used becomes an unusable one that names file and line.

    Raises InputError where the file itself cannot be opened or holds no line. Memory is bounded by the longest line.
    """
    with _opened(path) as file:
        yield from from_lines(file, path.name, config)


def count(path: Path) -> int:
    """How many arrivals `from_jsonl` will give of this file: its lines that are not blank. Raises InputError where it cannot be opened."""
    with _opened(path) as file:
        return sum(1 for line in file if line.strip())


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check who is allowed to read it") from error


def from_lines(file: BinaryIO, name: str, config: Config) -> Iterator[Arrival]:
    """As `from_jsonl`, of an open file; `name` stands in the messages."""
    some = False
    for number, raw in enumerate(_lines(file, config.max_bytes), start=1):
        where = f"{name} line {number}"
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        some = True
        try:
            if len(raw) > config.max_bytes:
                raise TooLarge(f"{where}: more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
            yield _arrival(raw, where, config)
        except InputError as error:
            yield unusable(where, str(error))
    if not some:
        raise EmptyInput(f"{name}: holds no line; give one article a line, as JSON with at least a 'text'")


def _lines(file: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines, of a longer one only limit + 1 bytes."""
    while line := file.readline(limit + 1):
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = file.readline(limit + 1)
        yield line


def _arrival(raw: bytes, where: str, config: Config) -> Arrival:
    try:
        row = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: is not UTF-8; save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{where}: is not JSON ({error}); each line must be one JSON object") from error
    if not isinstance(row, dict):
        raise InputError(f'{where}: is not a JSON object; each line must be like {{"text": "…"}}')
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError(f"{where}: has no 'text'; each line needs the article's text as a string")
    if not text.strip("\x00 \t\r\n\f\v\u00a0\ufeff"):
        raise EmptyInput(f"{where}: its 'text' is empty; give the text of a report")
    words, troubles = _words(row, where)
    published, published_from, doubt = _published(row.get("published"), where)
    language = (words["language"] or "und").split("-")[0].split("_")[0].lower()
    name = row.get("id")
    article = Article(id="", name=str(name) if isinstance(name, (str, int)) and name != "" else where, text=text, language=language, title=words["title"],
                      outlet=words["outlet"], url=words["url"], published=published, published_from=published_from)  # fmt: skip
    return arrival(article, config, (*troubles, *doubt))


def _words(row: Mapping[str, Any], where: str) -> tuple[dict[str, str | None], tuple[Trouble, ...]]:
    found: dict[str, str | None] = {}
    troubles: list[Trouble] = []
    for field in _WORDS:
        value = row.get(field)
        if value is not None and not isinstance(value, str):
            troubles.append(Trouble(stage="metadata", message=f"{where}: '{field}' is not a string and was left out"))
            value = None
        found[field] = value or None
    return found, tuple(troubles)


def _published(value: object, where: str) -> tuple[date | None, PublishedFrom, tuple[Trouble, ...]]:
    """The day of an ISO date or time; what is none is left out with a trouble."""
    if value is None or value == "":
        return None, "unknown", ()
    try:
        return date.fromisoformat(str(value)[:10]), "metadata", ()
    except ValueError:
        message = f"{where}: 'published' is {value!r}, not a date like 2025-10-12, and was left out"
        return None, "unknown", (Trouble(stage="metadata", message=message),)
