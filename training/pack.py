"""All examples and the starting weights in one file that `training.fit` learns from, on this machine or on one that has nothing but torch.

    python -m training.pack -o build/training/pack.npz --names FOLDER --projected FILE --reports FILE …

Piece numbers are made dense over those that occur, so that two bytes hold one and only their rows of the table travel.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from dragoman_encoder.e5file import E5File, open_e5
from dragoman_encoder.layers import LAYERS
from dragoman_encoder.pieces import open_pieces
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from training.augment import augmented
from training.corpora import Example, digest, named, spanned

# Pieces of an example; a paragraph of a report is shorter.
_LONGEST = 220
# In place of a label that a source does not tell.
UNTOLD = 255


def packed(examples: Sequence[Example], file: E5File) -> dict[str, npt.NDArray[Any]]:
    """The arrays that `training.fit` reads: pieces of all examples end to end with their bounds, labels of words, and the weights."""
    cutter, whole = open_pieces(file), _whole_sentences(file)
    pieces: list[int] = []
    sizes: list[int] = []
    bounds: list[tuple[int, int, int]] = [(0, 0, 0)]
    taught: list[int] = []
    labels: dict[str, list[int]] = {layer: [] for layer in LAYERS}
    for example in examples:
        count = 0
        first = len(pieces)
        for word in example.words:
            found = cutter.of(word)
            if len(pieces) - first + len(found) > _LONGEST:
                break
            pieces.extend(found)
            sizes.append(len(found))
            count += 1
        for layer, row in labels.items():
            row.extend(example.labels.get(layer, (UNTOLD,) * count)[:count])
        if example.text:
            taught.extend(whole.encode(f"query: {example.text}".translate(file.same), add_special_tokens=False).ids[:_LONGEST])
        bounds.append((len(pieces), len(sizes), len(taught)))
    known = np.unique(np.array([*pieces, *taught, file.begin, file.end, file.pad, file.unknown], dtype=np.int64))
    if len(known) > np.iinfo(np.uint16).max:
        raise SystemExit(f"{len(known)} pieces occur, more than two bytes hold; pack fewer examples")
    return {
        "pieces": np.searchsorted(known, np.array(pieces)).astype(np.uint16),
        "sizes": np.array(sizes, dtype=np.uint8),
        "bounds": np.array(bounds, dtype=np.int32),
        "taught": np.searchsorted(known, np.array(taught, dtype=np.int64)).astype(np.uint16),
        "marks": np.searchsorted(known, np.array([file.begin, file.end, file.pad])).astype(np.int32),
        "table": _raw(file, "emb.word").reshape(-1, file.width // 32 * 18)[known],
        "shape": np.array([file.layers, file.width, file.inner, file.heads, file.positions]),
        "epsilon": np.array([file.epsilon]),
        **{f"labels.{layer}": np.array(row, dtype=np.uint8) for layer, row in labels.items()},
        **{f"weights.{name}": _raw(file, name) for name in file.tensors if name != "emb.word"},
    }


def _raw(file: E5File, name: str) -> npt.NDArray[np.uint8]:
    where = file.tensors[name]
    return np.array(file.memory[where.offset : where.offset + where.size])


def _whole_sentences(file: E5File) -> Tokenizer:
    """Pieces as the model was first trained on them: over whole sentences, marks and words together."""
    tokenizer = Tokenizer(models.Unigram(list(zip(file.pieces, file.scores, strict=True)), unk_id=file.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    return tokenizer


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gathered(names: Path | None, spans: Iterable[Path], *, seed: int, copies: int) -> tuple[list[Example], dict[str, str]]:
    """All examples of all sources, shuffled by the seed, and the digest of each file."""
    examples: list[Example] = []
    digests: dict[str, str] = {}
    for path in sorted(names.glob("*.jsonl")) if names else ():
        digests[path.name] = digest(path)
        examples.extend(named(path))
    for path in spans:
        digests[path.name] = digest(path)
        examples.extend(spanned(_lines(path), source=path.stem))
    drawn = random.Random(seed)
    examples.extend(augmented(examples, drawn, copies))
    drawn.shuffle(examples)
    return examples, digests


def main() -> None:
    """Pack what the options name."""
    parser = argparse.ArgumentParser(prog="python -m training.pack", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="folder of sentences with names")
    parser.add_argument("--spans", type=Path, nargs="*", default=[], help="files of texts with spans")
    parser.add_argument("--copies", type=int, default=1, help="how often a sentence is learnt with other names in it")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    examples, digests = gathered(options.names, options.spans, seed=options.seed, copies=options.copies)
    arrays = packed(examples, open_e5())
    arrays["log"] = np.frombuffer(json.dumps({"seed": options.seed, "files": digests, "sources": Counter(one.source for one in examples)}).encode(), np.uint8)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.output, **arrays)
    print(f"{options.output}: {len(examples)} examples, {len(arrays['sizes'])} words, {len(arrays['pieces'])} pieces, {options.output.stat().st_size >> 20} MiB")


if __name__ == "__main__":
    main()
