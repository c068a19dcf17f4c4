"""Text files, folders of files, and standard input: bytes to arrivals."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError, TooLarge
from dragoman.model.reading import Article, Trouble
from dragoman.sources.arrival import Arrival, arrival, raise_limit
from dragoman.sources.credits import agency_of
from dragoman.sources.encoding import decode, decode_declared

STDIN = "standard input"
# What a folder gives: files that are one article each. Tables, feeds and archives are given by their names.
_ARTICLES = (".txt", ".html", ".htm", ".xhtml", ".eml", ".pdf")


def from_bytes(raw: bytes, name: str, config: Config, charset: str | None = None) -> Arrival:
    """The article in these bytes, in the encoding that `charset` names where they are. Raises EmptyInput, BinaryInput or TooLarge, with the next step."""
    if len(raw) > config.max_bytes:
        raise TooLarge(f"{name}: more than {config.max_bytes:,} bytes, which is the limit; {raise_limit('max_bytes')}")
    if not raw:
        raise EmptyInput(f"{name}: is empty; give a file that holds the text of a report")
    text, encoding = decode_declared(raw, name, charset) if charset else decode(raw, name)
    if not text.strip("\x00 \t\r\n\f\v\u00a0\ufeff"):
        raise EmptyInput(f"{name}: holds nothing but white space; give a file that holds the text of a report")
    troubles: tuple[Trouble, ...] = ()
    if encoding != "utf-8" and not charset:
        message = f"not UTF-8: read as {encoding.replace('cp125', 'windows-125')}; if letters look wrong, save the file as UTF-8"
        troubles = (Trouble(stage="encoding", message=message),)
    return arrival(Article(id="", name=name, text=text, agency=agency_of(text)), config, troubles, source=raw)


def from_file(path: Path, config: Config, name: str | None = None) -> Arrival:
    """The article in a text file, named for the file. Raises InputError where it cannot be read."""
    with open_file(path) as file:
        return from_bytes(file.read(config.max_bytes + 1), name or path.name, config)


def open_file(path: Path) -> BinaryIO:
    """The file, open at its beginning. Raises InputError, with the reason, where it cannot be read."""
    try:
        file = path.open("rb")
        file.peek(1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder, not a file") from error
    except PermissionError as error:
        raise InputError(f"{path}: may not be opened; check who is allowed to read it") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the disk and the path") from error
    return file


def texts_in(folder: Path) -> tuple[Path, ...]:
    """The folder's own files that are one article each, by name. Raises InputError where there are none or it cannot be listed."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ARTICLES and not path.is_dir())
    except OSError as error:
        raise InputError(f"{folder}: cannot be listed ({error.strerror or error}); check who is allowed to read it") from error
    if not found:
        kinds = f"{', '.join(_ARTICLES[:-1])} or {_ARTICLES[-1]}"
        raise InputError(f"{folder}: holds no {kinds} file; give a folder with texts or pages, or another file by its name")
    return tuple(found)
