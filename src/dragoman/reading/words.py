"""An article as plain words: folded, parted at every apostrophe, hyphen and full stop, the same way in every language.

Tables are matched on these, not on a parser's tokens, so that 'PKK/YPG', 'Türkiye-Syria' and 'l’Élysée' need no rule of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.languages.fold import fold
from dragoman.languages.forms import Form, forms, plain
from dragoman.model.spans import Span

Meaning = TypeVar("Meaning")
# Letters and digits; in Arabic and Hebrew also the marks above and below them and the stroke that lengthens a word; in the scripts of India and
# of South-East Asia the vowels that are written around their consonants.
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0640\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03"
    r"\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf"
    r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
# Between the words of one name: nothing else may stand there.
_JOINT = re.compile(r"(?:[ \u00a0\u202f\n]|[-‐‑–]|['’ʼ] ?|\.[ \u00a0]?|\. )?")


@dataclass(frozen=True, slots=True)
class Word:
    """`folded` is the word without case and accents; `capital` whether the text begins it with a capital letter.

    `forms` are what else it may be where the language joins small words to others, the word itself first; empty in all other languages.
    """

    start: int
    end: int
    text: str
    folded: str
    capital: bool
    forms: tuple[Form, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def is_one_of(self, listed: frozenset[str]) -> bool:
        """Whether the word, in any of its forms, is in a list of folded words."""
        return self.folded in listed or any(form.text in listed for form in self.forms)


def words_of(text: str, language: str = "") -> tuple[Word, ...]:
    """All words of a text in order; their forms too where the language has a table of them."""
    folded = fold(text)
    found = []
    for match in _WORD.finditer(folded):
        surface = text[match.start() : match.end()]
        every = forms(language, match[0]) if language else ()
        known = every[0].text if every else match[0]
        capital = surface[:1].isupper() or surface[:1].istitle()
        found.append(Word(match.start(), match.end(), surface, known, capital, every if len(every) > 1 else ()))
    return tuple(found)


def key_of(name: str, language: str = "") -> tuple[str, ...]:
    """The folded words of a name: key_of("U.S.") == ("u", "s")."""
    return tuple(plain(language, word) if language else word for word in _WORD.findall(fold(name)))


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words can belong to one name: only a space, a hyphen, an apostrophe or an initial's full stop between them."""
    return right.start - left.end <= 2 and _JOINT.fullmatch(text, left.end, right.start) is not None


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A phrase of `length` words and its meanings; `left` and `right` letters of its first and last word do not belong to it."""

    length: int
    meanings: list[Meaning]
    left: int = 0
    right: int = 0


class Phrases(Generic[Meaning]):
    """Phrases of folded words with what they mean, looked up at a position of an article, longest first."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[tuple[str, ...], list[Meaning]]] = {}
        self._longest: dict[str, int] = {}

    def add(self, key: tuple[str, ...], meaning: Meaning) -> None:
        """Make the phrase known; one phrase may have several meanings, kept in the order given."""
        if key:
            self._rows.setdefault(key[0], {}).setdefault(key, []).append(meaning)
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def at(self, words: Sequence[Word], index: int) -> list[Found[Meaning]]:
        """Every phrase that begins with this word, the longest first, and of equally long ones those of which less was cut."""
        found: list[Found[Meaning]] = []
        for first in words[index].forms or (Form(words[index].folded),):
            rows = self._rows.get(first.text)
            if rows is None:
                continue
            for length in range(min(self._longest[first.text], len(words) - index), 0, -1):
                key, right = _read(first, words[index : index + length], rows)
                if key:
                    found.append(Found(length, rows[key], first.left, right))
        if len(found) > 1:
            found.sort(key=lambda one: (-one.length, one.left + one.right))
        return found


def _read(first: Form, words: Sequence[Word], rows: Mapping[tuple[str, ...], object]) -> tuple[tuple[str, ...], int]:
    """Some words as a key of the rows, with the letters cut at the end; () where they are none. Words between first and last may be any one form."""
    if len(words) == 1:
        return ((first.text,), first.right) if (first.text,) in rows else ((), 0)
    if first.right and not words[0].forms:
        return (), 0
    if not any(word.forms for word in words[1:]):
        key = (first.text, *(word.folded for word in words[1:]))
        return (key, 0) if key in rows else ((), 0)
    # Key by key: there are few that begin with one word, but many ways to read several words of a language with suffixes.
    best: tuple[int, tuple[str, ...]] | None = None
    for key in rows:
        if len(key) == len(words) and all(_is(word, part) for word, part in zip(words[1:-1], key[1:-1], strict=True)):
            right = next((form.right for form in words[-1].forms or (Form(words[-1].folded),) if form.text == key[-1]), None)
            if right is not None and (best is None or right < best[0]):
                best = (right, key)
    return (best[1], best[0]) if best else ((), 0)


def _is(word: Word, part: str) -> bool:
    return word.folded == part or any(form.text == part for form in word.forms)
