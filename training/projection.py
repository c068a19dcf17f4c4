"""Labels carried from English sentences to their translations, along words that the encoder itself holds to be the same.

    python -m training.projection DOCUMENTS.jsonl build/training/english.jsonl -o build/training/projected.jsonl

Two words are aligned where each is the other's nearest by the hidden states of a middle layer (as SimAlign and awesome-align do with other
encoders). A span goes over where its words have fellows that stand together; a sentence in which a span of a layer is lost tells nothing of that layer.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from dragoman_encoder.e5file import E5File, open_e5
from dragoman_encoder.layers import LAYERS
from dragoman_encoder.pieces import Pieces, open_pieces, words
from training.corpora import layer_of
from training.model import Encoder, filled

# The layer whose states align best on this model, measured on names spelt alike in two languages.
_DEPTH = 8
# A span of n words may stretch to 2 n + 3 in a translation.
_STRETCH, _SPARE = 2, 3
_HYPHENS = ("-", "‐", "‑")
Labelled = tuple[int, int, str]


class Aligner:
    """Hidden states of the words of a sentence, and which words of two sentences are each other's nearest."""

    def __init__(self, file: E5File, pieces: Pieces) -> None:
        self.file, self.pieces = file, pieces
        encoder = Encoder(layers=_DEPTH, width=file.width, inner=file.inner, heads=file.heads, positions=file.positions, epsilon=file.epsilon)
        self.encoder = filled(encoder, {name: file.tensor(name) for name in file.tensors if name != "emb.word"}, file.width, file.inner).eval()

    @torch.inference_mode()
    def states(self, sentences: Sequence[Sequence[str]]) -> list[npt.NDArray[np.float32]]:
        """For each sentence the states of its words, centred and of length 1: (words, width)."""
        cut = [[self.pieces.of(word) for word in sentence] for sentence in sentences]
        rows = [[self.file.begin, *(piece for word in one for piece in word), self.file.end][:500] for one in cut]
        longest = max(map(len, rows))
        numbers = np.array([row + [self.file.pad] * (longest - len(row)) for row in rows])
        vectors = torch.from_numpy(self.file.rows("emb.word", numbers.reshape(-1)).reshape(*numbers.shape, -1))
        hidden = self.encoder(vectors, torch.from_numpy((numbers != self.file.pad).astype(np.int64))).numpy()
        found = []
        for one, states in zip(cut, hidden, strict=True):
            at, means = 1, []
            for word in one:
                means.append(states[at : at + len(word)].mean(0) if at < len(states) else np.zeros(states.shape[1]))
                at += len(word)
            matrix = np.array(means, dtype=np.float32)
            matrix -= matrix.mean(0)
            found.append(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6))
        return found


def aligned(left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]) -> dict[int, int]:
    """From words of the left sentence to words of the right, where each is the other's nearest and they are near."""
    likeness = left @ right.T
    forth, back = likeness.argmax(1), likeness.argmax(0)
    return {index: int(forth[index]) for index in range(len(left)) if back[forth[index]] == index and likeness[index, forth[index]] > 0.3}


def carried(
    spans: Sequence[Labelled], source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]], links: dict[int, int]
) -> tuple[list[Labelled], set[str]]:
    """The spans as they stand in the translation, and the layers of which one was lost."""
    found: list[Labelled] = []
    lost: set[str] = set()
    for start, end, label in spans:
        inside = [index for index, (first, last) in enumerate(source) if first < end and start < last]
        reached = sorted(links[index] for index in inside if index in links)
        others = {links[index] for index in links if index not in inside}
        if not reached or len(reached) * 2 < len(inside) or reached[-1] - reached[0] + 1 > _STRETCH * len(inside) + _SPARE:
            lost.add(layer_of(label)[0])
            continue
        first, last = reached[0], reached[-1]
        if sum(index in others for index in range(first, last + 1)) > max(0, len(inside) // 6):
            lost.add(layer_of(label)[0])
            continue
        found.append((target[first][0], target[last][1], label))
    return found, lost


def mended(row: dict[str, Any]) -> dict[str, Any]:
    """The row with names taken up to the hyphens they are joined by; it tells nothing of names where one looks cut or is no name in a script of capitals."""
    text = row["text"]
    bounds = words(text)
    spans = [(*_hyphened(text, bounds, start, end), label) if label in LAYERS["name"] else (start, end, label) for start, end, label in row["spans"]]
    names = [(start, end) for start, end, label in spans if label in LAYERS["name"]]
    doubtful = any(text[start].islower() for start, _ in names) or (row["lang"] != "de" and any(_cut(text, bounds, names, span) for span in names))
    return row | {"spans": spans, "layers": [layer for layer in row["layers"] if layer != "name" or not doubtful]}


def _hyphened(text: str, bounds: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The span with the words that hyphens join to it: 'Royaume' becomes 'Royaume-Uni'."""
    before = {first: number for number, (first, _) in enumerate(bounds)}
    while text[end : end + 1] in _HYPHENS and end + 1 in before:
        end = bounds[before[end + 1]][1]
    behind = {last: number for number, (_, last) in enumerate(bounds)}
    while start > 1 and text[start - 1] in _HYPHENS and start - 1 in behind:
        start = bounds[behind[start - 1]][0]
    return start, end


def _cut(text: str, bounds: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a capitalised word that is in no name stands right beside the name, but for the first of the sentence."""
    for first, last in bounds[1:]:
        beside = (last == span[0] - 1 and text[last] == " ") or (first == span[1] + 1 and text[span[1]] == " ")
        if beside and text[first].isupper() and not any(start <= first < end for start, end in names):
            return True
    return False


def projected(documents: Path, english: Path) -> Iterator[dict[str, Any]]:
    """Rows of texts with spans, and with the layers that they tell of."""
    file = open_e5()
    aligner = Aligner(file, open_pieces(file))
    told: dict[str, list[dict[str, Any]]] = {}
    with english.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            told.setdefault(row["document"], []).append(row)
    states: dict[str, list[npt.NDArray[np.float32]]] = {}
    for document, rows in told.items():
        states[document] = aligner.states([[row["text"][start:end] for start, end in words(row["text"])] for row in rows])
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            sentences = [row["title"], *row["sentences"]]
            bounds = [words(sentence) for sentence in sentences]
            own = row["lang"] == "en" and row["variant"] == "main"
            mine = states[row["doc_id"]] if own else aligner.states([[text[a:b] for a, b in spans] for text, spans in zip(sentences, bounds, strict=True)])
            for text, spans, here, there, source in zip(sentences, bounds, mine, states[row["doc_id"]], told[row["doc_id"]], strict=True):
                if not spans:
                    continue
                links = aligned(there, here)
                given = [(start, end, label) for start, end, label in source["spans"]]
                found, lost = (given, set()) if own else carried(given, words(source["text"]), spans, links)
                yield mended({"lang": row["lang"], "text": text, "spans": found, "layers": sorted(set(LAYERS) - lost)})


def main() -> None:
    """Carry all labels over and write the rows."""
    parser = argparse.ArgumentParser(prog="python -m training.projection", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    kept: Counter[tuple[str, str]] = Counter()
    with options.output.open("w", encoding="utf-8") as out:
        for row in projected(options.documents, options.english):
            kept.update((row["lang"], layer) for layer in row["layers"])
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    for language in sorted({language for language, _ in kept}):
        print(language, {layer: kept[language, layer] for layer in LAYERS})


if __name__ == "__main__":
    main()
