"""The stages that ship with the program, in their order; an entry point in `dragoman.stages` can replace one by name."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from dragoman.reading import commitments, coreference, dates, events, names, offices, sentences, statements, tagging, topics
from dragoman.reading.pipeline import check
from dragoman.reading.stage import Stage


@cache
def stages() -> tuple[Stage, ...]:
    """All stages in order, checked to fit together. Raises PipelineError where a replacement does not fit."""
    rooms = (sentences, tagging, dates, names, offices, coreference, statements, events, topics, commitments)
    shipped = tuple(room.stage() for room in rooms)
    replacements = {entry.name: entry for entry in entry_points(group="dragoman.stages")}
    chosen = tuple(replacements[stage.name].load()() if stage.name in replacements else stage for stage in shipped)
    check(chosen)
    return chosen
