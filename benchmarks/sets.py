"""Where the rows of a set lie: FOLDER/SPLIT.jsonl, or FOLDER/SET/SPLIT.jsonl where FOLDER holds many sets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(folder: Path, name: str, split: str) -> Iterator[dict[str, Any]]:
    """The rows of a split, one a line. Raises SystemExit with the paths tried where there is none."""
    with file_of(folder, name, split).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def file_of(folder: Path, name: str, split: str) -> Path:
    """The file of a split. Raises SystemExit with the paths tried where there is none."""
    tried = [folder / f"{split}.jsonl", folder / name / f"{split}.jsonl"]
    path = next((one for one in tried if one.is_file()), None)
    if path is None:
        raise SystemExit(f"no data: neither {tried[0]} nor {tried[1]} is a file; give the folder of the set with --data")
    return path


def digest(path: Path) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a file, or of all files of a folder with their names."""
    found = hashlib.sha256()
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if one.is_file():
            found.update(str(one.relative_to(path)).encode() + b"\0" + one.read_bytes())
    return found.hexdigest()[:16]


def spread(given: list[dict[str, Any]], limit: int | None) -> list[dict[str, Any]]:
    """So many rows at even distances, for sets that go by class, outlet or day; all where there is no limit."""
    if limit is None or limit >= len(given):
        return given
    return [given[number * len(given) // limit] for number in range(limit)]
