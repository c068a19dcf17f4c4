"""Formats whose parsers are large machines (PDF, Parquet), read in a process of their own that may take so much memory and time and no more.

    here                                       there: python -m dragoman.sources.confined READER
    the file ── standard input ──▶ limits on memory and processor time set ──▶ parser
    objects  ◀── one JSON a line, the last says whether all went well ──────────┘

A hostile file can only end that process. Memory is limited on Linux, processor time on every Unix.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from typing import IO, Any, BinaryIO

from dragoman.model.errors import DragomanError, InputError, TooLarge
from dragoman.sources.limits import CONFINED, LINE, PROCESSOR
from dragoman.sources.rows import Columns

# One thread and one arena: what a parser takes is what its file makes it take.
_ALONE = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1", "ARROW_IO_THREADS": "1"}
_SPOOL = 1_000_000


def confined(reader: str, file: BinaryIO, name: str, *, columns: Columns | None = None) -> Iterator[dict[str, Any]]:
    """What the reader (`pdf` or `parquet`) finds in a file, object by object. Raises InputError where the file is none of its kind or takes too much."""
    command = [sys.executable, "-P", "-m", "dragoman.sources.confined", reader, name, json.dumps((columns or Columns()).given)]
    with _as_a_file(file) as source, tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, stderr=said, env={**os.environ, **_ALONE})  # noqa: S603 - our own module
        assert child.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            ended = yield from _objects(child.stdout, name)
        finally:
            child.stdout.close()
            child.kill()
            child.wait()
    if ended is None:
        limits = f"{CONFINED // 1_000_000} MB, {PROCESSOR} s"
        raise TooLarge(f"{name}: takes more memory or time than a file may ({limits}); it is damaged, or made to stop programs")
    if ended:
        raise InputError(f"{name}: {ended}")


def _objects(stream: IO[bytes], name: str) -> Generator[dict[str, Any], None, str | None]:
    """The objects until the last line, which this gives back: '' where all went well, else what went wrong; None where the process was stopped."""
    while line := stream.readline(LINE + 1):
        if len(line) > LINE:
            raise TooLarge(f"{name}: holds a text of more than {LINE // 1_000_000} MB, which is the limit")
        if not line.endswith(b"\n"):
            return None
        found = json.loads(line)
        if "ended" in found and len(found) == 1:
            return str(found["ended"])
        yield found["given"]
    return None


def _as_a_file(file: BinaryIO) -> Any:
    """A file that the system knows, at its beginning: a parser looks to and fro in it."""
    try:
        file.fileno()
        if file.seekable() and not isinstance(file, io.BytesIO):
            file.seek(0)
            os.lseek(file.fileno(), 0, os.SEEK_SET)
            return os.fdopen(os.dup(file.fileno()), "rb")
    except (OSError, AttributeError, io.UnsupportedOperation):
        pass
    spooled = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who asked for it
    while piece := file.read(_SPOOL):
        spooled.write(piece)
    spooled.seek(0)
    return spooled


def _limit() -> None:
    """From here on no more memory than the limit beyond what is held now."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm", "rb") as held:  # noqa: PTH123 - a Path would be one more import there
            pages = int(held.read().split()[0])
    except OSError:
        return
    most = pages * resource.getpagesize() + CONFINED
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _main(reader: str, name: str, given: str) -> None:
    from dragoman.sources import parquet, pdf

    read = {"pdf": pdf.read, "parquet": parquet.read}[reader]
    out = sys.stdout.buffer
    columns = Columns(tuple((field, column) for field, column in json.loads(given)))
    try:
        (pdf if reader == "pdf" else parquet).prepare()
        _limit()
        for one in read(sys.stdin.buffer, name, columns):
            out.write(json.dumps({"given": one}).encode("ascii") + b"\n")
        ended = ""
    except MemoryError:
        return
    except ModuleNotFoundError as error:
        ended = f"to read {reader} the package {error.name} is needed; install it: pip install 'dragoman[sources]'"
    except DragomanError as error:
        ended = str(error).removeprefix(f"{name}: ")
    out.write(json.dumps({"ended": ended}).encode("ascii") + b"\n")
    out.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:4])
