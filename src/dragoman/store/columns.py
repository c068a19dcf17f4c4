"""Kinds of column that both databases keep and order alike."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from dragoman.model.errors import StoreError

# What a column of text cannot hold: PostgreSQL no NUL, neither one half of a surrogate pair. Texts from the web have both.
_UNKEPT = re.compile("[\x00\x1a\ud800-\udfff]")
_ESCAPED = re.compile("\x1a([0-9a-f]{4})")

_DAMAGED = "a row of the record is damaged ({}); run 'dragoman rebuild', which makes anew what is derived, or bring back a backup"


def escape(text: str) -> str:
    """The text with what a database cannot hold as U+001A and four hexadecimal digits; nearly every text comes back as it is."""
    return _UNKEPT.sub(lambda found: f"\x1a{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """The text that was escaped."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\x1a" in text else text


class Words(TypeDecorator[str]):
    """Any Python string; compared and ordered by its bytes in UTF-8, whatever the locale of the database."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unescape(value)


class Packed(TypeDecorator[str]):
    """A long string, compressed (zlib): a reading takes an eighth of its JSON."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(value.encode("utf-8", "surrogatepass"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        try:
            return zlib.decompress(bytes(value)).decode("utf-8", "surrogatepass")
        except (zlib.error, UnicodeDecodeError) as error:
            raise StoreError(_DAMAGED.format(error)) from error


class Json(TypeDecorator[Any]):
    """Plain JSON, the keys of its objects sorted; sequences come back as lists."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return escape(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        try:
            return None if value is None else json.loads(unescape(value))
        except ValueError as error:
            raise StoreError(_DAMAGED.format(error)) from error
