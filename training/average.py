"""The mean of the weights of several readers learnt from one start: better than each of them on text that none has seen.

    python -m training.average A.npz B.npz … -o build/training/weights.npz [--shares 1 1 …]

Wortsman et al., "Model soups", 2022. Each reader has made its own errors on what it learnt; the mean keeps what they agree on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np


def main() -> None:
    """Average the files and keep their logs together."""
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--shares", type=float, nargs="*", help="how much each counts; alike where left out")
    options = parser.parse_args()
    shares = options.shares or [1.0] * len(options.weights)
    if len(shares) != len(options.weights):
        parser.error("give one share for each file of weights")
    opened = [np.load(path) for path in options.weights]
    mean = {}
    for name in opened[0].files:
        total = sum(share * one[name].astype(np.float32) for share, one in zip(shares, opened, strict=True))
        mean[name] = (np.asarray(total) / sum(shares)).astype(np.float16)
    np.savez(options.output, **mean)
    logs = [json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in options.weights if path.with_suffix(".json").is_file()]
    options.output.with_suffix(".json").write_text(json.dumps({"shares": shares, "runs": logs}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
