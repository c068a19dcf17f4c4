"""Streams that stop before they fill the memory or the day: packed files that grow without end are refused while they are read."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from typing import BinaryIO

from dragoman.model.errors import InputError, TooLarge
from dragoman.sources.limits import RATIO, SMALL, UNPACKED


class Budget:
    """How many bytes may still come out of a file and of all that is packed in it, and how many members were seen."""

    def __init__(self, unpacked: int = UNPACKED) -> None:
        self.unpacked = unpacked
        self.members = 0

    def spend(self, count: int, name: str) -> None:
        """Raises TooLarge where it is used up."""
        self.unpacked -= count
        if self.unpacked < 0:
            raise TooLarge(f"{name}: unpacks to more than {UNPACKED:,} bytes, which is the limit; unpack it yourself and give its parts")


class Counted(io.RawIOBase):
    """A stream that counts what is taken from it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._source.read(len(buffer))
        buffer[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)


class Joined(io.RawIOBase):
    """What was read of a stream already, and then its rest."""

    def __init__(self, begin: bytes, rest: BinaryIO) -> None:
        self._begin = io.BytesIO(begin)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._begin.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


class Unpacked(io.RawIOBase):
    """What a packed stream unpacks to. `packed` tells how many bytes were taken of it so far, or is their number.

    Raises TooLarge where one byte becomes more than RATIO (beyond SMALL bytes) or the budget is used up, InputError where it is damaged.
    """

    def __init__(self, source: BinaryIO, packed: Counted | int, budget: Budget, name: str) -> None:
        self._source, self._packed, self._budget, self._name = source, packed, budget, name
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._source.read(min(len(buffer), 65_536))
        except (OSError, EOFError, zlib.error, ValueError, RuntimeError, NotImplementedError) as error:
            raise InputError(f"{self._name}: is damaged ({error}); unpack it yourself, or get it again") from error
        buffer[: len(piece)] = piece
        self._count += len(piece)
        self._budget.spend(len(piece), self._name)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        if self._count > SMALL and self._count > RATIO * max(packed, 1):
            raise TooLarge(f"{self._name}: grows more than {RATIO}-fold when unpacked, as no text does; it was left")
        return len(piece)


def ungzipped(file: BinaryIO, budget: Budget, name: str) -> io.BufferedReader:
    """What a gzip file holds."""
    counted = Counted(file)
    return io.BufferedReader(Unpacked(gzip.GzipFile(fileobj=io.BufferedReader(counted), mode="rb"), counted, budget, name), 65_536)  # type: ignore[arg-type]


def unbzipped(file: BinaryIO, budget: Budget, name: str) -> io.BufferedReader:
    """What a bzip2 file holds."""
    counted = Counted(file)
    return io.BufferedReader(Unpacked(bz2.BZ2File(io.BufferedReader(counted)), counted, budget, name), 65_536)  # type: ignore[arg-type]


def whole(file: BinaryIO, limit: int, name: str, advice: str) -> bytes:
    """All bytes of a stream. Raises TooLarge above the limit; `advice` is the next step."""
    raw = file.read(limit + 1)
    if len(raw) > limit:
        raise TooLarge(f"{name}: more than {limit:,} bytes, which is the limit; {advice}")
    return raw
