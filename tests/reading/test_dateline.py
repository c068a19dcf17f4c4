"""The day of publication in the opening lines: annotated examples per language."""

from typing import Any

from dragoman.reading.dates import published_in


def test_examples(example: Any) -> None:
    assert published_in(example.text, example.language) == (example.facts["day"] or None)
