"""What a command is given to read, as arrivals: a file of any format, a folder, an address, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from dragoman.model.config import Config
    from dragoman.sources.arrival import Arrival
    from dragoman.sources.opening import Fetch, Means, Opened

# What --map says, for the help of the commands that have it.
MAP = "Which column of a table holds what, as text=body,published=date; fields: id, text, title, language, published, outlet, url, author, updated."


def arrivals_of(file: str, config: Config, mapping: str | None = None) -> tuple[Iterable[Arrival], bool, Callable[[], int] | None]:
    """What FILE holds, whether it may be more than one article, and how many they are where that can be told. `mapping` is what --map says."""
    from dragoman.sources import jsonl, text
    from dragoman.sources.opening import Means, opened
    from dragoman.sources.rows import columns

    means = Means(columns=columns(mapping), fetch=_follow(config))
    if file == "-":
        return (*_of(opened(sys.stdin.buffer, text.STDIN), config, means, mapping), None)
    if file.lower().startswith(("http://", "https://")):
        return (*_at(file, config, means), None)
    path = Path(file)
    if _is_folder(path):
        paths = text.texts_in(path)
        return _in_folder(paths, config, means), True, lambda: len(paths)
    stream = text.open_file(path)
    found, many = _of(opened(stream, path.name), config, means, mapping)
    plain = path.suffix in (".jsonl", ".ndjson")
    return _closing(found, stream), many, (lambda: jsonl.count(path)) if plain else None


def arrivals_of_all(files: Sequence[str], config: Config, mapping: str | None = None) -> Iterator[Arrival]:
    """What all of these hold, one after the other. Of several, one that cannot be read becomes an unusable arrival; of one, its error is raised."""
    from dragoman.model.errors import InputError
    from dragoman.sources.arrival import unusable

    for file in files:
        try:
            yield from arrivals_of(file, config, mapping)[0]
        except InputError as error:
            if len(files) == 1:
                raise
            yield unusable(file, str(error))


def _of(found: Opened, config: Config, means: Means, mapping: str | None) -> tuple[Iterable[Arrival], bool]:
    """A stream's articles. What could be a table, and is said to have columns, is one."""
    from dataclasses import replace

    from dragoman.sources.formats import SINGLE, Format
    from dragoman.sources.opening import arrivals_of

    if mapping and found.format is Format.text:
        found = replace(found, format=Format.csv)
    return arrivals_of(found, config, means), found.format not in SINGLE


def _at(url: str, config: Config, means: Means) -> tuple[Iterable[Arrival], bool]:
    """The articles at an address; that they are many shows when a second one comes."""
    from dragoman.sources.web.arrivals import arrivals_of_url

    coming = iter(arrivals_of_url(url, config, means))
    first = list(islice(coming, 2))
    return chain(first, coming), len(first) > 1


def _follow(config: Config) -> Fetch:
    """Fetches what a feed or a sitemap leads to, politely; what opens sockets is loaded at the first link."""
    visits: list[Fetch] = []

    def follow(url: str):  # type: ignore[no-untyped-def]  # as Fetch says
        if not visits:
            import time

            from dragoman.sources.web.manners import Manners
            from dragoman.sources.web.network import Network
            from dragoman.sources.web.settings import Limits, Settings

            visits.append(Manners(Settings(limits=Limits(max_bytes=config.max_bytes)), Network(), delay=1.0, pause=time.sleep).visit)
        return visits[0](url)

    return follow


def _in_folder(paths: tuple[Path, ...], config: Config, means: Means) -> Iterator[Arrival]:
    """One arrival a file, by name; a file that cannot be read becomes an unusable one."""
    from dragoman.model.errors import InputError
    from dragoman.sources import text
    from dragoman.sources.arrival import unusable
    from dragoman.sources.opening import arrivals_in

    for path in paths:
        try:
            with text.open_file(path) as stream:
                yield from arrivals_in(stream, path.name, config, means)
        except InputError as error:
            yield unusable(path.name, str(error))


def _closing(arrivals: Iterable[Arrival], stream: BinaryIO) -> Iterator[Arrival]:
    with stream:
        yield from arrivals


def _is_folder(path: Path) -> bool:
    """As the path says it; False where the system cannot tell, so that opening it gives the reason."""
    try:
        return path.is_dir()
    except OSError:
        return False
