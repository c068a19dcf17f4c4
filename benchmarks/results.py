"""Figures kept under build/bench, with what they were measured on and by: the report and the gate need not measure twice."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import dragoman
from benchmarks import gold_sets
from benchmarks.registry import file_set
from benchmarks.sets import digest, file_of

FOLDER = Path("build/bench")


def keep(name: str, split: str, limit: int | None, folder: Path, figures: dict[str, Any]) -> Path:
    """Write the figures of a set beside the digests of its file and of the program; what they replace is gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = _path(name, split, limit)
    row = {"set": name, "split": split, "limit": limit, "corpus": corpus(name, folder, split), "program": program(), "figures": figures}
    path.write_text(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return path


def kept(name: str, split: str, limit: int | None, folder: Path) -> dict[str, Any] | None:
    """The figures that this very program has reached on this very file, or None."""
    path = _path(name, split, limit)
    if not path.is_file():
        return None
    row: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    same = (row["limit"], row["corpus"], row["program"]) == (limit, corpus(name, folder, split), program())
    figures: dict[str, Any] = row["figures"]
    return figures if same else None


def _path(name: str, split: str, limit: int | None) -> Path:
    return FOLDER / f"{name}.{split}{f'.{limit}' if limit else ''}.json"


def latest(split: str) -> dict[str, dict[str, Any]]:
    """The figures of every set that was measured, whole where it was measured whole, else on the most cases."""
    found: dict[str, tuple[float, dict[str, Any]]] = {}
    for path in sorted(FOLDER.glob(f"*.{split}*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        size = float("inf") if row["limit"] is None else float(row["limit"])
        if row["set"] not in found or found[row["set"]][0] < size:
            found[row["set"]] = (size, row["figures"])
    return {name: figures for name, (_, figures) in found.items()}


def corpus(name: str, folder: Path, split: str) -> str:
    """The digest of the file that a set is read from, or of the whole folder where it is no file of rows."""
    if name == "gold_record":
        return digest(gold_sets.folder_of("gold_open", folder, split))
    if name in gold_sets.SETS:
        return digest(gold_sets.folder_of(name, folder, split))
    return digest(file_of(folder, file_set(name), split))


@cache
def program() -> str:
    """A digest of the program and of what measures it."""
    found = hashlib.sha256()
    for root in (Path(dragoman.__file__).parent, Path(__file__).parent):
        for path in sorted(root.rglob("*")):
            if path.suffix in (".py", ".toml", ".tsv", ".npz"):
                found.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return found.hexdigest()[:16]
