"""What a reporting word governs where no parser tells: the clause after 'أن', or the words before the verb up to its content form.

Languages whose clauses begin with the verb (Arabic):    cue · subject · conjunction │ content │ next cue, source or full stop
Languages whose clauses end with the verb (Turkish):     subject, channel, │ content ending in '-dığını' │ cue
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.model.spans import Span
from dragoman.reading.plain.phrases import Phrase
from dragoman.reading.statements.plain_cues import PlainCue, PlainTalk

# So many words may stand between a verb and its conjunction: title, name, occasion and day.
_FAR = 45
# Between the last word of a content and its verb: 'da', 'ayrıca', 'sözlerine'.
_NEAR = 4
# A content of fewer words says nothing.
_SHORT = 3
_COMMAS = (",", "،")
_STOPS = (".", "؛", ";", "!", "?", "؟", "…")
_KINDS = ("person", "state", "organization", "title")


def content(talk: PlainTalk, cue: PlainCue) -> Span | None:
    """The words said, without reporting clause and subject."""
    found = _around(talk, cue) if cue.shape == "source" else _before(talk, cue) if talk.scene.inflection.before_verb else _after(talk, cue)
    return None if found is None or found[1] - found[0] < _SHORT - 1 else _trimmed(talk, *found)


def speaker_phrase(talk: PlainTalk, cue: PlainCue) -> Phrase | None:
    """The phrase that names who speaks in the reporting clause itself."""
    if cue.shape == "source":
        return _of_source(talk, cue)
    return _subject_before(talk, cue) if talk.scene.inflection.before_verb else _subject_after(talk, cue)


def conjunction(talk: PlainTalk, cue: PlainCue) -> int | None:
    """The token of 'أن' that the cue leads to, or of what stands in its place: 'شدد على ضرورة …'."""
    scene = talk.scene
    for index in range(cue.last + 1, min(cue.last + _FAR, scene.sentence(cue.last).stop)):
        if scene.tokens[index].text in (*_STOPS, ":") or talk.quoted[index] >= 0:
            return None
        if joins(talk, index):
            aside = scene.says(index - 1, "asides") or (
                scene.says(index - 1, "prepositions") and scene.tokens[index - 2].text in _COMMAS and index - 2 > cue.last
            )
            return index if talk.may(cue, "that") and not aside else None
        if (
            index in talk.cue_at
            and talk.cue_at[index].shape == "verb"
            and talk.cue_at[index].first > cue.last
            and talk.cue_at[index].lemma not in talk.speech.lists.get("nested", frozenset())
        ):
            return None
        if talk.may(cue, "words") and _opens(talk, index):
            return index - 1
        if scene.has(index, "relatives") and index in talk.cue_at:
            return None
    return None


def joins(talk: PlainTalk, index: int) -> bool:
    """Whether the token is a conjunction before what is said, perhaps with a word for 'and' joined to it."""
    words = talk.speech.lists["conjunctions"]
    bare = talk.scene.bare[index]
    return bare in words or any(bare.removeprefix(link) in words for link in talk.scene.small.get("links", ()))


def _opens(talk: PlainTalk, index: int) -> bool:
    """Whether a noun that begins a content without conjunction stands here, right after the verb or its preposition."""
    scene = talk.scene
    if index in scene.named or not talk.listed(index, "openers"):
        return False
    return not scene.bare[index].startswith(tuple(scene.small.get("articles", ())))


def _after(talk: PlainTalk, cue: PlainCue) -> tuple[int, int] | None:
    at = conjunction(talk, cue)
    if at is None:
        return None
    last = _end(talk, at + 1, cue)
    return (at + 1, last)


def _end(talk: PlainTalk, start: int, cue: PlainCue) -> int:
    """The last token of a content that begins here."""
    scene = talk.scene
    stop = scene.sentence(start).stop if start < len(scene.tokens) else start
    for index in range(start + 1, stop):
        if talk.quoted[index] >= 0:
            continue
        text = scene.tokens[index].text
        if text in ("؛", ";"):
            return index - 1
        comma = scene.tokens[index - 1].text in _COMMAS
        if comma and (talk.listed(index, "closers") or (talk.listed(index, "enders") and index in talk.cue_at)):
            return index - 2
        other = talk.cue_at.get(index)
        if other is None or other.first != index or other is cue:
            continue
        own = other.shape == "verb" and (conjunction(talk, other) is not None or _leads_to_quotation(talk, other))
        if own and (comma or other.tells == "participle" or scene.bare[index].startswith(tuple(scene.small.get("links", ())))):
            return index - 2 if comma else index - 1
        if own and scene.says(index - 1, "boundaries") and scene.tokens[index - 2].text in _COMMAS:
            return index - 3
        if other.shape == "source" and comma:
            return index - 2
    return stop - 1


def _leads_to_quotation(talk: PlainTalk, cue: PlainCue) -> bool:
    scene = talk.scene
    return any(talk.quoted[index] >= 0 for index in range(cue.last + 1, min(cue.last + 6, scene.sentence(cue.last).stop)))


def _before(talk: PlainTalk, cue: PlainCue) -> tuple[int, int] | None:
    last = _content_end(talk, cue)
    if last is None:
        return None
    start = _region(talk, cue)
    subject = _subject_before(talk, cue)
    if subject is not None and start <= subject.first <= last:
        start = subject.last + 1
    return (_past_settings(talk, start, last), last)


def _content_end(talk: PlainTalk, cue: PlainCue) -> int | None:
    """The word right before the cue, or near it, that ends a clause of content."""
    scene = talk.scene
    pattern = scene.inflection.patterns.get("content")
    passive = scene.inflection.patterns.get("content_of_passive") if cue.passive else None
    first = scene.sentence(cue.first).start
    for index in range(cue.first - 1, max(cue.first - _NEAR, first) - 1, -1):
        if index in talk.cue_at or index in scene.named or talk.quoted[index] >= 0:
            return None
        if pattern is not None and talk.may(cue, "that") and pattern.fullmatch(scene.bare[index]):
            return index
        if passive is not None and talk.may(cue, "that") and passive.fullmatch(scene.bare[index]):
            return index
        if talk.may(cue, "words") and scene.bare[index] in talk.speech.lists["openers"]:
            return index
    return None


def _region(talk: PlainTalk, cue: PlainCue) -> int:
    """Where the words that can belong to a cue begin: after the cue before it in the sentence."""
    start = talk.scene.sentence(cue.first).start
    for index in range(cue.first - 1, start - 1, -1):
        if index in talk.cue_at:
            return _past_commas(talk, index + 1, cue.first)
        if talk.quoted[index] >= 0 and talk.quoted[index] != talk.quoted[cue.first] and _whole_quotation_ends(talk, index):
            return _past_commas(talk, index + 1, cue.first)
    return start


def _whole_quotation_ends(talk: PlainTalk, index: int) -> bool:
    """Whether a quotation that is a sentence of its own ends at this token."""
    return False if index + 1 >= len(talk.scene.tokens) else talk.quoted[index + 1] < 0 and talk.quotations[talk.quoted[index]].words > 8


def _past_commas(talk: PlainTalk, index: int, stop: int) -> int:
    while index < stop and talk.scene.tokens[index].text in _COMMAS:
        index += 1
    return index


def _segments(talk: PlainTalk, start: int, last: int) -> Iterator[tuple[int, int]]:
    """Stretches between commas outside quotation marks, as first token and token of the comma."""
    first = start
    for index in range(start, last + 1):
        if talk.scene.tokens[index].text in _COMMAS and talk.quoted[index] < 0:
            yield first, index
            first = index + 1


def _past_settings(talk: PlainTalk, start: int, last: int) -> int:
    """Without what tells where and how it was said before the content: 'düzenlediği basın toplantısında, …', 'ayrıca'."""
    start = _past_commas(talk, start, last)
    pattern = talk.scene.inflection.patterns.get("content")
    for first, comma in _segments(talk, start, last):
        words = range(first, comma)
        if pattern and any(pattern.fullmatch(talk.scene.bare[index]) for index in words):
            break
        setting = any(talk.listed(index, "vessels") for index in (comma - 1, comma - 2) if index >= first) or all(
            talk.listed(index, "connectors") for index in words
        )
        if not setting:
            break
        start = comma + 1
    while start < last and talk.listed(start, "connectors") and start not in talk.scene.named:
        start += 1
    return start


def _subject_before(talk: PlainTalk, cue: PlainCue) -> Phrase | None:
    """The unmarked phrase before a verb that speaks, or the one after a participle ('diyen Fidan')."""
    scene = talk.scene
    if cue.tells == "participle":
        after = scene.between(cue.last + 1, min(cue.last + 3, scene.sentence(cue.last).stop))
        return next((one for one in after if _speaks(one)), None)
    start = _region(talk, cue)
    found = [
        one
        for one in scene.between(start, cue.first)
        if talk.quoted[one.first] < 0 and _speaks(one) and not one.marks - scene.small.get("joining", frozenset())
    ]
    for one in found:
        comma = one.last + 1 < len(scene.tokens) and scene.tokens[one.last + 1].text in _COMMAS
        if comma or one.first <= start + 1 or _after_setting(talk, one):
            return one
    if cue.passive or not found:
        return _issuer(talk, start, cue)
    end = _content_end(talk, cue)
    return next((one for one in found if end is None), None)


def _after_setting(talk: PlainTalk, one: Phrase) -> bool:
    """Whether the words before a phrase only tell where and when: they end in a comma or a locative."""
    before = one.first - 1
    if before < talk.scene.sentence(one.first).start:
        return True
    return talk.scene.tokens[before].text in _COMMAS or (before in talk.cue_at and talk.cue_at[before].tells == "participle")


def _issuer(talk: PlainTalk, start: int, cue: PlainCue) -> Phrase | None:
    """Who has put out a text: "Bakanlıktan yapılan açıklamada", "Bakanlığın açıklamasında"."""
    scene = talk.scene
    for one in scene.between(start, cue.first):
        near = range(one.last + 1, min(one.last + 6, cue.first))
        if one.ids and one.kind != "place" and one.marks & {"-ablative", "-genitive"} and any(talk.listed(index, "vessels") for index in near):
            return one
    return None


def _speaks(one: Phrase) -> bool:
    return one.kind in _KINDS and not one.attributive


def _subject_after(talk: PlainTalk, cue: PlainCue) -> Phrase | None:
    """The first unmarked phrase after the verb, else the one right before it."""
    scene = talk.scene
    at = conjunction(talk, cue)
    stop = at if at is not None else min(cue.last + 12, scene.sentence(cue.last).stop)
    stop = next((index for index in range(cue.last + 1, stop) if talk.quoted[index] >= 0 or scene.tokens[index].text == ":"), stop)
    relayed = cue.lemma in talk.speech.lists.get("relaying", frozenset())
    if relayed:
        given = talk.speech.lists.get("relayed", frozenset())
        return next((one for one in scene.between(cue.last + 1, stop) if one.marks & given and _speaks(one)), None)
    if cue.tells != "participle":
        for one in scene.between(cue.last + 1, stop):
            if any(scene.has(index, "relatives") or scene.tokens[index].text in _COMMAS for index in range(cue.last + 1, one.first)):
                break
            if _speaks(one) and not one.marks:
                return one
        start = scene.sentence(cue.first).start
        for index in range(cue.first - 1, max(start, cue.first - 5) - 1, -1):
            one_before = scene.named.get(index)
            if one_before is not None:
                return (
                    one_before
                    if _speaks(one_before) and not one_before.marks and not scene.bare[cue.first].startswith(tuple(scene.small.get("links", ())))
                    else None
                )
            if scene.finite(index) is not None and not scene.says(index, "helpers"):
                return None
    return None


def _around(talk: PlainTalk, cue: PlainCue) -> tuple[int, int] | None:
    """The rest of the sentence beside 'according to X'."""
    scene = talk.scene
    phrase = _of_source(talk, cue)
    if phrase is None:
        return None
    sentence = scene.sentence(cue.first)
    first, last = min(cue.first, phrase.first), max(cue.last, phrase.last)
    if first <= sentence.start + 1:
        comma = next((index for index in range(last, sentence.stop) if scene.tokens[index].text in _COMMAS), None)
        start = comma + 1 if comma is not None else last + 1
        opens = start < sentence.stop and joins(talk, start)
        return (start + 1 if opens else start, sentence.stop - 1)
    if scene.tokens[first - 1].text not in _COMMAS and not scene.inflection.before_verb:
        tail = all(scene.tokens[index].text in (*_STOPS, '"', "»", "”") or index <= last for index in range(last, sentence.stop))
        if not tail:
            return None
    start = sentence.start
    inner = [other for other in talk.cues if sentence.start <= other.first < cue.first and other.shape == "verb"]
    if inner and not scene.inflection.before_verb:
        return None  # what another has said, and in which report it stood
    if scene.inflection.before_verb and last < sentence.stop - _SHORT:
        return (_past_commas(talk, last + 1, sentence.stop - 1), sentence.stop - 1)
    return (start, first - 1)


def _of_source(talk: PlainTalk, cue: PlainCue) -> Phrase | None:
    scene = talk.scene
    if scene.inflection.before_verb:
        one = scene.named.get(cue.first - 1)
        return one if one is not None and _speaks(one) else None
    sentence = scene.sentence(cue.last)
    for one in scene.between(cue.last + 1, min(cue.last + 8, sentence.stop)):
        if _speaks(one):
            return one
        break
    return None


def _trimmed(talk: PlainTalk, first: int, last: int) -> Span | None:
    """From first to last token, without commas and full stops at the edges."""
    tokens = talk.scene.tokens
    while first < last and tokens[first].text in (*_COMMAS, *_STOPS, ":", "-", "–", "—"):
        first += 1
    while last > first and tokens[last].text in (*_COMMAS, *_STOPS, ":"):
        last -= 1
    return Span(tokens[first].start, tokens[last].end) if last - first >= _SHORT - 1 else None
