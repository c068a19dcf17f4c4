"""Which way a clause looks where no parser reads the language: the verb form nearest to the date, by the language's table of forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from unicodedata import combining

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse, Token
from dragoman.model.spans import Span

# 'past' and 'future' where the grammar is plain; 'ahead' where something was or is planned, so that the nearest day decides; 'open' where nothing is said.
Direction = Literal["past", "future", "ahead", "open"]
# The verb of a date stands within so many words; further off, another clause speaks.
_REACH = 20
# So many words before the word that opens a clause ('that') are looked at for a plan: 'it is planned that', 'was to have been'.
_ABOVE = 4
_STOPS = frozenset(".!?…:;؛؟۔")
_COMMAS = frozenset(',،"”»')
_QUOTES = frozenset('"“”„«»')
_KINDS = ("planned", "final", "future", "present", "past")


@dataclass(frozen=True, slots=True)
class Tenses:
    """Forms as patterns over folded words. `first` is the side of a date on which its verb is looked for first: 'before' or 'after'.

    An `attributive` date belongs to a noun, of whose time no verb tells. `were` with `planned` makes a plan of the past; `breaks` open another
    clause; `never` only look like one of the others; `final` ones are verbs of the future where their clause ends, else adjectives.
    """

    first: str
    attributive: re.Pattern[str]
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    were: re.Pattern[str]
    never: re.Pattern[str]
    breaks: frozenset[str]
    clitics: tuple[str, ...]

    def kind(self, token: Token, *, opening: bool) -> str:
        """What the word's form tells: planned, future, present, past or nothing (''); a word with a capital is a name unless it opens the sentence."""
        if token.text[0].isupper() and not opening:
            return ""
        for word in self._readings(token):
            if self.never.fullmatch(word):
                return ""
            for kind, form in self.forms:
                if form.fullmatch(word):
                    return kind
        return ""

    def breaks_at(self, token: Token) -> bool:
        """Whether the word opens a clause of its own."""
        return any(word in self.breaks for word in self._readings(token))

    def was(self, token: Token) -> bool:
        return any(self.were.fullmatch(word) for word in self._readings(token))

    def _readings(self, token: Token) -> tuple[str, ...]:
        word = "".join(letter for letter in fold(token.text) if not combining(letter))
        return (word, *(word[len(clitic) :] for clitic in self.clitics if word.startswith(clitic) and len(word) > len(clitic) + 2))


def tenses(table: dict[str, Any], clitics: tuple[str, ...]) -> Tenses:
    """The forms of a language, of the section [tenses] of its table."""

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{fold(form)})" for form in table.get(name, ())) or "(?!)")

    return Tenses(
        first=table["first"],
        attributive=any_of("attributive"),
        forms=tuple((kind, any_of(kind)) for kind in _KINDS),
        were=any_of("were"),
        never=any_of("never"),
        breaks=frozenset(map(fold, table.get("breaks", ()))),
        clitics=clitics,
    )


def told_by_words(parse: Parse, span: Span, known: Tenses, *, present_is_future: bool) -> Direction:
    """Which way the clause around the span looks; what is merely reported lies behind."""
    inside = parse.within(span)
    if not inside:
        return "open"
    if known.attributive.fullmatch(fold(inside[-1].text)):
        return "open"
    sentence = inside[0].sentence
    before = [token for token in parse.tokens[max(inside[0].index - _REACH, 0) : inside[0].index] if token.sentence == sentence][::-1]
    after = [token for token in parse.tokens[inside[-1].index + 1 : inside[-1].index + 1 + _REACH] if token.sentence == sentence]
    begins = next((token.index for token in parse.tokens[max(inside[0].index - 2 * _REACH, 0) :] if token.sentence == sentence), 0)
    for side in (before, after) if known.first == "before" else (after, before):
        own = side is (before if known.first == "before" else after)
        told = _nearest(_unquoted(side), known, begins, backward=side is before, present_is_future=present_is_future and own)
        if told is not None:
            return told
    return "past"


def _unquoted(side: Sequence[Token]) -> list[Token]:
    """The words of one side without quoted ones, which have their own time; up to the mark where a quotation around the date ends."""
    kept: list[Token] = []
    quoting = False
    for place, token in enumerate(side):
        if token.text not in _QUOTES:
            if not quoting:
                kept.append(token)
        elif quoting or any(other.text in _QUOTES for other in side[place + 1 :]):
            quoting = not quoting
        else:
            break
    return kept


def _nearest(side: Sequence[Token], known: Tenses, begins: int, *, backward: bool, present_is_future: bool) -> Direction | None:
    """What the nearest form on one side tells, up to where the clause ends; at its opening word, the plan that stands above it."""
    for place, token in enumerate(side):
        if token.text in _STOPS:
            return None
        if known.breaks_at(token):
            above = side[place + 1 : place + 1 + _ABOVE] if backward else ()
            kinds = {known.kind(other, opening=other.index == begins) for other in above}
            if kinds & {"planned", "future"}:
                return "ahead" if any(known.was(other) for other in above) else "future"
            return None
        kind = known.kind(token, opening=token.index == begins)
        if kind == "final":
            following = side[place - 1 : place] if backward else side[place + 1 : place + 2]
            kind = "future" if not following or following[0].text in _STOPS | _COMMAS else ""
        if kind == "planned":
            near = side[place : place + 1 + _ABOVE]
            return "ahead" if any(known.was(other) for other in near) else "future"
        if kind == "future" or (kind == "present" and present_is_future):
            return "future"
        if kind == "past":
            return "past"
    return None
