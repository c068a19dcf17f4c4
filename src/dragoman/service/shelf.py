"""A record opened to be asked: kept composed in its store, or composed in memory as a day knew it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dragoman.model.config import Config
from dragoman.model.shelf import Shelf
from dragoman.service.composing import bring_up, is_current
from dragoman.service.kept_shelf import KeptShelf
from dragoman.service.kinds import kinds_linked
from dragoman.service.record import given_of
from dragoman.service.remembered import Remembered
from dragoman.store.protocol import Store

COMPOSING = "this record was made by an older version of dragoman; it is put in order once, which takes about a minute for each ten thousand articles"


def open_shelf(store: Store, config: Config, *, until: date | None = None, tell: Callable[[str], None] = lambda _: None) -> Shelf:
    """The shelf of a store; with `until` that of the record as the articles published by that day make it.

    What an older version has kept is composed first, once; `tell` is told so beforehand. Raises StoreError where that cannot be written.
    """
    if until is not None:
        return Remembered(store, given_of(store, config, until=until), until)
    every = kinds_linked()
    if not is_current(store):
        tell(COMPOSING)
        bring_up(store, every)
    return KeptShelf(store, every)
