"""Learn from a pack: the whole encoder and its heads, the learning rate to zero at the end.

    python -m training.fit build/training/pack.npz -o build/training/weights.npz --minutes 8 [--device cuda]

Steps, not minutes, are what is repeated: --minutes measures the speed first and settles the number of steps, which the log keeps; --steps
gives it. On a processor one thread a process is used, on a GPU bfloat16; the order of examples depends on the seed alone.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.model import Encoder, Reader, filled, pooled

_LAYERS = {"name": 7, "office": 3, "date": 3, "event": 33, "said": 5, "cue": 5}
# What a layer's loss counts: names are what everything else hangs on.
_WEIGHTS = {"name": 1.0, "office": 0.5, "date": 0.4, "event": 0.6, "said": 0.6, "cue": 0.5}
_VECTOR = 0.5
_UNTOLD = 255
_RATE, _HEAD_RATE, _WARM = 3e-4, 2e-3, 0.05
_MEASURED = 30
_REPORTED = 200


class Pack:
    """The arrays of a pack, with batches of about so many pieces."""

    def __init__(self, path: Path) -> None:
        given = np.load(path)
        self.arrays: dict[str, npt.NDArray[Any]] = {name: given[name] for name in given.files}
        self.log = json.loads(self.arrays["log"].tobytes())
        self.bounds = self.arrays["bounds"].astype(np.int64)
        self.begin, self.end, self.pad = map(int, self.arrays["marks"])
        self.lengths = np.diff(self.bounds[:, 0]) + 2
        self.labels = np.stack([self.arrays[f"labels.{layer}"] for layer in _LAYERS])

    def encoder(self) -> tuple[Encoder, Tensor]:
        """The encoder as it was packed and the table of piece vectors."""
        layers, width, inner, heads, positions = map(int, self.arrays["shape"])
        encoder = Encoder(layers=layers, width=width, inner=inner, heads=heads, positions=positions, epsilon=float(self.arrays["epsilon"][0]))
        tensors = {name.removeprefix("weights."): _floats(name, raw) for name, raw in self.arrays.items() if name.startswith("weights.")}
        table = _unpacked(self.arrays["table"].reshape(-1, 18)).reshape(-1, width)
        return filled(encoder, tensors, width, inner), torch.from_numpy(table)

    def batches(self, seed: int, size: int) -> Iterator[npt.NDArray[np.int64]]:
        """Numbers of examples without end, each epoch in another order, examples of like length together."""
        drawn = np.random.default_rng(seed)
        while True:
            order = drawn.permutation(len(self.lengths))
            chunks = np.array_split(order, max(1, int(self.lengths.sum() // (size * 50))))
            for chunk in chunks:
                chunk = chunk[np.argsort(self.lengths[chunk], kind="stable")]
                batches, at = [], 0
                while at < len(chunk):
                    count = max(1, size // int(self.lengths[chunk[min(at + size // int(self.lengths[chunk[at]]), len(chunk) - 1)]]))
                    batches.append(chunk[at : at + count])
                    at += count
                for number in drawn.permutation(len(batches)):
                    yield batches[number]

    def batch(self, numbers: npt.NDArray[np.int64]) -> Batch:
        """The examples of these numbers side by side, each as long as the longest."""
        longest = int(self.lengths[numbers].max())
        pieces = np.full((len(numbers), longest), self.pad, dtype=np.int32)
        labels = np.full((len(_LAYERS), len(numbers), longest), _UNTOLD, dtype=np.uint8)
        spans = [self.bounds[number : number + 2] for number in numbers]
        taught = [row for row, (start, end) in enumerate(spans) if end[2] > start[2]]
        teaching = np.full((len(taught), max((int(spans[row][1][2] - spans[row][0][2]) + 2 for row in taught), default=0)), self.pad, dtype=np.int32)
        for row, (start, end) in enumerate(spans):
            length = int(end[0] - start[0])
            pieces[row, : length + 2] = [self.begin, *self.arrays["pieces"][start[0] : end[0]], self.end]
            sizes = self.arrays["sizes"][start[1] : end[1]].astype(np.int64)
            labels[:, row, 1 + np.cumsum(sizes) - sizes] = self.labels[:, start[1] : end[1]]
        for number, row in enumerate(taught):
            start, end = spans[row]
            whole = self.arrays["taught"][start[2] : end[2]]
            teaching[number, : len(whole) + 2] = [self.begin, *whole, self.end]
        told = tuple(bool((one != _UNTOLD).any()) for one in labels)
        return Batch(pieces, labels, told, np.array(taught, dtype=np.int64), teaching)


@dataclass(frozen=True, slots=True)
class Batch:
    """`pieces` (batch, length); `labels` (layers, batch, length); `told` per layer; the `taught` rows and the pieces that teach their vector."""

    pieces: npt.NDArray[np.int32]
    labels: npt.NDArray[np.uint8]
    told: tuple[bool, ...]
    taught: npt.NDArray[np.int64]
    teaching: npt.NDArray[np.int32]


_pack: Pack | None = None


def _made(numbers: npt.NDArray[np.int64]) -> Batch:
    assert _pack is not None
    return _pack.batch(numbers)


def prepared(pack: Pack, seed: int, size: int, workers: int) -> Iterator[Batch]:
    """All batches in their order, made by other processes ahead of need."""
    global _pack
    _pack = pack
    numbers = pack.batches(seed, size)
    if workers < 1:
        yield from map(pack.batch, numbers)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        waiting = deque(pool.submit(_made, next(numbers)) for _ in range(workers * 3))
        while True:
            done = waiting.popleft()
            waiting.append(pool.submit(_made, next(numbers)))
            yield done.result()


def _floats(name: str, raw: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    return _unpacked(raw.reshape(-1, 18)).reshape(-1) if name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w", ".fo.w")) else raw.view(np.float32).copy()


def _unpacked(blocks: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    return (np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8) * scale


class Lesson:
    """A reader that learns from a pack, step by step."""

    def __init__(self, pack: Pack, *, device: str, seed: int, size: int, workers: int) -> None:
        torch.manual_seed(seed)
        self.pack, self.device = pack, device
        encoder, table = pack.encoder()
        self.teacher, _ = pack.encoder()
        self.teacher.to(device).eval()
        self.reader = Reader(encoder, table.shape[1], _LAYERS).to(device).train()
        self.table = table.to(device)
        heads = [weight for name, weight in self.reader.named_parameters() if not name.startswith("encoder.")]
        groups = [{"params": list(encoder.parameters()), "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=device == "cuda")
        self.rates = (_RATE, _HEAD_RATE)
        self.batches = prepared(pack, seed, size, workers)

    def step(self, share: float) -> Tensor:
        """One step when `share` of all is done, 0 to 1; gives the loss, still on the device."""
        rate = min(1.0, share / _WARM) * 0.5 * (1 + math.cos(math.pi * share))
        for group, full in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = full * max(rate, 1e-3) if share < 1 else 0.0
        batch = next(self.batches)
        pieces, labels, teaching, taught = (torch.from_numpy(one).to(self.device).long() for one in (batch.pieces, batch.labels, batch.teaching, batch.taught))
        present = (pieces != self.pack.pad).long()
        with torch.autocast(self.device, torch.bfloat16):
            scores, vector = self.reader(self.table[pieces], present)
            loss = scores.new_zeros((), dtype=torch.float32)
            for weight, told, label, given in zip(_WEIGHTS.values(), batch.told, labels, scores.split(list(_LAYERS.values()), -1), strict=True):
                if told:
                    loss = loss + weight * functional.cross_entropy(given.float().flatten(0, 1), label.flatten(), ignore_index=_UNTOLD)
            if len(batch.taught):
                heard = (teaching != self.pack.pad).long()
                with torch.no_grad():
                    aim = pooled(self.teacher(self.table[teaching], heard).float(), heard)
                mine = vector[taught].float()
                loss = loss + _VECTOR * ((1 - (mine * aim).sum(-1)).mean() * 10 + functional.mse_loss(mine @ mine.T, aim @ aim.T) * 20)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.reader.parameters(), 1.0)
        self.optimiser.step()
        return loss.detach()


def learnt(lesson: Lesson, steps: int | None, minutes: float) -> dict[str, Any]:
    """Take all steps; gives what the log says of them."""
    begun = time.monotonic()
    if steps is None:
        for _ in range(_MEASURED):
            lesson.step(0.0)
        float(lesson.step(0.0))
        spent = time.monotonic() - begun
        lap = time.monotonic()
        for _ in range(_MEASURED):
            lesson.step(0.0)
        float(lesson.step(0.0))
        steps = int((minutes * 60 - spent) / ((time.monotonic() - lap) / (_MEASURED + 1)) * 0.97)
        print(f"{steps} steps of {(time.monotonic() - lap) / (_MEASURED + 1) * 1000:.1f} ms", flush=True)
    losses = []
    total = 0.0
    for number in range(steps):
        loss = lesson.step(number / steps)
        if number % _REPORTED == 0:
            total = float(loss)
            losses.append(round(total, 4))
            if number % (_REPORTED * 10) == 0:
                print(f"step {number} loss {total:.3f} {time.monotonic() - begun:.0f} s", flush=True)
    return {"steps": steps, "seconds": round(time.monotonic() - begun), "losses": losses, "device": lesson.device, "torch": torch.__version__}


def main() -> None:
    """Learn and leave the weights and the log."""
    parser = argparse.ArgumentParser(prog="python -m training.fit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--size", type=int, help="pieces in a batch: 16,000 on a GPU, 1,200 on a processor where left out")
    options = parser.parse_args()
    if options.device == "cpu":
        torch.set_num_threads(1)
    size = options.size or (16_000 if options.device == "cuda" else 1_200)
    pack = Pack(options.pack)
    workers = max((os.cpu_count() or 1) - 2, 1) if options.device == "cuda" else 0
    lesson = Lesson(pack, device=options.device, seed=options.seed, size=size, workers=workers)
    log = learnt(lesson, options.steps, options.minutes) | {"seed": options.seed, "size": size, "data": pack.log}
    weights = {name: value.detach().float().cpu().numpy().astype(np.float16) for name, value in lesson.reader.state_dict().items()}
    options.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.output, **weights)
    options.output.with_suffix(".json").write_text(json.dumps(log, indent=1), encoding="utf-8")
    print(f"{options.output}: {log['steps']} steps in {log['seconds']} s")


if __name__ == "__main__":
    main()
