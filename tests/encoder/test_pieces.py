import numpy as np
import pytest

pytest.importorskip("dragoman_encoder", reason="the encoder is not installed")

from dragoman_encoder.decode import decoded
from dragoman_encoder.layers import LAYERS, coded, labels, spans
from dragoman_encoder.pieces import words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ankara'da görüştü.", ["Ankara", "'", "da", "görüştü", "."]),
        ("قال وزيرُ الخارجيّة: «نعم»", ["قال", "وزيرُ", "الخارجيّة", ":", "«", "نعم", "»"]),
        ("土耳其外长费丹", ["土", "耳", "其", "外", "长", "费", "丹"]),
        ("İstanbul 12,5", ["İstanbul", "12", ",", "5"]),
        ("", []),
    ],
)
def test_words_of_many_scripts(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_spans_and_labels_are_two_ways_to_say_one_thing() -> None:
    given = [(0, 2, "PER"), (2, 3, "PER"), (5, 6, "LOC")]
    assert spans("name", coded("name", 7, given)) == given


def test_an_inside_label_never_follows_another_class() -> None:
    order = {label: number for number, label in enumerate(labels("name"))}
    scores = np.zeros((2, len(order)), dtype=np.float32)
    scores[0, order["B-PER"]] = 5
    scores[1, order["I-LOC"]] = 5
    scores[1, order["I-PER"]] = 4
    assert [(first, last, name) for first, last, name, _ in decoded("name", scores)] == [(0, 2, "PER")]


def test_every_layer_has_an_outside_label_first() -> None:
    assert all(labels(layer)[0] == "O" for layer in LAYERS)
