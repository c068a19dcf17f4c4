"""Which reporting word a quotation belongs to in a language without a parser: the nearest after it in its sentence, or the one that leads to it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from dragoman.model.spans import Span
from dragoman.reading.statements.plain_clauses import speaker_phrase
from dragoman.reading.statements.plain_cues import PlainCue, PlainTalk
from dragoman.reading.statements.quotations import Quotation

# Words in quotation marks without a cue are speech from so many on; with a verb from two, with 'according to' from four.
_SPEECH = 5
_FRAGMENT = 2
_SOURCED = 4
# So many words may stand between a quotation and its verb.
_AFTER = 10
_BESIDE = 3
_BEFORE = 30
_STOPS = (".", "؛", ";", "!", "?", "؟", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainQuoted:
    """Quotations that are one statement, by number, with their cue; `speaker` where an earlier one goes on."""

    quotations: tuple[int, ...]
    cue: PlainCue | None = None
    speaker: str | None = None


def quoted(talk: PlainTalk, absorbed: set[int], speakers: dict[int, str | None]) -> list[PlainQuoted]:
    """All quotations that are speech; `speakers` are those of cues by their first token."""
    found: list[PlainQuoted] = []
    for number, quotation in enumerate(talk.quotations):
        if number in absorbed or quotation.words < _FRAGMENT:
            continue
        before = found[-1] if found else None
        last = talk.quotations[before.quotations[-1]] if before else None
        if _names(talk, number):
            continue
        cue = _cue(talk, number)
        near = last is not None and quotation.paragraph - last.paragraph <= 1
        if before is not None and last is not None and cue is not None and cue is before.cue and quotation.paragraph == last.paragraph:
            found[-1] = PlainQuoted(quotations=(*before.quotations, number), cue=cue, speaker=before.speaker)
        elif cue is not None:
            if cue.shape == "verb" or quotation.words >= _SOURCED:
                found.append(PlainQuoted(quotations=(number,), cue=cue))
        elif before is not None and last is not None and not _told(talk, last, quotation):
            found[-1] = PlainQuoted(quotations=(*before.quotations, number), cue=before.cue, speaker=before.speaker)
        elif quotation.words >= _SPEECH and _alone(talk, quotation):
            speaker = _leading(talk, number) or (_speaker(before, speakers) if before is not None and near else None)
            if speaker is not None:
                found.append(PlainQuoted(quotations=(number,), speaker=speaker))
    return found


def _names(talk: PlainTalk, number: int) -> bool:
    """Whether a few words in marks only name something in the telling that leads to the next quotation: 'المتحدثة باسم منظمة «…»: «…»'."""
    quotation = talk.quotations[number]
    inside = talk.scene.reading.parse.within(quotation.inner)
    if inside and quotation.words < _SOURCED:
        phrase = talk.scene.named.get(inside[0].index)
        if phrase is not None and phrase.last >= inside[-1].index:
            return True  # a name in marks
    following = talk.quotations[number + 1] if number + 1 < len(talk.quotations) else None
    if following is None or following.paragraph != quotation.paragraph or quotation.words >= _SOURCED or following.words <= quotation.words:
        return False
    between = talk.scene.text[quotation.outer.end : following.outer.start]
    return between.rstrip().endswith(":") and not any(mark in between for mark in (".", "!", "؟"))


def _speaker(before: PlainQuoted, speakers: dict[int, str | None]) -> str | None:
    return before.speaker or (speakers.get(before.cue.first) if before.cue else None)


def _alone(talk: PlainTalk, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence of its own: a mark of its end inside or right after, or a paragraph."""
    inner = quotation.inner.of(talk.scene.text).rstrip()
    paragraph = talk.paragraphs[quotation.paragraph]
    return inner.endswith(_STOPS) or quotation.outer.start == paragraph.start or talk.scene.text[: quotation.outer.start].rstrip().endswith(":")


def _told(talk: PlainTalk, last: Quotation, quotation: Quotation) -> bool:
    """Whether anything is told between two quotations of one paragraph."""
    return last.paragraph != quotation.paragraph or bool(talk.scene.text[last.outer.end : quotation.outer.start].strip(" ,،.;:\u00a0\u202f"))


