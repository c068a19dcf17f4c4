"""The stages that ship with the program, in their order; an entry point in `dragoman.stages` can replace one by name."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from dragoman.reading import coreference, dates, events, names, offices, sentences, statements
from dragoman.reading.pipeline import check
from dragoman.reading.stage import Stage


@cache
def stages() -> tuple[Stage, ...]:
    """All stages in order, checked to fit together. Raises PipelineError where a replacement does not fit."""
    shipped = (sentences.stage(), dates.stage(), names.stage(), offices.stage(), coreference.stage(), statements.stage(), events.stage())
    replacements = {entry.name: entry for entry in entry_points(group="dragoman.stages")}
    chosen = tuple(replacements[stage.name].load()() if stage.name in replacements else stage for stage in shipped)
    check(chosen)
    return chosen
