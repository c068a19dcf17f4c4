"""Reporting words in a language without a parser: verbs of speech in any form and phrases such as 'بحسب' and 'göre', outside quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from dragoman.languages.inflection import Verb
from dragoman.model.spans import Span
from dragoman.reading.plain.scene import PlainScene
from dragoman.reading.statements.quotations import Quotation, quotations
from dragoman.reading.statements.speech import Speech, speech

# A verb of speech reports in these forms; 'to say', 'his saying' do not.
_REPORTING = frozenset({"past", "pluperfect", "present", "participle", "converb"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainCue:
    """Tokens first..last; `shape` is 'verb' or 'source', `tells` the form of the verb."""

    first: int
    last: int
    lemma: str
    shape: str
    tells: str = ""
    passive: bool = False


@dataclass(frozen=True)
class PlainTalk:
    """The scene with the words of reported speech and the quotations of the text."""

    scene: PlainScene
    speech: Speech
    paragraphs: tuple[Span, ...]

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return quotations(self.scene.text, self.paragraphs, self.speech.pairs)

    @cached_property
    def quoted(self) -> tuple[int, ...]:
        """For each token the number of the quotation it lies in, or -1."""
        numbers = [-1] * len(self.scene.tokens)
        for number, quotation in enumerate(self.quotations):
            for token in self.scene.reading.parse.within(quotation.outer):
                numbers[token.index] = number
        return tuple(numbers)

    @cached_property
    def cues(self) -> tuple[PlainCue, ...]:
        return _cues(self)

    @cached_property
    def cue_at(self) -> dict[int, PlainCue]:
        """For each token the cue it belongs to."""
        return {index: cue for cue in self.cues for index in range(cue.first, cue.last + 1)}

    def may(self, cue: PlainCue, what: str) -> bool:
        return self.speech.may(cue.lemma, what)

    def listed(self, index: int, name: str) -> bool:
        """Whether the token is, in any form, in a list of the table of speech."""
        return 0 <= index < len(self.scene.tokens) and not self.scene.keys[index].isdisjoint(self.speech.lists.get(name, frozenset()))


@cache
def _rows(code: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of verbs by their first word, the longest first."""
    known = speech(code)
    rows: dict[str, list[tuple[str, ...]]] = {}
    for lemma in sorted(known.verbs) if known else ():
        words = tuple(lemma.split())
        rows.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in rows.items()}


def _cues(talk: PlainTalk) -> tuple[PlainCue, ...]:
    found: list[PlainCue] = []
    index = 0
    while index < len(talk.scene.tokens):
        cue = _verb(talk, index) or _source(talk, index) if talk.quoted[index] < 0 and index not in talk.scene.named else None
        if cue is not None:
            found.append(cue)
            index = cue.last
        index += 1
    return tuple(found)


def _verb(talk: PlainTalk, index: int) -> PlainCue | None:
    rows = _rows(talk.scene.code)
    for key in sorted(talk.scene.keys[index]):
        for words in rows.get(key, ()):
            if not talk.scene.runs(index, words):
                continue
            last = index + len(words) - 1
            verb = _form(talk.scene, index, last, words)
            if verb is not None and not talk.scene.voiced(index) and not any(step in talk.scene.named for step in range(index, last + 1)):
                return PlainCue(first=index, last=last, lemma=" ".join(words), shape="verb", tells=verb.tells, passive=verb.passive)
    return None


def _form(scene: PlainScene, first: int, last: int, words: Sequence[str]) -> Verb | None:
    """The verb among the words of a phrase, in a form that reports."""
    for index, word in zip(range(first, last + 1), words, strict=True):
        for verb in scene.verbs[index]:
            if verb.lemma != word or verb.tells not in _REPORTING or verb.negated:
                continue
            if scene.inflection.before_verb or (verb.tells == "participle" and _adverbial(scene, index)) or scene.finite(index) is not None:
                return verb
    return None


def _adverbial(scene: PlainScene, index: int) -> bool:
    """Whether a participle adds to what was told: after a comma, or with the ending for it: '، مؤكدا أن'."""
    ends = tuple(scene.small.get("adverbials", ())) or ("\0",)
    return index > 0 and (scene.tokens[index - 1].text in (",", "،") or scene.bare[index].endswith(ends))


def _source(talk: PlainTalk, index: int) -> PlainCue | None:
    for words in talk.speech.sources:
        if talk.scene.runs(index, words) or (len(words) > 1 and len(words[-1]) == 1 and talk.scene.runs(index, words[:-1])):
            if talk.scene.inflection.before_verb and not _led(talk.scene, index):
                continue
            last = index + len([word for word in words if len(word) > 1]) - 1
            return PlainCue(first=index, last=last, lemma=" ".join(words), shape="source")
    return None


def _led(scene: PlainScene, index: int) -> bool:
    """Whether a name in the dative stands right before: "Bakan Fidan'a göre"."""
    phrase = scene.named.get(index - 1)
    return phrase is not None and "-dative" in phrase.marks
