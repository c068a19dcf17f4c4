"""Where the rows of a set lie: FOLDER/SPLIT.jsonl, or FOLDER/SET/SPLIT.jsonl where FOLDER holds many sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(folder: Path, name: str, split: str) -> Iterator[dict[str, Any]]:
    """The rows of a split, one a line. Raises SystemExit with the paths tried where there is none."""
    tried = [folder / f"{split}.jsonl", folder / name / f"{split}.jsonl"]
    path = next((one for one in tried if one.is_file()), None)
    if path is None:
        raise SystemExit(f"no data: neither {tried[0]} nor {tried[1]} is a file; give the folder of the set with --data")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
