"""Where the text says that something is said: verbs of speech outside quotation marks, and phrases such as 'according to'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.model.parse import Token
from dragoman.model.spans import Span
from dragoman.reading import grammar
from dragoman.reading.grammar import SUBJECTS
from dragoman.reading.statements.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """`first`..`last` are its words (token indices), `verb` the token that governs, `speaker` the head word of who speaks.

    `group` are the tokens of the reporting clause's core: subject, auxiliaries and cue, or the phrase with its noun. A clause `inside`
    a quotation is one between commas, as French sets it: « La porte est ouverte, a-t-il dit, mais … ».
    """

    shape: Literal["verb", "source"]
    verb: Token
    first: int
    last: int
    group: tuple[int, int]
    speaker: Token | None = None
    inside: bool = False

    def span(self, scene: Scene) -> Span:
        return scene.span(self.first, self.last)


def cues(scene: Scene) -> tuple[Cue, ...]:
    """All cues in order of their words."""
    found = [*_verbs(scene), *_sources(scene), *_inside(scene)]
    return tuple(sorted(found, key=lambda cue: (cue.first, cue.last)))


def _verbs(scene: Scene) -> Iterator[Cue]:
    for token in scene.parse.tokens:
        if scene.quoted[token.index] >= 0:
            continue
        cue = verb_cue(scene, token)
        if cue:
            yield cue


def verb_cue(scene: Scene, token: Token) -> Cue | None:
    """The cue that this token is, where it is a verb of speech and the words were said indeed."""
    speech = scene.speech
    if token.pos not in ("VERB", "AUX"):
        return None
    compound = _compound(scene, token)
    if compound is None and not speech.reports(token.lemma):
        return None
    children = scene.parse.children(token)
    particles = speech.particles.get(token.lemma.casefold())
    if particles and not any(scene.folded[child.index] in particles for child in children if child.index > token.index):
        return None
    carrier = compound or _carrier(scene, token)
    tensed = carrier or token
    for verb in {tensed.index: tensed, token.index: token}.values():
        for child in scene.parse.children(verb):
            folded = scene.folded[child.index]
            if speech.has("negations", folded) or (child.dep.startswith("aux") and speech.has("unsaid", folded)):
                return None
    if carrier is None and grammar.infinitive(scene.parse, token):
        return None
    speaker = grammar.agent(scene.parse, token) if grammar.passive(scene.parse, token) and carrier is None else scene.subject(tensed)
    if "Tense=Fut" in tensed.morph:
        return None
    last = max([token.index, *(child.index for child in children if particles and scene.folded[child.index] in particles)])
    first = token.index if compound is None else compound.index
    helpers = [child.index for child in scene.parse.children(tensed) if child.dep.startswith("aux") and token.index - 6 < child.index < token.index]
    group = _group(scene, tensed, speaker, min([first, *helpers]), last)
    return Cue(shape="verb", verb=token, first=first, last=last, group=group, speaker=speaker)


def _compound(scene: Scene, token: Token) -> Token | None:
    """The first of two verbs that are one cue ('faire savoir'), given the second."""
    for before in range(max(0, token.index - 2), token.index):
        seconds = scene.speech.compounds.get(scene.token(before).lemma.casefold())
        if seconds and token.lemma.casefold() in seconds:
            return scene.token(before)
    return None


def _carrier(scene: Scene, token: Token) -> Token | None:
    """The verb that carries this one on: 'went on to say', 'was quoted as saying'."""
    if not grammar.infinitive(scene.parse, token) and token.dep not in ("pcomp", "xcomp"):
        return None
    head = scene.parse.head(token)
    if head.pos == "ADP":
        head = scene.parse.head(head)
    if (
        head.index < token.index
        and head.index >= token.index - 5
        and scene.speech.has("carriers", head.lemma)
        and (grammar.finite(scene.parse, head) or "VerbForm=Part" in head.morph)
    ):
        return head
    return None


def _group(scene: Scene, verb: Token, speaker: Token | None, first: int, last: int) -> tuple[int, int]:
    """First and last token of subject, auxiliaries and verb together, as far as they stand side by side."""
    own = speaker is not None and (speaker.head == verb.index or scene.parse.head(speaker).index == verb.index) and speaker.dep in SUBJECTS
    if not own or speaker is None:
        return first, last
    low, high = phrase(scene, speaker)
    if high < first:
        return min(low, first), last
    if low > last and low - last <= 12:
        return first, max(high, last)
    return first, last


def phrase(scene: Scene, head: Token) -> tuple[int, int]:
    """First and last token of the noun phrase of this head word, cut at its sentence, clause-final marks left out."""
    indices = [token.index for token in scene.parse.subtree(head)]
    sentence = scene.sentence(head.index)
    low, high = max(min(indices), sentence.start), min(max(indices), sentence.stop - 1)
    quoted = scene.quoted
    while low < head.index and (quoted[low] >= 0 or scene.token(low).pos == "PUNCT"):
        low += 1
    for index in range(head.index, high + 1):
        if scene.folded[index] in (":", ";") or quoted[index] >= 0:
            high = index - 1
            break
    while high > head.index and scene.token(high).pos == "PUNCT":
        high -= 1
    return low, max(high, head.index)


def _sources(scene: Scene) -> Iterator[Cue]:
    folded, tokens = scene.folded, scene.parse.tokens
    firsts = {words[0] for words in scene.speech.sources}
    for index, word in enumerate(folded):
        if word not in firsts or scene.quoted[index] >= 0:
            continue
        for words in scene.speech.sources:
            last = index + len(words) - 1
            if folded[index : last + 1] == words and last + 1 < len(tokens) and scene.quoted[last] < 0:
                head = _source_head(scene, index, last)
                if head is not None:
                    _, high = phrase(scene, head)
                    yield Cue(shape="source", verb=tokens[last], first=index, last=last, group=(index, max(high, last + 1)), speaker=head)
                break


def _source_head(scene: Scene, first: int, last: int) -> Token | None:
    """The head word of the noun after the phrase: what its preposition governs, or the first noun in reach."""
    preposition = scene.token(last)
    below = [child for child in scene.parse.children(preposition) if child.index > last and child.dep in ("pobj", "obj", "obl:arg", "nmod", "obl:mod")]
    if below:
        return below[0]
    head = scene.parse.head(preposition)
    if head.index > last and head.pos in ("NOUN", "PROPN", "PRON") and head.index - last < 12:
        return head
    for index in range(last + 1, min(last + 6, scene.sentence(last).stop)):
        if scene.token(index).pos in ("NOUN", "PROPN", "PRON"):
            return scene.token(index)
    return None


def _inside(scene: Scene) -> Iterator[Cue]:
    """Inverted reporting clauses between commas within a quotation."""
    if not scene.speech.lists.get("inverting"):
        return
    for token in scene.parse.tokens:
        number = scene.quoted[token.index]
        if number < 0 or token.pos not in ("VERB", "AUX") or not scene.speech.reports(token.lemma):
            continue
        first = token.index
        while first > 0 and _helps(scene, first - 1) and scene.quoted[first - 1] == number:
            first -= 1
        if not first or scene.folded[first - 1] not in (",", "!", "?", "…") or scene.quoted[first - 1] != number:
            continue
        last = token.index
        while last + 1 < len(scene.parse.tokens) and scene.quoted[last + 1] == number and scene.folded[last + 1] not in (",", ".", ";", ":", "»", "”", '"'):
            last += 1
        pronoun = next((scene.token(index) for index in range(first, min(token.index + 3, last + 1)) if _pronoun(scene, index)), None)
        noun = next((scene.token(index) for index in range(token.index + 1, last + 1) if scene.token(index).pos in ("NOUN", "PROPN")), None)
        after = scene.token(token.index + 1) if token.index < last else None
        if pronoun is None and (noun is None or after is None or after.pos not in ("DET", "PROPN", "NOUN", "ADJ")):
            continue
        # With its pronoun the clause may also end a sentence inside the quotation.
        marks = (",", ".") if pronoun is not None else (",",)
        closed = scene.folded[last + 1] in marks if last + 1 < len(scene.parse.tokens) else True
        at_end = last + 1 >= len(scene.parse.tokens) or scene.token(last + 1).start >= scene.quotations[number].inner.end - 2
        if closed or at_end:
            yield Cue(shape="verb", verb=token, first=token.index, last=token.index, group=(first, last), speaker=pronoun or noun, inside=True)


def _helps(scene: Scene, index: int) -> bool:
    """Whether the word may stand before an inverted verb in its clause: an auxiliary, a pronoun, a reflexive."""
    token = scene.token(index)
    return token.pos == "AUX" or _pronoun(scene, index) or scene.speech.has("inverting", token.text)


def _pronoun(scene: Scene, index: int) -> bool:
    return scene.folded[index] in scene.referents.actors.pronouns
