"""The stage `topics`: what events and statements are about, and the PLOVER contexts of events, by the words of the language's tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from dragoman.knowledge.plover import CONTEXTS
from dragoman.knowledge.topics import TOPICS
from dragoman.languages.fold import fold
from dragoman.languages.forms import openings
from dragoman.languages.pack import language
from dragoman.model.reading import Article, EventReport, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage

# More than these of one event would say nothing.
_MOST = 4


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill the topics of events and statements and the contexts of events."""
    folded = fold(article.text)
    events = tuple(_with_topics(event, folded, article.language) for event in reading.events)
    statements = tuple(
        replace(statement, topics=topics_in(" ".join(part.of(folded) for part in statement.parts or (statement.span,)), article.language))
        for statement in reading.statements
    )
    return replace(reading, events=events, statements=statements)


def topics_in(folded: str, code: str) -> tuple[str, ...]:
    """The topics that a folded text names, those named most first kept, in the order of the contract."""
    return _named(folded, _patterns(code, "topics"), TOPICS)


def _with_topics(event: EventReport, folded: str, code: str) -> EventReport:
    told = " ".join(span.of(folded) for span in event.evidence)
    return replace(event, topics=topics_in(told, code), contexts=_named(told, _patterns(code, "contexts"), CONTEXTS))


def _named(folded: str, patterns: Mapping[str, re.Pattern[str]], order: tuple[str, ...]) -> tuple[str, ...]:
    counts = {name: len(pattern.findall(folded)) for name, pattern in patterns.items()}
    found = sorted((name for name, count in counts.items() if count), key=lambda name: (-counts[name], order.index(name)))
    return tuple(sorted(found[:_MOST], key=order.index))


@cache
def _patterns(code: str, table: str) -> dict[str, re.Pattern[str]]:
    """One expression for each topic or context of the language's table, for folded text."""
    pack = language(code)
    rows = pack.table(table) if pack else {}
    joined = "|".join(map(re.escape, openings(code)))
    start = rf"\b(?:{joined})?" if joined else r"\b"
    return {name: re.compile(start + "(?:" + "|".join(_expression(phrase) for phrase in phrases) + r")\b") for name, phrases in rows.items()}


def _expression(phrase: str) -> str:
    return re.escape(fold(phrase)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


@cache
def stage() -> Stage:
    """The stage as the pipeline takes it."""
    return Stage(name="topics", version=1, needs=("events", "statements"), gives=("events", "statements"), run=run)
