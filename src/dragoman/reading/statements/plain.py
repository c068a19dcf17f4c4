"""Statements in a language without a parser.

    cues ──────▶ clause each governs ──────────────▶ indirect statements ─┐
    quotations ─▶ cue after them or leading to them ▶ direct statements ──┴─▶ speaker, channel, day ──▶ in text order

A language without a table of speech has what the encoder marks, see `marked`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from dragoman.model.reading import Reading, Statement, StatementKind
from dragoman.model.spans import Span
from dragoman.reading.plain.scenes import plain_scene
from dragoman.reading.statements.channels import through_same_channel
from dragoman.reading.statements.marked import marked_statements
from dragoman.reading.statements.plain_channels import channel_of
from dragoman.reading.statements.plain_clauses import content
from dragoman.reading.statements.plain_cues import PlainCue, PlainTalk
from dragoman.reading.statements.plain_quoted import PlainQuoted, named_speaker, phrase_before, quoted
from dragoman.reading.statements.speech import Speech, speech

_PARAGRAPH = re.compile(r"\S[^\n]*")
# A clause most of whose words are in quotation marks was said in those words.
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    kind: StatementKind
    parts: tuple[Span, ...]
    cue: PlainCue | None = None
    speaker: str | None = None
    confidence: float = 0.8


def plain_statements(reading: Reading) -> tuple[Statement, ...]:
    """All statements in text order."""
    known = speech(reading.article.language)
    talk = _talk(reading, known or Speech())
    if known is None or not talk.scene.inflection.forms:
        return marked_statements(talk)
    said = _said(talk)
    statements = [_statement(talk, one, number) for number, one in enumerate(said, start=1)]
    return through_same_channel(lambda offset: _paragraph(talk, offset), statements)


def _talk(reading: Reading, known: Speech) -> PlainTalk:
    text = reading.article.text
    return PlainTalk(scene=plain_scene(reading), speech=known, paragraphs=tuple(Span(found.start(), found.end()) for found in _PARAGRAPH.finditer(text)))


def _paragraph(talk: PlainTalk, offset: int) -> int:
    return max(bisect_right(talk.paragraphs, offset, key=lambda span: span.start) - 1, 0)


def _said(talk: PlainTalk) -> list[_Said]:
    speakers = _speakers(talk)
    indirect = [(cue, span) for cue in talk.cues if (span := content(talk, cue)) is not None]
    absorbed = {
        number
        for number, quotation in enumerate(talk.quotations)
        if any(span.covers(quotation.inner) and not _mostly(quotation.inner, span) for _, span in indirect)
    }
    direct = quoted(talk, absorbed, speakers)
    found = [_direct(talk, one, speakers) for one in direct]
    spoken = [part for one in found for part in one.parts]
    for cue, span in indirect:
        whole = _with_marks(talk, span)
        if any(part.overlaps(whole) and (_mostly(part, whole) or not whole.covers(part)) for part in spoken):
            continue
        found.append(_Said(kind="indirect", parts=(whole,), cue=cue, speaker=speakers.get(cue.first)))
    return _kept(found)


def _with_marks(talk: PlainTalk, span: Span) -> Span:
    """A quotation at the edge of a clause is told whole."""
    for quotation in talk.quotations:
        if quotation.outer.overlaps(span) and quotation.outer.start >= span.start and quotation.outer.end > span.end:
            return span.hull(quotation.outer)
    return span


def _direct(talk: PlainTalk, one: PlainQuoted, speakers: dict[int, str | None]) -> _Said:
    parts = tuple(part for number in one.quotations for part in talk.quotations[number].parts)
    speaker = one.speaker
    if speaker is None and one.cue is not None:
        named = named_speaker(talk, one.cue)
        before = phrase_before(talk, one.quotations[0]) if talk.scene.inflection.before_verb else None
        speaker = named or before or speakers.get(one.cue.first)
    return _Said(kind="direct", parts=parts, cue=one.cue, speaker=speaker, confidence=0.9 if one.cue and speaker else 0.6)


def _speakers(talk: PlainTalk) -> dict[int, str | None]:
    """Who speaks at each cue: named there, else as the one before in the same sentence or in this paragraph and the one before it."""
    found: dict[int, str | None] = {}
    last: tuple[str | None, int] = (None, -1)
    for cue in talk.cues:
        here = _paragraph(talk, talk.scene.tokens[cue.first].start)
        speaker = named_speaker(talk, cue)
        if speaker is None and cue.shape == "verb" and not cue.passive and not talk.scene.explicit(cue.last):
            speaker = _subject_of_sentence(talk, cue) or (last[0] if here - last[1] <= 1 else None)
        found[cue.first] = speaker
        if speaker is not None:
            last = (speaker, here)
    return found


def _subject_of_sentence(talk: PlainTalk, cue: PlainCue) -> str | None:
    """For a participle or a verb that goes on: the first unmarked name of the sentence before it that can speak."""
    if talk.scene.inflection.before_verb:
        return None
    sentence = talk.scene.sentence(cue.first)
    for one in talk.scene.between(sentence.start, cue.first):
        if one.ids and one.kind in ("person", "organization", "state") and not one.marks and not one.attributive and talk.quoted[one.first] < 0:
            return one.ids[0]
    return None


def _mostly(inner: Span, outer: Span) -> bool:
    return inner.overlaps(outer) and inner.end - inner.start >= _MOSTLY * (outer.end - outer.start)


def _kept(found: list[_Said]) -> list[_Said]:
    """In text order; of two indirect ones of which one lies in the other the outer; 'according to' nobody in particular is no statement."""
    kept: list[_Said] = []
    for one in sorted(found, key=lambda said: (said.parts[0].start, -said.parts[-1].end, said.kind)):
        hull = one.parts[0].hull(one.parts[-1])
        if one.kind == "indirect" and any(other.kind == "indirect" and other.parts[0].hull(other.parts[-1]).overlaps(hull) for other in kept):
            continue
        if one.speaker is None and one.cue is not None and one.cue.shape == "source":
            continue
        kept.append(one if one.speaker else replace(one, confidence=one.confidence * 0.7))
    return kept


def _statement(talk: PlainTalk, one: _Said, number: int) -> Statement:
    text = " ".join(part.of(talk.scene.text) for part in one.parts)
    cue = talk.scene.span(one.cue.first, one.cue.last) if one.cue else None
    return Statement(
        id=f"s{number}", speaker=one.speaker, kind=one.kind, start=one.parts[0].start, end=one.parts[-1].end, text=text, cue=cue,
        channel=channel_of(talk, one.cue, one.parts, one.speaker) if one.cue else None, addressee=_addressee(talk, one), date=_date(talk, one),
        confidence=round(one.confidence, 2), parts=one.parts,
    )  # fmt: skip


def _addressee(talk: PlainTalk, one: _Said) -> str | None:
    """Whom a verb that takes one has beside its subject: 'أبلغ الوزير نظيره أن …', "Fidan, mevkidaşına … söyledi"."""
    if one.cue is None or one.cue.lemma not in talk.speech.lists.get("addressing", frozenset()):
        return None
    scene = talk.scene
    sentence = scene.sentence(one.cue.first)
    for phrase in scene.between(sentence.start, sentence.stop):
        told = talk.quoted[phrase.first] >= 0 or any(part.overlaps(phrase.span) for part in one.parts)
        marked = "-dative" in phrase.marks if scene.inflection.before_verb else not phrase.marks and phrase.first > one.cue.last
        if marked and not told and phrase.ids and phrase.kind == "person" and phrase.ids[0] != one.speaker:
            return phrase.ids[0]
    return None


def _date(talk: PlainTalk, one: _Said) -> str | None:
    """The day told in the reporting clause, outside what was said."""
    if one.cue is None:
        return None
    bounds = talk.scene.reading.sentences[talk.scene.tokens[one.cue.first].sentence]
    for when in talk.scene.reading.dates:
        inside = bounds.covers(when.span) and not any(part.overlaps(when.span) for part in one.parts)
        if inside and when.kind == "date" and when.earliest is not None and when.earliest == when.latest:
            return when.value
    return None
