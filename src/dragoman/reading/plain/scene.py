"""One article in a language without a parser: its words with what they may be forms of, and the phrases that name somebody in each sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.languages.fold import fold
from dragoman.languages.forms import forms, plain
from dragoman.languages.inflection import Inflection, Verb
from dragoman.model.parse import Token
from dragoman.model.reading import Entity, OfficeMention, Reading, Statement
from dragoman.model.spans import Span
from dragoman.reading.plain.phrases import Phrase, phrases_of
from dragoman.reading.referents import Actors, actors

_APOSTROPHES = "'’ʼ"
_FINITE = frozenset({"past", "pluperfect", "present", "future", "possible", "condition"})
_SMALL = ("prepositions", "boundaries", "before_verbs", "pasts_negated", "futures_negated", "presents_negated", "perhaps", "subjunctives", "adverbs")
_NO_VERBS = Inflection(code="")


@dataclass(frozen=True)
class PlainScene:
    """`small` are the word lists of the language for clauses without a parser: what stands before names, what ends a clause, what negates."""

    reading: Reading
    code: str
    inflection: Inflection = _NO_VERBS
    small: Mapping[str, frozenset[str]] = field(default_factory=dict)
    both: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return self.reading.article.text

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.reading.parse.tokens

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """Each token folded, without what follows an apostrophe."""
        return tuple(self._bare(token) for token in self.tokens)

    def _bare(self, token: Token) -> str:
        at = next((place for place, letter in enumerate(token.text) if letter in _APOSTROPHES and place), None)
        return plain(self.code, fold(token.text if at is None or not self.inflection.cases else token.text[:at]))

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """For each token all plain forms it may be of, and the verbs."""
        return tuple(frozenset((*self.nouns[index], *(verb.lemma for verb in self.verbs[index]))) for index in range(len(self.tokens)))

    @cached_property
    def nouns(self) -> tuple[tuple[str, ...], ...]:
        """For each token the plain forms it may be of, itself first."""
        return tuple(tuple(form.text for form in forms(self.code, bare)) or (bare,) for bare in self.bare)

    @cached_property
    def verbs(self) -> tuple[tuple[Verb, ...], ...]:
        return tuple(() if bare in self._no_verbs else self.inflection.verbs(bare) for bare in self.bare)

    @cached_property
    def _no_verbs(self) -> frozenset[str]:
        """Small words that look like verbs: 'لم'."""
        words = [word for name in _SMALL for word in self.small.get(name, ())]
        return frozenset((*words, *(f"{link}{word}" for link in self.small.get("links", ()) for word in words)))

    def small_word(self, index: int) -> bool:
        """Whether a token is a small word, perhaps with one for 'and' joined to it: 'وإلى'."""
        return self.bare[index] in self._no_verbs

    def explicit(self, index: int) -> bool:
        """Whether a noun that names nobody known stands right after a verb, its subject: 'قالت المعلمة', 'يهدد الجوع'."""
        after = index + 1
        if self.inflection.before_verb or after not in self.sentence(index) or after in self.named or after in self.dated:
            return False
        bare = self.bare[after]
        return bare.isalpha() and bare.startswith(tuple(self.small.get("articles", ())) or ("\0",)) and not any(self.says(after, name) for name in _SMALL)

    def voiced(self, index: int) -> bool:
        """Whether a vowel sign tells a passive: 'قُتل'."""
        marks = self.small.get("passive_marks", frozenset())
        return any(letter in marks for letter in self.tokens[index].text[1:4])

    @cached_property
    def actors(self) -> Actors:
        return actors(self.code)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.reading.entities}

    @cached_property
    def states(self) -> dict[str, str]:
        """The ids of the states that the article names, by code."""
        return {entity.code: entity.id for entity in self.reading.entities if entity.kind == "state" and entity.code}

    @cached_property
    def held(self) -> dict[str, str]:
        """For which state or body each person holds an office."""
        return {office.person: office.of for office in self.reading.offices if office.of}

    @cached_property
    def titles(self) -> dict[int, list[OfficeMention]]:
        """For each token the office phrases that cover it."""
        found: dict[int, list[OfficeMention]] = {}
        for title in self.reading.titles:
            for token in self.reading.parse.within(title.span):
                found.setdefault(token.index, []).append(title)
        return found

    @cached_property
    def order(self) -> dict[Phrase, int]:
        """The number of each phrase."""
        return {phrase: number for number, phrase in enumerate(self.phrases)}

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases that name somebody, in text order."""
        return phrases_of(self)

    @cached_property
    def named(self) -> dict[int, Phrase]:
        """For each token the phrase it belongs to."""
        return {index: phrase for phrase in self.phrases for index in range(phrase.first, phrase.last + 1)}

    @cached_property
    def _firsts(self) -> list[int]:
        return [phrase.first for phrase in self.phrases]

    def between(self, first: int, last: int) -> tuple[Phrase, ...]:
        """The phrases that begin at tokens first <= … < last."""
        return self.phrases[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]

    @cached_property
    def _sentence_firsts(self) -> list[int]:
        firsts, last = [], -1
        for token in self.tokens:
            if token.sentence != last:
                firsts.append(token.index)
                last = token.sentence
        return firsts

    def sentence(self, index: int) -> range:
        """The indices of the tokens in the sentence of this token."""
        place = bisect_right(self._sentence_firsts, index) - 1
        end = self._sentence_firsts[place + 1] if place + 1 < len(self._sentence_firsts) else len(self.tokens)
        return range(self._sentence_firsts[place], end)

    def has(self, index: int, name: str) -> bool:
        """Whether the token, in any of its forms, is in the list of that name."""
        return 0 <= index < len(self.tokens) and not self.keys[index].isdisjoint(self.small.get(name, frozenset()))

    def says(self, index: int, name: str) -> bool:
        """Whether the token as written is in the list of that name."""
        return 0 <= index < len(self.tokens) and self.bare[index] in self.small.get(name, frozenset())

    def any_of(self, index: int, words: Iterable[str]) -> bool:
        return not self.keys[index].isdisjoint(words)

    def runs(self, index: int, words: tuple[str, ...]) -> bool:
        """Whether these words, in any of their forms, stand from this token on, all in one sentence."""
        if index + len(words) > len(self.tokens) or self.tokens[index + len(words) - 1].sentence != self.tokens[index].sentence:
            return False
        return all(word in self.keys[index + place] or word == self.bare[index + place] for place, word in enumerate(words))

    @cached_property
    def said(self) -> dict[int, Statement]:
        """The statement that each token lies in, direct ones before others."""
        found: dict[int, Statement] = {}
        for statement in sorted(self.reading.statements, key=lambda one: one.kind == "direct"):
            for part in statement.parts or (statement.span,):
                for token in self.reading.parse.within(part):
                    found[token.index] = statement
        return found

    @cached_property
    def cued(self) -> dict[int, str]:
        """For the words of reporting clauses the id of their statement."""
        cues = [(one.cue, one.id) for one in self.reading.statements if one.cue is not None]
        return {token.index: identity for cue, identity in cues for token in self.reading.parse.within(cue)}

    @cached_property
    def dated(self) -> frozenset[int]:
        return frozenset(token.index for when in self.reading.dates for token in self.reading.parse.within(when.span))

    def finite(self, index: int) -> Verb | None:
        """The verb that the token is where it stands, or None: a word that may be a noun too is a verb only at the head of a clause."""
        if index in self.named or index in self.dated:
            return None
        verb = next((verb for verb in self.verbs[index] if verb.tells in _FINITE), None)
        if verb is None or self._noun(index, verb):
            return None
        return verb

    def _noun(self, index: int, verb: Verb) -> bool:
        """Whether a word that can be both is the noun here."""
        if self.inflection.before_verb:
            return False
        articles = tuple(self.small.get("articles", ())) or ("\0",)
        if self.says(index - 1, "prepositions") or (self.bare[index].startswith(articles) and not verb.lemma.startswith(articles)):
            return True
        # A short verb without ending may be written like its own noun: 'فتح'.
        alike = verb.lemma in self.both or (self.bare[index] == verb.lemma and self.says(index, "verbal_nouns"))
        if not alike or verb.tells != "past" or verb.before:
            return False
        following = self.named.get(index + 1)
        if following is not None and following.kind == "person" and not following.marks:
            return False
        return not (
            index == self.sentence(index).start or self.bare[index - 1] in '،,؛.:«»"“”-–—' or self.has(index - 1, "before_verbs") or index - 1 in self.named
        )

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last].end)
