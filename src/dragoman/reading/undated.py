"""When an article without a day of publication can have been published, by what it says itself.

Who writes that ministers met on 3 March writes no earlier than that day; who writes that they will meet on 20 April no later. Nothing else is taken
for evidence: a date whose clause looks neither way says nothing, and a language whose grammar is not known does not tell which way it looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dragoman.languages.pack import language
from dragoman.model.reading import Reading
from dragoman.model.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The first and the last day, either open, and the dates in the text that say so, at most one for each."""

    earliest: date | None
    latest: date | None
    evidence: tuple[Span, ...]

    def told(self, text: str) -> str:
        """For people: "on or after 2025-03-03 ('3 March 2025')"."""
        words = [f"'{span.of(text)}'" for span in self.evidence]
        if self.earliest and self.latest:
            return f"between {self.earliest} and {self.latest} ({', '.join(words)})"
        return f"{'on or after' if self.earliest else 'on or before'} {self.earliest or self.latest} ({', '.join(words)})"


def bounds(reading: Reading) -> Bounds | None:
    """What the dates of a reading, its parse still in it, leave of the calendar; None where they leave all of it, or nothing."""
    from dragoman.reading.dates.direction import direction
    from dragoman.reading.dates.table import words

    known = words(reading.article.language)
    if known is None or language(reading.article.language) is None:
        return None
    after: tuple[date, Span] | None = None
    before: tuple[date, Span] | None = None
    for when in reading.dates:
        if when.kind != "date" or when.earliest is None or when.latest is None or (when.latest - when.earliest).days > 31:
            continue
        span = Span(when.start, when.end)
        way = direction(reading, span, known)
        if way == "past" and (after is None or when.earliest > after[0]):
            after = (when.earliest, span)
        elif way == "future" and (before is None or when.latest < before[0]):
            before = (when.latest, span)
    if after and before and after[0] > before[0]:
        return None
    if not after and not before:
        return None
    spans = tuple(sorted({one[1] for one in (after, before) if one}))
    return Bounds(earliest=after[0] if after else None, latest=before[0] if before else None, evidence=spans)
