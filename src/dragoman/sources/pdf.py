"""PDF with a text layer: its pages' lines made paragraphs again, what every page repeats left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError
from dragoman.model.reading import Article, Trouble
from dragoman.sources.arrival import Arrival, arrival
from dragoman.sources.credits import agency_of
from dragoman.sources.limits import PAGES
from dragoman.sources.rows import Columns

# What programs write where nobody gave a title.
_NO_TITLE = re.compile(r"^(?:untitled|microsoft word|.*\.(?:docx?|pdf|indd|pages|odt|rtf|qxp)$|document\d*$|slide \d+|powerpoint)", re.I)
_ENDS = re.compile(r"[.!?:؟。！？][\"”»’)\]]*$")
_NUMBER = re.compile(r"^\W*(?:page|seite|sayfa|صفحة)?\W*\d{1,4}(?:\s*(?:/|of|sur|von|de)\s*\d{1,4})?\W*$", re.I)
_ITEM = re.compile(r"^(?:[•▪◦‣*–—-]\s|\d{1,2}[.)]\s)")
# Lines at the top and the bottom of a page that may be repeated, and on how many pages together they must be.
_EDGE, _REPEATED = 3, 3
# A line shorter than this part of the longest usual one ends its paragraph.
_FULL = 0.75


def from_pdf(file: BinaryIO, raw: bytes | None, name: str, config: Config) -> Arrival:
    """The article in a PDF; its day is the dateline's, else the day on which the file was made, with a trouble that says so.

    Raises EmptyInput where it has no text layer, InputError where it is damaged or locked, TooLarge where it takes more than a file may.
    """
    from dragoman.sources.confined import confined

    pages: list[str] = []
    known: dict[str, Any] = {}
    for one in confined("pdf", file, name):
        if "page" in one:
            pages.append(one["page"])
        else:
            known |= one
    text = joined(pages)
    if not any(letter.isalpha() for letter in text):
        raise EmptyInput(f"{name}: is a PDF without a text layer, a scan perhaps; have its text recognised (OCR) and read that")
    troubles: tuple[Trouble, ...] = ()
    if known.get("left"):
        troubles = (Trouble(stage="pdf", message=f"{name}: has {known['left'] + PAGES:,} pages; the first {PAGES:,} were taken, which is the limit"),)
    made = date.fromisoformat(known["made"]) if known.get("made") else None
    if made:
        troubles = (*troubles, Trouble(stage="published", message=f"{name}: the day of publication is taken to be {made}, on which the PDF was made"))
    title = known.get("title")
    article = Article(
        id="", name=name, text=text, title=title if title and not _NO_TITLE.search(title) else None, author=known.get("author"), published=made,
        published_from="metadata" if made else "unknown", agency=agency_of(text, known.get("author")),
    )  # fmt: skip
    return arrival(article, config, troubles, source=raw)


def prepare() -> None:
    """Load the library, before memory is limited."""
    import pypdf  # noqa: F401


def read(file: BinaryIO, name: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """What the file says of itself, then `{"page": text}` for each page; runs in the process of `confined.py`. Raises InputError."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(file, strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise InputError(f"{name}: is a PDF locked with a password; unlock it and read that")
        yield _about(document)
        for number, page in enumerate(document.pages):
            if number >= PAGES:
                yield {"left": len(document.pages) - PAGES}
                return
            yield {"page": page.extract_text().encode("utf-8", "replace").decode("utf-8")}
    except (InputError, MemoryError):
        raise
    except Exception as error:
        # a stranger's file in a library of others: whatever fails in it, the file cannot be read
        raise InputError(f"{name}: is no PDF that can be read ({str(error)[:120] or type(error).__name__}); open it, save it anew and read that") from error


def _about(document: Any) -> dict[str, Any]:
    try:
        known = document.metadata
        if known is None:
            return {}
        made = known.creation_date
        return {"title": _line(known.title), "author": _line(known.author), "made": made.date().isoformat() if made else None}
    except MemoryError:
        raise
    except Exception:
        # what the file says of itself is the least of it
        return {}


def _line(value: Any) -> str | None:
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())[:300] or None if value else None


def joined(pages: Sequence[str]) -> str:
    """The pages as one text, a paragraph a line with an empty line between two: lines are joined, words at their ends too."""
    split = [[line.strip() for line in page.replace("\x00", " ").split("\n")] for page in pages]
    repeated = _repeated(split)
    lines: list[str] = []
    for page in split:
        inner = [line for line in page if line]
        lines += [line for line in page if line not in repeated and not (_NUMBER.match(line) and line in (*inner[:1], *inner[-1:]))]
    widths = sorted(len(line) for line in lines if line)
    full = _FULL * widths[int(0.8 * (len(widths) - 1))] if widths else 0
    paragraphs: list[str] = []
    going_on = False
    for line in lines:
        if not line:
            going_on = False
            continue
        if going_on and not _ITEM.match(line):
            paragraphs[-1] = _with(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        going_on = not (len(line) < full and (_ENDS.search(line) or len(line) < 0.6 * full))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _repeated(pages: list[list[str]]) -> frozenset[str]:
    edges: Counter[str] = Counter()
    for page in pages:
        inner = [line for line in page if line]
        edges.update({*inner[:_EDGE], *inner[-_EDGE:]})
    return frozenset(line for line, times in edges.items() if times >= _REPEATED and times > len(pages) / 2)


def _with(before: str, line: str) -> str:
    """A word that was cut at the line's end is one again: 'minis-' and 'ter'."""
    if before.endswith("\u00ad"):
        return before[:-1] + line
    if len(before) > 1 and before[-1] in "-‐" and before[-2].islower() and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
