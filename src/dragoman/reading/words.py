"""An article as plain words: folded, parted at every apostrophe, hyphen and full stop, the same way in every language.

Tables are matched on these, not on a parser's tokens, so that 'PKK/YPG', 'Türkiye-Syria' and 'l’Élysée' need no rule of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.languages.fold import fold
from dragoman.model.spans import Span

Meaning = TypeVar("Meaning")
_WORD = re.compile(r"[^\W_]+")
# Between the words of one name: nothing else may stand there.
_JOINT = re.compile(r"(?:[ \u00a0\u202f\n]|[-‐‑–]|['’ʼ] ?|\.[ \u00a0]?|\. )?")


@dataclass(frozen=True, slots=True)
class Word:
    """`folded` is the word without case and accents; `capital` whether the text begins it with a capital letter."""

    start: int
    end: int
    text: str
    folded: str
    capital: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def words_of(text: str) -> tuple[Word, ...]:
    """All words of a text in order."""
    folded = fold(text)
    found = []
    for match in _WORD.finditer(folded):
        surface = text[match.start() : match.end()]
        found.append(Word(match.start(), match.end(), surface, match[0], surface[:1].isupper() or surface[:1].istitle()))
    return tuple(found)


def key_of(name: str) -> tuple[str, ...]:
    """The folded words of a name: key_of("U.S.") == ("u", "s")."""
    return tuple(_WORD.findall(fold(name)))


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words can belong to one name: only a space, a hyphen, an apostrophe or an initial's full stop between them."""
    return right.start - left.end <= 2 and _JOINT.fullmatch(text, left.end, right.start) is not None


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

    def at(self, words: Sequence[Word], index: int) -> list[tuple[int, list[Meaning]]]:
        """(number of words, meanings) of every phrase that begins with this word, the longest first."""
        rows = self._rows.get(words[index].folded)
        if rows is None:
            return []
        found = []
        for length in range(min(self._longest[words[index].folded], len(words) - index), 0, -1):
            meanings = rows.get(tuple(word.folded for word in words[index : index + length]))
            if meanings:
                found.append((length, meanings))
        return found
