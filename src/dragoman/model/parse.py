"""Tokens and their grammar, as one parser saw them: the layer that language rules walk on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from dragoman.model.spans import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. `head` is the index of its governor in the same parse (its own index at a root).

    `pos` is a Universal Dependencies part of speech ('' where no parser ran), `dep` the label of the
    language's parser (ClearNLP labels in English, Universal Dependencies in French), `morph` UD features.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    morph: str
    sentence: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Parse:
    """All tokens of an article in order, and what the pipeline's own tagger took for names.

    `names` are (span, label), the label as the tagger gave it (PERSON, GPE, ORG, … in English; PER, LOC, ORG, MISC in French).
    `grammatical` is False where no parser ran: then tokens have no lemma, part of speech or governor.
    """

    tokens: tuple[Token, ...] = ()
    names: tuple[tuple[Span, str], ...] = ()
    grammatical: bool = False

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                below[token.head].append(token.index)
        return tuple(tuple(indices) for indices in below)

    def children(self, token: Token) -> tuple[Token, ...]:
        """The tokens governed by this one, in text order."""
        return tuple(self.tokens[i] for i in self._children[token.index])

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """The token and all below it, in text order."""
        found: list[int] = []
        waiting = [token.index]
        while waiting:
            index = waiting.pop()
            found.append(index)
            waiting.extend(self._children[index])
        return tuple(self.tokens[i] for i in sorted(found))

    def ancestors(self, token: Token) -> tuple[Token, ...]:
        """Its governor, that one's governor, … up to the root."""
        found: list[Token] = []
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            found.append(token)
        return tuple(found)

    def within(self, span: Span) -> tuple[Token, ...]:
        """The tokens that share at least a character with the span."""
        first = bisect_right(self._starts, span.start) - 1
        if first < 0 or (self.tokens and self.tokens[first].end <= span.start):
            first += 1
        return self.tokens[max(first, 0) : bisect_left(self._starts, span.end)]

    def at(self, offset: int) -> Token | None:
        """The token that holds this character, or None between words."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.tokens[index].end:
            return self.tokens[index]
        return None

    def root_of(self, span: Span) -> Token | None:
        """The token of the span whose governor lies outside it: the head word of a phrase."""
        inside = self.within(span)
        indices = {token.index for token in inside}
        for token in inside:
            if token.head == token.index or token.head not in indices:
                return token
        return None
