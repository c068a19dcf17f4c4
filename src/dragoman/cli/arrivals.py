"""What a command is given to read: a file, a folder, a table of lines, or standard input, as arrivals."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from dragoman.model.config import Config
    from dragoman.sources.arrival import Arrival


def arrivals_of(file: str, config: Config) -> tuple[Iterable[Arrival], bool, Callable[[], int] | None]:
    """What FILE holds, whether it may be more than one article, and how many they are where that can be told."""
    from dragoman.sources import jsonl, text

    if file == "-":
        stdin = sys.stdin.buffer
        if _begins(stdin).startswith(b"{"):
            return jsonl.from_lines(stdin, text.STDIN, config), True, None
        return (text.from_stream(stdin, config),), False, None
    path = Path(file)
    if _is_folder(path):
        paths = text.texts_in(path)
        return text.from_files(paths, config), True, lambda: len(paths)
    if path.suffix in (".jsonl", ".ndjson"):
        return jsonl.from_jsonl(path, config), True, lambda: jsonl.count(path)
    return (text.from_file(path, config),), False, None


def _begins(stream: BinaryIO) -> bytes:
    """What the stream begins with, white space and byte order mark left out; nothing of it is taken."""
    begin: bytes = stream.peek() if isinstance(stream, io.BufferedReader) else b""
    return begin.lstrip(b"\xef\xbb\xbf \t\r\n")


def _is_folder(path: Path) -> bool:
    """As the path says it; False where the system cannot tell, so that opening it gives the reason."""
    try:
        return path.is_dir()
    except OSError:
        return False
