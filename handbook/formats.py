"""docs/reference/formats.md: what is read, what is written, and the columns of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.exports.format import NAMES, format_of
from dragoman.exports.tables import TABLES
from dragoman.sources.formats import SINGLE, Format
from handbook.pages import cell, page, table

# What each format that is read is; a test fails where one has no line here.
READ = {
    "text": "Plain text in any encoding that can be told.",
    "html": "A web page: its article, title, day, outlet and author.",
    "feed": "RSS, Atom or JSON Feed: each entry an article; those without the whole text are fetched.",
    "sitemap": "A sitemap: the pages it lists are fetched.",
    "jsonl": "A JSON object a line.",
    "csv": "A table with a line of heads, separated by commas, semicolons or tabs.",
    "parquet": "A Parquet table.",
    "warc": "A web archive: its pages.",
    "message": "An e-mail or newsletter.",
    "mailbox": "A mailbox of e-mails (mbox).",
    "pdf": "A PDF that has a text layer.",
    "zip": "A ZIP of any of these.",
    "tar": "A TAR of any of these.",
    "gzip": "Any of these, compressed.",
    "bzip2": "Any of these, compressed.",
}
_KINDS = {"text": "text", "texts": "list of texts", "whole": "whole number", "number": "number", "truth": "true or false"}


def undocumented() -> list[str]:
    """Formats that have no line here, and lines of no format."""
    return sorted({one.value for one in Format} ^ set(READ))


def formats_page() -> str:
    """The page."""
    rows = [(f"`{one.value}`", READ.get(one.value, ""), "one" if one in SINGLE else "any number") for one in Format]
    read = ["## What is read", "", "More of each in [What it reads](../sources.md).", ""]
    written = ["## What is written", "", "More of each in [Exports and imports](../exports.md).", ""]
    tables = ["## Tables", "", "Those of `--format csv` and `parquet`, and of `Record.to_pandas` and `to_polars`.", ""]
    return page("Formats and tables", read, table(("format", "what it is", "articles"), rows), written, _written(), tables, _tables())


def _written() -> Iterator[str]:
    rows = []
    for name in NAMES:
        one = format_of(name)
        needs = ", ".join(f"`{package}`" for package in one.needs)
        rows.append((f"`{name}`", "several tables" if one.layout == "tables" else "one file", needs, cell("; ".join(one.cannot)) or "nothing"))
    yield from table(("format", "is", "needs", "has no place for"), rows)


def _tables() -> Iterator[str]:
    for one in TABLES:
        yield f"### `{one.name}`"
        yield ""
        yield from table(("column", "is"), ((f"`{name}`", _KINDS[kind]) for name, kind in one.columns))
