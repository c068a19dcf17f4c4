"""Whatever the user gives, as arrivals: the format is found, and its adapter does the rest.

stream ── gzip, bzip2 off ──▶ format ─┬─ text · html · pdf · message                       one article
                                      ├─ feed · sitemap · jsonl · csv · parquet · mailbox · warc   many
                                      └─ zip · tar ──▶ each member, the same way again
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO, Protocol

from dragoman.model.config import Config
from dragoman.model.errors import DragomanError, EmptyInput, InputError, ModelMissing, TooLarge
from dragoman.model.reading import Trouble
from dragoman.sources import archives, feeds, html, jsonl, mail, pdf, sitemaps, tables, text, warc
from dragoman.sources.arrival import Arrival, raise_limit, unusable
from dragoman.sources.bounded import Budget, Joined, unbzipped, ungzipped, whole
from dragoman.sources.formats import BEGIN, Format, format_of
from dragoman.sources.html import Told
from dragoman.sources.limits import NESTING, SITEMAP, WHOLE
from dragoman.sources.rows import Columns


class Page(Protocol):
    """What an address answered."""

    @property
    def url(self) -> str:
        """Where the redirects led."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def body(self) -> bytes:
        """The content, unpacked."""

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""

    @property
    def fetched_at(self) -> datetime:
        """When."""


