"""The days of a page: when it was published, when it was changed, and how that is known.

    published   1. what the page says for machines: meta elements, JSON-LD, microdata
                2. a <time>, or an element that is named for a date, beside the headline
                3. its address: /2025/10/12/
                4. htmldate's search of the page
    changed     meta elements and JSON-LD alone

A date for machines goes by the clock of the page, as its reader sees it: 00:16 in Moscow is that day, though in London it is the day before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING

from dragoman.model.reading import PublishedFrom
from dragoman.sources.html.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Meta elements of the day of publication, the surest first; the last ones also stand on pages of other kinds.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime",
    "publish-date", "publish_date", "publishdate", "publication_date", "publicationdate", "pubdate", "pub_date", "published-date", "published_date",
    "publishtime", "publish_time",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date.published", "citation_publication_date", "citation_date",
    "article.published", "article:published",
    "datecreated", "article:create", "originalpublicationdate", "article_date_original", "displaydate", "releasedate", "dc.date", "dcterms.date",
    "article.created", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod",
    "last-modified", "article:modified", "modified",
    "article.updated",
)  # fmt: skip
_MARKED = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?)?[_-]?(?:date|time|on)?|posted|post-?date|entry-?date|article[_-]*(?:info|meta)?[_-]*date|create[_-]?date|"
    r"news[_-]?date|date(?:line)?|datum|tarih|fecha|timestamp|byline)(?:$|[\s_-])",
    re.I,
)
_CHANGED = re.compile(r"modif|updat|chang|güncel|actualis|mis à jour|stand:", re.I)
_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)|"
    r"[/-]((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=\D|$)"
)
_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-/.年]\s?(1[0-2]|0?[1-9])[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)|(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?!\d(?!\d{3,5}(?!\d))))"
)
_NUMBERS = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[./-](0?[1-9]|1[0-2])[./-]((?:19|20)\d\d)(?!\d)")
_LONDON = re.compile(r"\d(?:Z|\+00:?00|\s?GMT|\s?UTC)$")
# So many of the meta elements are names of a publication; the others come after microdata.
_SURE = 18
# No report on the web is older.
_FIRST = date(1990, 1, 1)
# Elements beside the headline that are looked at, and the text that one may have.
_LOOKED, _LONGEST = 60, 160
# Levels above the headline at which its date is looked for.
_LEVELS = 5
_NEXT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """`how` is 'metadata' for what is written for machines, 'text' for what is written for people, 'unknown' without a day."""

    published: date | None = None
    how: PublishedFrom = "unknown"
    updated: date | None = None


def days(tree: HtmlElement, known: Structured, url: str | None, language: str = "und", *, seen: date | None = None) -> Days:
    """The days of a page; `seen` is a day on which it was there already, after which it cannot have been published."""
    last = seen or date(2100, 1, 1)
    updated = _first(_stated(known, _UPDATED, ("dateModified",)), last)
    address = _of_address(url, last)
    stated = [*_stated(known, _PUBLISHED[:_SURE], ("datePublished",)), *_micro(tree), *_stated(known, _PUBLISHED[_SURE:], ("dateCreated", "uploadDate"))]
    said = _first(stated, last, address)
    if said is not None:
        return Days(published=said, how="metadata", updated=updated)
    beside = _beside(tree, language, last)
    if beside is not None:
        return Days(published=beside, how="text", updated=updated)
    if address is not None:
        return Days(published=address, how="metadata", updated=updated)
    found = _searched(tree, url, last)
    if found == updated:  # the search takes the day of a change where it finds no other
        found = None
    return Days(published=found, how="text" if found else "unknown", updated=updated)


def _first(texts: list[str], last: date, address: date | None = None) -> date | None:
    """The first of these that is a day; the address's, where that is next to it and the clock was London's: the address was made by the page's own."""
    for text in texts:
        day = day_of(text)
        if day is not None and _FIRST <= day <= last:
            return address if address is not None and abs((address - day).days) == 1 and _LONDON.search(text) else day
    return None


def _stated(known: Structured, names: tuple[str, ...], keys: tuple[str, ...]) -> list[str]:
    return [*(value for name in names for value in known.meta.get(name, ())), *(value for key in keys if (value := known.told(key)))]


