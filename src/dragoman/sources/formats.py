"""Which format bytes are in: told by what they begin with, then by the file's name."""

from __future__ import annotations

import re
from enum import StrEnum

from dragoman.sources.html import looks_like_html
from dragoman.sources.mail import looks_like_mail, looks_like_mailbox

# How many bytes of a file are looked at.
BEGIN = 8_192


class Format(StrEnum):
    """A format that is read."""

    text = "text"
    html = "html"
    feed = "feed"
    sitemap = "sitemap"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    warc = "warc"
    message = "message"
    mailbox = "mailbox"
    pdf = "pdf"
    zip = "zip"
    tar = "tar"
    gzip = "gzip"
    bzip2 = "bzip2"


# Those of which one file is one article.
SINGLE = frozenset({Format.text, Format.html, Format.message, Format.pdf})

_FEED = re.compile(r"<(?:[\w.-]{1,30}:)?(?:rss|feed|rdf)[\s>]", re.I)
_SITEMAP = re.compile(r"<(?:[\w.-]{1,30}:)?(?:urlset|sitemapindex)[\s>]", re.I)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_JSON_LINE = re.compile(r'\{\s*"[^"\\]{1,60}"\s*:')
_MARKUP = re.compile(r"\s*(?:<\?xml|<!--|<!doctype|<)", re.I)
_SUFFIXES = {
    ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".json": Format.jsonl, ".csv": Format.csv, ".tsv": Format.csv, ".tab": Format.csv,
    ".html": Format.html, ".htm": Format.html, ".xhtml": Format.html, ".rss": Format.feed, ".atom": Format.feed, ".eml": Format.message,
    ".mbox": Format.mailbox, ".mbx": Format.mailbox, ".pdf": Format.pdf, ".parquet": Format.parquet, ".warc": Format.warc,
}  # fmt: skip
# What a suffix may say of bytes that say nothing themselves; for the other formats they always do.
_BY_NAME = frozenset({Format.jsonl, Format.csv, Format.html})


def format_of(begin: bytes, name: str) -> Format:
    """The format of a file that begins so: format_of(b"%PDF-1.7", "a.txt") is Format.pdf."""
    if (packed := _by_signature(begin)) is not None:
        return packed
    suffix = _suffix(name)
    if looks_like_mailbox(begin):
        return Format.mailbox
    if looks_like_mail(begin):
        return Format.message
    text = _readable(begin).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        if _JSON_FEED.search(text):
            return Format.feed
        return Format.jsonl if suffix is Format.jsonl or (suffix is None and _JSON_LINE.match(text)) else Format.text
    if _MARKUP.match(text):
        if _SITEMAP.search(text) and not looks_like_html(begin[:200]):
            return Format.sitemap
        feed = _FEED.search(text)
        if feed and not re.search(r"<html[\s>]", text[: feed.start()], re.I):
            return Format.feed
        if looks_like_html(begin) or suffix is Format.html:
            return Format.html
    return suffix if suffix in _BY_NAME else Format.text


def _by_signature(begin: bytes) -> Format | None:
    if b"%PDF-" in begin[:1_024]:
        return Format.pdf
    for signature, found in (
        (b"PK\x03\x04", Format.zip), (b"PK\x05\x06", Format.zip), (b"\x1f\x8b", Format.gzip), (b"BZh", Format.bzip2), (b"PAR1", Format.parquet), (b"WARC/",
        Format.warc),
    ):  # fmt: skip
        if begin.startswith(signature):
            return found
    return Format.tar if begin[257:262] == b"ustar" else None


def _readable(begin: bytes) -> str:
    """The beginning as text, well enough to see tags and brackets: in UTF-16 these are one byte beside a NUL."""
    return begin.replace(b"\x00", b"").lstrip(b"\xff\xfe").decode("utf-8", "replace")


def _suffix(name: str) -> Format | None:
    plain = name.lower()
    for packed in (".gz", ".bz2"):
        plain = plain.removesuffix(packed)
    dot = plain.rfind(".")
    return _SUFFIXES.get(plain[dot:]) if dot >= 0 and "/" not in plain[dot:] else None
