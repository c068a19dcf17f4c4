"""From the data in a folder to the shipped weights, step by step; a step whose result lies there already is not done again.

    python -m training --data FOLDER [--work build/training] [--minutes 240] [--output models/encoder/src/dragoman_encoder/weights]

Two readers are learnt from one start, a short one of one epoch and a long one of two and a half, and their mean is shipped.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# Shares of the time, and learning rates.
_RUNS = (("short", 0.3, "3e-4"), ("long", 0.7, "4e-4"))
_REPORTS = 110_000


def main() -> None:
    """Do all steps that are left to do."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--minutes", type=float, default=480)
    parser.add_argument("--output", type=Path, default=Path("models/encoder/src/dragoman_encoder/weights"))
    options = parser.parse_args()
    work, documents = options.work, options.data / "bench/ntrex_docs/open.jsonl"
    english, projected, reports, packed = (work / name for name in ("english.jsonl", "projected.jsonl", "worlds.jsonl", "pack.npz"))
    _step(english, "training.english", documents, "-o", english)
    _step(projected, "training.projection", documents, english, "-o", projected)
    _step(reports, "training.worlds", "--count", _REPORTS, "--seed", 11, "-o", reports)
    _step(packed, "training.pack", "-o", packed, "--names", options.data / "train/ner", "--spans", projected, reports, "--copies", 2)
    learnt = []
    for name, share, rate in _RUNS:
        learnt.append(work / f"{name}.npz")
        _step(learnt[-1], "training.fit", packed, "-o", learnt[-1], "--minutes", options.minutes * share, "--rate", rate)
    weights = work / "weights.npz"
    _step(weights, "training.average", *learnt, "-o", weights)
    _step(options.output / "encoder.int8.onnx", "training.export", weights, "-o", options.output, "--texts", projected, reports)
    _step(None, "training.measure", options.data / "bench", "--shipped", options.output)


def _step(result: Path | None, module: str, *arguments: object) -> None:
    if result is not None and result.exists():
        print(f"{result}: there already")
        return
    print(f"python -m {module}", flush=True)
    if result is not None:
        result.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True)


if __name__ == "__main__":
    main()
