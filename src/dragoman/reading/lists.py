"""Lists of persons as they stand on the page: 'Foreign Minister A, Defence Minister B and Intelligence Chief C', however they were parsed."""

from __future__ import annotations

import re

from dragoman.languages.fold import fold
from dragoman.model.reading import Reading
from dragoman.model.spans import Span

# Two persons with a comma before 'and' are mostly the ends of two clauses; three are a list.
_SURE = 3


def person_lists(reading: Reading, joining: frozenset[str]) -> tuple[tuple[Span, tuple[str, ...]], ...]:
    """Every list with its span and the ids of its members in order; `joining` are the words before the last one."""
    if not joining:
        return ()
    text = fold(reading.article.text)
    words = "|".join(sorted(re.escape(fold(word)) for word in joining))
    comma = re.compile(r",\s+(?:(?:the|le|la|l'|les)\s*)?")
    last = re.compile(rf"(,?)\s+(?:{words})\s+(?:de\s|du\s|d')?(?:(?:the|le|la|l'|les)\s*)?")
    phrases = _phrases(reading)
    found: list[tuple[Span, tuple[str, ...]]] = []
    start = 0
    while start < len(phrases):
        members, apposed = [phrases[start][1]], False
        end = start
        for place in range(start + 1, len(phrases)):
            (before, held), (after, other) = phrases[place - 1], phrases[place]
            gap = text[before.end : after.start]
            if held == other and (comma.fullmatch(gap) or not gap.strip(" ,")):
                apposed, end = True, place
                continue
            joined = last.fullmatch(gap)
            if joined and other not in members:
                members.append(other)
                end = _through_apposition(phrases, text, place)
                if len(members) >= _SURE or not joined[1] or apposed:
                    found.append((Span(phrases[start][0].start, phrases[end][0].end), tuple(members)))
                break
            if not comma.fullmatch(gap) or other in members:
                break
            members.append(other)
            apposed, end = False, place
        start = max(end, start) + 1
    return tuple(found)


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


def _through_apposition(phrases: list[tuple[Span, str]], text: str, place: int) -> int:
    """The phrase that ends the last member: 'and the prime minister, X'."""
    following = place + 1
    if following < len(phrases) and phrases[following][1] == phrases[place][1] and not text[phrases[place][0].end : phrases[following][0].start].strip(" ,"):
        return following
    return place
