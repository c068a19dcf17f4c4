"""Bytes to text: UTF-8 and marked Unicode as they are, other encodings by their language's habit, then by charset-normalizer.

Short texts in a single-byte encoding are told apart badly by statistics (an English sentence with curly quotes comes out as
Baltic), but their plain letters already tell the language, and a language has one usual Windows encoding.
"""

from __future__ import annotations

import codecs
import contextlib
import re

from dragoman.model.errors import BinaryInput
from dragoman.reading.languages import identify

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# How the files begin that people take for texts.
_SIGNATURES = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP archive or an office document (.docx, .odt)", b"\xd0\xcf\x11\xe0": "an old office document (.doc)",
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"\x1f\x8b": "a gzip archive", b"\x7fELF": "a program",
    b"SQLite format": "an SQLite database",
}  # fmt: skip
_WINDOWS = {"tr": "cp1254", "az": "cp1254", "cs": "cp1250", "pl": "cp1250", "hu": "cp1250", "ro": "cp1250"}
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
# Every byte that is no ASCII as a space.
_PLAIN = bytes(byte if byte < 0x80 else 0x20 for byte in range(256))
# Statistics look at so many bytes: of more they take eighty times as much memory, and learn nothing.
_LOOKED = 100_000
# A capital with an accent after a small letter, or a sign inside a word: the marks of a wrong encoding.
_WRONG = re.compile(r"[a-zß-ÿ][À-ÖØ-ÞŠŽŒŸ](?![A-ZÀ-Þ])|[\x80-\x9f]|[a-z][¤¦¨¬¯±²³¶·¸¹¼½¾×÷†‡‰ˆ˜™][a-z]")


# Names of encodings that pages give and Python reads otherwise, or not at all: what browsers take them for (the WHATWG's list).
_MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso8859-1": "cp1252", "windows-1252": "cp1252",
    "iso-8859-9": "cp1254", "iso8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "windows-874": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-8-i": "iso8859-8",
    "x-mac-cyrillic": "mac-cyrillic", "unicode-1-1-utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "utf8mb4": "utf-8",
}  # fmt: skip
# Where a page or a feed says its encoding itself.
_DECLARED = re.compile(rb"""<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})|<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_FIRST_BYTES = 4_096
# What Python calls an encoding of texts and no page is in.
_NO_PAGES = ("idna", "punycode", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "undefined", "utf-7")


def decode_declared(raw: bytes, name: str, charset: str | None = None) -> tuple[str, str]:
    """(text, encoding) of a page or a feed: by its byte order mark, else `charset` (what the server says), else its own declaration, else as `decode`.

    A declaration that the bytes do not bear out is passed over. Raises BinaryInput where the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), encoding
    for start, wide in ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")):
        if raw.startswith(start):
            return raw.decode(wide, "replace"), wide
    found = _DECLARED.search(raw[:_FIRST_BYTES])
    declared = (found[1] or found[2]).decode("ascii") if found else None
    for label in (charset, declared):
        codec = _codec(label)
        if codec is None or codec.startswith(("utf-16", "utf-32")):  # not so: '<' is one byte here
            continue
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(codec), codec
    try:
        return decode(raw, name)
    except BinaryInput:
        codec = _codec(charset) or _codec(declared)
        if codec is None or raw.count(0) > 0.01 * len(raw):
            raise
        return raw.decode(codec, "replace"), codec


def _codec(label: str | None) -> str | None:
    """Python's name of an encoding of texts, None where there is none of that label."""
    if not label:
        return None
    plain = _MEANT.get(label.strip().lower(), label.strip().lower())
    try:
        b"  ".decode(plain, "replace")  # of nothing every codec makes nothing
        known = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return None
    return known if known not in _NO_PAGES else None


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """(text, encoding) without a byte order mark. Raises BinaryInput where the bytes are no text; `name` is for its message."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), encoding
    for signature, what in _SIGNATURES.items():
        if raw.startswith(signature):
            raise BinaryInput(f"{name}: is {what}, not plain text; save it as text (UTF-8) and read that")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _other(raw, name)
    if _controls(raw) > 0.3 * len(raw):
        return _wide(raw, name)
    return text, "utf-8"


def _wide(raw: bytes, name: str) -> tuple[str, str]:
    """UTF-16 without its mark: in most alphabets nearly every other byte is NUL or the same."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    half = len(raw) / 2
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.3 * half and others < 0.05 * half:
            return raw.decode(encoding, "replace"), encoding
    raise BinaryInput(f"{name}: holds bytes that are no text; if it is a document, save it as text (UTF-8) and read that")


def _other(raw: bytes, name: str) -> tuple[str, str]:
    if b"\x00" in raw or _controls(raw) > 0.05 * len(raw):
        return _wide(raw, name)
    plain = raw.translate(_PLAIN)
    if sum(map(plain.count, b"etaoinsr ")) > 0.4 * len(raw):
        encoding = _WINDOWS.get(identify(plain.decode("ascii"))[0], "cp1252")
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            pass
        else:
            if not _WRONG.search(text):
                return text, encoding
    from charset_normalizer import from_bytes

    looked = raw if len(raw) <= _LOOKED else raw[: max(raw.rfind(b" ", 0, _LOOKED), raw.rfind(b"\n", 0, _LOOKED)) + 1 or _LOOKED]
    best = from_bytes(looked).best()
    if best is None:
        raise BinaryInput(f"{name}: in no encoding that could be recognised; save it as UTF-8 and read that")
    return raw.decode(best.encoding, "replace"), best.encoding


def _controls(raw: bytes) -> int:
    """How many of the bytes are control characters that no text holds."""
    return len(raw) - len(raw.translate(None, _CONTROLS))
