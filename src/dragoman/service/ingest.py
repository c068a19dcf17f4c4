"""The use case of adding: arrivals are read where they are new, kept, and linked to what is there; a few at a time, each few whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from dragoman.engines.here import Here
from dragoman.engines.lost import Lost
from dragoman.linking.items import Item, Kind, Occurrence, Signature
from dragoman.model.codec import dumps, loads
from dragoman.model.config import Config
from dragoman.model.reading import Reading
from dragoman.service.ahead import Ahead, ahead, rows_of
from dragoman.service.composing import bring_up, recompose
from dragoman.service.counting import Places, enter, leave
from dragoman.service.kinds import kinds
from dragoman.service.linking import Comparing, Met, Touched, compare, link
from dragoman.service.read import Engine, Given, kit_of, lost_reading, read_arrival, unread
from dragoman.service.signatures import signature
from dragoman.service.tenancy import Changed
from dragoman.sources.arrival import Arrival
from dragoman.store.protocol import Store

# By what rules items are made and find each other: raised when one made by older rules might not find its fellows.
_LINKING = "linking:"
_LINKED = f"{_LINKING}6"
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
    """A reading with what else linking needs of its text, and the bytes that the article came in where they are known.

    With `ahead` its items are made, and the signature, of which they hold what matters, may be empty.
    """

    reading: Reading
    signature: Signature
    source: bytes | None = None
    ahead: Ahead | None = None


def versions() -> str:
    """The stages and their versions, as one word: readings made by others are made anew."""
    from dragoman.reading.stages import stages

    return " ".join(f"{stage.name}:{stage.version}" for stage in stages())


def kept_by() -> str:
    """The same with the rules of linking, as the store keeps it: what was kept by others is read or linked anew."""
    return f"{versions()} {_LINKED}"


def is_read_by(kept: str) -> bool:
    """Whether a reading that was kept so was made by the stages of this program, whatever linked it."""
    return kept.partition(_LINKING)[0].strip() == versions()


def add(store: Store, arrivals: Iterable[Arrival], engine: Engine, config: Config, given: Given | None = None) -> Iterator[Added]:
    """Add what is new; gives what became of each arrival, in their order, once it is safely kept.

    While a few are kept and linked here, the processes of the engine read the next, and hold them against the record as it stands.
    """
    every = kinds(kit_of(config))
    coming = _Coming(store, arrivals)
    work = partial(_taken, config=config, given=given or Given(), record=_record_for(engine, store))
    for some in _few(_fresh(engine.map(work, coming.steps()))):
        read = [one for one in some if isinstance(one, Fresh)]
        with store.writing():
            keep(store, [coming.with_source(one) for one in read if not unread(one.reading)], every)
        coming.done(read)
        for one in some:
            if isinstance(one, Fresh):
                yield Added(reading=one.reading, name=one.reading.article.name, new=not unread(one.reading))
            else:
                lost = coming.lost.get(one.article)
                yield Added(reading=lost, name=one.name, known=lost is None)


@dataclass(frozen=True, slots=True)
class _Known:
    """In the place of an arrival that is in the record, or on its way there: its article and its name."""

    article: str
    name: str


@dataclass(slots=True)
class _Coming:
    """The arrivals on their way; whoever reads takes them one by one, maybe in another thread, while others are being kept."""

    store: Store
    arrivals: Iterable[Arrival]
    # From id to the bytes that it came in.
    under_way: dict[str, bytes | None] = field(default_factory=dict)
    # Of those that no process could read, so that the same text once more is not said to be known.
    lost: dict[str, Reading] = field(default_factory=dict)

    def steps(self) -> Iterator[Arrival | _Known]:
        """Each arrival without its bytes, which no process that reads needs."""
        for one in self.arrivals:
            identity = one.article.id
            # In this order: what is under way no more is in the store already.
            if one.usable and (identity in self.under_way or self.store.article(identity) is not None):
                yield _Known(identity, one.article.name)
                continue
            if one.usable:
                self.under_way[identity] = one.source
                self.lost.pop(identity, None)
            yield replace(one, source=None)

    def with_source(self, one: Fresh) -> Fresh:
        return replace(one, source=self.under_way.get(one.reading.article.id))

    def done(self, read: Iterable[Fresh]) -> None:
        """These are kept, or could not be read."""
        for one in read:
            identity = one.reading.article.id
            if identity in self.under_way:
                if unread(one.reading):
                    self.lost[identity] = one.reading
                del self.under_way[identity]


Step = TypeVar("Step")


def _few(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """A few at a time; what came before an error is given first."""
    some: list[Step] = []
    try:
        for one in steps:
            some.append(one)
            if len(some) == _TOGETHER:
                yield some
                some = []
    except Exception:
        if some:
            yield some
        raise
    if some:
        yield some


def keep(store: Store, read: Iterable[Fresh], every: Sequence[Kind], comparing: Comparing = compare) -> None:
    """Keep articles and readings, in place of older readings of the same, link them, and bring the shelf up to date. Inside `store.writing()`."""
    bring_up(store, every)
    made = kept_by()
    lines = {one.reading.article.id: (one, dumps(one.reading)) for one in read}
    older, by = dict(store.readings(sorted(lines))), store.made_by(sorted(lines))
    # Another program may have added the same meanwhile.
    fresh = {identity: one for identity, (one, line) in sorted(lines.items()) if older.get(identity) != line or not by[identity].endswith(_LINKED)}
    for identity in older.keys() - fresh.keys():
        store.put_reading(identity, made, older[identity])
    if fresh:
        touched = Touched()
        again = [loads(older[identity]) for identity in fresh if identity in older]
        left = leave(store, every, again, touched) if again else {}
        for identity, one in fresh.items():
            store.put_article(one.reading.article, one.source)
            store.put_reading(identity, made, lines[identity][1])
        entered = _linked(store, list(fresh.values()), every, touched, comparing)
        recompose(store, every, touched, posts={**entered, **left})


def _linked(store: Store, read: Sequence[Fresh], every: Sequence[Kind], touched: Touched, comparing: Comparing) -> Changed:
    """Enter articles into the sums and the words that are searched, and link them."""
    fresh: dict[str, Item] = {}
    met: dict[str, Met] = {}
    together: list[tuple[Item, Occurrence]] = []
    entered: list[tuple[Reading, Places]] = []
    for one in read:
        reading = one.reading
        article = reading.article
        rows = one.ahead.rows if one.ahead is not None else rows_of(reading, one.signature, every)
        together += rows
        fresh |= {item.id: item for item, _ in rows}
        met |= one.ahead.met if one.ahead is not None else {}
        entered.append((reading, {(item.kind, where.local): item.id for item, where in rows}))
        names = sorted({name for entity in reading.entities for name in (entity.name, *entity.names)})
        store.index_text(article.id, title=article.title or "", text=article.text, names=names, statements=[said.text for said in reading.statements])
    store.put_items(together)
    posts = enter(store, entered)
    link(store, every, (fresh[identity] for identity in sorted(fresh)), touched, met, comparing)
    return posts


def read_fresh(arrivals: Iterable[Arrival], engine: Engine, config: Config, given: Given) -> Iterator[Fresh]:
    """Read arrivals, with what else linking needs of their texts; the bytes that they came in do not go to the processes that read."""
    work = partial(_read, config=config, given=given, record=_record_for(engine))
    for result in engine.map(work, (replace(one, source=None) for one in arrivals)):
        yield _lost(result.item, result.reason) if isinstance(result, Lost) else result


def sign(readings: Iterable[Reading], engine: Engine, config: Config, store: Store | None = None) -> Iterator[Fresh]:
    """Readings that were made before, with what else linking needs of their texts; held against the record as it stands where one is given."""
    work = partial(_signed, config=config, record=_record_for(engine, store))
    for result in engine.map(work, readings):
        yield Fresh(reading=result.item, signature=Signature()) if isinstance(result, Lost) else result


def _record_for(engine: Engine, store: Store | None = None) -> str | None:
    """Where other processes find the record, '' for none: they make the items. A process that reads and writes has nothing to gain from doing so before."""
    return None if isinstance(engine, Here) else (store.address if store is not None else None) or ""


def _fresh(results: Iterable[Fresh | _Known | Lost[Arrival | _Known]]) -> Iterator[Fresh | _Known]:
    for result in results:
        if not isinstance(result, Lost):
            yield result
        else:
            yield result.item if isinstance(result.item, _Known) else _lost(result.item, result.reason)


def _lost(arrival: Arrival, reason: str) -> Fresh:
    return Fresh(reading=lost_reading(Lost(arrival, reason)), signature=Signature())


def _taken(step: Arrival | _Known, config: Config, given: Given, record: str | None) -> Fresh | _Known:
    return step if isinstance(step, _Known) else _read(step, config, given, record)


def _read(arrival: Arrival, config: Config, given: Given, record: str | None) -> Fresh:
    reading = read_arrival(arrival, config, given)
    return Fresh(reading=reading, signature=Signature()) if unread(reading) else _signed(reading, config, record)


def _signed(reading: Reading, config: Config, record: str | None) -> Fresh:
    kit = kit_of(config)
    signed = signature(reading.article, reading, kit)
    if record is None:
        return Fresh(reading=reading, signature=signed)
    # The items hold all of the signature that linking looks at.
    return Fresh(reading=reading, signature=Signature(), ahead=ahead(reading, signed, kinds(kit), record))
