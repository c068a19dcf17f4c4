"""Examples to learn from: words of a text with their labels, layer by layer; a layer that a source does not tell of is left out.

Every source is cut into words as the encoder will cut a text (dragoman_encoder.pieces), whatever words it came in.
"""

from __future__ import annotations

import csv
import hashlib
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman_encoder.layers import LAYERS, coded
from dragoman_encoder.pieces import WORD

# Labels of generated reports that belong to a layer by their prefix.
_PREFIXES = {"EV:": "event", "SAID:": "said"}
_APOSTROPHES = ("'", "’")
_LAYER_OF = {name: layer for layer, names in LAYERS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Example:
    """`labels` maps a layer to the label number of each word."""

    language: str
    words: tuple[str, ...]
    labels: dict[str, tuple[int, ...]]
    source: str
    text: str = ""


def digest(path: Path) -> str:
    """SHA-256 of a file, as the log of a training keeps it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def named(path: Path) -> Iterator[Example]:
    """Sentences with names only: rows of tokens with [first, last, class]; classes that are none of ours are no names."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        words: list[str] = []
        starts: list[int] = []
        for token in row["tokens"]:
            starts.append(len(words))
            words.extend(match[0] for match in WORD.finditer(token))
        starts.append(len(words))
        spans = [
            (starts[first], _bare(words, starts[first], starts[last]), name)
            for first, last, name, *_ in row["ents"]
            if name in LAYERS["name"] and starts[first] < starts[last]
        ]
        if words:
            yield Example(row["lang"], tuple(words), {"name": tuple(coded("name", len(words), spans))}, row.get("source", path.stem))


def _bare(words: Sequence[str], first: int, last: int) -> int:
    """Where a name ends that is annotated with its suffix: 'Ankara ' da' ends after 'Ankara'."""
    suffixed = last - first > 2 and words[last - 2] in _APOSTROPHES and words[last - 1].islower()
    return last - 2 if suffixed else last


def spanned(rows: Iterable[dict[str, object]], source: str) -> Iterator[Example]:
    """Texts with character spans of all layers: {"lang", "text", "spans": [[start, end, label]]}."""
    for row in rows:
        text = str(row["text"])
        bounds = [match.span() for match in WORD.finditer(text)]
        starts, ends = [start for start, _ in bounds], [end for _, end in bounds]
        spans: dict[str, list[tuple[int, int, str]]] = {layer: [] for layer in row.get("layers", LAYERS)}  # type: ignore[attr-defined]
        for start, end, label in row["spans"]:  # type: ignore[attr-defined]
            layer, name = layer_of(label)
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            if layer in spans and first < last and not any(first < other[1] and other[0] < last for other in spans[layer]):
                spans[layer].append((first, last, name))
        labels = {layer: tuple(coded(layer, len(bounds), found)) for layer, found in spans.items()}
        if bounds:
            yield Example(str(row["lang"]), tuple(text[start:end] for start, end in bounds), labels, source, text)


def layer_of(label: str) -> tuple[str, str]:
    for prefix, layer in _PREFIXES.items():
        if label.startswith(prefix):
            return layer, label.removeprefix(prefix)
    return _LAYER_OF[label], label


def towns_of(path: Path) -> dict[str, list[str]]:
    """Towns by two-letter country, of a table of GeoNames with the columns `name` and `cc`."""
    found: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            if len(row["name"].split()) <= 3:
                found[row["cc"]].append(row["name"])
    return found
