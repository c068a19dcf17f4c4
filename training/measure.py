"""How well weights find names in sets that were not learnt from: exact F1 over persons, organisations and places, by language.

    python -m training.measure FOLDER --sets ner_news ner_wiki [--limit 600] [--weights build/training/weights.npz]

Without --weights the shipped int8 encoder is measured.
"""

from __future__ import annotations

import argparse
import json
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from dragoman_encoder.decode import decoded
from dragoman_encoder.e5file import open_e5
from dragoman_encoder.encoder import WEIGHTS, open_encoder
from dragoman_encoder.layers import labels
from dragoman_encoder.pieces import WORD, open_pieces
from training.export import reader_of

_CLASSES = ("PER", "ORG", "LOC")
Spans = set[tuple[int, int, str]]


class Learnt:
    """The float32 reader, asked as the shipped one is."""

    def __init__(self, weights: Path) -> None:
        self.file = open_e5()
        self.pieces = open_pieces(self.file)
        self.reader = reader_of(weights, self.file)

    @torch.inference_mode()
    def scores(self, windows: Sequence[Sequence[str]]) -> list[npt.NDArray[np.float32]]:
        """The scores of all labels for the words of each window: (words, labels)."""
        cut = [[self.pieces.of(word) for word in window] for window in windows]
        order = sorted(range(len(cut)), key=lambda number: sum(map(len, cut[number])))
        found: list[npt.NDArray[np.float32]] = [np.zeros((0, 0), dtype=np.float32)] * len(cut)
        for at in range(0, len(order), 24):
            numbers = order[at : at + 24]
            rows = [[self.file.begin, *(piece for word in cut[number] for piece in word), self.file.end][:500] for number in numbers]
            longest = max(map(len, rows))
            pieces = np.array([row + [self.file.pad] * (longest - len(row)) for row in rows])
            vectors = torch.from_numpy(self.file.rows("emb.word", pieces.reshape(-1)).reshape(*pieces.shape, -1))
            scores, _ = self.reader(vectors, torch.from_numpy((pieces != self.file.pad).astype(np.float32)))
            for row, number in enumerate(numbers):
                firsts = np.minimum(np.cumsum([1, *map(len, cut[number][:-1])]), longest - 1)
                found[number] = scores[row, firsts].numpy()
        return found

    def names(self, windows: Sequence[Sequence[str]]) -> list[Spans]:
        """The names of each window as spans of words."""
        width = len(labels("name"))
        return [{(first, last, name) for first, last, name, _ in decoded("name", scores[:, :width])} for scores in self.scores(windows)]


class Shipped:
    """The int8 encoder."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.encoder = open_encoder(folder)

    def names(self, windows: Sequence[Sequence[str]]) -> list[Spans]:
        return [{(one.first, one.last, one.name) for one in row} for row in self.encoder.labels(windows, ("name",))]


def main() -> None:
    """Measure and print a line a language."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="+", default=["ner_news", "ner_wiki"])
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--shipped", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    tagger = Learnt(options.weights) if options.weights else Shipped(options.shipped)
    for name in options.sets:
        rows: dict[str, list[tuple[list[str], Spans, list[int]]]] = defaultdict(list)
        with (options.folder / name / "open.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                starts: list[int] = []
                words: list[str] = []
                for token in row["tokens"]:
                    starts.append(len(words))
                    words.extend(match[0] for match in WORD.finditer(token))
                starts.append(len(words))
                wanted = {(first, last, kind) for first, last, kind, *_ in row["ents"] if kind in _CLASSES}
                if words:
                    rows[row["lang"]].append((words, wanted, starts))
        for language, samples in sorted(rows.items()):
            step = max(1, len(samples) // options.limit)
            chosen = samples[::step]
            begun = time.process_time()
            found = tagger.names([words for words, *_ in chosen])
            spent = time.process_time() - begun
            tally: Counter[str] = Counter()
            for (_, wanted, starts), spans in zip(chosen, found, strict=True):
                got = {(bisect_right(starts, first) - 1, bisect_left(starts, last), kind) for first, last, kind in spans}
                for kind in _CLASSES:
                    mine, theirs = {one for one in got if one[2] == kind}, {one for one in wanted if one[2] == kind}
                    tally.update({f"{kind} right": len(mine & theirs), f"{kind} wrong": len(mine - theirs), f"{kind} missed": len(theirs - mine)})
            print(f"{name} {language}: F1 {_f1(tally, _CLASSES):.3f}", *(f"{kind} {_f1(tally, (kind,)):.3f}" for kind in _CLASSES),
                  f"({len(chosen)} texts, {sum(len(words) for words, *_ in chosen) / spent:.0f} words/cpu-s)", flush=True)  # fmt: skip


def _f1(tally: Counter[str], kinds: Sequence[str]) -> float:
    right, wrong, missed = (sum(tally[f"{kind} {outcome}"] for kind in kinds) for outcome in ("right", "wrong", "missed"))
    return 2 * right / max(1, 2 * right + wrong + missed)


if __name__ == "__main__":
    main()
