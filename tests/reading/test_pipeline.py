"""Stages fit together or the pipeline refuses to start; a stage that fails costs its own layers only."""

from dataclasses import replace

import pytest

from dragoman.model.errors import PipelineError
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import check, read
from dragoman.reading.stage import Stage
from dragoman.reading.stages import stages


def mark(article: Article, reading: Reading, kit: Kit) -> Reading:
    return replace(reading, partial=True)


def fail(article: Article, reading: Reading, kit: Kit) -> Reading:
    raise ValueError("no such luck")


def test_a_missing_layer_is_named() -> None:
    lonely = Stage(name="events", version=1, needs=("entities",), gives=("events",), run=mark)
    with pytest.raises(PipelineError, match="'events' needs the layer 'entities'"):
        check([lonely])


def test_the_shipped_stages_fit() -> None:
    check(stages())


def test_a_failing_stage_becomes_a_trouble_and_the_next_goes_on() -> None:
    chain = [Stage(name="first", version=1, needs=(), gives=(), run=fail), Stage(name="second", version=1, needs=(), gives=(), run=mark)]
    reading = read(Article(id="x", name="x", text="x"), chain, Kit())
    assert reading.partial
    assert [(trouble.stage, trouble.message) for trouble in reading.troubles] == [("first", "first could not be read: ValueError: no such luck")]
