"""Fixed statistics that likeness leans on, shipped with the program: where vectors of a language lie at rest, and which facts are in every report.

They never change as articles come, so that two articles are as alike tomorrow as they are today.
"""

from __future__ import annotations

import base64
import math
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from dragoman.linking.names import keys as name_keys

Rows = npt.NDArray[np.float32]

WIDTHS = {"use": 512, "e5": 384}
# Rows unpacked lately: each is compared with many others.
_REMEMBERED = 1_024
_STEPS, _MOST = 512, 127
_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_VALUES = np.zeros(256, dtype=np.int64)
_VALUES[np.frombuffer(_ALPHABET, dtype=np.uint8)] = np.arange(len(_ALPHABET))
_POWERS = len(_ALPHABET) ** np.arange(4, -1, -1, dtype=np.int64)
# A language of which nothing was measured is taken for one of the weaker.
_UNKNOWN = 0.7


@lru_cache(maxsize=1)
def _middles() -> dict[str, Rows]:
    """Space and language ('e5.fr') to the middle of its vectors."""
    with (files("dragoman.linking") / "background.npz").open("rb") as opened, np.load(opened) as found:
        return {name: found[name].astype(np.float32) for name in found.files}


def centred(space: str, language: str, numbers: Sequence[float]) -> Rows:
    """Vectors of length 1 from a signature's numbers, shape (n, width), taken from the middle of their language.

    Sentences of one language share a direction that says which language it is; without it those of two languages can be compared.
    """
    rows = np.asarray(numbers, dtype=np.float32).reshape(-1, WIDTHS[space])
    return _unit(_unit(rows) - middle(space, language))


@lru_cache(maxsize=256)
def middle(space: str, language: str) -> Rows:
    """Where the vectors of a language lie at rest; of a language that was not measured, those of all languages."""
    known = _middles()
    return known.get(f"{space}.{language}", known[space])


@lru_cache(maxsize=1)
def _common() -> tuple[float, dict[str, float], dict[str, float]]:
    """The reports that were counted; words of names to how many have them; and so the consonants of those words."""
    table = tomllib.loads((files("dragoman.linking") / "background.toml").read_text(encoding="utf-8"))
    words = {word: float(count) for count, listed in table["words"].items() for word in listed.split()}
    consonants: dict[str, float] = {}
    for word, count in words.items():
        for key in name_keys(word):
            consonants[key] = max(count, consonants.get(key, 0.0))
    return float(table["reports"]), words, consonants


@lru_cache(maxsize=50_000)
def rarity(word: str) -> float:
    """How much a word of a name tells of which news it is in, 0 to 1: the logarithm of how few reports have it, 1 for one in a thousand and fewer."""
    reports, words, _ = _common()
    return _weight(reports, words.get(word, 1.0))


@lru_cache(maxsize=50_000)
def rarity_of_consonants(key: str) -> float:
    """The same of what is left of a name across scripts; of two consonants there is little left."""
    reports, _, consonants = _common()
    return _weight(reports, consonants.get(key, 1.0)) * min(1.0, len(key) / 4)


def _weight(reports: float, count: float) -> float:
    return min(1.0, math.log(reports / count) / math.log(reports))


def packed(rows: Rows) -> str:
    """Vectors of length 1 as text: a byte a number, in base 85."""
    return base64.b85encode(np.clip(np.rint(rows * _STEPS), -_MOST, _MOST).astype(np.int8).tobytes()).decode("ascii")


@lru_cache(maxsize=_REMEMBERED)
def unpacked(text: str, width: int) -> Rows:
    """What `packed` packed, of length 1 again."""
    return _unit(np.frombuffer(from_base85(text), dtype=np.int8).astype(np.float32).reshape(-1, width))


def from_base85(text: str) -> bytes:
    """What `base64.b85encode` made of bytes whose number is a multiple of four: the standard library decodes in Python, which costs fifty times as much."""
    digits = _VALUES[np.frombuffer(text.encode("ascii"), dtype=np.uint8)].reshape(-1, len(_POWERS))
    return (digits @ _POWERS).astype(">u4").tobytes()


def _unit(rows: Rows) -> Rows:
    result: Rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return result


def hold(language: str) -> float:
    """How much of a sentence's meaning the space 'e5' holds in a language, beside English: 1 in French, 0.66 in Sorani.

    From the cosines of some sixty sentences with their translations (catalogues of Django, BSD), taken from the middle of each language.
    """
    known = _middles().get(f"hold.{language}")
    return float(known) if known is not None else _UNKNOWN


def planes(space: str, rows: Rows, count: int, times: int) -> tuple[int, ...]:
    """On which side of `count` fixed random planes the first vector lies, as a number, and so `times` times with other planes (Charikar 2002)."""
    sides = (_normals(space, count, times) @ rows[0] > 0).reshape(times, count)
    return tuple(int("".join("1" if side else "0" for side in row), 2) for row in sides)


@lru_cache(maxsize=8)
def _normals(space: str, count: int, times: int) -> Rows:
    return np.random.Generator(np.random.PCG64(WIDTHS[space])).standard_normal((count * times, WIDTHS[space])).astype(np.float32)
