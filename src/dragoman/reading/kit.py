"""What the stages work with: the settings and the models, each loaded once a worker and only when first asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.knowledge.places import Gazetteer, open_gazetteer
from dragoman.languages.fold import fold
from dragoman.languages.pack import Language
from dragoman.model.config import Config

if TYPE_CHECKING:
    import spacy.language


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings and models; stages never load a model themselves."""

    config: Config = field(default_factory=Config)
    _parsers: dict[str, Any] = field(default_factory=dict)
    _gazetteers: list[Gazetteer] = field(default_factory=list)

    def parser(self, language: Language) -> spacy.language.Language | None:
        """The first installed spaCy pipeline of the language, or None where none is installed."""
        if language.code not in self._parsers:
            self._parsers[language.code] = _load(language.parsers)
        pipeline: spacy.language.Language | None = self._parsers[language.code]
        return pipeline

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