def _cue(talk: PlainTalk, number: int) -> PlainCue | None:
    """In clauses that end with the verb the one after a quotation comes first; a colon before it speaks for the one that leads to it."""
    quotation = talk.quotations[number]
    colon = talk.scene.text[: quotation.outer.start].rstrip().endswith(":")
    after = None if colon else _after(talk, number)
    before = _leading_cue(talk, number)
    if talk.scene.inflection.before_verb or before is None:
        return after or before
    return before


def _after(talk: PlainTalk, number: int) -> PlainCue | None:
    scene, quotation = talk.scene, talk.quotations[number]
    pattern = scene.inflection.patterns.get("content")
    first = bisect_left(scene.tokens, quotation.outer.end, key=lambda token: token.start)
    end = _paragraph(talk, quotation.outer.end - 1).end
    for index in range(first, min(first + _AFTER, len(scene.tokens))):
        token = scene.tokens[index]
        if token.start >= end or token.text in _STOPS or talk.quoted[index] >= 0:
            return None
        if pattern is not None and pattern.fullmatch(scene.bare[index]):
            return None
        cue = talk.cue_at.get(index)
        if cue is not None:
            return cue if talk.may(cue, "quotation") or cue.shape == "source" else None
        if not scene.inflection.before_verb and scene.finite(index) is not None:
            return None
    return None


def _paragraph(talk: PlainTalk, offset: int) -> Span:
    place = bisect_left(talk.paragraphs, offset + 1, key=lambda span: span.start) - 1
    return talk.paragraphs[max(place, 0)]


def _telling(talk: PlainTalk, number: int) -> range:
    """The tokens that lead to a quotation in its sentence."""
    scene, quotation = talk.scene, talk.quotations[number]
    last = bisect_left(scene.tokens, quotation.outer.start, key=lambda token: token.start)
    start = talk.paragraphs[quotation.paragraph].start
    first = last
    while first > 0 and last - first < _BEFORE and scene.tokens[first - 1].start >= start:
        before = scene.tokens[first - 1]
        if before.text in _STOPS and talk.quoted[first - 1] < 0 and before.sentence != scene.tokens[min(first, len(scene.tokens) - 1)].sentence:
            break
        if talk.quoted[first - 1] >= 0 and scene.inflection.before_verb:
            break
        first -= 1
    return range(first, last)


def _leading_cue(talk: PlainTalk, number: int) -> PlainCue | None:
    """The last cue before a quotation, with nothing else told between but its speaker and circumstances."""
    found: PlainCue | None = None
    for index in _telling(talk, number):
        cue = talk.cue_at.get(index)
        if cue is not None and (talk.may(cue, "quotation") or cue.shape == "source") and talk.quoted[index] < 0:
            found = cue
    words = _telling(talk, number)
    led = talk.scene.text[: talk.quotations[number].outer.start].rstrip().endswith(":")
    if found is not None and not led and talk.quotations[number].words < _SOURCED and words.stop - found.last > _BESIDE:
        return None  # a name or a term, not what was said
    if found is None or not talk.scene.inflection.before_verb:
        return found
    colon = talk.scene.text[: talk.quotations[number].outer.start].rstrip().endswith(":")
    return found if colon or found.shape == "source" or found.tells == "participle" else None


def _leading(talk: PlainTalk, number: int) -> str | None:
    """The first unmarked name in the words that lead to a quotation with a colon: 'Fidan: “…”'."""
    if not talk.scene.text[: talk.quotations[number].outer.start].rstrip().endswith(":"):
        return None
    words = _telling(talk, number)
    phrases = talk.scene.between(words.start, words.stop)
    return next((one.ids[0] for one in phrases if one.ids and not one.marks and one.kind != "place" and not one.attributive), None)


def phrase_before(talk: PlainTalk, number: int) -> str | None:
    """Who is the subject of the sentence that a quotation stands in, before it: 'Fidan, “…” dedi'."""
    words = _telling(talk, number)
    for one in talk.scene.between(words.start, words.stop):
        if one.ids and one.kind in ("person", "organization", "state") and not one.attributive and not one.marks - talk.scene.small.get("joining", frozenset()):
            return one.ids[0]
    return None


def named_speaker(talk: PlainTalk, cue: PlainCue) -> str | None:
    """The entity that the reporting clause names as speaker."""
    phrase = speaker_phrase(talk, cue)
    return phrase.ids[0] if phrase is not None and phrase.ids else None
