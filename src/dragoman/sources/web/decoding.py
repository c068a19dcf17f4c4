"""The body of an answer: unpacked as it comes, and never more of it than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from dragoman.model.errors import TooLarge
from dragoman.sources.web.failures import Refused, Unfetched

# What is unpacked at once: one small piece of a bomb is met before the whole goes off.
_PIECE = 65_536
# The codings that are asked for; a page in two of them, one around the other, is allowed for.
ACCEPTED = "gzip, deflate"
_MOST_CODINGS = 2


def body(chunks: Iterable[bytes], codings: str, limit: int, name: str) -> bytes:
    """All bytes, unpacked. Raises TooLarge above `limit`, packed or unpacked; Refused for an unknown coding; Unfetched where it is broken off."""
    stream: Iterator[bytes] = _bounded(chunks, limit, name)
    words = [word for word in (part.strip().lower() for part in codings.split(",")) if word and word != "identity"]
    if len(words) > _MOST_CODINGS:
        raise Refused(f"{name}: is packed {len(words)} times over, which no honest server does")
    for word in reversed(words):
        if word not in ("gzip", "x-gzip", "deflate"):
            raise Refused(f"{name}: is sent in the coding '{word[:20]}', which was not asked for")
        stream = _bounded(_unpacked(stream, word, name), limit, name)
    return b"".join(stream)


def _bounded(chunks: Iterable[bytes], limit: int, name: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"{name}: is larger than {limit:,} bytes, which is the limit")
        yield chunk


def _unpacked(chunks: Iterable[bytes], coding: str, name: str) -> Iterator[bytes]:
    unpacker = None
    try:
        for chunk in chunks:
            while chunk:
                if unpacker is None:
                    unpacker = zlib.decompressobj(_window(chunk, coding))
                yield unpacker.decompress(chunk, _PIECE)
                chunk = unpacker.unconsumed_tail or unpacker.unused_data
                if unpacker.eof:
                    unpacker = None
                    if coding == "deflate":
                        return
        while unpacker is not None:
            piece = unpacker.decompress(b"", _PIECE)
            if unpacker.eof:
                unpacker = None
            elif not piece:
                raise Unfetched(f"{name}: broke off in the middle")
            yield piece
    except zlib.error as error:
        raise Unfetched(f"{name}: says that it is packed, but cannot be unpacked ({error})") from error


def _window(chunk: bytes, coding: str) -> int:
    """zlib's window bits. 'deflate' should have zlib's header, and some servers leave it out."""
    if coding != "deflate":
        return 16 + zlib.MAX_WBITS
    return zlib.MAX_WBITS if chunk[0] & 0x0F == 8 and chunk[0] >> 4 <= 7 else -zlib.MAX_WBITS
