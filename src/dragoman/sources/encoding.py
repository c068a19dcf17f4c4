"""Bytes to text: UTF-8 and marked Unicode as they are, other encodings by their language's habit, then by charset-normalizer.

Short texts in a single-byte encoding are told apart badly by statistics (an English sentence with curly quotes comes out as
Baltic), but their plain letters already tell the language, and a language has one usual Windows encoding.
"""

from __future__ import annotations

import codecs
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
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A capital with an accent after a small letter, or a sign inside a word: the marks of a wrong encoding.
_WRONG = re.compile(r"[a-zß-ÿ][À-ÖØ-ÞŠŽŒŸ](?![A-ZÀ-Þ])|[\x80-\x9f]|[a-z][¤¦¨¬¯±²³¶·¸¹¼½¾×÷†‡‰ˆ˜™][a-z]")


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
    if len(_CONTROLS.findall(raw)) > 0.3 * len(raw):
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
    if b"\x00" in raw or len(_CONTROLS.findall(raw)) > 0.05 * len(raw):
        return _wide(raw, name)
    plain = re.sub(rb"[^\x00-\x7f]", b" ", raw)
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

    best = from_bytes(raw).best()
    if best is None:
        raise BinaryInput(f"{name}: in no encoding that could be recognised; save it as UTF-8 and read that")
    return str(best), best.encoding
