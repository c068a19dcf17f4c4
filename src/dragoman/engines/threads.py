"""One thread a process: the libraries that compute would otherwise each take every core, and sums could differ in their last digit."""

from __future__ import annotations

import os

VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS")


def one_thread_a_process() -> None:
    """Say so to this process and those it starts; to be called before numpy is imported. What the user has set stays."""
    for variable in VARIABLES:
        os.environ.setdefault(variable, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
