"""One article as the search for statements sees it: tokens with folded words, quotations, sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.reading import Reading
from dragoman.model.spans import Span
from dragoman.reading import grammar
from dragoman.reading.grammar import RELATIVE
from dragoman.reading.referents import Referents
from dragoman.reading.statements.quotations import Quotation, quotations
from dragoman.reading.statements.speech import Speech

_PARAGRAPH = re.compile(r"\S[^\n]*")
_EMBEDDED = frozenset({"relcl", "acl", "acl:relcl", "advcl", "csubj", "pcomp", "nmod"})


@dataclass(frozen=True)
class Scene:
    """All that the search looks at; `paragraphs` are those of the text, in order."""

    text: str
    reading: Reading
    speech: Speech
    referents: Referents
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]

    @property
    def parse(self) -> Parse:
        return self.reading.parse

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Each token folded."""
        return tuple(fold(token.text) for token in self.parse.tokens)

    @cached_property
    def quoted(self) -> tuple[int, ...]:
        """For each token the number of the quotation it lies in, or -1."""
        numbers = [-1] * len(self.parse.tokens)
        for number, quotation in enumerate(self.quotations):
            for token in self.parse.within(quotation.outer):
                numbers[token.index] = number
        return tuple(numbers)

    @cached_property
    def dated(self) -> frozenset[int]:
        """The tokens that tell a date: 'lundi' of 'a déclaré lundi la ministre'."""
        return frozenset(token.index for when in self.reading.dates for token in self.parse.within(when.span))

    @cached_property
    def _firsts(self) -> list[int]:
        """The index of the first token of each sentence."""
        firsts: list[int] = []
        last = -1
        for token in self.parse.tokens:
            if token.sentence != last:
                firsts.append(token.index)
                last = token.sentence
        return firsts

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [span.start for span in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.reading.sentences]

    def sentence(self, index: int) -> range:
        """The indices of the tokens in the sentence of this token."""
        place = bisect_right(self._firsts, index) - 1
        end = self._firsts[place + 1] if place + 1 < len(self._firsts) else len(self.parse.tokens)
        return range(self._firsts[place], end)

    def next_sentence(self, offset: int) -> int:
        """Where the first sentence after this character begins; the end of the text where none does."""
        place = bisect_right(self._sentence_starts, offset)
        return self._sentence_starts[place] if place < len(self._sentence_starts) else len(self.text)

    def sentence_start(self, offset: int) -> int:
        """Where the sentence that holds this character begins."""
        place = bisect_right(self._sentence_starts, offset) - 1
        return self._sentence_starts[max(place, 0)] if self._sentence_starts else 0

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that holds this character."""
        return max(bisect_right(self._paragraph_starts, offset) - 1, 0)

    def token(self, index: int) -> Token:
        return self.parse.tokens[index]

    def span(self, first: int, last: int) -> Span:
        """From the start of one token to the end of another, both included."""
        return Span(self.token(first).start, self.token(last).end)

    def first_at(self, offset: int) -> int:
        """The index of the first token that begins at or after this character."""
        return bisect_left(self.parse.tokens, offset, key=lambda token: token.start)

    def main_verb(self, first: int, last: int) -> bool:
        """Whether tokens[first:last] hold a finite verb that is not in a subordinate clause, and not in quotation marks."""
        for index in range(first, last):
            token = self.token(index)
            if "VerbForm=Fin" not in token.morph or token.pos not in ("VERB", "AUX"):
                continue
            verb = token if token.pos == "VERB" or not token.dep.startswith(("aux", "cop")) else self.parse.head(token)
            if verb.dep not in _EMBEDDED and not any(one.dep in RELATIVE and one.index >= first for one in self.parse.ancestors(verb)):
                return True
        return False

    def subject(self, verb: Token) -> Token | None:
        """The head word of the verb's subject."""
        actors = self.referents.actors
        return grammar.subject(self.parse, verb, actors.pronouns, actors.relatives)


def scene_of(reading: Reading, speech: Speech, referents: Referents) -> Scene:
    """The scene of an article; paragraphs are its lines that are not blank."""
    text = reading.article.text
    paragraphs = tuple(Span(found.start(), found.end()) for found in _PARAGRAPH.finditer(text))
    return Scene(text=text, reading=reading, speech=speech, referents=referents, paragraphs=paragraphs, quotations=quotations(text, paragraphs, speech.pairs))
