"""The stage `dates`: what the text says of time, and which day that was.

Words and patterns come from the language's table, or from CLDR; the grammar only decides whether a weekday or a day without a year lies behind or
ahead. Nothing is guessed where the publication date is unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.reading import Article, Reading, Trouble, When
from dragoman.model.spans import Span
from dragoman.reading.dates.cldr import bare_years
from dragoman.reading.dates.direction import direction
from dragoman.reading.dates.grammar import Match, matches
from dragoman.reading.dates.memory import Memory
from dragoman.reading.dates.rehang import rehung
from dragoman.reading.dates.resolve import Setting, resolve
from dragoman.reading.dates.table import Words, words
from dragoman.reading.dates.values import UNKNOWN, Value
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage

# A dateline or a line with the date of publication stands within the first characters.
_HEAD = 400
# What a parser's tagger calls its spans of time; all others are names, in which 'May' is no month.
_TIMES = ("DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "EVENT")
_SILENT = ("none", "reference")
# A day without a year is taken for the nearest one only so many days from publication: then last year's and next year's are far away.
_NEAR = 90
# 'Kyiv, ': so many words may lead to the date of a dateline in a script that has no capitals.
_LED = 4


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `dates`; one trouble for each that a missing publication date leaves open."""
    known = words(article.language)
    if known is None:
        return reading
    names = sorted(span for span, label in reading.parse.names if label not in _TIMES)
    memory = Memory(reading)
    found: list[When] = []
    troubles = list(reading.troubles)
    for match in matches(article.text, article.language, names):
        if match.pattern.kind in _SILENT:
            continue
        value = _value(match, reading, memory, known)
        text = match.span.of(article.text)
        if value.edtf is None and value.kind == "date":
            if article.published is not None:
                continue
            troubles.append(Trouble(stage="dates", message=f"no publication date: '{text}' stays unresolved"))
        memory.tell(match.span.start, value, match.pattern.rule)
        start, end = match.span.start, match.span.end
        sentence = reading.sentence_at(start)
        if text.endswith(".") and "." not in text[:-1] and sentence is not None and sentence.end == end:
            end, text = end - 1, text[:-1]  # the full stop is the sentence's
        found.append(
            When(start=start, end=end, text=text, value=value.edtf, kind=value.kind, earliest=value.earliest, latest=value.latest, rule=match.pattern.rule)
        )
    if language(article.language) is None:
        found = sorted([*found, *bare_years(reading, found)], key=lambda when: when.span)
    dates = _hung(found, reading)
    return replace(reading, dates=dates, parse=rehung(reading.parse, dates), troubles=tuple(troubles))


def _value(match: Match, reading: Reading, memory: Memory, known: Words) -> Value:
    way = direction(reading, match.span, known)
    told = None
    if match.pattern.anchor == "near":
        return _nearest(match, reading, memory, known)
    if match.pattern.anchor == "tense" and way == "past":
        told = memory.day(match.span, way)
        if told is None:
            return UNKNOWN
    if match.pattern.anchor == "told":
        told = memory.time() if ("unit" in match.caught and "count" not in match.caught) or "month" in match.caught else memory.day(match.span, way)
    spoken = memory.spoken(match.span.start) if "deictic" in match.caught else None
    return resolve(match, known, Setting(reading.article.published, told, way, spoken))


def _nearest(match: Match, reading: Reading, memory: Memory, known: Words) -> Value:
    """The nearest day of that date where no tense can be told: open where it is not near, or where the day told last was of another year."""
    published, last = reading.article.published, memory.day(match.span, "future")
    value = resolve(match, known, Setting(published, None, "open"))
    if published is None or value.earliest is None or abs((value.earliest - published).days) > _NEAR:
        return UNKNOWN
    return UNKNOWN if last is not None and last.year != value.earliest.year else value


def _hung(found: list[When], reading: Reading) -> tuple[When, ...]:
    """The dates with each time of day hung on a day beside it in its sentence, else on the last day told, else on the publication day."""
    hung: list[When] = []
    last = reading.article.published
    for index, when in enumerate(found):
        if _is_day(when):
            last = when.earliest
        if when.kind == "time" and when.value is not None and when.value.startswith("T"):
            day = _day_beside(found, index, reading) or last
            when = replace(when, value=f"{day.isoformat()}{when.value}" if day else None, earliest=day, latest=day)
        hung.append(when)
    return tuple(hung)


def _is_day(when: When) -> bool:
    return when.kind == "date" and when.earliest is not None and when.earliest == when.latest


def _day_beside(found: list[When], index: int, reading: Reading) -> date | None:
    token = reading.parse.at(found[index].start)
    if token is None:
        return None
    sentence = reading.sentences[token.sentence]
    beside = [found[index + step] for step in (1, -1, 2, -2) if 0 <= index + step < len(found)]
    return next((other.earliest for other in beside if _is_day(other) and sentence.covers(other.span)), None)


def published_in(text: str, code: str) -> date | None:
    """The day of publication in the opening lines: a full date that closes a dateline ('Paris, le 12 octobre 2025 (AFP)') or has a line to itself."""
    known = words(code)
    if known is None:
        return None
    head = text[:_HEAD]
    for match in matches(head, code):
        if not {"day", "month", "year"} <= match.caught.keys() or "day2" in match.caught or not _in_dateline(head, match.span, known):
            continue
        value = resolve(match, known, Setting(None, None, "past"))
        if value.earliest is not None and value.earliest == value.latest:
            return value.earliest
    return None


def _in_dateline(text: str, span: Span, known: Words) -> bool:
    """Whether only places, agencies and words of publishing stand before the date in its line, and no sentence goes on after it."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    led = [word for word in re.findall(r"[^\W\d_]+", before) if not word[0].isupper() and fold(word) not in known.publishing]
    if led and not any(word[0].islower() for word in led):  # a script without capitals: a few words, and a mark that closes them
        led = led[_LED:] if before.rstrip()[-1] in "-–—،,/|:)(" else led
    return not led and re.match(r"[ \t\u00a0]*(?:$|[\n(|—–:•·]|- |,? ?(?:\w{1,2} )?\d)", text[span.end :]) is not None


@cache
def stage() -> Stage:
    return Stage(name="dates", version=4, needs=("sentences", "parse"), gives=("dates", "parse"), run=run)
