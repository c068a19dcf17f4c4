"""What is derived, made anew: articles that an older version read are read again, and everything is linked and composed afresh.

kept articles ──read, a few at a time──▶ a file beside ──┐  (as long as it takes; others may read and write meanwhile)
                                                         ▼
                 one transaction: forget what is derived ▸ keep and link all of it

With `Texts` the texts too are taken anew, from the bytes that articles came in (service/rebuilding_texts.py); an article whose text is another then has
another id, and corrections go with the words they are about.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain
from typing import IO

from dragoman.engines.here import Here
from dragoman.linking.items import Item, Occurrence, Signature
from dragoman.model.codec import dumps, loads
from dragoman.model.config import Config
from dragoman.model.errors import DragomanError
from dragoman.model.reading import Article, Reading
from dragoman.service.ahead import Ahead
from dragoman.service.comparing import comparing
from dragoman.service.ingest import Fresh, is_read_by, keep, kept_by, read_fresh, sign
from dragoman.service.kinds import kinds
from dragoman.service.neighbourhood import batches
from dragoman.service.read import Engine, Given, kit_of, unread
from dragoman.service.rebuilding_texts import Texts, moved, named_in, taken_anew
from dragoman.sources.arrival import Arrival
from dragoman.store.protocol import Store
from dragoman.store.replacing import move_correction, put_in, take_out

# Articles that are kept and linked at a time; in a rebuild, with processes that compare, so many that there is work for all of them.
_TOGETHER, _SPREAD = 16, 256
# Articles that are read at a time: with many processes, few must not wait for the last of a few.
_READ_TOGETHER = 128


class Which(Enum):
    """Which articles are read again: those read by an older version, or all."""

    OLDER = "older"
    ALL = "all"


def rebuild(store: Store, engine: Engine, config: Config, which: Which = Which.OLDER, texts: Texts | None = None) -> Iterator[str]:
    """Derive everything anew from the kept articles and corrections; gives the name of each article when it is done.

    With `texts` articles are taken anew from their bytes first, and what became of them is noted there. Interrupted, the record is as it was before.
    Raises StoreError where it cannot be written.
    """
    every = kinds(kit_of(config))
    compares, together = comparing(engine, config), _TOGETHER if isinstance(engine, Here) else _SPREAD
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as spool:
        done: set[str] = set()
        while True:
            _spool(store, engine, config, which, spool, done, texts)
            names: list[str] = []
            with store.writing():
                # Another program may have added articles while these were read.
                if {article.id for article in store.articles()} <= done:
                    _move(store, spool, texts)
                    store.forget_derived()
                    for some in batches(_standing(store, spool, done, texts), together):
                        keep(store, some, every, compares)
                        names.extend(one.reading.article.name for one in some)
                    break
        yield from names


def _spool(store: Store, engine: Engine, config: Config, which: Which, spool: IO[str], done: set[str], texts: Texts | None) -> None:
    """Read what is not done yet and write it down."""
    ids = [article.id for article in store.articles() if article.id not in done]
    older = _read_by_others(store, ids) if which is Which.OLDER else set(ids)
    # With their bytes, fewer are held at once.
    for some in batches(ids, _READ_TOGETHER if texts is None else _TOGETHER):
        articles = [article for identity in some if (article := store.article(identity)) is not None]
        anew = taken_anew(store, articles, engine, config, texts) if texts is not None else {}
        again = [article for article in articles if article.id in anew]
        same = [article for article in articles if article.id not in anew]
        if again and texts is not None:
            for article, one in zip(again, read_fresh((anew[article.id] for article in again), engine, config, Given()), strict=True):
                if unread(one.reading):
                    texts.keep(article, one.reading.troubles[-1].message)
                    same.append(article)
                else:
                    spool.write(_line(one, anew=True))
        kept = {article.id: reading for article in same if article.id not in older and (reading := _kept(store, article)) is not None}
        read = chain(
            read_fresh([Arrival(article=article) for article in same if article.id not in kept], engine, config, Given()),
            sign(kept.values(), engine, config),
        )
        for one in read:
            if not unread(one.reading):
                spool.write(_line(one, anew=False))
        done.update(some)


def _move(store: Store, spool: IO[str], texts: Texts | None) -> None:
    """Let corrections go with the words of replaced articles."""
    if texts is None or not texts.replaced:
        return
    corrections = [one for one in store.corrections() if named_in(one) & texts.replaced.keys()]
    if not corrections:
        return
    named = {identity for one in corrections for identity in named_in(one) & texts.replaced.keys()}
    old = {identity: article.text for identity in named if (article := store.article(identity)) is not None}
    wanted = {texts.replaced[identity] for identity in named}
    new = {one.reading.article.id: one.reading.article.text for one, _ in _spooled(spool) if one.reading.article.id in wanted}
    for one in moved(corrections, texts, old, new):
        move_correction(store, one.id, left=one.left, right=one.right)


def _standing(store: Store, spool: IO[str], done: set[str], texts: Texts | None) -> Iterator[Fresh]:
    """All that was read, replaced articles put in the place of the old; where two articles have become one text, the first of them stands."""
    bytes_of: dict[str, str | None] = {}
    for old, new in sorted(texts.replaced.items()) if texts is not None else ():
        bytes_of.setdefault(new, take_out(store, old))
    there = done - texts.replaced.keys() if texts is not None else set()
    for one, anew in _spooled(spool):
        article = one.reading.article
        if anew:
            if article.id in there:
                continue
            there.add(article.id)
            put_in(store, article, bytes_of[article.id])
        yield one


def _kept(store: Store, article: Article) -> Reading | None:
    """The reading that is kept of an article; None where it is damaged or missing."""
    try:
        text = store.reading(article.id)
        reading = loads(text) if text is not None else None
    except DragomanError:
        return None
    return reading if reading is not None and reading.article.id == article.id else None


def _line(one: Fresh, *, anew: bool) -> str:
    made: dict[str, object] = {"anew": anew, "shingles": one.signature.shingles, "vectors": dict(one.signature.vectors)}
    if one.ahead is not None:
        made["rows"] = [(item.kind, item.id, item.keys, item.asks, item.facts, where.local) for item, where in one.ahead.rows]
    return f"{json.dumps(made)}\n{dumps(one.reading).rstrip()}\n"


def _spooled(spool: IO[str]) -> Iterator[tuple[Fresh, bool]]:
    """What was written down, and whether its article was taken anew."""
    spool.seek(0)
    while line := spool.readline():
        made = json.loads(line)
        reading = loads(spool.readline())
        vectors = {space: tuple(vector) for space, vector in made["vectors"].items()}
        rows = tuple(
            (Item(kind=kind, id=id_, keys=tuple(keys), asks=tuple(asks), facts=facts), Occurrence(item=id_, article=reading.article.id, local=local))
            for kind, id_, keys, asks, facts, local in made.get("rows", ())
        )
        ahead = Ahead(rows=rows) if "rows" in made else None
        yield Fresh(reading=reading, signature=Signature(shingles=tuple(made["shingles"]), vectors=vectors), ahead=ahead), made["anew"]


def reread(store: Store, engine: Engine, config: Config, articles: Iterable[Article] | None = None) -> Iterator[str]:
    """Read again what an older version read, link again what it linked, a few at a time, each few linked anew before the next.

    Gives the name of each article when it is done. `articles` are read again whoever read them.
    """
    every = kinds(kit_of(config))
    waiting = store.unread(kept_by()) if articles is None else articles
    for some in batches(waiting, _READ_TOGETHER):
        older = _read_by_others(store, [article.id for article in some]) if articles is None else {article.id for article in some}
        kept = {article.id: reading for article in some if article.id not in older and (reading := _kept(store, article)) is not None}
        read = list(read_fresh((Arrival(article=article) for article in some if article.id not in kept), engine, config, Given()))
        read += sign(kept.values(), engine, config, store)
        for few in batches(read, _TOGETHER):
            with store.writing():
                keep(store, (one for one in few if not unread(one.reading)), every)
                for one in few:
                    # What cannot be read any more keeps what was read of it, and is not tried again by this version.
                    if unread(one.reading) and (text := store.reading(one.reading.article.id)) is not None:
                        store.put_reading(one.reading.article.id, kept_by(), text)
            yield from (one.reading.article.name for one in few)


def _read_by_others(store: Store, ids: Sequence[str]) -> set[str]:
    """The articles without a reading by the stages of this program."""
    return set(ids) - {identity for identity, kept in store.made_by(ids).items() if is_read_by(kept)}
