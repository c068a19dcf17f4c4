"""Who speaks where it is nobody that the record knows, in the words of an article: 'two officials', 'the lawsuit'."""

from __future__ import annotations

from dragoman.model.reading import Reading, Statement


def voice(reading: Reading, statement: Statement) -> str | None:
    """The words for who speaks, on one line."""
    return " ".join(statement.source.of(reading.article.text).split()) or None if statement.source else None