# Bytes from which on a format can be told: a TAR's mark stands at 257.
_ENOUGH = 1_024
# Raises DragomanError where nothing comes.
Fetch = Callable[[str], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What opening may use: which columns hold what, and how a link is followed (None: not at all)."""

    columns: Columns = field(default_factory=Columns)
    fetch: Fetch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A stream with gzip and bzip2 taken off, and what it holds."""

    stream: BinaryIO
    name: str
    format: Format
    budget: Budget


def opened(file: BinaryIO, name: str, budget: Budget | None = None) -> Opened:
    """What a stream holds. Raises InputError where it is packed more than NESTING times over, or damaged."""
    budget = budget or Budget()
    for _ in range(NESTING + 1):
        begin, stream = _begun(file)
        found = format_of(begin, name)
        if found not in (Format.gzip, Format.bzip2):
            return Opened(stream=stream, name=name, format=found, budget=budget)
        file = (ungzipped if found is Format.gzip else unbzipped)(stream, budget, name)
    raise TooLarge(f"{name}: is packed more than {NESTING} times over; unpack it yourself and read that")


def _begun(file: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes, and the stream as if they had not been taken. A pipe is asked until it has given enough to tell a format by."""
    if file.seekable():
        at = file.tell()
        begin = file.read(BEGIN)
        file.seek(at)
        return begin, file
    begin = b""
    while len(begin) < _ENOUGH and (piece := file.read1(BEGIN) if isinstance(file, io.BufferedReader) else file.read(BEGIN)):
        begin += piece
        if begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b"\n" in begin:
            break  # lines of JSON, which may come one by one
    return begin, io.BufferedReader(Joined(begin, file))


def arrivals_in(file: BinaryIO, name: str, config: Config, means: Means | None = None, *, told: Told | None = None) -> Iterator[Arrival]:
    """The articles in a stream of whatever format; `told` is what is known of it, where it came from an address.

    Of what holds many, each that cannot be read becomes an unusable arrival, and the rest goes on. Raises InputError where nothing can be read at all.
    """
    yield from arrivals_of(opened(file, name), config, means or Means(), told)


def arrivals_of(found: Opened, config: Config, means: Means, told: Told | None = None, depth: int = 0) -> Iterator[Arrival]:
    """As `arrivals_in`, of a stream whose format is known. Raises ModelMissing where the library of the format is not installed."""
    try:
        yield from _arrivals(found, config, means, told, depth)
    except ModuleNotFoundError as error:
        message = f"{found.name}: to read {found.format} the package {error.name} is needed; install it: pip install 'dragoman[sources]'"
        raise ModelMissing(message) from error


def _arrivals(found: Opened, config: Config, means: Means, told: Told | None, depth: int) -> Iterator[Arrival]:
    name, stream = found.name, found.stream
    match found.format:
        case Format.html:
            yield html.from_html(_text(stream, name, config), name, config, told)
        case Format.pdf:
            raw = whole(stream, WHOLE, name, "print fewer pages of it to a PDF of their own, or read its text")
            yield _placed(pdf.from_pdf(io.BytesIO(raw), raw, name, config), told)
        case Format.message:
            yield mail.from_message(whole(stream, WHOLE, name, "save its text and read that"), name, config)
        case Format.mailbox:
            yield from mail.from_mailbox(stream, name, config)
        case Format.jsonl:
            yield from jsonl.from_lines(stream, name, config, means.columns)
        case Format.csv:
            yield from tables.from_csv(stream, name, config, means.columns)
        case Format.parquet:
            yield from tables.from_parquet(stream, name, config, means.columns)
        case Format.feed:
            feed = feeds.entries_of(_text(stream, name, config), name, url=told.url if told else None, charset=told.charset if told else None)
            yield from _of_feed(feed, name, config, means)
        case Format.sitemap:
            yield from _of_sitemap(whole(stream, SITEMAP, name, "give its parts"), name, config, means, told)
        case Format.warc:
            yield from _of_warc(stream, name, config, means)
        case Format.zip | Format.tar:
            yield from _of_archive(found, config, means, depth)
        case _:
            raw = _text(stream, name, config)
            yield _placed(text.from_bytes(raw, name, config, told.charset if told else None), told)


def _text(stream: BinaryIO, name: str, config: Config) -> bytes:
    return whole(stream, config.max_bytes, name, raise_limit("max_bytes"))


def _placed(found: Arrival, told: Told | None) -> Arrival:
    """What is no page, with what is known of the address that it came from."""
    if told is None:
        return found
    article = found.article
    if article.published is None and told.published is not None:
        article = replace(article, published=told.published, published_from="metadata")
    return replace(found, article=replace(article, url=told.url, title=article.title or told.title, outlet=article.outlet or told.outlet))


def _of_feed(feed: feeds.Feed, name: str, config: Config, means: Means) -> Iterator[Arrival]:
    if not feed.entries:
        raise EmptyInput(f"{name}: is a feed without entries; try again when it has some")
    for number, entry in enumerate(feed.entries, start=1):
        where = entry.url or f"{name} entry {number}"
        try:
            if entry.full or entry.url is None:
                found = feeds.entry_arrival(entry, f"{name} entry {number}", config)
            else:
                found = _fetched(entry.url, where, config, means, entry.told(), "the feed gives only the beginning of it")
        except InputError as error:
            found = unusable(where, str(error))
        yield _with(found, feed.troubles) if number == 1 else found


def _of_sitemap(raw: bytes, name: str, config: Config, means: Means, told: Told | None) -> Iterator[Arrival]:
    found = sitemaps.addresses_of(raw, name, url=told.url if told else None, charset=told.charset if told else None)
    troubles = found.troubles
    if not found.links and not found.maps:
        raise EmptyInput(f"{name}: is a sitemap without addresses; check the address")
    for url in found.maps:
        yield unusable(url, f"{url}: is a further sitemap; give its address")
    for link in found.links:
        try:
            one = _fetched(link.url, link.url, config, means, link.told(), "a sitemap gives its address alone")
        except InputError as error:
            one = unusable(link.url, str(error))
        yield _with(one, troubles)
        troubles = ()


def _with(found: Arrival, troubles: tuple[Trouble, ...]) -> Arrival:
    return replace(found, troubles=(*troubles, *found.troubles)) if troubles else found


def _fetched(url: str, where: str, config: Config, means: Means, told: Told, why: str) -> Arrival:
    """The page of a link. Raises InputError where it cannot be had."""
    if means.fetch is None:
        raise InputError(f"{where}: {why}, and links are not followed here; give the address itself")
    try:
        page = means.fetch(url)
    except InputError:
        raise
    except DragomanError as error:
        raise InputError(str(error)) from error
    if not 200 <= page.status < 300:
        raise InputError(f"{where}: the server answered {page.status}; try again later, or read a copy of the page")
    known = replace(told, url=page.url, charset=page.charset, seen=page.fetched_at.date())
    return single(page.body, url, config, known)


def single(raw: bytes, name: str, config: Config, told: Told | None = None) -> Arrival:
    """The one article of these bytes. Raises InputError where they hold none, or are something that holds many (a feed where a page was expected)."""
    found = opened(io.BytesIO(raw), name)
    if found.format not in (Format.html, Format.text, Format.pdf, Format.message):
        raise InputError(f"{name}: is no page but a {found.format}; give its address itself")
    return next(arrivals_of(found, config, Means(), told))


def _of_warc(stream: BinaryIO, name: str, config: Config, means: Means) -> Iterator[Arrival]:
    some = False
    for found in warc.captures(stream, name, config):
        some = True
        if isinstance(found, InputError):
            yield unusable(name, str(found))
            continue
        try:
            yield single(found.body, found.url or name, config, Told(url=found.url or None, charset=found.charset, seen=found.seen))
        except InputError as error:
            yield unusable(found.url or name, str(error))
    if not some:
        raise EmptyInput(f"{name}: holds no page that was fetched well; give a WARC file with pages in it")


def _of_archive(found: Opened, config: Config, means: Means, depth: int) -> Iterator[Arrival]:
    """The articles of an archive's members; what cannot be read of one costs that one, what is wrong with the archive ends it."""
    if depth >= NESTING:
        raise TooLarge(f"{found.name}: lies in more than {NESTING} archives, one in another; unpack it yourself and read that")
    members = (archives.members_of_zip if found.format is Format.zip else archives.members_of_tar)(found.stream, found.name, found.budget)
    some = False
    try:
        for where, member in members:
            some = True
            if isinstance(member, InputError):
                yield unusable(where, str(member))
                continue
            try:
                yield from arrivals_of(opened(member, where, found.budget), config, means, None, depth + 1)
            except InputError as error:
                yield unusable(where, str(error))
                if found.budget.unpacked < 0:
                    return
    except InputError as error:
        if not some:
            raise
        yield unusable(found.name, str(error))
    if not some:
        raise EmptyInput(f"{found.name}: is an archive without a text in it; give one with texts or pages")
