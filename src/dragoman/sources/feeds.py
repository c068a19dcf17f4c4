"""Feeds (RSS, Atom, JSON Feed): their entries, each with its text or the link to it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.model.reading import Article, Trouble
from dragoman.sources.arrival import Arrival, arrival
from dragoman.sources.credits import agency_of
from dragoman.sources.deadline import within
from dragoman.sources.html import Told
from dragoman.sources.html.days import day_of
from dragoman.sources.limits import ENTRIES, SECONDS
from dragoman.sources.markup import text_of
from dragoman.sources.outlets import canonical, outlet_of
from dragoman.sources.xml import xml_of

_END = re.compile(r"</(?:[\w.-]{1,30}:)?(?:item|entry)\s*>", re.I)
_START = re.compile(r"<(?:[\w.-]{1,30}:)?(?:item|entry)[\s>]", re.I)
_ROOT = re.compile(r"<((?:[\w.-]{1,30}:)?(?:rss|feed|rdf))\b", re.I)
# A text that ends so is the beginning of one.
_CUT_OFF = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&#8230;|&hellip;)\s*\]|…|\.\.\.|continue reading\W*|read more\W*|lire la suite\W*|devamını oku\W*|اقرأ المزيد\W*)\s*$", re.I
)
# Words from which on the content of an entry, and its summary, are taken for the whole report.
_CONTENT, _SUMMARY = 60, 150
_WORDS = re.compile(r"\w+")
_LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `html` is the most that it gives of the report, `full` whether that is all of it; `url` is absolute, `id` the feed's own word for it."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    html: str = ""
    text: str = ""
    full: bool = False
    published: date | None = None
    updated: date | None = None
    author: str | None = None
    outlet: str | None = None

    def told(self) -> Told:
        """What the entry says of the page that it leads to."""
        return Told(url=self.url, title=self.title, outlet=self.outlet, author=self.author, published=self.published, updated=self.updated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's entries in its order; `troubles` say what was left out."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def entries_of(raw: bytes, name: str, *, url: str | None = None, charset: str | None = None) -> Feed:
    """The entries of a feed found under `url`, at most ENTRIES of them. Raises InputError where it is no feed, or one made to do harm."""
    with within(SECONDS, name):
        if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return _json_feed(raw, name, url)
        return _xml_feed(xml_of(raw, name, charset), name, url)


def _xml_feed(text: str, name: str, url: str | None) -> Feed:
    import feedparser

    text, troubles = _first_entries(text, name)
    # as a stream: what looks like an address or a path, feedparser opens
    document = io.BytesIO(text.encode("utf-8"))
    try:
        found = feedparser.parse(document, response_headers={"content-type": "application/xml; charset=utf-8"}, sanitize_html=False)
    except Exception as error:
        # a stranger's file in a library of others: whatever fails in it, it is no feed
        raise InputError(f"{name}: is no feed that can be read ({type(error).__name__}); check the address, or read the page itself") from error
    entries = found.get("entries", [])
    if not found.get("version") and not entries:
        raise InputError(f"{name}: is no feed that can be read ({_why(found)}); check the address, or read the page itself")
    title = _plain(found.get("feed", {}).get("title"))
    return Feed(title=title, entries=tuple(_entry(one, title, url) for one in entries[:ENTRIES]), troubles=troubles)


def _why(found: Any) -> str:
    reason = found.get("bozo_exception")
    return f"XML: {reason}" if reason is not None else "neither RSS nor Atom"


def _first_entries(text: str, name: str) -> tuple[str, tuple[Trouble, ...]]:
    """The feed cut after its first ENTRIES entries, with a trouble that says so; a feed that opens more than it closes is refused."""
    for ends, match in enumerate(_END.finditer(text), start=1):
        if ends == ENTRIES:
            rest = sum(1 for _ in _END.finditer(text, match.end()))
            if rest:
                root = _ROOT.search(text)
                closing = f"</{root[1]}>" if root else ""
                between = "</channel>" if root and root[1].lower().endswith("rss") else ""
                message = f"{name}: holds {ENTRIES + rest:,} entries; the first {ENTRIES:,} were taken, which is the limit"
                return text[: match.end()] + between + closing, (Trouble(stage="feed", message=message),)
            break
    if sum(1 for _ in _START.finditer(text)) > 2 * ENTRIES:
        raise TooLarge(f"{name}: begins more than {ENTRIES:,} entries and ends few of them; it is damaged, or made to stop programs")
    return text, ()


def _entry(one: Any, feed_title: str | None, url: str | None) -> Entry:
    content = max((str(part.get("value") or "") for part in one.get("content", ()) if "html" in str(part.get("type",
    "html")) or "text" in str(part.get("type"))),
                  key=len, default="")  # fmt: skip
    summary = str(one.get("summary") or "")
    link = canonical(_text(one.get("link")) or next((_text(each.get("href")) for each in one.get("links", ()) if each.get("rel") == "alternate"), None), url)
    source = one.get("source")
    outlet = _plain(source.get("title")) if isinstance(source, Mapping) else None
    return _made(
        content, summary, id=_text(one.get("id")), url=link, title=_plain(one.get("title")), published=_day(one.get("published")),
        updated=_day(dict.get(one, "updated")),
        author=_plain(one.get("author")), outlet=outlet or feed_title,
    )  # fmt: skip


def _made(content: str, summary: str, **known: Any) -> Entry:
    """An entry with the longer of its texts, and whether that is the whole of the report."""
    markup = content if len(content) >= len(summary) else summary
    text = _words_of(markup)
    enough = _CONTENT if markup is content and content else _SUMMARY
    whole = _count(text) >= enough and not _CUT_OFF.search(text)
    return Entry(html=markup, text=text, full=whole or (known.get("url") is None and bool(text)), **known)


def _words_of(markup: str) -> str:
    if not markup.strip():
        return ""
    try:
        return text_of(markup, "entry")
    except InputError:
        return ""


def _count(text: str) -> int:
    return sum(1 for _ in _WORDS.finditer(text))


def _json_feed(raw: bytes, name: str, url: str | None) -> Feed:
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: is no JSON Feed ({error}); check the address, or read the page itself") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise InputError(f"{name}: is no JSON Feed (it has no 'items'); check the address, or read the page itself")
    title = _plain(document.get("title"))
    troubles: tuple[Trouble, ...] = ()
    if len(items) > ENTRIES:
        message = f"{name}: holds {len(items):,} entries; the first {ENTRIES:,} were taken, which is the limit"
        troubles = (Trouble(stage="feed", message=message),)
    return Feed(title=title, entries=tuple(_json_entry(one, title, url) for one in items[:ENTRIES] if isinstance(one, dict)), troubles=troubles)


def _json_entry(one: Mapping[str, Any], feed_title: str | None, url: str | None) -> Entry:
    from html import escape

    plain = one.get("content_text")
    content = one.get("content_html") or ("".join(f"<p>{escape(part)}</p>" for part in plain.split("\n") if part.strip()) if isinstance(plain, str) else "")
    several = one.get("authors")
    authors = several if isinstance(several, list) else [one.get("author")]
    names = [name for each in authors if isinstance(each, Mapping) and (name := _plain(each.get("name")))]
    return _made(
        content if isinstance(content, str) else "", escape(str(one.get("summary") or "")), id=_text(one.get("id")), url=canonical(_text(one.get("url")), url),
        title=_plain(one.get("title")), published=_day(one.get("date_published")), updated=_day(one.get("date_modified")), author=", ".join(names) or None,
        outlet=feed_title,
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return str(value)[:_LONGEST].strip() or None if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _plain(value: Any) -> str | None:
    """A title or a name without markup."""
    from html import unescape

    text = _text(value)
    return " ".join(unescape(re.sub(r"<[^<>]{0,300}>", " ", text)).split()) or None if text else None


def _day(value: Any) -> date | None:
    return day_of(value) if isinstance(value, str) else None


def entry_arrival(entry: Entry, name: str, config: Config) -> Arrival:
    """The article of an entry that gives its text; `name` is the feed's, for messages. Raises EmptyInput where it gives none, TooLarge."""
    called = entry.url or entry.id or name
    if not entry.text:
        raise EmptyInput(f"{called}: the feed gives no text of it")
    outlet, country = outlet_of(entry.url, entry.outlet)
    article = Article(
        id="", name=called, text=entry.text, title=entry.title, outlet=outlet, url=entry.url, published=entry.published,
        published_from="metadata" if entry.published else "unknown", author=entry.author, updated=entry.updated,
        agency=agency_of(entry.text, entry.author, entry.url), outlet_country=country,
    )  # fmt: skip
    return arrival(article, config, source=entry.html.encode("utf-8", "replace"))
