"""ZIP and TAR: their members, read where they lie and never written to a disk."""

from __future__ import annotations

import io
import re
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from dragoman.model.errors import BinaryInput, InputError, TooLarge
from dragoman.sources.bounded import Budget, Unpacked
from dragoman.sources.limits import MEMBERS

# What comes along with saved pages and holds no report.
_ALONG = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.(?!\.?(?:/|$)))|"
    r"\.(?:png|jpe?g|gif|svg|webp|ico|avif|bmp|css|js|mjs|map|woff2?|ttf|otf|eot|mp[34]|m4a|webm|ogg|wav|avi|mov|db|DS_Store)$",
    re.I,
)
_OUTSIDE = re.compile(r"^(?:[/\\]|[a-zA-Z]:[/\\])|(?:^|[/\\])\.\.(?:[/\\]|$)")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_PIECE = 1_000_000
# Bytes that a TAR may take to tell of one member: beyond, it would fill the memory with a name.
_TELLING = 4_000_000

Member = tuple[str, BinaryIO | InputError]


def members_of_zip(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    """(name, stream) of each member in the archive's order; an error in the place of one that is not read. Raises InputError where it is no archive."""
    with _as_a_file(file, budget, name) as source:
        try:
            archive = zipfile.ZipFile(source)
            entries = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
            raise InputError(f"{name}: is no ZIP archive that can be read ({error}); unpack it yourself, or get it again") from error
        names = {entry.filename for entry in entries}
        if "[Content_Types].xml" in names or any(one.startswith("META-INF/manifest.xml") for one in names):
            raise BinaryInput(f"{name}: is an office document (.docx, .odt), not an archive of texts; save it as text (UTF-8), HTML or PDF and read that")
        for entry in entries:
            if not entry.filename or entry.filename.endswith("/") or _ALONG.search(entry.filename):
                continue
            _count(budget, name)
            where = f"{name}/{entry.filename}"
            if (refused := _refused(entry.filename, where, link=stat.S_ISLNK(entry.external_attr >> 16))) is not None:
                yield where, refused
            elif entry.flag_bits & 1:
                yield where, InputError(f"{where}: is locked with a password; unlock it and read that")
            elif entry.compress_type not in _METHODS:
                yield where, InputError(f"{where}: is packed by a method that is not read; unpack it yourself and read that")
            else:
                yield where, _opened(archive, entry, budget, where)


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, where: str) -> BinaryIO | InputError:
    try:
        stream = archive.open(entry)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        return InputError(f"{where}: cannot be unpacked ({error}); unpack the archive yourself, or get it again")
    return io.BufferedReader(Unpacked(io.BufferedReader(_Whole(stream)), max(entry.compress_size, 1), budget, where), 65_536)


class _Whole(io.RawIOBase):
    """A member whose damage is an OSError, as that of other files."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(len(buffer))
        except zipfile.BadZipFile as error:
            raise OSError(str(error)) from error
        buffer[: len(piece)] = piece
        return len(piece)


def members_of_tar(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    """As `members_of_zip`, of a TAR that is read from its beginning to its end."""
    source = _Telling(file, name)
    try:
        source.telling()  # it asks for the first member at once
        archive = tarfile.open(fileobj=source, mode="r|")  # noqa: SIM115 - it holds nothing that needs closing
        while True:
            entry = archive.next()
            if entry is None:
                return
            along = entry.isdir() or _ALONG.search(entry.name)
            stream = archive.extractfile(entry) if entry.isreg() and not entry.issparse() else None
            source.giving()
            if along:
                _drained(stream)
                source.telling()
                continue
            _count(budget, name)
            where = f"{name}/{entry.name}"
            refused = _refused(entry.name, where, link=entry.issym() or entry.islnk() or entry.isdev())
            if refused is None and (entry.issparse() or not entry.isreg()):
                refused = InputError(f"{where}: is no plain file, and was left")
            if refused is None and stream is not None:
                yield where, io.BufferedReader(_Spent(stream, budget, where), 65_536)
            elif refused is not None:
                yield where, refused
            _drained(stream)
            source.telling()
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(f"{name}: is damaged ({error}); unpack it yourself, or get it again") from error


def _drained(stream: IO[bytes] | None) -> None:
    """Pass over what was not read of a member."""
    while stream is not None and stream.read(_PIECE):
        pass


class _Telling(io.RawIOBase):
    """A TAR's stream that gives only so much while the archive tells of its next member: names can be made to fill the memory."""

    def __init__(self, source: BinaryIO, name: str) -> None:
        self._source, self._name = source, name
        self._left: int | None = None

    def telling(self) -> None:
        self._left = _TELLING

    def giving(self) -> None:
        self._left = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._source.read(len(buffer))
        buffer[: len(piece)] = piece
        if self._left is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise TooLarge(f"{self._name}: takes more than {_TELLING:,} bytes to tell of one member; it is damaged, or made to stop programs")
        return len(piece)


class _Spent(io.RawIOBase):
    """A member of a TAR, counted against the budget."""

    def __init__(self, stream: IO[bytes], budget: Budget, name: str) -> None:
        self._stream, self._budget, self._name = stream, budget, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(len(buffer))
        except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
            raise InputError(f"{self._name}: is damaged ({error}); unpack it yourself, or get it again") from error
        self._budget.spend(len(piece), self._name)
        buffer[: len(piece)] = piece
        return len(piece)


def _count(budget: Budget, name: str) -> None:
    budget.members += 1
    if budget.members > MEMBERS:
        raise TooLarge(f"{name}: holds more than {MEMBERS:,} files, which is the limit; unpack it yourself and give its parts")


def _refused(member: str, where: str, *, link: bool) -> InputError | None:
    if link:
        return InputError(f"{where}: is a link or a device, which is not followed")
    if _OUTSIDE.search(member):
        return InputError(f"{where}: its name leads out of the archive, and it was left")
    return None


def _as_a_file(file: BinaryIO, budget: Budget, name: str) -> BinaryIO:
    """A file in which one can go to and fro, as a ZIP needs it; what comes from a stream is kept aside meanwhile."""
    if file.seekable():
        file.seek(0)
        return _Left(file)  # type: ignore[return-value]
    aside = tempfile.SpooledTemporaryFile(max_size=10 * _PIECE)  # noqa: SIM115 - closed by who asked for it
    while piece := file.read(_PIECE):
        budget.spend(len(piece), name)
        aside.write(piece)
    aside.seek(0)
    return aside  # type: ignore[return-value]


class _Left(io.BufferedIOBase):
    """Another's file: used, and left open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True
