"""Lists of persons as they stand on the page: 'Foreign Minister A, Defence Minister B and Intelligence Chief C', however they were parsed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from dragoman.languages.fold import fold
from dragoman.model.reading import Reading
from dragoman.model.spans import Span

# Two persons with a comma before 'and' are mostly the ends of two clauses; three are a list.
_SURE = 3
# Characters between two members of a list.
_WIDE = 60


def person_lists(reading: Reading, joining: frozenset[str], small: frozenset[str]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Every list with its span and the ids of its members in order.

    `joining` are the words before the last one, `small` those that may stand with the state of a member: 'of Guatemala, A, of Panama, B'.
    """
    if not joining:
        return ()
    phrases = _phrases(reading)
    between = _Between(reading, joining, small)
    found: list[tuple[Span, tuple[str, ...]]] = []
    start = 0
    while start < len(phrases):
        members, apposed = [phrases[start][1]], False
        end = start
        for place in range(start + 1, len(phrases)):
            (before, held), (after, other) = phrases[place - 1], phrases[place]
            link = between.link(before.end, after.start)
            if held == other and link in ("", ","):
                apposed, end = True, place
                continue
            if link in ("and", ", and") and other not in members:
                members.append(other)
                end = _through_apposition(phrases, between, place)
                if len(members) >= _SURE or link == "and" or apposed:
                    found.append((Span(phrases[start][0].start, phrases[end][0].end), tuple(members)))
                break
            if link != "," or other in members:
                break
            members.append(other)
            apposed, end = False, place
        start = max(end, start) + 1
    return tuple(found)


@dataclass(frozen=True)
class _Between:
    """What stands between two phrases: nothing (''), ',', 'and', ', and', or something else (None)."""

    reading: Reading
    joining: frozenset[str]
    small: frozenset[str]

    @cached_property
    def _states(self) -> list[Span]:
        return sorted(mention.span for entity in self.reading.entities if entity.kind == "state" for mention in entity.mentions)

    def link(self, start: int, end: int) -> str | None:
        """The link in the text from `start` to `end`."""
        if end - start > _WIDE or end < start:
            return None
        text = fold(self.reading.article.text[start:end])
        first = bisect_left(self._states, Span(start, 0))
        for span in self._states[first:]:
            if span.start >= end:
                break
            text = text[: span.start - start] + " " * (min(span.end, end) - span.start) + text[span.end - start :]
        for phrase in self.joining:
            if " " in phrase:
                text = text.replace(phrase, min(self.joining, key=len))
        words = text.replace(",", " ").replace("'", " ").split()
        joins = [word for word in words if word in self.joining]
        if any(word not in self.joining and word not in self.small for word in words) or len(joins) > 1 or "\n" in text or "." in text:
            return None
        return (", and" if "," in text.split(joins[0])[0] else "and") if joins else "," if "," in text else ""


def _phrases(reading: Reading) -> list[tuple[Span, str]]:
    """Names and titles of persons in text order, those that touch joined: (span, person)."""
    spans = [(mention.span, entity.id) for entity in reading.entities if entity.kind == "person" for mention in entity.mentions if mention.form != "pronoun"]
    spans.extend((title.span, title.holder) for title in reading.titles if title.holder)
    merged: list[tuple[Span, str]] = []
    for span, person in sorted(set(spans)):
        if merged and merged[-1][1] == person and span.start <= merged[-1][0].end + 1:
            merged[-1] = (merged[-1][0].hull(span), person)
        elif not merged or span.start >= merged[-1][0].end:
            merged.append((span, person))
    return merged


def _through_apposition(phrases: list[tuple[Span, str]], between: _Between, place: int) -> int:
    """The phrase that ends the last member: 'and the prime minister, X'."""
    following = place + 1
    same = following < len(phrases) and phrases[following][1] == phrases[place][1]
    return following if same and between.link(phrases[place][0].end, phrases[following][0].start) in ("", ",") else place
