"""From the scores of labels to spans: the best sequence in which every I goes on with its own kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dragoman_encoder.layers import labels, spans

Floats = npt.NDArray[np.float32]
_NEVER = -1e4
# What only the rule of sequence has brought about is nothing that was seen.
_LEAST = 0.25


def _steps(layer: str) -> Floats:
    """0 where the label of the column may follow that of the row, else very negative."""
    names = labels(layer)
    table = np.zeros((len(names), len(names)), dtype=np.float32)
    for row, before in enumerate(names):
        for column, after in enumerate(names):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[row, column] = _NEVER
    return table


_TABLES: dict[str, Floats] = {}


def decoded(layer: str, scores: Floats) -> list[tuple[int, int, str, float]]:
    """Spans of words (first, last, name, mean probability) from scores of shape (words, labels)."""
    if not len(scores):
        return []
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    chances = raised / raised.sum(-1, keepdims=True)
    if not (scores[:, 1:].max(-1) > scores[:, 0]).any():
        return []
    path = _best(layer, np.log(np.maximum(chances, 1e-9)))
    scored = ((first, last, name, round(float(chances[np.arange(first, last), path[first:last]].mean()), 4)) for first, last, name in spans(layer, path))
    return [span for span in scored if span[3] >= _LEAST]


def _best(layer: str, logs: Floats) -> list[int]:
    """Viterbi."""
    table = _TABLES.setdefault(layer, _steps(layer))
    names = labels(layer)
    state = logs[0] + np.array([_NEVER if name.startswith("I-") else 0.0 for name in names], dtype=np.float32)
    back = np.zeros(logs.shape, dtype=np.int64)
    for index in range(1, len(logs)):
        reached = state[:, None] + table
        back[index] = reached.argmax(0)
        state = reached.max(0) + logs[index]
    path = [int(state.argmax())]
    for index in range(len(logs) - 1, 0, -1):
        path.append(int(back[index, path[-1]]))
    return path[::-1]
