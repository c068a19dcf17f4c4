"""Who speaks where it is nobody that the record knows, in the words of each article: 'two officials', 'the lawsuit'."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dragoman.model.reading import Reading, Statement
from dragoman.model.record import Words


def voice(reading: Reading, statement: Statement) -> str | None:
    """The words for who speaks, on one line."""
    return " ".join(statement.source.of(reading.article.text).split()) or None if statement.source else None


def voices(reading_of: Callable[[str], Reading | None], reports: Iterable[Words]) -> tuple[str | None, ...]:
    """The words for who speaks, of each article that has a statement; None where it has none.

    A record keeps what was said and not these words, so that each article's reading is asked for: only of statements without a speaker is that worth it.
    """
    return tuple(_voice(reading_of(words.article), words) for words in reports)


def _voice(reading: Reading | None, words: Words) -> str | None:
    said = (one for one in reading.statements if (one.start, one.end) == (words.start, words.end)) if reading else iter(())
    return next((found for one in said if reading and (found := voice(reading, one))), None)
