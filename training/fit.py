"""Learn from a pack: the whole encoder and its heads, the learning rate to zero at the end.

    python -m training.fit build/training/pack.npz -o build/training/weights.npz --minutes 8 [--device cuda]

Steps, not minutes, are what is repeated: --minutes measures the speed first and settles the number of steps, which the log keeps; --steps
gives it. On a processor one thread a process is used, on a GPU bfloat16; the order of examples depends on its seed alone.
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

Numbers = npt.NDArray[np.int64]
_LAYERS = {"name": 7, "office": 3, "date": 3, "event": 33, "said": 5, "cue": 5}
# What a layer's loss counts: names are what everything else hangs on.
_WEIGHTS = {"name": 1.0, "office": 0.5, "date": 0.4, "event": 0.6, "said": 0.6, "cue": 0.5}
_VECTOR = 0.5
_UNTOLD = 255
_RATE, _HEAD_RATE, _WARM = 4e-4, 2e-3, 0.06
# When a third is learnt, doubtful labels are settled by what has been learnt, where it gives every word of a sentence this chance.
_SETTLED, _BELIEVED = 0.33, 0.9
_WARMING, _MEASURED = 60, 120
# Seconds that settling one example takes.
_SETTLING = 2e-4
_REPORTED = 200


class Pack:
    """The arrays of a pack, with batches of about so many pieces."""

    def __init__(self, path: Path) -> None:
        given = np.load(path)
        self.arrays: dict[str, npt.NDArray[Any]] = {name: given[name] for name in given.files}
        for name in ("pieces", "taught"):
            self.arrays[name] = self.arrays[name].astype(np.int32) + (self.arrays[f"{name}.high"].astype(np.int32) << 16)
        self.log = json.loads(self.arrays["log"].tobytes())
        self.bounds = self.arrays["bounds"].astype(np.int64)
        self.begin, self.end, self.pad = map(int, self.arrays["marks"])
        self.lengths = np.diff(self.bounds[:, 0]) + 2
        self.times = np.repeat(np.arange(len(self.lengths)), self.arrays["times"])
        sizes = self.arrays["sizes"].astype(np.int64)
        self.firsts = np.cumsum(sizes) - sizes
        self.doubtful = np.flatnonzero(self.arrays["doubtful"])
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
            order = drawn.permutation(self.times)
            chunks = np.array_split(order, max(1, int(self.lengths[order].sum() // (size * 50))))
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
        starts, ends = self.bounds[numbers], self.bounds[numbers + 1]
        longest = int(self.lengths[numbers].max())
        pieces = np.full((len(numbers), longest), self.pad, dtype=np.int32)
        pieces[:, 0] = self.begin
        rows, columns, flat = _scattered(starts[:, 0], ends[:, 0])
        pieces[rows, columns + 1] = self.arrays["pieces"][flat]
        pieces[np.arange(len(numbers)), ends[:, 0] - starts[:, 0] + 1] = self.end
        labels = np.full((len(_LAYERS), len(numbers), longest), _UNTOLD, dtype=np.uint8)
        rows, _, flat = _scattered(starts[:, 1], ends[:, 1])
        labels[:, rows, 1 + self.firsts[flat] - starts[rows, 0]] = self.labels[:, flat]
        taught = np.flatnonzero(ends[:, 2] > starts[:, 2])
        first, last = starts[taught, 2], ends[taught, 2]
        teaching = np.full((len(taught), int((last - first).max(initial=-2)) + 2), self.pad, dtype=np.int32)
        if len(taught):
            teaching[:, 0] = self.begin
            rows, columns, flat = _scattered(first, last)
            teaching[rows, columns + 1] = self.arrays["taught"][flat]
            teaching[np.arange(len(taught)), last - first + 1] = self.end
        told = tuple(bool((one != _UNTOLD).any()) for one in labels)
        return Batch(pieces, labels, told, taught, teaching)


def _scattered(starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """For ranges of a flat array: the row and column of every item, and its place."""
    lengths = ends - starts
    rows = np.repeat(np.arange(len(starts)), lengths)
    columns = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return rows, columns, np.repeat(starts, lengths) + columns


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
    if _pack is None:
        raise RuntimeError("the processes that make batches are begun by prepared()")
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

    def __init__(self, pack: Pack, *, device: str, seed: int, order: int, size: int, workers: int, rate: float = _RATE) -> None:
        torch.manual_seed(seed)
        self.pack, self.device = pack, device
        encoder, table = pack.encoder()
        self.teacher, _ = pack.encoder()
        self.teacher.to(device).eval()
        self.reader = Reader(encoder, table.shape[1], _LAYERS).to(device).train()
        self.table = table.to(device)
        heads = [weight for name, weight in self.reader.named_parameters() if not name.startswith("encoder.")]
        groups = [{"params": list(encoder.parameters()), "lr": rate}, {"params": heads, "lr": _HEAD_RATE}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=device == "cuda")
        self.rates = (rate, _HEAD_RATE * rate / _RATE)
        torch.manual_seed(order)  # heads begin alike in all runs of a seed, or their mean would be of no use
        self.order, self.size, self.workers = order, size, workers
        self.batches = prepared(pack, order, size, workers)

    def go_on_from(self, path: Path) -> None:
        """Take over weights that were learnt before."""
        given = np.load(path)
        self.reader.load_state_dict({name: torch.from_numpy(given[name].astype(np.float32)) for name in given.files})

    def _moved(self, array: npt.NDArray[Any]) -> Tensor:
        given = torch.from_numpy(array)
        return given.pin_memory().to(self.device, non_blocking=True) if self.device == "cuda" else given

    @torch.inference_mode()
    def believe(self) -> dict[str, int]:
        """Settle the doubtful labels of names: kept where the reader sees the same, the reader's where it is sure of each word, else untold.

        Most errors of projected labels are of one sentence in one language, which the reader has not learnt to repeat.
        """
        counts = {"same": 0, "reader": 0, "untold": 0}
        self.reader.eval()
        order = self.pack.doubtful[np.argsort(self.pack.lengths[self.pack.doubtful], kind="stable")]
        for at in range(0, len(order), 128):
            numbers = order[at : at + 128]
            batch = self.pack.batch(numbers)
            pieces = torch.from_numpy(batch.pieces).to(self.device).long()
            with torch.autocast(self.device, torch.bfloat16):
                scores, _ = self.reader(self.table[pieces], (pieces != self.pack.pad).long())
            chances, seen = (one.cpu().numpy() for one in scores[..., : _LAYERS["name"]].float().softmax(-1).max(-1))
            for row, number in enumerate(numbers):
                start, end = self.pack.bounds[number], self.pack.bounds[number + 1]
                places = 1 + self.pack.firsts[start[1] : end[1]] - start[0]
                given = self.pack.labels[0, start[1] : end[1]]
                read = seen[row, places].astype(np.uint8)
                if (given == read).all():
                    counts["same"] += 1
                elif (chances[row, places] >= _BELIEVED).all():
                    given[:] = read
                    counts["reader"] += 1
                else:
                    given[:] = _UNTOLD
                    counts["untold"] += 1
        self.reader.train()
        self.batches = prepared(self.pack, self.order + 1, self.size, self.workers)
        return counts

    def step(self, share: float) -> Tensor:
        """One step when `share` of all is done, 0 to 1; gives the loss, still on the device."""
        rate = min(1.0, share / _WARM) * 0.5 * (1 + math.cos(math.pi * share))
        for group, full in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = full * max(rate, 1e-3) if share < 1 else 0.0
        batch = next(self.batches)
        pieces, labels, teaching, taught = (self._moved(one).long() for one in (batch.pieces, batch.labels, batch.teaching, batch.taught))
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


def learnt(lesson: Lesson, steps: int | None, minutes: float, *, settled: float) -> dict[str, Any]:
    """Take all steps; gives what the log says of them."""
    begun = time.monotonic()
    if steps is None:
        for _ in range(_WARMING):  # the first steps wait for the processes that make batches
            lesson.step(0.0)
        float(lesson.step(0.0))
        lap = time.monotonic()
        for _ in range(_MEASURED):
            lesson.step(0.0)
        float(lesson.step(0.0))
        pace = (time.monotonic() - lap) / (_MEASURED + 1)
        steps = int((minutes * 60 - (time.monotonic() - begun) - _SETTLING * len(lesson.pack.doubtful)) / pace * 0.97)
        print(f"{steps} steps of {pace * 1000:.1f} ms", flush=True)
    losses = []
    total = 0.0
    believed: dict[str, int] = {}
    for number in range(steps):
        if number == int(steps * settled):
            believed = lesson.believe()
            print(f"step {number}: doubtful labels {believed}", flush=True)
        loss = lesson.step(number / steps)
        if number % _REPORTED == 0:
            total = float(loss)
            losses.append(round(total, 4))
            if number % (_REPORTED * 10) == 0:
                print(f"step {number} loss {total:.3f} {time.monotonic() - begun:.0f} s", flush=True)
    return {
        "steps": steps,
        "seconds": round(time.monotonic() - begun),
        "losses": losses,
        "doubtful": believed,
        "device": lesson.device,
        "torch": torch.__version__,
    }


def main() -> None:
    """Learn and leave the weights and the log."""
    parser = argparse.ArgumentParser(prog="python -m training.fit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=7, help="where the heads begin: runs that are to be averaged share it")
    parser.add_argument("--order", type=int, help="seed of the order of examples; the first where left out")
    parser.add_argument("--rate", type=float, default=_RATE, help="learning rate of the encoder at its highest")
    parser.add_argument("--start", type=Path, help="weights to go on from; doubtful labels are then settled at once")
    parser.add_argument("--workers", type=int, help="processes that make batches")
    parser.add_argument("--size", type=int, help="pieces in a batch: 32,000 on a GPU, 1,200 on a processor where left out")
    options = parser.parse_args()
    if options.device == "cpu":
        torch.set_num_threads(1)
    size = options.size or (32_000 if options.device == "cuda" else 1_200)
    pack = Pack(options.pack)
    spare = max((os.cpu_count() or 1) - 2, 1) if options.device == "cuda" else 0
    workers = spare if options.workers is None else options.workers
    order = options.seed if options.order is None else options.order
    lesson = Lesson(pack, device=options.device, seed=options.seed, order=order, size=size, workers=workers, rate=options.rate)
    if options.start:
        lesson.go_on_from(options.start)
    log = learnt(lesson, options.steps, options.minutes, settled=0.0 if options.start else _SETTLED) | {
        "seed": options.seed,
        "order": order,
        "start": str(options.start or ""),
        "rate": options.rate,
        "size": size,
        "data": pack.log,
    }
    weights = {name: value.detach().float().cpu().numpy().astype(np.float16) for name, value in lesson.reader.state_dict().items()}
    options.output.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.output, **weights)
    options.output.with_suffix(".json").write_text(json.dumps(log, indent=1), encoding="utf-8")
    print(f"{options.output}: {log['steps']} steps in {log['seconds']} s")


if __name__ == "__main__":
    main()
