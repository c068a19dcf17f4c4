"""The shipped encoder: opened with its checksums, the same every time, in any company."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("dragoman_encoder", reason="the encoder is not installed")

from dragoman_encoder.e5file import WeightsError
from dragoman_encoder.encoder import WEIGHTS, Encoder, open_encoder
from dragoman_encoder.pieces import words

TEXTS = (
    "Norwegian Foreign Minister Lars Dahl met Kenyan President Grace Odhiambo in Oslo on Thursday.",
    "التقى وزير الخارجية النرويجي لارس دال رئيسة كينيا غريس أوديامبو في أوسلو.",
    "Norveç Dışişleri Bakanı Lars Dahl, Oslo'da Kenya Cumhurbaşkanı Grace Odhiambo ile görüştü.",
    "挪威外交大臣拉尔斯·达尔在奥斯陆会见了肯尼亚总统。",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


def windows(texts: tuple[str, ...]) -> list[list[str]]:
    return [[text[start:end] for start, end in words(text)] for text in texts]


def names(encoder: Encoder, text: str) -> set[tuple[str, str]]:
    spans = words(text)
    return {(text[spans[one.first][0] : spans[one.last - 1][1]], one.name) for one in encoder.labels(windows((text,)), ("name",))[0]}


def test_it_sees_persons_and_places_in_several_scripts(encoder: Encoder) -> None:
    assert {("Lars Dahl", "PER"), ("Grace Odhiambo", "PER"), ("Oslo", "LOC")} <= names(encoder, TEXTS[0])
    assert {("لارس دال", "PER"), ("أوسلو", "LOC")} <= names(encoder, TEXTS[1])
    assert {("Lars Dahl", "PER"), ("Grace Odhiambo", "PER"), ("Oslo", "LOC")} <= names(encoder, TEXTS[2])


def test_the_same_windows_give_the_same_labels(encoder: Encoder) -> None:
    assert encoder.labels(windows(TEXTS)) == encoder.labels(windows(TEXTS))


def test_nothing_and_very_long_windows_are_read_too(encoder: Encoder) -> None:
    assert encoder.labels([]) == []
    assert encoder.labels([[]]) == [[]]
    assert len(encoder.labels([["word"] * 5_000])) == 1


def test_vectors_have_length_one_and_translations_are_near(encoder: Encoder) -> None:
    vectors = encoder.vectors(windows(TEXTS))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    other = encoder.vectors(windows(("The harvest of olives was poor in the south this year.",)))[0]
    assert vectors[0] @ vectors[2] > vectors[0] @ other


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    with (folder / manifest["graph"]["file"]).open("ab") as graph:
        graph.write(b"\0")
    with pytest.raises(WeightsError, match="checksum"):
        open_encoder(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="manifest"):
        open_encoder(tmp_path)


def test_it_is_small(encoder: Encoder) -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 30_000_000


def test_vectors_that_come_with_labels_are_those_of_windows_alone(encoder: Encoder) -> None:
    together = windows((*TEXTS, TEXTS[0] + " " + TEXTS[2]))
    found, vectors = encoder.seen(together, {0, 2})
    assert sorted(vectors) == [0, 2]
    for number, vector in vectors.items():
        assert np.array_equal(vector, encoder.vectors([together[number]])[0])
    # Another company of a window changes the last bits of its scores, and no label.
    assert [[(one.first, one.last, one.name) for one in labels] for labels in found] == [
        [(one.first, one.last, one.name) for one in labels] for labels in encoder.labels(together)
    ]