def _micro(tree: HtmlElement) -> list[str]:
    """The values of microdata, and of a <time> that says it is the publication's."""
    found: list[str] = []
    for element in tree.iter("time", "span", "meta", "div", "p", "abbr"):
        for_publication = element.tag == "time" and element.get("pubdate") is not None and element.get("datetime")
        if for_publication or "datepublished" in (element.get("itemprop") or "").lower():
            value = element.get("datetime") or element.get("content") or element.text_content()
            found.append(value[:_LONGEST])
    return found


def day_of(text: str) -> date | None:
    """The day of a date as machines write it: ISO 8601, RFC 822, or 20251012."""
    text = text.strip()
    match = _ISO.match(text)
    if match:
        return _day(match[1], match[2] or match[4], match[3] or match[5])
    if any(letter.isalpha() for letter in text) and any(letter.isdigit() for letter in text):
        try:
            return parsedate_to_datetime(text[:60]).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            return _written(text, "en")
    match = _NUMBERS.match(text)
    return _day(match[3], match[2], match[1]) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _of_address(url: str | None, last: date) -> date | None:
    match = _ADDRESS.search(url.split("?")[0]) if url else None
    if match is None:
        return None
    day = _day(match[1] or match[4], match[2] or match[5], match[3] or match[6])
    return day if day is not None and _FIRST <= day <= last else None


def _beside(tree: HtmlElement, language: str, last: date) -> date | None:
    """The day of the nearest element about the headline that is a <time> or named for a date; not one that tells of a change."""
    headings = list(tree.iter("h1"))[:_LOOKED]
    if not headings:
        return None
    around = max(headings, key=lambda heading: len(heading.text_content().strip()))  # a site's own name is short
    for _ in range(_LEVELS):
        parent = around.getparent()
        if parent is None:
            break
        # in the body itself only what comes next is the headline's
        near = list(islice(around.itersiblings(), _NEXT)) if parent.tag == "body" else [parent]
        around = parent
        found = (_day_in(element, language) for one in near for element in _dated(one))
        day = next((day for day in found if day is not None and _FIRST <= day <= last), None)
        if day is not None or parent.tag in ("body", "html"):
            return day
    return None


def _dated(around: HtmlElement) -> Iterator[HtmlElement]:
    looked = 0
    for element in around.iter("time", "span", "div", "p", "li", "abbr", "small", "em", "a", "b", "strong", "i", "dd"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        if (element.tag == "time" or _MARKED.search(marks)) and not _CHANGED.search(marks):
            looked += 1
            if looked > _LOOKED:
                return
            yield element


def _day_in(element: HtmlElement, language: str) -> date | None:
    machine = element.get("datetime") or (element.get("content") if element.get("itemprop") else None)
    if machine and (day := day_of(machine)) is not None:
        return day
    text = " ".join(element.text_content().split())
    if not text or len(text) > _LONGEST:
        return None
    return _written(_CHANGED.split(text)[0], language)  # 'Written: 7 November, updated: 8 November'


def _written(text: str, language: str) -> date | None:
    """The first full date of a short text in that language, or in numbers."""
    match = _ISO.search(text)
    if match and match[2]:
        return _day(match[1], match[2], match[3])
    match = _NUMBERS.search(text)
    if match and (language not in ("und", "en") or int(match[1]) > 12 or int(match[1]) == int(match[2])):
        return _day(match[3], match[2], match[1])
    return _in_words(text, language) or (_in_words(text, "en") if language != "en" else None)


def _in_words(text: str, language: str) -> date | None:
    from dragoman.reading.dates.grammar import matches
    from dragoman.reading.dates.resolve import Setting, resolve
    from dragoman.reading.dates.table import words

    known = words(language)
    if known is None:
        return None
    for match in matches(text, language):
        if {"day", "month", "year"} <= match.caught.keys() and "day2" not in match.caught:
            value = resolve(match, known, Setting(None, None, "past"))
            if value.earliest is not None and value.earliest == value.latest:
                return value.earliest
    return None


def _searched(tree: HtmlElement, url: str | None, last: date) -> date | None:
    from htmldate import find_date

    try:
        found = find_date(tree, original_date=True, extensive_search=True, url=url, min_date=_FIRST.isoformat(), max_date=last.isoformat())
    except Exception:
        # a search in a stranger's page: whatever fails in it, the page has no date for it
        return None
    return date.fromisoformat(found) if found else None
