"""What is derived, made anew: articles that an older version read are read again, and everything is linked and composed afresh.

kept articles ──read, a few at a time──▶ a file beside ──┐  (as long as it takes; others may read and write meanwhile)
                                                         ▼
                 one transaction: forget what is derived ▸ keep and link all of it
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import partial
from itertools import chain
from typing import IO

from dragoman.engines.lost import Lost
from dragoman.linking.items import Signature
from dragoman.model.codec import dumps, loads
from dragoman.model.config import Config
from dragoman.model.errors import DragomanError
from dragoman.model.reading import Article
from dragoman.service.ingest import Fresh, keep, read_fresh, versions
from dragoman.service.kinds import kinds
from dragoman.service.neighbourhood import batches
from dragoman.service.read import Engine, Given, kit_of, unread
from dragoman.service.signatures import signature
from dragoman.sources.arrival import Arrival
from dragoman.store.protocol import Store

# Articles that are read, or kept and linked, at a time.
_TOGETHER = 16


class Which(Enum):
    """Which articles are read again: those read by an older version, or all."""

    OLDER = "older"
    ALL = "all"


def rebuild(store: Store, engine: Engine, config: Config, which: Which = Which.OLDER) -> Iterator[str]:
    """Derive everything anew from the kept articles and corrections; gives the name of each article when it is done.

    Interrupted, the record is as it was before. Raises StoreError where it cannot be written.
    """
    every = kinds(kit_of(config))
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as spool:
        done: set[str] = set()
        while True:
            _spool(store, engine, config, which, spool, done)
            names: list[str] = []
            with store.writing():
                # Another program may have added articles while these were read.
                if {article.id for article in store.articles()} <= done:
                    store.forget_derived()
                    for some in batches(_spooled(spool), _TOGETHER):
                        keep(store, some, every)
                        names.extend(one.reading.article.name for one in some)
                    break
        yield from names


def _spool(store: Store, engine: Engine, config: Config, which: Which, spool: IO[str], done: set[str]) -> None:
    """Read what is not done yet and write it down."""
    ids = [article.id for article in store.articles() if article.id not in done]
    older = {article.id for article in store.unread(versions())} if which is Which.OLDER else set(ids)
    for some in batches(ids, _TOGETHER):
        articles = [article for identity in some if (article := store.article(identity)) is not None]
        kept = {article.id: text for article in articles if article.id not in older and (text := _kept(store, article)) is not None}
        arrivals = [Arrival(article=article) for article in articles if article.id not in kept]
        signed = engine.map(partial(_signed, config=config), kept.values())
        anew = chain(
            read_fresh(arrivals, engine, config, Given()),
            (Fresh(reading=loads(one.item), signature=Signature()) if isinstance(one, Lost) else one for one in signed),
        )
        for one in anew:
            if not unread(one.reading):
                spool.write(_line(one))
        done.update(some)


def _kept(store: Store, article: Article) -> str | None:
    """The reading that is kept of an article; None where it is damaged or missing."""
    try:
        text = store.reading(article.id)
        return text if text is not None and loads(text).article.id == article.id else None
    except DragomanError:
        return None


def _signed(line: str, config: Config) -> Fresh:
    reading = loads(line)
    return Fresh(reading=reading, signature=signature(reading.article, reading, kit_of(config)))


def _line(one: Fresh) -> str:
    signed = {"shingles": one.signature.shingles, "vectors": dict(one.signature.vectors)}
    return f"{json.dumps(signed)}\n{dumps(one.reading).rstrip()}\n"


def _spooled(spool: IO[str]) -> Iterator[Fresh]:
    spool.seek(0)
    while line := spool.readline():
        signed = json.loads(line)
        vectors = {space: tuple(vector) for space, vector in signed["vectors"].items()}
        yield Fresh(reading=loads(spool.readline()), signature=Signature(shingles=tuple(signed["shingles"]), vectors=vectors))


def reread(store: Store, engine: Engine, config: Config, articles: Iterable[Article] | None = None) -> Iterator[str]:
    """Read again what an older version read, a few at a time, each few linked anew before the next; gives the name of each article when it is done."""
    every = kinds(kit_of(config))
    waiting = store.unread(versions()) if articles is None else articles
    for some in batches(waiting, _TOGETHER):
        read = list(read_fresh((Arrival(article=article) for article in some), engine, config, Given()))
        with store.writing():
            keep(store, (one for one in read if not unread(one.reading)), every)
            for one in read:
                # What cannot be read any more keeps what was read of it, and is not tried again by this version.
                if unread(one.reading) and (text := store.reading(one.reading.article.id)) is not None:
                    store.put_reading(one.reading.article.id, versions(), text)
        yield from (one.reading.article.name for one in read)
