"""What the heads tell of each word: one label a layer, in the B-I-O scheme; the layers are independent and may lie over each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

EVENTS = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
          "MOBILIZE", "COERCE", "ASSAULT")  # fmt: skip
# name: CoNLL's classes; office: a title with its state; date: a time expression; event: trigger words by PLOVER type; said: what was said, in whose
# words; cue: the reporting verb and the words that name the speaker.
LAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"name": ("PER", "ORG", "LOC"), "office": ("OFFICE",), "date": ("DATE",), "event": EVENTS, "said": ("direct", "indirect"), "cue": ("CUE", "SPEAKER")}
)


def labels(layer: str) -> tuple[str, ...]:
    """All labels of a layer in the order of the head's outputs: labels("office") == ("O", "B-OFFICE", "I-OFFICE")."""
    return ("O", *(f"{mark}-{name}" for name in LAYERS[layer] for mark in "BI"))


def coded(layer: str, count: int, spans: Sequence[tuple[int, int, str]]) -> list[int]:
    """The label number of each of `count` words, from spans of words (first, last, name)."""
    order = {label: number for number, label in enumerate(labels(layer))}
    found = [0] * count
    for first, last, name in spans:
        found[first:last] = [order[f"I-{name}"]] * (last - first)
        found[first] = order[f"B-{name}"]
    return found


def spans(layer: str, numbers: Sequence[int]) -> list[tuple[int, int, str]]:
    """Spans of words (first, last, name) from label numbers; an I that goes on with nothing begins a span, as CoNLL's scorer has it."""
    names = labels(layer)
    found: list[tuple[int, int, str]] = []
    for index, number in enumerate(numbers):
        label = names[number]
        if label == "O":
            continue
        if label[0] == "I" and found and found[-1][1] == index and found[-1][2] == label[2:]:
            found[-1] = (found[-1][0], index + 1, label[2:])
        else:
            found.append((index, index + 1, label[2:]))
    return found
