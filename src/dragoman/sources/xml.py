"""XML of strangers: decoded, and refused where it brings entities of its own."""

from __future__ import annotations

import re

from dragoman.model.errors import InputError
from dragoman.sources.encoding import decode_declared

_ENTITY = re.compile(r"<!ENTITY\b", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]{0,200}\?>")
# Characters that no XML may hold; some feeds and pages do, as they are or by their number.
_FORBIDDEN = frozenset({*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF})
_SPACES = dict.fromkeys(_FORBIDDEN, " ")
_NUMBERED = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
# Characters that are looked through at once: a page of nothing but numbers would fill the memory with its pieces. The longest number is that long.
_PIECE, _LONGEST = 500_000, 12


def xml_of(raw: bytes, name: str, charset: str | None = None) -> str:
    """The document without its declaration, as text. Raises InputError where it declares entities, BinaryInput where it is no text.

    Entities of a document's own can stand for a billion words, or for a file of the reader's machine; no feed needs them.
    """
    text, _ = decode_declared(raw, name, charset)
    if _ENTITY.search(text):
        raise InputError(f"{name}: declares entities of its own, which is not read since they can stand for anything; ask who publishes it for a plain feed")
    return _DECLARATION.sub("", allowed(text), count=1)


def allowed(text: str) -> str:
    """The text with a space for each character that no XML may hold, written by its number or not."""
    text = text.translate(_SPACES)
    if "&#" not in text:
        return text
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = at + _PIECE
        cut = text.rfind("&#", end - _LONGEST, end) if end < len(text) else -1
        end = cut if cut > at else end
        pieces.append(_NUMBERED.sub(_number, text[at:end]))
        at = end
    return "".join(pieces)


def _number(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    return " " if code > 0x10FFFF or code in _FORBIDDEN else match[0]
