"""What the stages work with: the settings and the models, each loaded once a worker and only when first asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.languages.pack import Language
from dragoman.model.config import Config

if TYPE_CHECKING:
    import spacy.language


@dataclass(frozen=True, slots=True)
class Kit:
    """Settings and models; stages never load a model themselves."""

    config: Config = field(default_factory=Config)
    _parsers: dict[str, Any] = field(default_factory=dict)

    def parser(self, language: Language) -> spacy.language.Language | None:
        """The first installed spaCy pipeline of the language, or None where none is installed."""
        if language.code not in self._parsers:
            self._parsers[language.code] = _load(language.parsers)
        pipeline: spacy.language.Language | None = self._parsers[language.code]
        return pipeline


def _load(names: tuple[str, ...]) -> Any:
    for name in names:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        return module.load()
    return None
