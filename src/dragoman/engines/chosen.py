"""Which engine, by its name: all of them have `map`, and give the same bytes."""

from __future__ import annotations

from dragoman.engines.here import Here
from dragoman.engines.pool import Pool
from dragoman.engines.ray import Ray
from dragoman.model.errors import ConfigError

NAMES = ("here", "pool", "ray")


def engine(name: str | None, workers: int, address: str | None = None) -> Here | Pool | Ray:
    """The engine of that name; without one, this process for one worker and a pool for several. Raises ConfigError for another name."""
    chosen = name or ("ray" if address else "here" if workers == 1 else "pool")
    if chosen not in NAMES:
        raise ConfigError(f"--engine: '{chosen}' is not one of {', '.join(NAMES)}")
    if address and chosen != "ray":
        raise ConfigError("--ray-address: is for --engine ray")
    if chosen == "here":
        return Here()
    return Pool(workers) if chosen == "pool" else Ray(workers, address)
