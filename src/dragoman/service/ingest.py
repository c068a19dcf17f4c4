"""The use case of adding: arrivals are read where they are new, kept, and linked to what is there; a few at a time, each few whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from dragoman.engines.lost import Lost
from dragoman.linking.items import Item, Kind, Occurrence, Signature
from dragoman.model.codec import dumps, loads
from dragoman.model.config import Config
from dragoman.model.reading import Reading
from dragoman.service.composing import bring_up, recompose
from dragoman.service.counting import Places, enter, leave
from dragoman.service.kinds import kinds
from dragoman.service.linking import Touched, link
from dragoman.service.read import Engine, Given, kit_of, lost_reading, read_arrival, unread
from dragoman.service.signatures import signature
from dragoman.service.tenancy import Post
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
    """A reading with what else linking needs of its text, and the bytes that the article came in where they are known."""

    reading: Reading
    signature: Signature
    source: bytes | None = None


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
        done = {one.reading.article.id: one for one in read_fresh(fresh.values(), engine, config, given or Given())}
        readable = [replace(one, source=fresh[identity].source) for identity, one in done.items() if not unread(one.reading)]
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


def keep(store: Store, read: Iterable[Fresh], every: Sequence[Kind]) -> None:
    """Keep articles and readings, in place of older readings of the same, link them, and bring the shelf up to date. Inside `store.writing()`."""
    bring_up(store, every)
    made = versions()
    lines = {one.reading.article.id: (one, dumps(one.reading)) for one in read}
    older = dict(store.readings(sorted(lines)))
    # Another program may have added the same meanwhile.
    fresh = {identity: one for identity, (one, line) in sorted(lines.items()) if older.get(identity) != line}
    for identity in older.keys() - fresh.keys():
        store.put_reading(identity, made, older[identity])
    if fresh:
        touched = Touched()
        again = [loads(older[identity]) for identity in fresh if identity in older]
        posts = leave(store, every, again, touched) if again else set()
        for identity, one in fresh.items():
            store.put_article(one.reading.article, one.source)
            store.put_reading(identity, made, lines[identity][1])
        posts |= _linked(store, list(fresh.values()), every, touched)
        recompose(store, every, touched, posts=posts)


def _linked(store: Store, read: Sequence[Fresh], every: Sequence[Kind], touched: Touched) -> set[Post]:
    """Enter articles into the sums and the words that are searched, and link them."""
    fresh: dict[str, Item] = {}
    entered: list[tuple[Reading, Places]] = []
    for one in read:
        reading = one.reading
        article = reading.article
        rows: list[tuple[Item, Occurrence]] = [row for kind in every for row in kind.items(reading, one.signature)]
        store.put_items(rows)
        fresh |= {item.id: item for item, _ in rows}
        entered.append((reading, {(item.kind, where.local): item.id for item, where in rows}))
        names = sorted({name for entity in reading.entities for name in (entity.name, *entity.names)})
        store.index_text(article.id, title=article.title or "", text=article.text, names=names, statements=[said.text for said in reading.statements])
    posts = enter(store, entered)
    link(store, every, (fresh[identity] for identity in sorted(fresh)), touched)
    return posts


def read_fresh(arrivals: Iterable[Arrival], engine: Engine, config: Config, given: Given) -> Iterator[Fresh]:
    """Read arrivals, with what else linking needs of their texts; the bytes that they came in do not go to the processes that read."""
    work = partial(_read, config=config, given=given)
    for result in engine.map(work, (replace(one, source=None) for one in arrivals)):
        if isinstance(result, Lost):
            yield Fresh(reading=lost_reading(result), signature=Signature())
        else:
            yield result


def _read(arrival: Arrival, config: Config, given: Given) -> Fresh:
    reading = read_arrival(arrival, config, given)
    return Fresh(reading=reading, signature=Signature() if unread(reading) else signature(reading.article, reading, kit_of(config)))
