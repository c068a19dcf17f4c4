"""What has been told before a place in the text: the days that 'the next day', 'that year' and a quoted 'today' count from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.languages.fold import fold
from dragoman.model.parse import Parse
from dragoman.model.reading import Reading
from dragoman.model.spans import Span
from dragoman.reading.dates.tenses import Direction
from dragoman.reading.dates.values import Value

_QUOTED = re.compile(r"“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]|\"[^\"\n]*\"|``(?:[^`'\n]|'(?!'))*''")
# A quotation speaks of the day it was spoken: a day told at most so long before the report.
_SPEECH = timedelta(days=7)
# The noun of 'the day before the vote' stands within so many words.
_NOUN = 5


@dataclass(slots=True)
class Memory:
    """Days and longer times in the order told, and where quotations stand; grows as the stage reads on."""

    reading: Reading
    _quotes: list[Span] = field(default_factory=list)
    _days: list[tuple[int, date]] = field(default_factory=list)
    _spoken: list[tuple[int, date]] = field(default_factory=list)
    _longer: list[tuple[int, date]] = field(default_factory=list)
    _nouns: dict[str, date] = field(default_factory=dict)
    _read: int = -1

    def __post_init__(self) -> None:
        self._quotes = [Span(found.start(), found.end()) for found in _QUOTED.finditer(self.reading.article.text)]

    def tell(self, start: int, value: Value, rule: str) -> None:
        """Keep what was told at this offset."""
        if value.earliest is None or value.latest is None or value.kind != "date":
            return
        self._longer.append((start, value.earliest))
        if value.earliest == value.latest:
            self._days.append((start, value.earliest))
            self._note_nouns(start, value.earliest)
            if rule.startswith(("weekday", "deictic", "relative")) and not self.quoted(start):
                self._spoken.append((start, value.earliest))

    def quoted(self, offset: int) -> bool:
        """Whether the place lies inside quotation marks of one paragraph."""
        place = bisect_right(self._quotes, Span(offset, 1 << 40)) - 1
        return place >= 0 and self._quotes[place].end > offset

    def spoken(self, offset: int) -> date | None:
        """The day a quotation was spoken: the last weekday told before it, of the days before publication; None outside quotations."""
        published = self.reading.article.published
        if published is None or not self.quoted(offset):
            return None
        return next((day for _, day in reversed(self._spoken) if timedelta(0) <= published - day <= _SPEECH), None)

    def day(self, span: Span, direction: Direction) -> date | None:
        """The day that 'the next day' counts from: that of the noun after it where the text gave one, else the last day told.

        In a report of the past, a day still to come is no anchor.
        """
        named = self._of_noun(span)
        if named is not None:
            return named
        published = self.reading.article.published
        for _, day in reversed(self._days):
            if direction in ("future", "ahead") or published is None or day <= published:
                return day
        return None

    def time(self) -> date | None:
        """The first day of whatever time was told last, a year or a month too."""
        return self._longer[-1][1] if self._longer else None

    def _note_nouns(self, start: int, day: date) -> None:
        token = self.reading.parse.at(start)
        if token is None or not self.reading.parse.grammatical or token.sentence == self._read:
            return
        self._read = token.sentence
        for other in self.reading.parse.within(self.reading.sentences[token.sentence]):
            if other.pos == "NOUN":
                self._nouns.setdefault(fold(other.lemma), day)

    def _of_noun(self, span: Span) -> date | None:
        """'la veille des pourparlers': the day told in the first sentence that speaks of the same thing."""
        noun = _noun_after(self.reading.parse, span) if self.reading.parse.grammatical else None
        return self._nouns.get(noun) if noun else None


def _noun_after(parse: Parse, span: Span) -> str | None:
    inside = parse.within(span)
    if not inside:
        return None
    at = inside[-1].index + 1
    for token in parse.tokens[at : at + _NOUN]:
        if token.sentence != inside[-1].sentence:
            return None
        if token.pos == "NOUN":
            return fold(token.lemma)
        if token.pos not in ("DET", "ADJ", "ADP", "NUM"):
            return None
    return None
