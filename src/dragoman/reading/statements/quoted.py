"""Which reporting clause a quotation belongs to: the one after it, the one that leads to it, or that of the quotation it goes on from.

A paragraph is read as quotations with stretches of telling between them:

    told 0 │ quotation 1 │ told 1 │ quotation 2 │ told 2

A quotation looks for a cue in the sentence that follows it ('…', said X), then in the sentence that leads to it (X said: '…').
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model.spans import Span
from dragoman.reading.statements.cues import Cue
from dragoman.reading.statements.quotations import Quotation
from dragoman.reading.statements.scene import Scene

# Words in quotation marks without a cue of their own are speech from so many on; below, they are a title, a term, an irony.
_SPEECH = 5
_FRAGMENT = 2
_STOP = re.compile(r"[.!?…](?=[\s\"”»’']|$)")
_SPACES = " \u00a0\u202f\n\t"
_CLOSING = "\"'”»’“‘"
_ENDED = re.compile(r"[.!?…,]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Quotations that are one statement, by number, the numbers of their cues, and the speaker where there is no cue."""

    quotations: tuple[int, ...]
    cues: tuple[int, ...] = ()
    speaker: str | None = None


def quoted(scene: Scene, cues: Sequence[Cue], absorbed: set[int]) -> list[Quoted]:
    """All quotations that are speech; those `absorbed` are part of what is told indirectly."""
    finder = _Finder(scene, cues)
    found: list[Quoted] = []
    for number, quotation in enumerate(scene.quotations):
        if number in absorbed:
            continue
        inner = finder.inside(number)
        if inner:
            found.append(Quoted(quotations=(number,), cues=inner))
            continue
        own = finder.after(number)
        before = found[-1] if found else None
        if own is None and before is not None and finder.goes_on(before, number):
            found[-1] = Quoted(quotations=(*before.quotations, number), cues=before.cues, speaker=before.speaker)
            continue
        own = own if own is not None else finder.leading(number)
        if own is not None:
            if before is not None and own in before.cues and finder.side_by_side(before, number):
                found[-1] = Quoted(quotations=(*before.quotations, number), cues=before.cues)
            elif finder.fits(own, quotation):
                found.append(Quoted(quotations=(number,), cues=(own,)))
            continue
        if quotation.words >= _SPEECH and finder.whole(quotation):
            speaker = finder.speaker_around(number, found)
            if speaker is not None:
                found.append(Quoted(quotations=(number,), speaker=speaker))
    return found


