"""Through which channel something was said, in a language without a parser: names and phrases of the table in the words around the cue."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.model.spans import Span
from dragoman.reading.statements.channels import outlets
from dragoman.reading.statements.plain_cues import PlainCue, PlainTalk

_NEAR = 4
# So many words may name an outlet after the noun for it.
_NAMED = 2
_TITLED = 5
_STOPS = (".", "؛", ";", "!", "?", "؟")


def channel_of(talk: PlainTalk, cue: PlainCue, parts: Sequence[Span], speaker: str | None) -> str | None:
    """An outlet or platform before an occasion, outside the words said."""
    words = [index for index in _telling(talk, cue) if talk.quoted[index] < 0 and not any(part.overlaps(talk.scene.tokens[index].span) for part in parts)]
    return _outlet(talk, words, speaker) or _occasion(talk, words)


def _telling(talk: PlainTalk, cue: PlainCue) -> range:
    return talk.scene.sentence(cue.first)


def _outlet(talk: PlainTalk, words: list[int], speaker: str | None) -> str | None:
    scene = talk.scene
    platforms = talk.speech.lists.get("platforms", frozenset())
    for index in words:
        name = next((form for form in scene.nouns[index] if form in platforms), None)
        if name is not None and _led(talk, index) and (len(name) > 1 or scene.tokens[index].text[:1].isupper()):
            return _base(talk, index, name)
    for index in words:
        name = _called(talk, index)
        if name is not None:
            return name
    for index in words:
        phrase = scene.named.get(index)
        if phrase is None or phrase.first != index or phrase.kind != "organization" or speaker in phrase.ids:
            continue
        known = any(fold(name) in outlets() for one in phrase.ids if one in scene.entities for name in scene.entities[one].names)
        vessel = any(talk.listed(before, "vessels") for before in range(max(index - 2, 0), index)) or any(
            talk.listed(after, "vessels") for after in range(phrase.last + 1, min(phrase.last + 4, len(scene.tokens)))
        )
        if (known or vessel) and _led(talk, index):
            return scene.text[phrase.span.start : phrase.span.end]
    return None


def _called(talk: PlainTalk, index: int) -> str | None:
    """An outlet by a noun for one, with its name: 'قناة المشرق'; or by capitals in the dative before a form of speech: "Körfez Ekranı'na konuştu"."""
    return _by_case(talk, index) if talk.scene.inflection.before_verb else _by_noun(talk, index)


def _by_noun(talk: PlainTalk, index: int) -> str | None:
    scene = talk.scene
    outlets_named = talk.speech.lists["outlets"]
    noun = next((form for form in scene.nouns[index] if form in outlets_named), None)
    if noun is None or (scene.bare[index].startswith(tuple(scene.small.get("articles", ()))) and not scene.bare[index].startswith(noun)):
        return None
    if not (_led(talk, index) or scene.bare[index] != noun):
        return None
    stop = scene.sentence(index).stop
    last = index
    if index + 1 < stop and talk.quoted[index + 1] >= 0:
        quotation = talk.quotations[talk.quoted[index + 1]]
        return quotation.inner.of(scene.text) if quotation.words <= _TITLED else None
    while last + 1 < stop and last - index < _NAMED and scene.tokens[last + 1].text.isalpha() and not scene.says(last + 1, "prepositions"):
        if last + 1 in scene.named and scene.named[last + 1].kind != "organization":
            break
        last += 1
    if last == index:
        return None
    start = scene.tokens[index].start + max(scene.bare[index].find(noun), 0)
    return scene.text[start : scene.tokens[last].end]


def _by_case(talk: PlainTalk, index: int) -> str | None:
    scene = talk.scene
    dative = scene.inflection.cases.get("dative", frozenset())
    token = scene.tokens[index]
    suffix = fold(token.text[len(scene.bare[index]) :]).strip("'")
    if suffix not in dative or not token.text[:1].isupper() or (index in scene.named and scene.named[index].kind != "organization"):
        return None
    ahead = range(index + 1, min(index + _NEAR, scene.sentence(index).stop))
    if index + 1 not in talk.cue_at and not any(talk.listed(after, "vessels") for after in ahead):
        return None
    first = index
    while (
        first - 1 in scene.sentence(index)
        and scene.tokens[first - 1].text[:1].isupper()
        and (first - 1 not in scene.named or scene.named[first - 1].kind in ("organization", "place"))
    ):
        first -= 1
    return scene.text[scene.tokens[first].start : token.start + len(scene.bare[index])]


def _led(talk: PlainTalk, index: int) -> bool:
    """Whether a preposition or a case leads to a channel."""
    scene = talk.scene
    phrase = scene.named.get(index)
    if scene.inflection.before_verb:
        last = phrase.last if phrase else index
        return (
            bool(phrase and phrase.marks)
            or any(talk.listed(after, "naming") or talk.listed(after, "prepositions") for after in range(last + 1, last + _NEAR))
            or (scene.tokens[last].text != scene.bare[last] and scene.tokens[last].text[:1].isupper())
        )
    if phrase is not None and phrase.marks & talk.speech.lists["prepositions"]:
        return True
    return any(talk.listed(before, "prepositions") for before in range(max(index - _NEAR, 0), index))


def _base(talk: PlainTalk, index: int, name: str) -> str:
    """The word without what is joined to it."""
    text = talk.scene.tokens[index].text
    folded = plain(talk.scene.code, fold(text))
    at = folded.find(name)
    return text[at : at + len(name)] if at >= 0 and len(folded) == len(text) else text


def _occasion(talk: PlainTalk, words: list[int]) -> str | None:
    """The longest occasion of the table that stands there, without the suffix of its last word and the preposition joined to its first."""
    scene = talk.scene
    phrases = sorted((tuple(phrase.split()) for phrase in talk.speech.lists["occasions"]), key=lambda phrase: (-len(phrase), phrase))
    told = set(words)
    for phrase in phrases:
        for index in words:
            last = index + len(phrase) - 1
            if last in told and index not in talk.cue_at and scene.runs(index, phrase) and _occurs(talk, index, last):
                return _phrase(talk, index, last, phrase)
    return None


def _occurs(talk: PlainTalk, first: int, last: int) -> bool:
    scene = talk.scene
    if scene.inflection.before_verb:
        return len(scene.nouns[last]) > 1 or any(talk.listed(after, "prepositions") for after in range(last + 1, min(last + 3, len(scene.tokens))))
    return _led(talk, first) or any(form in talk.speech.lists["prepositions"] for form in _joined(talk, first))


def _joined(talk: PlainTalk, index: int) -> tuple[str, ...]:
    bare = talk.scene.bare[index]
    return tuple(letter for letter in talk.scene.small.get("joined", ()) if bare.startswith(letter))


def _phrase(talk: PlainTalk, first: int, last: int, phrase: tuple[str, ...]) -> str:
    tokens = talk.scene.tokens
    start, end = tokens[first].start, tokens[last].end
    if talk.scene.inflection.before_verb:
        return talk.scene.text[start : tokens[last].start] + _base(talk, last, phrase[-1])
    articles = tuple(talk.scene.small.get("articles", ()))
    bare = talk.scene.bare[first]
    cut = bare.find(phrase[0]) if len(bare) == tokens[first].end - tokens[first].start and not bare.startswith(articles) else 0
    if last == first and cut >= 0 and not bare.startswith(articles):
        end = start + max(cut, 0) + len(phrase[0])
    return talk.scene.text[start + max(cut, 0) : end]
