"""Text and queries to the words that are compared when searching, the same for every database.

Words are folded one letter for one, so that each knows where it stands in the text. Arabic words lose vowel signs and the article with what is joined
before it ('والشيباني' is found by 'الشيباني' and by 'شيباني'); scripts without spaces are searched sign by sign, a run of signs as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dragoman.languages.fold import fold
from dragoman.languages.forms import openings, plain

# Stands between two names or statements, so that no phrase runs from one into the next; no word of a text is this sign.
BOUNDARY = "\u241e"

# Longer words (addresses, encoded pictures) are cut: PostgreSQL takes no word above 2046 bytes.
_LONGEST_WORD = 64
# What a query may ask at most; FTS5 refuses expressions of more than 256 levels.
_MOST_TERMS = 60
_MOST_WORDS = 100

_ARABIC = ("\u0600", "\u08ff")
_SILENT = "\x01"
# Thai, Lao, Burmese, Khmer, kana, Han.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_SIGNS}]\x01*|[^ {_SIGNS}]+")
_QUOTE = '"“”„«»＂'
_ASKED = re.compile(f"[{_QUOTE}]([^{_QUOTE}]*)[{_QUOTE}]|([^\\s{_QUOTE}]+)")


class Word(NamedTuple):
    """A folded word and where it stands: characters start:end of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand one after the other; with `prefix` the last one is only the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def pattern(self) -> str:
        """What words joined by spaces, and a space around them, must hold."""
        return f" {' '.join(self.words)}" + ("" if self.prefix else " ")


class _Letters(dict[int, str]):
    """What becomes of a letter: its folded form, a space where no word can have it, a sign of silence where words are compared without it."""

    def __missing__(self, code: int) -> str:
        letter = fold(chr(code))
        if _ARABIC[0] <= letter <= _ARABIC[1]:
            letter = plain("ar", letter) or _SILENT
        self[code] = letter if letter == _SILENT else _kept(letter)
        return self[code]


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cf":  # soft hyphens, joiners, marks of direction
        return _SILENT
    if category[0] == "M":  # accents of their own, vowel signs of Hebrew and Arabic; not the vowels of Indian scripts
        above = unicodedata.combining(letter)
        return _SILENT if 10 <= above <= 36 or above >= 200 else letter
    return letter if category[0] in "LN" else " "


_LETTERS = _Letters()


def words(text: str) -> Iterator[Word]:
    """The words of a text in its order."""
    for found in _WORD.finditer(text.translate(_LETTERS)):
        if word := _compared(found[0].replace(_SILENT, "")):
            yield Word(word, found.start(), found.end())


def joined(text: str) -> str:
    """The words of a text, a space between each two."""
    return " ".join(word.text for word in words(text))


def terms(query: str) -> tuple[Term, ...]:
    """What a query asks for: each word, and each phrase in quotation marks; 'bakan*' asks for words that begin so. Other signs mean nothing."""
    asked: dict[Term, None] = {}
    for phrase, word in _ASKED.findall(query):
        parts = tuple(one.text for one in words(phrase or word))[:_MOST_WORDS]
        if parts:
            asked[Term(parts, prefix=word.endswith("*") and len(parts[-1]) > 1)] = None
    return tuple(asked)[:_MOST_TERMS]


@cache
def _articles() -> tuple[str, ...]:
    """The Arabic article with all that is joined before it, by the table of that language."""
    return tuple(piece for piece in openings("ar") if piece.endswith(("ال", "لل")))


def _compared(word: str) -> str:
    if word and _ARABIC[0] <= word[0] <= _ARABIC[1]:
        for piece in _articles():
            if word.startswith(piece) and len(word) - len(piece) > 2:
                return word[len(piece) :][:_LONGEST_WORD]
    return word[:_LONGEST_WORD]
