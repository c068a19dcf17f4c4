"""The stage `dates`: what the text says of time, and which day that was.

Words and patterns come from the language's table; the grammar only decides whether a weekday or a day without a year lies behind or
ahead. Nothing is guessed where the publication date is unknown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from dragoman.model.reading import Article, Reading, Trouble, When
from dragoman.reading.dates.direction import direction
from dragoman.reading.dates.grammar import matches, words
from dragoman.reading.dates.resolve import resolve
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage

# A dateline or a line with the date of publication stands within the first lines.
_HEAD = 400


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `dates`; one trouble for each that a missing publication date leaves open."""
    known = words(article.language)
    if known is None:
        return reading
    found: list[When] = []
    troubles = list(reading.troubles)
    told: date | None = None
    for match in matches(article.text, article.language):
        way = direction(reading, match.span, known)
        value = resolve(match, known, published=article.published, told=told, direction=way)
        text = match.span.of(article.text)
        if value.edtf is None and value.kind == "date":
            if article.published is None:
                troubles.append(Trouble(stage="dates", message=f"no publication date: '{text}' stays unresolved"))
            elif match.pattern.kind != "vague":
                continue
        kind = "duration" if match.pattern.kind == "vague" else value.kind
        found.append(When(start=match.span.start, end=match.span.end, text=text, value=value.edtf, kind=kind, earliest=value.earliest, latest=value.latest,
                          rule=match.pattern.rule))  # fmt: skip
        if value.earliest is not None and value.earliest == value.latest:
            told = value.earliest
    return replace(reading, dates=tuple(found), troubles=tuple(troubles))


def published_in(text: str, code: str) -> date | None:
    """The day of a dateline or of the first full date in the opening lines, or None: then the publication date is unknown."""
    known = words(code)
    if known is None:
        return None
    for match in matches(text[:_HEAD], code):
        if "day" in match.caught and "year" in match.caught and "month" in match.caught and "day2" not in match.caught:
            value = resolve(match, known, published=None, told=None, direction="past")
            if value.earliest is not None:
                return value.earliest
    return None


@cache
def stage() -> Stage:
    return Stage(name="dates", version=1, needs=("sentences", "parse"), gives=("dates",), run=run)
