"""What a page is made from: the shelf, and beside it the store's own search of words, the encoders and the gazetteer, each asked only where a page wants it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.config import Config
from dragoman.model.shelf import Shelf
from dragoman.model.spans import Span
from dragoman.service.nearest import Nearest
from dragoman.service.referred import Referred
from dragoman.store.protocol import Store
from dragoman.web.whereabouts import Whereabouts

# From the record's version ('' where it does not matter) and two articles to how their sentences were aligned, and to pairs that answer each other.
Alignments = dict[tuple[str, str, str], tuple[str, tuple[tuple[Span | None, Span | None], ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One request's view of a record; `nearest`, `places`, `alignments` and `referred` are the application's, and remember."""

    shelf: Shelf
    store: Store
    config: Config
    nearest: Nearest
    places: Whereabouts
    alignments: Alignments
    referred: Referred
