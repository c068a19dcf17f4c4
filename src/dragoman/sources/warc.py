"""Web archives (WARC): the pages, feeds and texts in them, each with the address and the day at which it was fetched."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.sources.limits import RECORDS

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

# Kinds of content in which a report can be.
_READ = re.compile(r"^(?:text/(?:html|plain|xml)|application/(?:xhtml\+xml|xml|rss\+xml|atom\+xml|pdf|feed\+json|json))\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What was fetched from an address on a day; `body` is unpacked, and one byte above the limit where it is larger."""

    url: str
    body: bytes
    charset: str | None = None
    seen: date | None = None


def captures(file: BinaryIO, name: str, config: Config) -> Iterator[Capture | InputError]:
    """The successful answers and the texts of a WARC file, in order; an error in the place of what cannot be read, and at the end of a damaged file."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = 0
    try:
        for record in ArchiveIterator(_Forward(file), record_types=wanted, parse_http=False, strict_mode=False):
            records += 1
            if records > RECORDS:
                yield InputError(f"{name}: holds more than {RECORDS:,} records, which is the limit; the rest was left")
                return
            try:
                if (found := _capture(record, config)) is not None:
                    yield found
            except InputError as error:
                yield error
    except InputError as error:
        yield error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        # a stranger's file in a library of others, whose panics are no Exception: what comes after the damage cannot be found again
        yield InputError(f"{name}: is damaged after {records} records ({str(error)[:120] or type(error).__name__}); the rest was left")
    if not records:
        yield InputError(f"{name}: holds no record that can be read; check that it is a WARC file")


class _Forward:
    """A stream for a library that asks where it is and never goes back."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """The source is another's."""

    def seek(self, offset: int, whence: int = 0) -> int:
        if (whence == 1 and offset == 0) or (whence == 0 and offset == self._at):
            return self._at
        raise OSError("this stream goes forward only")


def _capture(record: WarcRecord, config: Config) -> Capture | None:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    charset, kind, chunked, coding = None, record.headers.get("Content-Type") or "", False, ""
    if record.is_http:
        # unpacked here and not there: the library loses its place where a packed body is left in the middle
        record.parse_http(auto_decode="none", strict_mode=False)
        headers: Any = record.http_headers
        status = headers.status_code if headers is not None else None
        if status is not None and status != 200:
            return None
        kind, charset = record.http_content_type or "", record.http_charset
        chunked = "chunked" in (headers.get("Transfer-Encoding") or "").lower()
        coding = (headers.get("Content-Encoding") or "").strip().lower()
    if not _READ.match(kind.strip()):
        return None
    body = record.reader.read(config.max_bytes + 1)
    if chunked:
        body = _joined(body)
    if coding in ("gzip", "x-gzip", "deflate"):
        body = _unpacked(body, config.max_bytes + 1, url)
    day = record.record_date
    return Capture(url=url[:2_000], body=body, charset=charset, seen=day.date() if day is not None and day.year >= 1990 else None)


def _joined(body: bytes) -> bytes:
    """A body without the lengths of its chunks; as it stands where it has none, as crawlers that join them often leave the header."""
    pieces: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + 40)) >= 0:
        size = re.match(rb"[0-9a-fA-F]{1,8}", body[at:end])
        if size is None:
            break
        length = int(size[0], 16)
        if not length:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(pieces) or body


def _unpacked(body: bytes, limit: int, name: str) -> bytes:
    """A packed body's first `limit` bytes; as it stands where it is not packed after all. Raises InputError where it is damaged."""
    if body[:2] == b"\x1f\x8b":
        window = zlib.MAX_WBITS | 16
    elif body[:1] == b"\x78":
        window = zlib.MAX_WBITS
    else:
        return body
    try:
        return zlib.decompressobj(window).decompress(body, limit)
    except zlib.error as error:
        raise InputError(f"{name}: is damaged ({error}); fetch it again") from error
