"""The use case of adding: arrivals are read where they are new, kept, and linked to what is there; a few at a time, each few whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from dragoman.engines.lost import Lost
from dragoman.linking.items import Item, Kind, Occurrence, Signature
from dragoman.model.codec import dumps
from dragoman.model.config import Config
from dragoman.model.reading import Reading
from dragoman.service.kinds import kinds
from dragoman.service.linking import link
from dragoman.service.read import Engine, Given, kit_of, lost_reading, read_arrival, unread
from dragoman.service.signatures import signature
from dragoman.sources.arrival import Arrival
from dragoman.store.protocol import Store

# Articles that are kept and linked in one transaction: what an interruption costs at most.
_TOGETHER = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one arrival: `new`, `known` (it was there already), or neither where nothing could be read of it."""

    reading: Reading | None
    name: str
    new: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A reading with what else linking needs of its text."""

    reading: Reading
    signature: Signature


def versions() -> str:
    """The stages and their versions, as one word: readings made by others are made anew."""
    from dragoman.reading.stages import stages

    return " ".join(f"{stage.name}:{stage.version}" for stage in stages())


def add(store: Store, arrivals: Iterable[Arrival], engine: Engine, config: Config, given: Given | None = None) -> Iterator[Added]:
    """Add what is new; gives what became of each arrival, in their order, once it is safely kept."""
    every = kinds(kit_of(config))
    waiting = iter(arrivals)
    while together := list(islice(waiting, _TOGETHER)):
        known = {one.article.id for one in together if one.usable and store.article(one.article.id) is not None}
        fresh: dict[str, Arrival] = {}
        for one in together:
            if one.usable and one.article.id not in known:
                fresh.setdefault(one.article.id, one)
        work = partial(_read, config=config, given=given or Given())
        done = {one.reading.article.id: one for one in _results(engine.map(work, fresh.values()))}
        readable = [one for one in done.values() if not unread(one.reading)]
        with store.writing():
            keep(store, readable, every)
        seen: set[str] = set()
        for one in together:
            identity, name = one.article.id, one.article.name
            if not one.usable or (identity in done and unread(done[identity].reading)):
                yield Added(reading=done[identity].reading if identity in done else Reading(article=one.article, troubles=one.troubles), name=name)
            else:
                again = identity in known or identity in seen
                yield Added(reading=None if again else done[identity].reading, name=name, new=not again, known=again)
            seen.add(identity)


def keep(store: Store, read: Sequence[Fresh], every: Sequence[Kind]) -> None:
    """Keep articles and readings, and link them. Inside `store.writing()`."""
    fresh: dict[str, Item] = {}
    made = versions()
    for one in sorted(read, key=lambda one: one.reading.article.id):
        reading = one.reading
        article = reading.article
        store.put_article(article, None)
        store.put_reading(article.id, made, dumps(reading))
        rows: list[tuple[Item, Occurrence]] = [row for kind in every for row in kind.items(reading, one.signature)]
        store.put_items(rows)
        fresh |= {item.id: item for item, _ in rows}
        names = sorted({name for entity in reading.entities for name in (entity.name, *entity.names)})
        store.index_text(article.id, title=article.title or "", text=article.text, names=names, statements=[said.text for said in reading.statements])
    link(store, every, (fresh[identity] for identity in sorted(fresh)))


def _read(arrival: Arrival, config: Config, given: Given) -> Fresh:
    reading = read_arrival(arrival, config, given)
    return Fresh(reading=reading, signature=Signature() if unread(reading) else signature(reading.article, reading, kit_of(config)))


def _results(results: Iterable[Fresh | Lost[Arrival]]) -> Iterator[Fresh]:
    for result in results:
        if isinstance(result, Lost):
            yield Fresh(reading=lost_reading(result), signature=Signature())
        else:
            yield result


def rebuild(store: Store, engine: Engine, config: Config) -> Iterator[str]:
    """Derive everything anew from the kept articles and corrections; gives the name of each article when it is done."""
    every = kinds(kit_of(config))
    with store.writing():
        store.forget_derived()
        ids = [article.id for article in store.articles()]
        for at in range(0, len(ids), _TOGETHER):
            part = [article for identity in ids[at : at + _TOGETHER] if (article := store.article(identity)) is not None]
            work = partial(_read, config=config, given=Given())
            read = list(_results(engine.map(work, (Arrival(article=article) for article in part))))
            keep(store, [one for one in read if not unread(one.reading)], every)
            yield from (article.name for article in part)
