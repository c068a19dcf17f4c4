"""Print the part of requirements.lock that running needs: `python deploy/needed.py en fr encoder vectors sources`.

The lock holds what development needs too; an image for a server should not. Which package brought which other stands in the lock itself ('# via').
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def plain(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def blocks(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Of each pinned package its lines with the hashes, and the packages that brought it."""
    found = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock):
        pinned = _PINNED.match(block)
        if pinned:
            kept = "\n".join(line for line in block.splitlines() if not line.lstrip().startswith("#"))
            brought = re.findall(r"# {1,3}(?:via )?([A-Za-z0-9._-]+)", block.partition("# via")[1] + block.partition("# via")[2])
            found[plain(pinned[1])] = (kept.rstrip(" \\"), frozenset(plain(one) for one in brought if one != "via"))
    return found


def needed(lock: str, wanted: list[str]) -> list[str]:
    """The lines of the lock for these packages and all that they bring, in its order. Raises KeyError for a package that the lock does not pin."""
    every = blocks(lock)
    chosen = {plain(_NAME.match(one)[0]) for one in wanted}  # type: ignore[index]
    missing = chosen - set(every)
    if missing:
        raise KeyError(f"requirements.lock does not pin {', '.join(sorted(missing))}")
    while more := {name for name, (_, brought) in every.items() if name not in chosen and brought & chosen}:
        chosen |= more
    return [lines for name, (lines, _) in every.items() if name in chosen]


def main(extras: list[str]) -> None:
    """Print the lock for the project with these extras, and for the encoder that `models/encoder` holds."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *(one for extra in extras for one in project["project"]["optional-dependencies"][extra])]
    # The project itself is built in the image too.
    wanted += project["build-system"]["requires"]
    print("\n".join(needed((ROOT / "requirements.lock").read_text(encoding="utf-8"), wanted)))


if __name__ == "__main__":
    main(sys.argv[1:])
