"""Sentence vectors that no model made: sentences that tell one thing lie near each other, as near as those of the real encoders do.

    happening · what the sentence tells · the wording ──weights──▶ direction ──beside the middle of its language──▶ vector

Weights are set so that independent reports have 0.30 to 0.48 of their sentences in common and translations 0.52 to 0.82, as the real ones
(linking/copies.py); a translation shares some of its origin's wording.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from benchmarks.simulation.outlets import Plan
from dragoman.linking.background import WIDTHS, middle
from dragoman.linking.items import Signature
from dragoman.reading.vectors import Space
from dragoman.service.signatures import LOOKED_AT, of_vectors

Rows = npt.NDArray[np.float32]
_THEME, _TOLD, _WORDS, _OWN_WORDS = 0.45, 0.75, 0.87, 0.77


@lru_cache(maxsize=4_000)
def _direction(space: Space, key: str) -> Rows:
    width = WIDTHS[space]
    row = np.random.Generator(np.random.PCG64(zlib.crc32(f"{space} {key}".encode()))).standard_normal(width).astype(np.float32)
    found: Rows = row / np.float32(np.sqrt(width))
    return found


def signature(text: str, plan: Plan, told: Sequence[str]) -> Signature:
    """The signature of a report, as that of service/signatures.py but for where its vectors come from."""
    matrices = {space: _rows(space, plan, told[: LOOKED_AT[space]]) for space in LOOKED_AT}
    return of_vectors(text, matrices)


def _rows(space: Space, plan: Plan, told: Sequence[str]) -> Rows:
    theme = _direction(space, f"theme {plan.happening.number}")
    rows = []
    for key in told:
        row = _THEME * theme + _TOLD * _direction(space, key) + _WORDS * _direction(space, f"{plan.origin} {key}")
        if plan.how == "translation":
            row = row + _OWN_WORDS * _direction(space, f"{plan.number} {key}")
        rows.append(_beside(middle(space, plan.outlet.language), row / np.linalg.norm(row)))
    return np.stack(rows)


def _beside(centre: Rows, content: Rows) -> Rows:
    """The vector of length 1 that has this direction from the middle."""
    along = float(centre @ content)
    length = -along + float(np.sqrt(max(0.0, along * along + 1.0 - float(centre @ centre))))
    found: Rows = (centre + np.float32(length) * content).astype(np.float32)
    return found
