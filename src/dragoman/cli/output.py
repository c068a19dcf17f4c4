"""Where a command writes: standard output, or a file that is whole or as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dragoman.model.errors import InputError


@contextmanager
def opened(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that takes the old one's place only when all is written; a device or a pipe is written to as it is."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
        yield sys.stdout
        sys.stdout.flush()
        return
    if output.is_dir():
        raise InputError(f"{output}: is a folder; give the name of a file to write")
    # A link stays a link: what it points to is replaced.
    target = output.resolve()
    in_place = target.exists() and not target.is_file()
    part = target if in_place else target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stream = part.open("w", encoding="utf-8", errors="surrogatepass")
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); choose another place") from error
    try:
        with stream:
            yield stream
        if not in_place:
            part.replace(target)
    finally:
        if not in_place:
            part.unlink(missing_ok=True)
