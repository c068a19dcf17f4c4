"""Text files, folders of them, and standard input: bytes to arrivals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.model.reading import Article, Trouble
from dragoman.sources.arrival import Arrival, arrival, raise_limit, unusable
from dragoman.sources.encoding import decode

STDIN = "standard input"


def from_bytes(raw: bytes, name: str, config: Config) -> Arrival:
    """The article in these bytes. Raises EmptyInput, BinaryInput or TooLarge, with the next step in the message."""
    if len(raw) > config.max_bytes:
        raise TooLarge(f"{name}: more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
    if not raw:
        raise EmptyInput(f"{name}: is empty; give a file that holds the text of a report")
    text, encoding = decode(raw, name)
    if not text.strip("\x00 \t\r\n\f\v\u00a0\ufeff"):
        raise EmptyInput(f"{name}: holds nothing but white space; give a file that holds the text of a report")
    troubles: tuple[Trouble, ...] = ()
    if encoding != "utf-8":
        message = f"not UTF-8: read as {encoding.replace('cp125', 'windows-125')}; if letters look wrong, save the file as UTF-8"
        troubles = (Trouble(stage="encoding", message=message),)
    return arrival(Article(id="", name=name, text=text), config, troubles)


def from_file(path: Path, config: Config, name: str | None = None) -> Arrival:
    """The article in a text file, named for the file. Raises InputError where it cannot be read."""
    name = name or path.name
    try:
        with path.open("rb") as file:
            raw = file.read(config.max_bytes + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder, not a file") from error
    except PermissionError as error:
        raise InputError(f"{path}: may not be opened; check who is allowed to read it") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the disk and the path") from error
    return from_bytes(raw, name, config)


def from_stream(stream: BinaryIO, config: Config) -> Arrival:
    """The article on standard input."""
    return from_bytes(stream.read(config.max_bytes + 1), STDIN, config)


def texts_in(folder: Path) -> tuple[Path, ...]:
    """The folder's own *.txt files, by name. Raises InputError where there are none or it cannot be listed."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt" and not path.is_dir())
    except OSError as error:
        raise InputError(f"{folder}: cannot be listed ({error.strerror or error}); check who is allowed to read it") from error
    if not found:
        raise InputError(f"{folder}: holds no .txt file; give a folder with texts, or a JSONL file")
    return tuple(found)


def from_files(paths: tuple[Path, ...], config: Config) -> Iterator[Arrival]:
    """One arrival a file, in the order given; a file that cannot be read becomes an unusable one."""
    for path in paths:
        try:
            yield from_file(path, config)
        except InputError as error:
            yield unusable(path.name, str(error))
