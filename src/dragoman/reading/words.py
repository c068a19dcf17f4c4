"""An article as plain words: folded, parted at every apostrophe, hyphen and full stop, the same way in every language.

Tables are matched on these, not on a parser's tokens, so that 'PKK/YPG', 'Türkiye-Syria' and 'l’Élysée' need no rule of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.languages.fold import fold
from dragoman.languages.forms import Form, forms, plain
from dragoman.model.spans import Span

Meaning = TypeVar("Meaning")
# Letters and digits; in Arabic and Hebrew also the marks above and below them and the stroke that lengthens a word.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0640])*")
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
                for key, right in _keys(first, words[index : index + length]):
                    meanings = rows.get(key)
                    if meanings:
                        found.append(Found(length, meanings, first.left, right))
                        break
        if len(found) > 1:
            found.sort(key=lambda one: (-one.length, one.left + one.right))
        return found


def _keys(first: Form, words: Sequence[Word]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The ways to read some words as a key, with the letters cut at the end: the words between first and last may be any one form."""
    if len(words) == 1:
        yield (first.text,), first.right
        return
    if first.right and not words[0].forms:
        return
    ways: list[tuple[str, ...]] = [(first.text,)]
    for word in words[1:-1]:
        options = [form.text for form in word.forms] or [word.folded]
        ways = [(*way, option) for way in ways for option in options]
    for way in ways:
        for last in words[-1].forms or (Form(words[-1].folded),):
            yield (*way, last.text), last.right
