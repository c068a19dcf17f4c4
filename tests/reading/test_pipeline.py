"""Stages fit together or the pipeline refuses to start; a stage that fails costs its own layers only."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

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


TEXT = "“We will sign on Friday,” Norwegian Foreign Minister Lars Dahl told Reuters in Oslo on Monday. He met his Estonian counterpart, Liis Tamm."
ARTICLE = Article(id="x", name="x", text=TEXT, language="en", published=date(2025, 10, 12))


def test_layers_given_before_a_failure_stay() -> None:
    def fails_later(article: Article, reading: Reading, kit: Kit) -> Reading:
        replace(reading, partial=False)
        raise RecursionError

    chain = [
        Stage(name="first", version=1, needs=(), gives=("partial",), run=mark),
        Stage(name="second", version=1, needs=("partial",), gives=(), run=fails_later),
    ]
    reading = read(ARTICLE, chain, Kit())
    assert reading.partial
    assert [trouble.stage for trouble in reading.troubles] == ["second"]


def test_troubles_keep_the_order_of_the_stages() -> None:
    chain = [Stage(name=name, version=1, needs=(), gives=(), run=fail) for name in ("b", "a", "c")]
    assert [trouble.stage for trouble in read(ARTICLE, chain, Kit()).troubles] == ["b", "a", "c"]


def test_an_interruption_is_no_trouble() -> None:
    def interrupted(article: Article, reading: Reading, kit: Kit) -> Reading:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(ARTICLE, [Stage(name="first", version=1, needs=(), gives=(), run=interrupted)], Kit())


@pytest.mark.parametrize("name", [stage.name for stage in stages()])
def test_any_stage_may_fail_and_the_others_go_on(name: str, kit: Kit) -> None:
    chain = [replace(stage, run=fail) if stage.name == name else stage for stage in stages()]
    reading = read(ARTICLE, chain, kit)
    assert [trouble.stage for trouble in reading.troubles if "could not be read" in trouble.message] == [name]
    assert bool(reading.sentences) == (name != "sentences")
    assert bool(reading.entities) == (name != "names")
    assert bool(reading.dates) == (name != "dates")


def test_names_of_stages_and_layers_are_unique() -> None:
    assert len({stage.name for stage in stages()}) == len(stages())
    assert all(stage.version > 0 and stage.gives for stage in stages())


def test_a_needed_layer_given_too_late_is_refused() -> None:
    chain = [Stage(name="first", version=1, needs=("dates",), gives=(), run=mark), Stage(name="second", version=1, needs=(), gives=("dates",), run=mark)]
    with pytest.raises(PipelineError, match="'first' needs the layer 'dates'"):
        check(chain)


def test_without_a_parser_a_reading_says_so_and_goes_on(kit: Kit, check_sound: Callable[[Reading], None]) -> None:
    bare = Kit(kit.config, {"en": None})
    reading = read(ARTICLE, stages(), bare)
    check_sound(reading)
    assert "no parser for English" in reading.troubles[0].message
    assert {"Norway", "Estonia"} <= {entity.name for entity in reading.entities}
    assert [when.value for when in reading.dates][-1] == "2025-10-06"


@pytest.mark.parametrize("language", ["de", "tr", "und", "xx"])
def test_a_language_without_a_folder_is_read_in_part(language: str, kit: Kit, check_sound: Callable[[Reading], None]) -> None:
    article = Article(
        id="x", name="x", text="Am 3.10.2025 kamen Vertreter aus Norwegen. „Wir warten“, sagten sie.", language=language, published=date(2025, 10, 12)
    )
    check_sound(read(article, stages(), kit))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "“”", "«»", "\u200f", "🙂", "A" * 5_000, "1 " * 2_000, "“" * 300, "(" * 300, "a, " * 1_000])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_texts_without_a_report_are_read_too(text: str, language: str, kit: Kit, check_sound: Callable[[Reading], None]) -> None:
    check_sound(read(Article(id="x", name="x", text=text, language=language), stages(), kit))


@pytest.mark.parametrize("module", ["statements.plain", "events.plain", "plain.scenes"])
def test_a_room_of_the_plain_readers_can_be_opened_alone(module: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"import dragoman.reading.{module}"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
