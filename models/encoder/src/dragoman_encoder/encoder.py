"""The encoder as it runs: words in, labels with their probabilities and sentence vectors out; onnxruntime, one thread a process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dragoman_encoder.decode import decoded
from dragoman_encoder.e5file import E5File, Floats, WeightsError, open_e5, path_of
from dragoman_encoder.layers import LAYERS, labels
from dragoman_encoder.pieces import Pieces, open_pieces

WEIGHTS = Path(__file__).parent / "weights"
# Pieces of a window and of a batch. Attention grows with the square of a window; a batch of many short windows keeps the processor busy.
_WINDOW, _BATCH = 384, 1_536


@dataclass(frozen=True, slots=True)
class Label:
    """A label over words[first:last] of a window, with the mean probability of its words."""

    first: int
    last: int
    layer: str
    name: str
    score: float


@dataclass(frozen=True)
class Encoder:
    """An open encoder; one a process."""

    version: str
    _session: Any
    _file: E5File
    _pieces: Pieces

    def labels(self, windows: Sequence[Sequence[str]], layers: Sequence[str] = tuple(LAYERS)) -> list[list[Label]]:
        """The labels of each window of words, by layer and then in the order of the words. Words beyond 384 pieces get none."""
        return self.seen(windows, (), layers)[0]

    def seen(
        self, windows: Sequence[Sequence[str]], alone: Collection[int], layers: Sequence[str] = tuple(LAYERS)
    ) -> tuple[list[list[Label]], dict[int, Floats]]:
        """Labels as `labels` gives them, and the vector of each window whose number is in `alone`, to the last bit the one that `vectors` gives of it alone."""
        found: list[list[Label]] = [[] for _ in windows]
        vectors: dict[int, Floats] = {}
        bounds = _bounds()
        for numbers, cut, scores, vector in self._run(windows, alone):
            vectors.update({number: vector[row] for row, number in enumerate(numbers) if number in alone})
            for row, number in enumerate(numbers):
                firsts = np.cumsum([1, *map(len, cut[row][:-1])]) if cut[row] else np.zeros(0, dtype=np.int64)
                for layer in layers:
                    start, end = bounds[layer]
                    found[number].extend(Label(first, last, layer, name, score) for first, last, name, score in decoded(layer, scores[row, firsts, start:end]))
        return found, vectors

    def vectors(self, windows: Sequence[Sequence[str]]) -> Floats:
        """A vector of length 1 for each window of words: shape (windows, 384)."""
        found = np.zeros((len(windows), self._file.width), dtype=np.float32)
        for numbers, _, _, vector in self._run(windows):
            found[numbers] = vector
        return found

    def _run(self, windows: Sequence[Sequence[str]], alone: Collection[int] = ()) -> Iterator[tuple[list[int], list[list[tuple[int, ...]]], Floats, Floats]]:
        """Batches of windows of like length, those `alone` one by one: their numbers, the pieces of their words, the scores of all labels and the vectors."""
        cut = [_fitting([self._pieces.of(word) for word in window]) for window in windows]
        lengths = [sum(map(len, one)) + 2 for one in cut]
        order = sorted(range(len(windows)), key=lambda number: (number in alone, lengths[number], number))
        at = 0
        while at < len(order):
            last = at + 1
            while last < len(order) and not {order[at], order[last]} & set(alone) and lengths[order[last]] * (last + 1 - at) <= _BATCH:
                last += 1
            numbers = order[at:last]
            longest = lengths[numbers[-1]]
            pieces = np.full((len(numbers), longest), self._file.pad, dtype=np.int64)
            for row, number in enumerate(numbers):
                flat = [piece for word in cut[number] for piece in word]
                pieces[row, : len(flat) + 2] = [self._file.begin, *flat, self._file.end]
            known, places = np.unique(pieces, return_inverse=True)
            vectors = self._file.rows("emb.word", known)[places.reshape(pieces.shape)]
            present = (pieces != self._file.pad).astype(np.float32)
            scores, vector = self._session.run(["scores", "vector"], {"vectors": vectors, "present": present})
            yield numbers, [cut[number] for number in numbers], scores, vector
            at = last


def _fitting(words: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    count = 0
    for number, word in enumerate(words):
        count += len(word)
        if count > _WINDOW:
            return words[:number]
    return words


def _bounds() -> dict[str, tuple[int, int]]:
    """Where each layer's labels stand among the scores."""
    found, at = {}, 0
    for layer in LAYERS:
        found[layer] = (at, at + len(labels(layer)))
        at = found[layer][1]
    return found


def open_encoder(folder: Path = WEIGHTS) -> Encoder:
    """Load the graph and the word vectors. Raises WeightsError where a file is missing or is not the one the manifest names."""
    import onnxruntime

    manifest_path = folder / "manifest.json"
    if not manifest_path.is_file():
        raise WeightsError(f"{manifest_path}: no such file; install dragoman-encoder again")
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    graph = folder / manifest["graph"]["file"]
    _check(graph, manifest["graph"]["sha256"], "install dragoman-encoder again")
    table = path_of()
    _check(table, manifest["table"]["sha256"], f"install {manifest['table']['package']}")
    file = open_e5(table)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(graph), settings, providers=["CPUExecutionProvider"])
    return Encoder(manifest["version"], session, file, open_pieces(file))


def _check(path: Path, expected: str, remedy: str) -> None:
    if not path.is_file():
        raise WeightsError(f"{path}: no such file; {remedy}")
    with path.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != expected:
            raise WeightsError(f"{path}: damaged or of another version, its checksum is not that of the manifest; {remedy}")
