"""The body of a request, read as far as it may go."""

from __future__ import annotations

from fastapi import Request

from dragoman.model.errors import TooLarge


async def body_of(request: Request, most: int) -> bytes:
    """The whole body. Raises TooLarge as soon as it is above `most` bytes, whatever its header says."""
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise TooLarge(f"the body has {int(length):,} bytes, and {most:,} is the limit")
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > most:
            raise TooLarge(f"the body has more than {most:,} bytes, which is the limit")
        pieces.append(piece)
    return b"".join(pieces)
