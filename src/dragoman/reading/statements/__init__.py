"""The stage `statements`: who says what, in whose words and through which channel.

quotations ─┐
            ├─ each takes the cue beside it ──▶ direct statements ──┐
cues ───────┤                                                       ├─▶ channel, addressee, date ──▶ in text order
            └─ the others govern a clause ────▶ indirect statements ┘
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from dragoman.model.reading import Article, Reading, Statement, StatementKind
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.referents import referents
from dragoman.reading.stage import Stage
from dragoman.reading.statements.channels import channel_of, through_same_channel
from dragoman.reading.statements.clauses import Content, content
from dragoman.reading.statements.cues import Cue, cues
from dragoman.reading.statements.plain import plain_statements
from dragoman.reading.statements.quoted import Quoted, quoted
from dragoman.reading.statements.scene import Scene, scene_of
from dragoman.reading.statements.speakers import source_of, speaker_of
from dragoman.reading.statements.speech import speech

# A clause most of whose words are in quotation marks was said in those words.
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A statement before it has a number: its pieces, its cue, its speaker's id."""

    kind: StatementKind
    parts: tuple[Span, ...]
    cue: Cue | None
    speaker: str | None
    confidence: float


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `statements`."""
    known = speech(article.language)
    if known is None or not reading.parse.grammatical:
        return replace(reading, statements=plain_statements(reading))
    scene = scene_of(reading, known, referents(reading))
    found = _said(scene)
    statements = [_statement(scene, one, number) for number, one in enumerate(found, start=1)]
    return replace(reading, statements=through_same_channel(scene.paragraph, statements))


def _said(scene: Scene) -> list[_Said]:
    every = cues(scene)
    verbs = frozenset(cue.verb.index for cue in every)
    contents = {number: said for number, cue in enumerate(every) if not cue.inside and (said := content(scene, cue, verbs)) is not None}
    indirect = {number: spans for number, said in contents.items() if (spans := _spans(scene, said))}
    absorbed = {
        place
        for place, quotation in enumerate(scene.quotations)
        if any(span.covers(quotation.inner) and not _mostly(quotation.inner, span) for spans in indirect.values() for span in spans)
    }
    direct = quoted(scene, every, absorbed)
    taken = {number for one in direct for number in one.cues}
    spoken = [part for one in direct for part in _parts(scene, one, every)]
    found = [
        _Said(kind="direct", parts=_parts(scene, one, every), cue=every[one.cues[0]] if one.cues else None, speaker=one.speaker, confidence=0.95)
        for one in direct
    ]
    for number, spans in indirect.items():
        overlapping = any(other.overlaps(span) and not span.covers(other) for other in spoken for span in spans)
        if number not in taken and not overlapping and not any(_mostly(other, span) for other in spoken for span in spans):
            found.append(_Said(kind="indirect", parts=spans, cue=every[number], speaker=None, confidence=contents[number].confidence))
    return _spoken(scene, _without_repeats(found))


def _spoken(scene: Scene, found: list[_Said]) -> list[_Said]:
    """Each with its speaker, in text order; what is said 'according to' nobody in particular has none."""
    done: list[_Said] = []
    for one in sorted(found, key=lambda said: (said.parts[0].start, said.parts[-1].end)):
        here = scene.paragraph(one.parts[0].start)
        previous = next((other.speaker for other in reversed(done) if other.speaker and scene.paragraph(other.parts[0].start) in (here, here - 1)), None)
        speaker = one.speaker or speaker_of(scene, one.cue, previous)
        done.append(replace(one, speaker=speaker, confidence=one.confidence if one.cue is not None and speaker else one.confidence * 0.7))
    return done


def _parts(scene: Scene, one: Quoted, every: tuple[Cue, ...]) -> tuple[Span, ...]:
    """The words of the quotations without marks, and without a reporting clause that stands inside them."""
    parts = [part for number in one.quotations for part in scene.quotations[number].parts]
    for cue in (every[number] for number in one.cues):
        if cue.inside:
            hole = scene.span(*cue.group)
            parts = [piece for part in parts for piece in _cut(scene.text, part, hole)]
    return tuple(parts)


def _cut(text: str, part: Span, hole: Span) -> tuple[Span, ...]:
    if not part.covers(hole):
        return (part,)
    pieces = (Span(part.start, hole.start), Span(hole.end, part.end))
    return tuple(piece for one in pieces if (piece := _stripped(text, one)).end > piece.start)


def _stripped(text: str, span: Span) -> Span:
    """Without spaces and commas at its edges, and without a lone full stop."""
    start, end = span
    while start < end and text[start] in " ,.;\u00a0\u202f":
        start += 1
    while end > start and text[end - 1] in " ,\u00a0\u202f":
        end -= 1
    return Span(start, end)


def _without_repeats(found: list[_Said]) -> list[_Said]:
    """Of two indirect statements of which one lies in the other, the outer; words already told as direct speech are not told again."""
    kept: list[_Said] = []
    for one in sorted(found, key=lambda said: (said.parts[0].start, -said.parts[-1].end, said.kind)):
        hull = one.parts[0].hull(one.parts[-1])
        if one.kind == "indirect" and any(other.kind == "indirect" and other.parts[0].hull(other.parts[-1]).covers(hull) for other in kept):
            continue
        kept.append(one)
    return kept


def _mostly(inner: Span, outer: Span) -> bool:
    return inner.overlaps(outer) and inner.end - inner.start >= _MOSTLY * (outer.end - outer.start)


def _spans(scene: Scene, said: Content) -> tuple[Span, ...]:
    """The words of a clause as spans; quotation marks at its edges that have no fellow inside are cut."""
    found = []
    for first, last in said.parts:
        span = scene.span(first, last)
        for quotation in scene.quotations:
            if quotation.outer.overlaps(span) and quotation.inner.covers(span):
                return ()
            if quotation.outer.overlaps(span) and not span.covers(quotation.outer) and not quotation.inner.covers(span):
                span = span.hull(quotation.outer) if quotation.outer.start >= span.start else span
        found.append(span)
    return tuple(found)


def _statement(scene: Scene, one: _Said, number: int) -> Statement:
    text = " ".join(part.of(scene.text) for part in one.parts)
    cue = one.cue.span(scene) if one.cue else None
    return Statement(
        id=f"s{number}", speaker=one.speaker, kind=one.kind, start=one.parts[0].start, end=one.parts[-1].end, text=text, cue=cue,
        channel=channel_of(scene, one.cue, one.parts) if one.cue else None, addressee=_addressee(scene, one), date=_date(scene, one),
        confidence=round(one.confidence, 2), parts=one.parts, source=source_of(scene, one.cue, one.parts),
    )  # fmt: skip


def _addressee(scene: Scene, one: _Said) -> str | None:
    """Whom the cue has as object: 'told the Syrian minister that …'."""
    if one.cue is None or one.cue.shape != "verb" or not scene.speech.has("addressing", one.cue.verb.lemma):
        return None
    for child in scene.parse.children(one.cue.verb):
        if child.dep in ("dobj", "obj", "iobj", "dative", "obl:arg") and not any(part.covers(child.span) for part in one.parts):
            found = scene.referents.one(child)
            if found and found[0] != one.speaker:
                return found[0]
    return None


def _date(scene: Scene, one: _Said) -> str | None:
    """The day told in the reporting clause, outside what was said."""
    if one.cue is None:
        return None
    sentence = scene.parse.tokens[one.cue.first].sentence
    bounds = scene.reading.sentences[sentence]
    for when in scene.reading.dates:
        inside = bounds.covers(when.span) and not any(part.overlaps(when.span) for part in one.parts)
        if inside and when.kind == "date" and when.earliest is not None and when.earliest == when.latest:
            return when.value
    return None


@cache
def stage() -> Stage:
    return Stage(name="statements", version=5, needs=("parse", "entities", "titles", "dates"), gives=("statements",), run=run)
