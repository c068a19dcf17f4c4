"""Whom a title, a counterpart or a pronoun stands for: annotated examples per language."""

import re
from typing import Any

from dragoman.model.reading import Reading
from dragoman.model.spans import Span


def test_examples(example: Any, reading: Reading) -> None:
    wanted = {phrase: [persons] if isinstance(persons, str) else persons for phrase, persons in example.facts["stands"].items()}
    assert {phrase: meant_by(phrase, reading) for phrase in wanted} == wanted


def meant_by(phrase: str, reading: Reading) -> list[str]:
    """The persons with a mention inside the phrase, or around it, in the order of the entities."""
    (match,) = re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", reading.article.text)
    span = Span(match.start(), match.end())
    return [
        entity.name
        for entity in reading.entities
        if entity.kind == "person" and any(span.covers(mention.span) or mention.span.covers(span) for mention in entity.mentions)
    ]