class _Finder:
    def __init__(self, scene: Scene, cues: Sequence[Cue]) -> None:
        self.scene = scene
        self.cues = cues
        self._at = [scene.token(cue.verb.index).start for cue in cues]

    def _cue_in(self, span: Span) -> list[int]:
        low, high = bisect_left(self._at, span.start), bisect_left(self._at, span.end)
        return [number for number in range(low, high) if self.cues[number].speaker is not None or self.cues[number].shape == "verb"]

    def _told_after(self, number: int) -> Span:
        """From the end of a quotation to the end of the telling sentence, the next quotation or the paragraph."""
        quotation = self.scene.quotations[number]
        end = self.scene.paragraphs[self.scene.paragraph(quotation.outer.end - 1)].end
        if number + 1 < len(self.scene.quotations):
            end = min(end, self.scene.quotations[number + 1].outer.start)
        stop = _sentence_end(self.scene.text, quotation.outer.end, end)
        return Span(quotation.outer.end, stop)

    def _told_before(self, number: int) -> Span:
        """From the start of the telling sentence, or the end of the quotation before, to a quotation."""
        quotation = self.scene.quotations[number]
        start = self.scene.paragraphs[quotation.paragraph].start
        if number:
            start = max(start, self.scene.quotations[number - 1].outer.end)
        text = self.scene.text[start : quotation.outer.start]
        stops = [stop.end() for stop in _STOP.finditer(text) if not _abbreviation(text, stop.start()) and stop.end() < len(text.rstrip())]
        return Span(start + (stops[-1] if stops else 0), quotation.outer.start)

    def inside(self, number: int) -> tuple[int, ...]:
        """Reporting clauses between commas within the quotation."""
        return tuple(cue for cue in self._cue_in(self.scene.quotations[number].inner) if self.cues[cue].inside)

    def after(self, number: int) -> int | None:
        """The cue right after a quotation: nothing but its speaker and a few words before it, and it has no quotation of its own to lead to."""
        quotation = self.scene.quotations[number]
        told = self._told_after(number)
        text = told.of(self.scene.text)
        head = text.lstrip(" ,\u00a0\u202f")
        said = quotation.outer.of(self.scene.text).rstrip(_CLOSING).rstrip()
        ended = _ENDED.search(said) is not None or text.lstrip(" \u00a0\u202f").startswith(",")
        if not head or text.lstrip(" \u00a0\u202f")[:1] in (".", ";", ":", ")") or not ended:
            return None
        for cue in self._cue_in(told):
            one = self.cues[cue]
            if one.shape == "source" and self.scene.token(one.first).start - told.start > 12:
                continue
            between = Span(told.start, self.scene.token(one.group[0]).start).of(self.scene.text)
            if len(between) <= 60 or one.group[0] <= self.scene.first_at(told.start) + 2:
                return cue
        return None

    def leading(self, number: int) -> int | None:
        """The last cue in the telling that leads to a quotation."""
        told = self._told_before(number)
        found = [cue for cue in self._cue_in(told) if not self.cues[cue].inside]
        if not found or _ENDED.search(told.of(self.scene.text).rstrip(_SPACES).removesuffix(",")):
            return None
        sources = [cue for cue in found if self.cues[cue].shape == "verb"] or found
        return sources[-1]

    def goes_on(self, before: Quoted, number: int) -> bool:
        """Whether a quotation without a cue after it goes on from the one before: the same paragraph, and nothing told anew between them."""
        last = self.scene.quotations[before.quotations[-1]]
        quotation = self.scene.quotations[number]
        if self.scene.paragraph(last.outer.end - 1) != quotation.paragraph or before.quotations[-1] != number - 1:
            return False
        between = Span(last.outer.end, quotation.outer.start)
        text = between.of(self.scene.text).strip(" ,.;:\u00a0\u202f—–-")
        own = [cue for cue in before.cues if between.covers(self.cues[cue].span(self.scene)) or self.cues[cue].inside]
        one_sentence = self._told_after(before.quotations[-1]).end >= between.start + len(between.of(self.scene.text).rstrip(_SPACES)) - 1
        continued = bool(own) and one_sentence and (self.whole(quotation) or between.of(self.scene.text).rstrip(_SPACES).endswith(","))
        return continued or not text

    def side_by_side(self, before: Quoted, number: int) -> bool:
        """Whether two quotations of one cue are fragments of one sentence."""
        return self.scene.paragraph(self.scene.quotations[before.quotations[-1]].outer.start) == self.scene.quotations[number].paragraph

    def fits(self, cue: int, quotation: Quotation) -> bool:
        """Whether the cue may have words in quotation marks, and these are more than a term."""
        one = self.cues[cue]
        if quotation.words < _FRAGMENT:
            return False
        if one.shape == "source":
            return quotation.words >= _SPEECH
        return self.scene.speech.may(one.verb.lemma, "quotation") or self.whole(quotation)

    def whole(self, quotation: Quotation) -> bool:
        """Whether it begins like a sentence."""
        first = quotation.inner.of(self.scene.text)[:1]
        return first.isupper() or first.isdigit() or first in "“«‘"

    def speaker_around(self, number: int, found: list[Quoted]) -> str | None:
        """Of a quotation without a cue: the subject of the sentence that leads to it with a colon, else whoever spoke just before."""
        quotation = self.scene.quotations[number]
        told = self._told_before(number)
        if told.of(self.scene.text).rstrip(" \u00a0\u202f").endswith(":"):
            for token in self.scene.parse.within(told):
                if token.dep in ("nsubj", "nsubjpass", "nsubj:pass"):
                    named = self.scene.referents.one(token)
                    if named:
                        return named[0]
        if found:
            last = self.scene.quotations[found[-1].quotations[-1]]
            if quotation.paragraph - last.paragraph <= 1:
                if found[-1].speaker:
                    return found[-1].speaker
                cue = self.cues[found[-1].cues[0]] if found[-1].cues else None
                named = self.scene.referents.all(cue.speaker) if cue else ()
                return named[0] if named else None
        return None


def _sentence_end(text: str, start: int, end: int) -> int:
    for stop in _STOP.finditer(text, start, end):
        if not _abbreviation(text, stop.start()):
            return stop.start()
    return end


def _abbreviation(text: str, at: int) -> bool:
    """Whether a full stop ends 'Mr', 'M', 'U.S' and no sentence."""
    word = re.search(r"[\w.]*$", text[max(0, at - 8) : at])
    return text[at] == "." and word is not None and (len(word[0]) <= 2 or "." in word[0]) and word[0][:1].isupper()
