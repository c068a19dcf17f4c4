"""Measure linking without a store: read a folder of gold texts, link everything in memory, and compare with what people say is one.

    python -m benchmarks.linking persons GOLD_DIR [GOLD_DIR ...] [--fresh] [--quiet]

GOLD_DIR holds NAME.gold.json beside the texts they name, and record.gold.json where persons and tenures are to be scored; a folder with an index.jsonl
(the samples) has no gold and only shows its groups. Readings are kept under the system's temporary folder by text and stage versions.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.model.codec import dumps, loads
from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages


def listed(folder: Path) -> Iterator[dict[str, Any]]:
    """The rows of a folder: id, file, language, published, and entities where there is gold."""
    index = folder / "index.jsonl"
    if index.is_file():
        for line in index.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
        return
    for path in sorted(folder.glob("*.gold.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        if "file" in row:
            yield row


def readings(folder: Path, kit: Kit, *, fresh: bool = False) -> list[Reading]:
    """The readings of a folder's texts, read once and kept."""
    versions = ",".join(f"{stage.name}={stage.version}" for stage in stages())
    kept = Path(tempfile.gettempdir()) / "dragoman-readings"
    kept.mkdir(exist_ok=True)
    found = []
    for row in listed(folder):
        text = (folder / row["file"]).read_text(encoding="utf-8")
        day = row["published"]
        path = kept / f"{hashlib.sha256(f'{versions}|{day}|{text}'.encode()).hexdigest()[:20]}.json"
        if fresh or not path.is_file():
            article = Article(
                id=article_id(text), name=row["id"], text=text, language=row["language"], title=row.get("title"),
                published=date.fromisoformat(day), published_from="given",
            )  # fmt: skip
            path.write_text(dumps(read(article, stages(), kit)), encoding="utf-8")
        found.append(loads(path.read_text(encoding="utf-8")))
    return found


if __name__ == "__main__":
    import sys

    kit = Kit()
    for folder in sys.argv[1:]:
        print(folder, len(readings(Path(folder), kit)))
