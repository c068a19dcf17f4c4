"""One article as the search for events sees it: the frames of its language, who is meant by its words, what is quoted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.reading import Reading, Statement
from dragoman.reading import grammar
from dragoman.reading.events.frames import Frames
from dragoman.reading.referents import Referents


@dataclass(frozen=True)
class Scene:
    """All that the search looks at."""

    reading: Reading
    frames: Frames
    referents: Referents

    @property
    def parse(self) -> Parse:
        return self.reading.parse

    @property
    def text(self) -> str:
        return self.reading.article.text

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """Each token's lemma, folded; a plural noun that the lemmatizer left alone keeps its form."""
        return tuple(fold(token.lemma) for token in self.parse.tokens)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Each token's form, folded."""
        return tuple(fold(token.text) for token in self.parse.tokens)

    @cached_property
    def said(self) -> dict[int, Statement]:
        """The statement that each token lies in, direct ones before others."""
        found: dict[int, Statement] = {}
        for statement in sorted(self.reading.statements, key=lambda one: one.kind == "direct"):
            for part in statement.parts or (statement.span,):
                for token in self.parse.within(part):
                    found[token.index] = statement
        return found

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [0, *(index + 1 for index, letter in enumerate(self.text) if letter == "\n")]

    def paragraph(self, token: Token) -> int:
        """The number of the line that holds this token."""
        return bisect_right(self._paragraph_starts, token.start)

    def is_a(self, token: Token, name: str) -> bool:
        """Whether the noun is of that class."""
        words = self.frames.classes.get(name, frozenset())
        return self.lemmas[token.index] in words or self.folded[token.index] in words

    def word(self, token: Token, words: frozenset[str]) -> bool:
        """Whether the token's lemma or form is one of these."""
        return self.lemmas[token.index] in words or self.folded[token.index] in words

    def subject(self, verb: Token) -> Token | None:
        """The head word of the verb's subject, also that of the clause above."""
        actors = self.referents.actors
        return grammar.subject(self.parse, verb, actors.pronouns, actors.relatives)

    def passive(self, verb: Token) -> bool:
        """Whether the clause is passive; French verbs of motion with 'être' are not."""
        return grammar.passive(self.parse, verb) and not self.frames.governs("movers", verb.lemma)

    def clause(self, token: Token) -> Token:
        """The verb of the clause that a word stands in; the word itself where there is none above it."""
        if token.pos == "VERB":
            return token
        return next((above for above in self.parse.ancestors(token) if above.pos in ("VERB", "AUX")), token)
