"""One row of a table, or one line of JSON, as an article: which column is which field, and what is wrong with a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dragoman.model.config import Config
from dragoman.model.errors import ConfigError, EmptyInput, InputError
from dragoman.model.reading import Article, PublishedFrom, Trouble
from dragoman.sources.arrival import Arrival, arrival
from dragoman.sources.credits import agency_of
from dragoman.sources.html.days import day_of
from dragoman.sources.outlets import outlet_of

FIELDS = ("id", "text", "title", "language", "published", "outlet", "url", "author", "updated")
# Names that tables give these fields, tried where the field's own name is no column and nothing was said with --map.
_USUAL = {
    "id": ("article_id", "docid", "doc_id", "uid", "guid"), "text": ("body", "content", "fulltext", "full_text", "article", "story", "maintext",
    "article_text"),
    "title": ("headline", "head"), "language": ("lang", "iso_language"),
    "published": ("date", "published_at", "publish_date", "pubdate", "date_published", "publication_date", "datetime", "timestamp", "date_publish"),
    "outlet": ("source", "publisher", "publication", "newspaper", "site", "source_name", "domain"), "url": ("link", "uri", "source_url", "href"),
    "author": ("byline", "authors", "creator", "writer"), "updated": ("modified", "updated_at", "date_modified", "date_modify", "last_modified"),
}  # fmt: skip
_WORDS = ("title", "language", "outlet", "url", "author")
_BLANK = "\x00 \t\r\n\f\v\u00a0\ufeff"
_EITHER = re.compile(r"\s*(0?[1-9]|1[0-2])[./-](0?[1-9]|1[0-2])[./-]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds which field, as the user said it: pairs (field, column)."""

    given: tuple[tuple[str, str], ...] = ()

    def of(self, names: tuple[str, ...]) -> dict[str, str]:
        """From field to column for a table with these columns. Raises InputError, naming the columns there are, where one that was given is not there."""
        there = {name.strip().casefold(): name for name in reversed(names)}
        found: dict[str, str] = {}
        for field, column in self.given:
            if column.casefold() not in there:
                raise InputError(f"--map {field}={column}: there is no column '{column}'; there are {_listed(names)}")
            found[field] = there[column.casefold()]
        for field in FIELDS:
            if field not in found:
                usual = next((there[one] for one in (field, *_USUAL[field]) if one in there and there[one] not in found.values()), None)
                if usual is not None:
                    found[field] = usual
        return found


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(f"'{name[:40]}'" for name in names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "") if names else "none"


def columns(text: str | None) -> Columns:
    """What `--map` says: columns("text=body,published=date"). Raises ConfigError where it is none."""
    pairs: list[tuple[str, str]] = []
    for part in (text or "").split(","):
        if not part.strip():
            continue
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column or field not in FIELDS:
            raise ConfigError(f"--map: '{part.strip()}' is not like text=body; the fields are {', '.join(FIELDS)}")
        pairs.append((field, column))
    if len({field for field, _ in pairs}) < len(pairs):
        raise ConfigError("--map: a field is given twice; give one column for each")
    return Columns(tuple(pairs))


def from_row(row: Mapping[str, Any], where: str, config: Config, found: Mapping[str, str], source: bytes | None) -> Arrival:
    """The article of a row; `found` is from field to column. Raises InputError, naming the row, where it has no text."""
    column = found.get("text", "text")
    text = row.get(column)
    if not isinstance(text, str):
        raise InputError(f"{where}: has no '{column}'; each line needs the article's text as a string{_hint(row, found)}")
    if not text.strip(_BLANK):
        raise EmptyInput(f"{where}: its '{column}' is empty; give the text of a report")
    words, troubles = _words(row, where, found)
    published, published_from, doubt = _published(row.get(found.get("published", "published")), where, found.get("published", "published"))
    updated, _, doubt_too = _published(row.get(found.get("updated", "updated")), where, found.get("updated", "updated"))
    language = (words["language"] or "und").split("-")[0].split("_")[0].lower()
    name = row.get(found.get("id", "id"))
    _, country = outlet_of(words["url"])
    article = Article(
        id="", name=str(name) if isinstance(name, (str, int)) and not isinstance(name, bool) and name != "" else where, text=text, language=language,
        title=words["title"], outlet=words["outlet"], url=words["url"], published=published, published_from=published_from, author=words["author"],
        updated=updated, agency=agency_of(text, words["author"], words["url"]), outlet_country=country,
    )  # fmt: skip
    return arrival(article, config, (*troubles, *doubt, *doubt_too), source=source)


def _hint(row: Mapping[str, Any], found: Mapping[str, str]) -> str:
    return "" if "text" in found or len(row) < 2 else f" (say which with --map text=COLUMN; there are {_listed(tuple(map(str, row)))})"


def _words(row: Mapping[str, Any], where: str, found: Mapping[str, str]) -> tuple[dict[str, str | None], tuple[Trouble, ...]]:
    words: dict[str, str | None] = {}
    troubles: list[Trouble] = []
    for field in _WORDS:
        column = found.get(field, field)
        value = row.get(column)
        if value is not None and not isinstance(value, str):
            troubles.append(Trouble(stage="metadata", message=f"{where}: '{column}' is not a string and was left out"))
            value = None
        words[field] = value or None
    return words, tuple(troubles)


def _published(value: object, where: str, column: str) -> tuple[date | None, PublishedFrom, tuple[Trouble, ...]]:
    """The day of an ISO date or time; what is none, or could be two days (03/04/2025), is left out with a trouble."""
    if value is None or value == "":
        return None, "unknown", ()
    if isinstance(value, datetime):
        return value.date(), "metadata", ()
    if isinstance(value, date):
        return value, "metadata", ()
    text = str(value).strip()
    either = _EITHER.match(text)
    day = None if either and either[1].lstrip("0") != either[2].lstrip("0") else _day(text)
    if day is not None:
        return day, "metadata", ()
    message = f"{where}: '{column}' is {value!r}, not a date like 2025-10-12, and was left out"
    return None, "unknown", (Trouble(stage="metadata", message=message),)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return day_of(text) if any(letter.isdigit() for letter in text) and len(text) < 60 else None
