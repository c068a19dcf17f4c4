"""An article taken anew from the bytes that were kept of it, for a program that has learnt to read them better.

What the record knows of it besides its text stays, since a feed, a table or a person may have said so; what it did not know is filled in.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.reading import Article
from dragoman.sources.arrival import Arrival, arrival
from dragoman.sources.credits import agency_of
from dragoman.sources.formats import BEGIN, Format, format_of
from dragoman.sources.html import Told
from dragoman.sources.jsonl import from_lines
from dragoman.sources.markup import text_of
from dragoman.sources.opening import single

# What is known of an article besides its text and its day.
_KNOWN = ("title", "outlet", "url", "author", "updated", "agency", "outlet_country")
# An entry of a feed, of which the piece is kept that it gave: no page has neither of these.
_PAGE = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
# What a server may have said of a page whose bytes do not tell; the server's word is not kept.
_CHARSETS = ("windows-1252", "windows-1254", "windows-1256", "windows-1250", "windows-1251", "iso-8859-9")


def again(article: Article, source: bytes, config: Config) -> Arrival:
    """The article by today's extraction; the very same where that finds nothing else. Raises InputError where nothing can be taken from the bytes any more."""
    found = _taken(article, source, config)
    if not found.usable:
        raise InputError(found.troubles[-1].message)
    new = found.article
    known = {field: getattr(article, field) for field in _KNOWN if getattr(article, field) is not None}
    if article.published is not None:
        known |= {"published": article.published, "published_from": article.published_from}
    if new.text == article.text and new.published is None:
        known |= {name: getattr(article, name) for name in ("published_from", "published_between", "published_evidence")}
    return replace(found, article=replace(new, name=article.name, language=article.language, **known), source=source)


def _taken(article: Article, source: bytes, config: Config) -> Arrival:
    begin = source[:BEGIN]
    if source.lstrip()[:1] == b"{" and format_of(begin, article.name) is Format.jsonl:
        return _line(article, source, config)
    if format_of(begin, article.name) in (Format.html, Format.text) and not _PAGE.search(begin):
        piece = _entry(article, source, config)
        if piece is not None and (piece.article.text == article.text or source.lstrip()[:1] == b"<"):
            return piece
    told = Told(url=article.url, title=article.title, outlet=article.outlet, author=article.author, published=article.published, updated=article.updated)
    found = single(source, article.name, config, told)
    if found.article.text == article.text or _is_utf8(source):
        return found
    ways = [found, *(one for charset in _CHARSETS if (one := _as(charset, article, source, config, told)) is not None)]
    return max(ways, key=lambda one: _shared(one.article.text, article.text))  # the first of those that share as much


def _line(article: Article, source: bytes, config: Config) -> Arrival:
    """A line of JSON gives its text as it is, under whatever name `--map` told."""
    try:
        row = json.loads(source)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict) and article.text in row.values():
        return Arrival(article=article, source=source)
    return next(from_lines(io.BytesIO(source), article.name, config))


def _entry(article: Article, source: bytes, config: Config) -> Arrival | None:
    """The piece that a feed gave, which is no page; None where there are no words in it."""
    try:
        text = text_of(source.decode("utf-8", "replace"), article.name)
    except InputError:
        return None
    if not text:
        return None
    agency = agency_of(text, article.author, article.url)
    return arrival(replace(article, text=text, agency=agency, published_between=None, published_evidence=()), config, source=source)


def _is_utf8(source: bytes) -> bool:
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as(charset: str, article: Article, source: bytes, config: Config, told: Told) -> Arrival | None:
    try:
        return single(source, article.name, config, replace(told, charset=charset))
    except InputError:
        return None


def _shared(one: str, other: str) -> float:
    """How much of their words two texts have in common, 0 to 1: letters read under another encoding make other words."""
    ours, theirs = set(one.split()), set(other.split())
    return len(ours & theirs) / max(1, len(ours | theirs))
