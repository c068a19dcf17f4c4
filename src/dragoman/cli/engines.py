"""The options that choose an engine, the same for every command that reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.engines.here import Here
    from dragoman.engines.pool import Pool
    from dragoman.engines.ray import Ray

Workers = Annotated[int, typer.Option(min=1, help="Processes that read; what comes out is the same for any number.")]
Engine = Annotated[str | None, typer.Option(help="here (this process), pool (processes on this machine) or ray (a cluster); pool for several workers.")]
RayAddress = Annotated[str | None, typer.Option(help="The cluster, as ray://HEAD:10001, or auto on one of its machines; Ray is started here where left out.")]


def engine_of(engine: str | None, workers: int, ray_address: str | None) -> Here | Pool | Ray:
    """The engine that the options name, to be used in a `with`. Raises ConfigError where they do not fit together."""
    from dragoman.engines.chosen import engine as chosen

    return chosen(engine, workers, ray_address)
