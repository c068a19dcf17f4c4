"""One article as the search for events sees it: the frames of its language, who is meant by its words, what is quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.reading import Reading, Statement
from dragoman.reading import grammar
from dragoman.reading.events.frames import Frames
from dragoman.reading.referents import Referents
from dragoman.reading.statements.channels import outlets

_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
# A noun stands so many words below the preposition that dates it: 'following the ouster of X in an offensive'.
_NESTED = 4
# Labels of a word that the parser could hang nowhere.
_FREE = frozenset({"ROOT", "dislocated", "nsubj", "dep", "parataxis"})


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
    def cued(self) -> dict[int, str]:
        """For the words of reporting clauses the id of their statement."""
        cues = [(one.cue, one.id) for one in self.reading.statements if one.cue is not None]
        return {token.index: identity for cue, identity in cues for token in self.parse.within(cue)}

    @cached_property
    def dated(self) -> frozenset[int]:
        """The indices of the words of dates."""
        return frozenset(token.index for when in self.reading.dates for token in self.parse.within(when.span))

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Ids of media and platforms: they carry what is said and take no part in it."""
        return frozenset(
            entity.id for entity in self.reading.entities if entity.kind == "organization" and any(fold(name) in outlets() for name in entity.names)
        )

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
        return [match.start() for match in _LINE.finditer(self.text)]

    def paragraph(self, token: Token) -> int:
        """The number of the line that holds this token, blank ones not counted."""
        return bisect_right(self._paragraph_starts, token.start)

    def asked(self, token: Token) -> bool:
        """Whether the word stands in a question: what is asked is not told."""
        sentence = self.reading.sentence_at(token.start)
        return sentence is not None and sentence.of(self.text).rstrip("\"'”’» \u00a0\u202f").endswith("?")

    def is_a(self, token: Token, name: str) -> bool:
        """Whether the noun is of that class."""
        words = self.frames.classes.get(name, frozenset())
        return self.lemmas[token.index] in words or self.folded[token.index] in words

    def word(self, token: Token, words: frozenset[str]) -> bool:
        """Whether the token's lemma or form is one of these."""
        return self.lemmas[token.index] in words or self.folded[token.index] in words

    def subject(self, verb: Token) -> Token | None:
        """The head word of the verb's subject, also that of the clause above.

        Where the parser has lost it ('Cho, for his part, protested'; 'Vilnius et Riga ont interdit'), the last name before the verb that
        depends on nothing but a verb or on nothing at all.
        """
        actors = self.referents.actors
        found = grammar.subject(self.parse, verb, actors.pronouns, actors.relatives)
        own = any(child.dep in grammar.SUBJECTS for child in self.parse.children(verb))
        if found is not None and (own or verb.dep in grammar.QUALIFYING or self.referents.all(found)):
            return self._resumed(found)
        return self._loose(verb) or found

    def _loose(self, verb: Token) -> Token | None:
        beside = self._beside(verb)
        if beside is not None:
            return beside
        for index in range(verb.index - 1, -1, -1):
            token = self.parse.tokens[index]
            if token.sentence != verb.sentence:
                return None
            # 'Les ministres, A et B, se sont vus': by a preposition no adjunct, but a day, stands before the verb without one.
            adjunct = token.dep == "obl:mod" and not any(child.dep == "case" for child in self.parse.children(token))
            free = token.dep in grammar.SUBJECTS or token.dep in _FREE or adjunct
            if free and token.pos in ("NOUN", "PROPN", "PRON") and self.referents.all(token):
                return token
        return None

    def _beside(self, verb: Token) -> Token | None:
        """The noun phrase that stands right before the verb: 'les forces américaines entamaient', whatever the parser made of it."""
        index = verb.index - 1
        while index >= 0 and self.parse.tokens[index].pos in ("AUX", "ADV", "PART") and self.parse.tokens[index].sentence == verb.sentence:
            index -= 1
        found: Token | None = None
        while index >= 0 and self.parse.tokens[index].sentence == verb.sentence and self.parse.tokens[index].pos in ("NOUN", "PROPN", "ADJ", "CCONJ", "DET"):
            token = self.parse.tokens[index]
            if token.pos in ("NOUN", "PROPN") and self.referents.all(token):
                found = token
            if token.pos == "DET":
                break
            index -= 1
        while found is not None and found.dep == "conj" and found.head < found.index:
            found = self.parse.head(found)
        led = index > 0 and self.parse.tokens[index - 1 if self.parse.tokens[index].pos == "DET" else index].pos == "ADP"
        return None if led else found

    def _resumed(self, pronoun: Token) -> Token:
        """'L'Allemagne, elle, a …': the noun that a pronoun between commas takes up."""
        if pronoun.pos != "PRON" or pronoun.index < 2 or self.folded[pronoun.index - 1] != ",":
            return pronoun
        after = self.folded[pronoun.index + 1] if pronoun.index + 1 < len(self.parse.tokens) else ""
        before = self.parse.tokens[pronoun.index - 2]
        return before if after == "," and before.sentence == pronoun.sentence else pronoun

    def passive(self, verb: Token) -> bool:
        """Whether the clause is passive; French verbs of motion with 'être' are not."""
        return grammar.passive(self.parse, verb) and not self.frames.governs("movers", verb.lemma)

    def behind(self, noun: Token) -> bool:
        """Whether an event noun only dates what is told: 'since the fall of the government'."""
        words = self.frames.light.get("since", frozenset())
        token = noun
        for _ in range(_NESTED):
            head = self.parse.head(token)
            if self.folded[head.index] in words or any(child.dep == "case" and self.folded[child.index] in words for child in self.parse.children(token)):
                return True
            if head.index == token.index or head.pos in ("VERB", "AUX"):
                return False
            token = head
        return False

    def clause(self, token: Token) -> Token:
        """The verb of the clause that a word stands in; the word itself where there is none above it."""
        if token.pos == "VERB":
            return token
        return next((above for above in self.parse.ancestors(token) if above.pos in ("VERB", "AUX")), token)
