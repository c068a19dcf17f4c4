"""Through which channel something was said: a platform, an outlet, an occasion; in the words of the article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from dragoman.knowledge.organisations import organisations
from dragoman.languages.fold import fold
from dragoman.model.parse import Token
from dragoman.model.reading import Statement
from dragoman.model.spans import Span
from dragoman.reading.statements.cues import Cue
from dragoman.reading.statements.scene import Scene

# A phrase of so many words may name an occasion: 'joint press conference'.
_LONGEST = 4


@cache
def outlets() -> frozenset[str]:
    """The folded names of all known media, agencies and platforms."""
    return frozenset(fold(name) for one in organisations() if one.kind in ("agency", "media", "platform") for names in one.names.values() for name in names)


@cache
def _bodies() -> frozenset[str]:
    """The folded names of organisations that are no outlets."""
    return frozenset(fold(name) for one in organisations() if one.kind not in ("agency", "media", "platform") for names in one.names.values() for name in names)


def channel_of(scene: Scene, cue: Cue, parts: Sequence[Span]) -> str | None:
    """What the reporting clause names as channel, outside the words said; an outlet or platform before an occasion."""
    occasion: str | None = None
    skip = -1
    for token in _telling(scene, cue, parts):
        if token.index <= skip:
            continue
        words = _occasion(scene, cue, token)
        if words:
            skip = token.index + words.count(" ")
            occasion = occasion or words
            continue
        found = _outlet(scene, cue, token)
        if found:
            return found
    return occasion


def _telling(scene: Scene, cue: Cue, parts: Sequence[Span]) -> Iterator[Token]:
    """The words of the sentence around the cue that are not said."""
    for index in scene.sentence(cue.verb.index):
        token = scene.token(index)
        if scene.quoted[index] < 0 and not any(part.covers(token.span) for part in parts):
            yield token


def _outlet(scene: Scene, cue: Cue, token: Token) -> str | None:
    """The outlet or platform that begins at this word."""
    led = _led(scene, token)
    told = (
        cue.shape == "verb"
        and scene.speech.has("addressing", cue.verb.lemma)
        and token.head == cue.verb.index
        and token.dep in ("dobj", "obj", "dative", "iobj", "obl:arg")
    )
    for entity in scene.referents.covering(token):
        mention = next((one for one in entity.mentions if one.start == token.start), None)
        if entity.kind != "organization" or mention is None or entity.id in scene.referents.all(cue.speaker):
            continue
        known = any(fold(name) in outlets() for name in entity.names)
        body = any(fold(name) in _bodies() for name in entity.names)
        if known and (led or told):
            return mention.text
        if not body and (told or _vessel_before(scene, token) or _by_radio(scene, token)):
            return mention.text
    if scene.speech.has("outlets", token.lemma) and token.pos in ("NOUN", "PROPN") and (led or told):
        return _named(scene, token)
    if fold(token.text) in outlets() and led and token.text[:1].isupper():
        return token.text
    return None


def _led(scene: Scene, token: Token) -> bool:
    """Whether a preposition that leads to a channel stands in the words before."""
    for index in range(token.index - 1, max(token.index - 5, -1), -1):
        before = scene.token(index)
        if before.sentence != token.sentence or before.pos in ("VERB", "PUNCT"):
            return False
        if scene.speech.has("prepositions", before.text):
            return True
    return False


def _vessel_before(scene: Scene, token: Token) -> bool:
    """'an interview with …', 'au micro de …'."""
    return any(
        scene.speech.has("vessels", scene.token(index).lemma) or scene.speech.has("vessels", scene.token(index).text)
        for index in range(max(token.index - 4, 0), token.index)
        if scene.token(index).sentence == token.sentence
    )


def _by_radio(scene: Scene, token: Token) -> bool:
    """'on …', 'sur …' right before a name."""
    before = scene.token(token.index - 1) if token.index else None
    return before is not None and scene.speech.has("naming", before.text)


def _named(scene: Scene, noun: Token) -> str:
    """'public television', 'télévision omanaise', 'Radio Rouergue': the noun with its adjectives; of 'the broadcaster A Haber' the name."""
    own = _own_name(scene, noun)
    if own:
        return own
    first = last = noun.index
    while (
        first > 0
        and scene.token(first - 1).sentence == noun.sentence
        and scene.token(first - 1).dep in ("amod", "compound", "nmod", "flat")
        and scene.token(first - 1).pos in ("ADJ", "PROPN", "NOUN")
    ):
        first -= 1
    while (
        last + 1 < len(scene.parse.tokens)
        and scene.token(last + 1).pos in ("PROPN", "ADJ")
        and scene.token(last + 1).sentence == noun.sentence
        and scene.quoted[last + 1] < 0
    ):
        last += 1
    return scene.span(first, last).of(scene.text)


def _own_name(scene: Scene, noun: Token) -> str | None:
    """The proper name right after a common noun, as the mention that begins there or as its capitalised words."""
    first = noun.index + 1
    if noun.text[:1].isupper() or first >= len(scene.parse.tokens):
        return None
    token = scene.token(first)
    mentions = [mention for entity in scene.referents.covering(token) if entity.kind == "organization" for mention in entity.mentions]
    mention = next((one for one in mentions if one.start == token.start), None)
    if mention is not None:
        return mention.text
    last = first
    while last < len(scene.parse.tokens) and scene.token(last).text[:1].isupper() and scene.token(last).pos in ("PROPN", "NOUN", "X"):
        if scene.token(last).sentence != noun.sentence or any(entity.kind == "person" for entity in scene.referents.covering(scene.token(last))):
            break
        last += 1
    return scene.span(first, last - 1).of(scene.text) if last > first else None


def _occasion(scene: Scene, cue: Cue, token: Token) -> str | None:
    """The longest occasion that begins at this word, led to by a preposition or spoken to: 'told a press conference'."""
    if not (_led(scene, token) or 0 < token.index - cue.last <= _LONGEST):
        return None
    stop = scene.sentence(token.index).stop
    for length in range(_LONGEST, 0, -1):
        last = token.index + length - 1
        if last >= stop:
            continue
        words = scene.span(token.index, last).of(scene.text)
        if scene.speech.has("occasions", words):
            return words
    return None


def through_same_channel(paragraph: Callable[[int], int], statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """What somebody goes on to say in the same paragraph goes through the same channel."""
    found: list[Statement] = []
    for one in statements:
        before = found[-1] if found else None
        if one.channel is None and before is not None and before.channel and before.speaker == one.speaker and paragraph(before.start) == paragraph(one.start):
            one = replace(one, channel=before.channel)
        found.append(one)
    return tuple(found)
