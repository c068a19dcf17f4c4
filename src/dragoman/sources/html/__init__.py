"""Pages: bytes to an arrival whose text is the report alone, with what the page says of it.

bytes ── encoding ──▶ tree ─┬─ structured (meta, JSON-LD) ──▶ facts, days
                            └─ body ──▶ text ──▶ agency
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dragoman.model.config import Config
from dragoman.model.errors import DragomanError, EmptyInput, InputError, TooLarge
from dragoman.model.reading import Article, PublishedFrom, Trouble
from dragoman.sources.arrival import Arrival, arrival, raise_limit
from dragoman.sources.credits import agency_of
from dragoman.sources.deadline import within
from dragoman.sources.encoding import decode_declared
from dragoman.sources.limits import SECONDS

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|title|meta|div|p|h1|script|link)\b", re.I)
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.I)
# From so many words on a text is taken for a report and not for what is left of a page.
_FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a page before it is read: by the feed, the sitemap or the server that led to it. `seen` is the day on which it was fetched."""

    url: str | None = None
    charset: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    published: date | None = None
    updated: date | None = None
    seen: date | None = None


def looks_like_html(begin: bytes) -> bool:
    """Whether bytes that begin so are a page (and no feed)."""
    plain = begin.replace(b"\x00", b"")
    found = _PAGE.search(plain)
    return found is not None and not _FEED.search(plain[: found.start()]) and plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def from_html(raw: bytes, name: str, config: Config, told: Told | None = None) -> Arrival:
    """The report of a page. Raises EmptyInput where it holds none, BinaryInput, TooLarge or TooSlow; each with the next step."""
    if len(raw) > config.max_bytes:
        raise TooLarge(f"{name}: more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
    told = told or Told()
    text, encoding = decode_declared(raw, name, told.charset)
    with within(SECONDS, name):
        try:
            article = _article(text, name, told)
        except (DragomanError, MemoryError, ModuleNotFoundError):
            raise
        except Exception as error:
            # a stranger's page in libraries of others: whatever fails in them, the page cannot be read
            raise InputError(f"{name}: is a page that cannot be read ({type(error).__name__}); save the report's text and read that") from error
    if len(article.text.split()) < _FEWEST and len(article.text) < 10 * _FEWEST:
        raise EmptyInput(f"{name}: is a page in which no report was found; save the report's text and read that")
    troubles: tuple[Trouble, ...] = ()
    if "\ufffd" in text and encoding != "utf-8":
        troubles = (Trouble(stage="encoding", message=f"read as {encoding}, which leaves some characters unreadable; save the page as UTF-8"),)
    return arrival(article, config, troubles, source=raw)


def _article(text: str, name: str, told: Told) -> Article:
    from dragoman.sources.html.body import body
    from dragoman.sources.html.days import days
    from dragoman.sources.html.facts import facts
    from dragoman.sources.html.structured import structured
    from dragoman.sources.html.tree import tree_of

    tree = tree_of(text, name)
    known = structured(tree)
    said = facts(tree, known, told.url, told.outlet)
    when = days(tree, known, said.url or told.url, told.language or said.language or "und", seen=told.seen)
    report = body(tree, known, said.title or told.title)
    published, how = day_of_report(told, when.published, when.how)
    author = said.author or told.author
    return Article(
        id="", name=name, text=report, language=told.language or "und", title=said.title or told.title, outlet=said.outlet,
        url=said.url or told.url,
        published=published, published_from=how, author=author, updated=when.updated or told.updated, agency=agency_of(report, author, said.url),
        outlet_country=said.country,
    )  # fmt: skip


def day_of_report(told: Told, published: date | None, how: PublishedFrom) -> tuple[date | None, PublishedFrom]:
    """The page's own day where it is written for machines, else the feed's, else what is written on the page for people."""
    if told.published is not None and how != "metadata":
        return told.published, "metadata"
    return published, how


def named_for(found: Arrival, name: str) -> Arrival:
    """The same arrival under another name."""
    return replace(found, article=replace(found.article, name=name))
