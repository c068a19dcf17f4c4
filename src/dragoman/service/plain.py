"""Names and words as they are compared with what people type: without case, accents and punctuation."""

from __future__ import annotations

import re

from dragoman.languages.fold import fold

_WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Without case, accents and punctuation: plain("İbrahim  Kalın") == "ibrahim kalin"."""
    return " ".join(_WORDS.findall(fold(text)))
