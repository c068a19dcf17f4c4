"""Sentences that say nearly what some words say, in whatever language: by the vectors that are kept of the title and first sentences of every article.

The vectors are those that copies are found by. They are read once, and after that only those of articles that have come since.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from dragoman.linking.background import WIDTHS, centred
from dragoman.linking.items import Item
from dragoman.model.config import Config
from dragoman.model.reading import Reading
from dragoman.model.shelf import Shelf
from dragoman.model.spans import Span
from dragoman.reading.vectors import Space, vectors
from dragoman.service.read import kit_of
from dragoman.service.signatures import openings
from dragoman.store.protocol import Store

_KIND = "copy"
_TOGETHER = 1_000
# Titles and questions put to 58 reports in other languages: from here on were three of four reports of the story asked for, and one other for two questions.
_LEAST: dict[Space, float] = {"use": 0.40, "e5": 0.45}
# A word or two are near to little: 'fishing' has 0.41 with the one report about it and 0.22 with any other, 'water' 0.26 with its own.
_FEW, _LEAST_OF_FEW = 2, 0.25
# What has less than this of what the nearest has is not of the same thing.
_BESIDE_THE_NEAREST = 0.7
# Openings of fewer words are datelines and headings.
_FEWEST_WORDS = 3
_STEPS, _MOST = 512, 127
_LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_POWERS = np.array([85**4, 85**3, 85**2, 85, 1], dtype=np.uint32)
_ROWS = 20_000
# Words asked for whose vectors stay in memory.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """An article and its sentence that is nearest: characters start:end (0:0 for a title that is not in the text); `score` is 1 at the least that counts."""

    article: str
    start: int
    end: int
    sentence: str
    score: float


@dataclass(slots=True)
class _Side:
    """All sentences of one space: `rows` whole numbers of shape (sentences, width), and of each its length, its article and its place among the openings."""

    rows: npt.NDArray[np.int8]
    lengths: npt.NDArray[np.float32]
    articles: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


class Nearest:
    """The vectors of one record, remembered; any number of threads may ask."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store, self._config = store, config
        self._sides: dict[Space, _Side] = {
            space: _Side(np.zeros((0, width), dtype=np.int8), np.zeros(0, dtype=np.float32)) for space, width in _widths().items()
        }  # fmt: skip
        self._asked: dict[tuple[Space, str], npt.NDArray[np.float32]] = {}
        self._seen: set[str] = set()
        self._version: str | None = None
        self._lock = threading.Lock()

    def __call__(self, shelf: Shelf, words: str, language: str, *, limit: int = 20) -> tuple[Near, ...]:
        """The articles with a sentence near to these words, the nearest first; `language` is that of the words. Nothing where no encoder is installed."""
        with self._lock:
            self._renew(shelf.version())
            best = self._best(words, language)
        ranked = sorted(best.items(), key=lambda found: (-found[1][0], found[0]))
        least = ranked[0][1][0] * _BESIDE_THE_NEAREST if ranked else 0.0
        found = (self._shown(shelf, article, place, score) for article, (score, place) in ranked[: 2 * limit] if score >= least)
        return tuple(islice((one for one in found if one is not None), limit))

    def _renew(self, version: str) -> None:
        """Read what has come since; an article that has gone stays until the program ends, and is passed over when it is shown."""
        if version == self._version:
            return
        new = sorted({item for group in self._store.groups(_KIND) for item in group} - self._seen)
        for start in range(0, len(new), _TOGETHER):
            part = self._store.items(new[start : start + _TOGETHER])
            where = {one.item: one.article for one in self._store.occurrences(items=[item.id for item in part])}
            for space in _widths():
                self._take([(where[item.id], str(item.facts[space])) for item in part if item.id in where and _space(item) == space], space)
            self._seen.update(item.id for item in part)
        self._version = version

    def _take(self, packed: Sequence[tuple[str, str]], space: Space) -> None:
        if not packed:
            return
        side, width = self._sides[space], WIDTHS[space]
        blocks = [unpacked(text, width) for _, text in packed]
        side.rows = np.concatenate([side.rows, *blocks])
        lengths = [np.maximum(np.linalg.norm(block.astype(np.float32), axis=1), np.float32(1e-9)) for block in blocks]
        side.lengths = np.concatenate([side.lengths, *lengths])
        for (article, _), block in zip(packed, blocks, strict=True):
            side.articles += [article] * len(block)
            side.places += range(len(block))

    def _best(self, words: str, language: str) -> dict[str, tuple[float, int]]:
        """From article to the score of its nearest sentence and that sentence's place."""
        best: dict[str, tuple[float, int]] = {}
        few = len(words.split()) <= _FEW
        for space, side in self._sides.items():
            if not len(side.rows):
                continue
            vector = self._vector(words, space)
            if vector is None:
                continue
            needed = _LEAST_OF_FEW if few else _LEAST[space]
            asked = centred(space, language, [float(number) for number in np.clip(np.rint(vector * _STEPS), -_MOST, _MOST)])[0]
            for start in range(0, len(side.rows), _ROWS):
                rows = side.rows[start : start + _ROWS].astype(np.float32)
                scores = rows @ asked / side.lengths[start : start + _ROWS]
                for place in np.flatnonzero(scores >= needed):
                    score, at = float(scores[place]) / needed, start + int(place)
                    if score > best.get(side.articles[at], (0.0, 0))[0]:
                        best[side.articles[at]] = (round(score, 4), side.places[at])
        return best

    def _vector(self, words: str, space: Space) -> npt.NDArray[np.float32] | None:
        """The vector of what is asked, remembered; None where the space's encoder is not installed."""
        if (space, words) not in self._asked:
            try:
                found: npt.NDArray[np.float32] = vectors([words], space, kit_of(self._config)).matrix[0]
            except LookupError:
                return None
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            self._asked[space, words] = found
        return self._asked[space, words]

    def _shown(self, shelf: Shelf, article: str, place: int, score: float) -> Near | None:
        reading = shelf.reading(article)
        if reading is None:
            return None
        said = openings(reading.article, reading)
        if place >= len(said) or sum(any(letter.isalpha() for letter in word) for word in said[place].split()) < _FEWEST_WORDS:
            return None
        span = _span(reading, said[place])
        sentence = reading.article.text[span.start : span.end] if span.end else said[place]
        return Near(article=article, start=span.start, end=span.end, sentence=sentence, score=score)


def _widths() -> dict[Space, int]:
    return {"use": WIDTHS["use"], "e5": WIDTHS["e5"]}


def _space(item: Item) -> Space | None:
    """The better space that an item is in."""
    return "use" if item.facts.get("use") else "e5" if item.facts.get("e5") else None


def _span(reading: Reading, opening: str) -> Span:
    """Where an opening stands: signatures keep it on one line and cut to its first words."""
    text = reading.article.text
    inside = (span for span in reading.sentences if " ".join(text[span.start : span.end].split()).startswith(opening))
    return next(inside, Span(0, 0))


def unpacked(text: str, width: int) -> npt.NDArray[np.int8]:
    """What linking packed in base 85, without a loop over its letters; shape (n, width)."""
    values = np.zeros(256, dtype=np.uint32)
    values[list(_LETTERS)] = np.arange(85, dtype=np.uint32)
    letters = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    words = (values[letters].reshape(-1, 5) * _POWERS).sum(axis=1, dtype=np.uint32)
    found: npt.NDArray[np.int8] = words.astype(">u4").view(np.int8)[: len(letters) // 5 * 4].reshape(-1, width)
    return found
