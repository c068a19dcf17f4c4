"""Statements in a language that has no table of speech: what the encoder marks as said, with the reporting word and the speaker that it marks beside it.

    said, direct ──▶ up to its quotation marks, joined across 'sagte sie' ──┐
    said, indirect ─▶ only with a reporting word beside it ─────────────────┴─▶ speaker: the entity inside the span marked as speaker, else none

A pronoun that speaks is nobody here: who 'sie' is takes grammar. Without the encoder the words in quotation marks are all there is, without a speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.model.reading import Entity, Reading, Statement, StatementKind, Tag
from dragoman.model.spans import Span
from dragoman.reading.statements.plain_cues import PlainTalk

# What the encoder must be sure of; of words without quotation marks more, since their edges are where it errs.
_SURE_DIRECT, _SURE_INDIRECT, _SURE_CUE = 0.6, 0.75, 0.6
# Fewer words are a name or a slip; in writing without spaces so many characters.
_WORDS, _QUOTED_WORDS, _CHARACTERS = 4, 5, 8
# Two words in quotation marks may be all that is quoted, where a reporting word stands beside them.
_FRAGMENT = 2
# Characters between what is said and its reporting word, and between that word and its speaker, in between whom a quotation may stand.
_NEAR, _SPEAKS_NEAR = 60, 200
_EDGES = " \t\n\u00a0\u202f,;:–—-"
# So sure is nobody of words in marks that nothing else speaks for.
_UNSEEN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    kind: StatementKind
    parts: tuple[Span, ...]
    score: float

    @property
    def hull(self) -> Span:
        return self.parts[0].hull(self.parts[-1])


def marked_statements(talk: PlainTalk) -> tuple[Statement, ...]:
    """All statements in text order."""
    reading = talk.scene.reading
    if not reading.tags:
        bare = [one.inner for one in talk.quotations if one.words >= _QUOTED_WORDS]
        return tuple(_statement(reading, number, _Said(kind="direct", parts=(span,), score=_UNSEEN), None, None) for number, span in enumerate(bare, start=1))
    cues = [tag for tag in reading.tagged("cue") if tag.score >= _SURE_CUE]
    said = _joined(talk, sorted([*_direct(talk), *_indirect(talk)], key=lambda one: one.hull), cues)
    found: list[Statement] = []
    for one in said:
        outside = [tag for tag in cues if not any(part.overlaps(tag.span) for other in said for part in other.parts)]
        cue = _cue(talk, one, [tag for tag in outside if tag.label == "CUE"])
        speaking = _speaking(talk, cue, [tag for tag in outside if tag.label == "SPEAKER"])
        if (one.kind == "indirect" or _short(talk, one.hull, _QUOTED_WORDS)) and cue is None:
            continue
        found.append(_statement(reading, len(found) + 1, one, cue, _speaker(reading, speaking)))
    return tuple(found)


def _direct(talk: PlainTalk) -> list[_Said]:
    """Words in quotation marks that the encoder marks as said, and those it marks without them, as far as the marks go."""
    found: dict[Span, float] = {}
    for tag in talk.scene.reading.tagged("said"):
        if tag.label != "direct" or tag.score < _SURE_DIRECT:
            continue
        around = next((one for one in talk.quotations if _shared(one.inner, tag.span) * 2 > tag.end - tag.start), None)
        span = around.inner if around else _trimmed(talk.scene.text, tag.span)
        if not _short(talk, span, _FRAGMENT):
            found[span] = max(found.get(span, 0.0), tag.score)
    return [_Said(kind="direct", parts=(span,), score=score) for span, score in found.items()]


def _indirect(talk: PlainTalk) -> list[_Said]:
    """What is marked as said in other words; a stretch that lies in quotation marks is none."""
    found = []
    for tag in talk.scene.reading.tagged("said"):
        quoted = any(one.inner.overlaps(tag.span) and not tag.span.covers(one.inner) for one in talk.quotations)
        if tag.label != "indirect" or tag.score < _SURE_INDIRECT or quoted:
            continue
        span = _trimmed(talk.scene.text, tag.span)
        if not _short(talk, span, _WORDS):
            found.append(_Said(kind="indirect", parts=(span,), score=tag.score))
    return found


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)


def _short(talk: PlainTalk, span: Span, fewest: int) -> bool:
    """Whether it has fewer words, and in writing without spaces fewer characters, than a statement."""
    text = span.of(talk.scene.text)
    words = sum(any(letter.isalnum() for letter in word) for word in text.split())
    spaceless = any(_spaceless(letter) for letter in text)
    return len(text) < min(_CHARACTERS, 2 * fewest) if spaceless else words < fewest


def _spaceless(letter: str) -> bool:
    """Whether the letter is of a script without spaces: Chinese, kana, Thai to Lao, Burmese, Khmer."""
    code = ord(letter)
    return 0x3040 <= code <= 0x9FFF or 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF


def _joined(talk: PlainTalk, said: Sequence[_Said], cues: Sequence[Tag]) -> list[_Said]:
    """Words in marks that only a reporting clause parts are one statement; of two that overlap the surer stays."""
    kept: list[_Said] = []
    for one in said:
        last = kept[-1] if kept else None
        if last is not None and last.hull.overlaps(one.hull):
            if one.score > last.score:
                kept[-1] = one
            continue
        if last is not None and last.kind == one.kind == "direct" and _only_reports(talk, Span(last.hull.end, one.hull.start), cues):
            kept[-1] = replace(last, parts=(*last.parts, *one.parts), score=min(last.score, one.score))
            continue
        kept.append(one)
    return kept


def _only_reports(talk: PlainTalk, between: Span, cues: Sequence[Tag]) -> bool:
    """Whether nothing stands between two quotations of a paragraph but marks, a reporting word and its speaker, and some of them do."""
    text = between.of(talk.scene.text)
    if "\n" in text:
        return False
    inside = [tag for tag in cues if between.covers(tag.span)]
    letters = [place for place, letter in enumerate(text, start=between.start) if letter.isalnum()]
    return bool(inside) and "." not in text and all(any(tag.start <= place < tag.end for tag in inside) for place in letters)


def _cue(talk: PlainTalk, one: _Said, tags: Sequence[Tag]) -> Tag | None:
    """The reporting word nearest to the words said: one of their sentence before all others, then one of the paragraph that is near."""
    rows = [(not _together(talk, tag.span, one.hull), min(_gap(talk, tag.span, part) for part in one.parts), tag.start, tag) for tag in tags]
    near = [row for row in rows if row[1] <= _NEAR]
    return min(near, key=lambda row: row[:3])[3] if near else None


def _speaking(talk: PlainTalk, cue: Tag | None, tags: Sequence[Tag]) -> Tag | None:
    """The speaker nearest to the reporting word in its sentence: in 'he said. Dahl …' Dahl is not the one who said it."""
    if cue is None:
        return None
    rows = [(_gap(talk, tag.span, cue.span), tag.start, tag) for tag in tags if _together(talk, tag.span, cue.span)]
    near = [row for row in rows if row[0] <= _SPEAKS_NEAR]
    return min(near, key=lambda row: row[:2])[2] if near else None


def _together(talk: PlainTalk, one: Span, other: Span) -> bool:
    """Whether two spans lie in one sentence, or one of them in several of which the other shares one."""
    sentences = talk.scene.reading.sentences
    return not sentences or any(sentence.overlaps(one) and sentence.overlaps(other) for sentence in sentences)


def _gap(talk: PlainTalk, one: Span, other: Span) -> int:
    """Characters between two spans; very many where a paragraph ends between them."""
    first, last = sorted((one, other))
    return max(last.start - first.end, 0) if "\n" not in talk.scene.text[first.end : last.start] else len(talk.scene.text)


def _speaker(reading: Reading, speaking: Tag | None) -> Entity | None:
    """The one person named in the span, else the one state or body that is most of it; none where there are two."""
    if speaking is None:
        return None
    inside = [entity for entity in reading.entities if any(speaking.span.overlaps(mention.span) for mention in entity.mentions)]
    people = [entity for entity in inside if entity.kind == "person"]
    if people:
        return people[0] if len(people) == 1 else None
    half = (speaking.end - speaking.start) / 2
    bodies = [entity for entity in inside if entity.kind in ("organization", "state")]
    named = [entity for entity in bodies if any(_shared(mention.span, speaking.span) > half for mention in entity.mentions)]
    return named[0] if len(named) == 1 else None


def _statement(reading: Reading, number: int, one: _Said, cue: Tag | None, speaker: Entity | None) -> Statement:
    return Statement(
        id=f"s{number}",
        speaker=speaker.id if speaker else None,
        kind=one.kind,
        start=one.hull.start,
        end=one.hull.end,
        text=" ".join(part.of(reading.article.text) for part in one.parts),
        cue=cue.span if cue else None,
        confidence=round(one.score * (0.9 if speaker else 0.7), 2),
        parts=one.parts,
    )
