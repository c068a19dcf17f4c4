"""The command `dragoman` under another clock: one that jumps an hour on, two days back, a year on; or one that is so many seconds on (FAULTS_LATER)."""

from __future__ import annotations

import itertools
import os
import time

from dragoman.cli.main import main

_JUMPS = itertools.cycle((0.0, 3_600.0, -172_800.0, 31_536_000.0))
_LOOKS = 3


def _turn() -> None:
    later = os.environ.get("FAULTS_LATER")
    true_time, looks, offset = time.time, itertools.count(), [float(later or 0.0)]

    def turned() -> float:
        if later is None and next(looks) % _LOOKS == 0:
            offset[0] = next(_JUMPS)
        return true_time() + offset[0]

    time.time = turned


if __name__ == "__main__":
    _turn()
    main()
