"""Case and accents folded away, one code point in, one out, so that offsets into the folded text are offsets into the text.

`str.lower` cannot serve: "İ".lower() has length 2.
"""

from __future__ import annotations

import unicodedata

# Letters that carry a stroke or a form of their own and do not decompose.
_OWN = {"İ": "i", "ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ħ": "h", "Ħ": "h", "ß": "s", "ð": "d", "Ð": "d", "þ": "t",
        "Þ": "t", "æ": "a", "Æ": "a", "œ": "o", "Œ": "o", "ə": "e", "Ə": "e", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "‐": "-",
        "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "}  # fmt: skip


# Hangul syllables and kana: their parts are letters of their own, not accents.
_WHOLE = (("\u3040", "\u30ff"), ("\uac00", "\ud7a3"))


class _Folding(dict[int, str]):
    """The mapping, filled letter by letter as texts need it."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = letter if any(first <= letter <= last for first, last in _WHOLE) else _OWN.get(letter)
        if folded is None:
            first = unicodedata.normalize("NFKD", letter)[0]
            lower = first.lower()
            folded = lower if len(lower) == 1 and not unicodedata.combining(first) else letter
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without case and accents, of the same length: fold("İbrahim Kalın") == "ibrahim kalin"."""
    return text.translate(_FOLDING)
