"""From an article to its reading: article | sentences | tagging | dates | names | offices | coreference | statements | events | topics | commitments.

Each stage sees what those before it gave. A stage that fails leaves its layers as they were and a `Trouble`
that says so; the others go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model.errors import PipelineError, is_of_the_machine
from dragoman.model.reading import Article, Reading, Trouble
from dragoman.reading.kit import Kit
from dragoman.reading.stage import Stage


def check(stages: Sequence[Stage]) -> None:
    """Raise PipelineError where a stage needs a layer that nothing before it gives."""
    given: set[str] = set()
    for stage in stages:
        for layer in stage.needs:
            if layer not in given:
                raise PipelineError(f"stage '{stage.name}' needs the layer '{layer}', which no stage before it gives")
        given.update(stage.gives)


def read(article: Article, stages: Sequence[Stage], kit: Kit) -> Reading:
    """Run the stages in order over one article."""
    reading = Reading(article=article)
    for stage in stages:
        try:
            reading = stage.run(article, reading, kit)
        except Exception as error:  # one bad article never stops a run, a full disk must
            if is_of_the_machine(error):
                raise
            message = f"{stage.name} could not be read: {type(error).__name__}: {error}"
            reading = replace(reading, troubles=(*reading.troubles, Trouble(stage=stage.name, message=message)))
    return reading
