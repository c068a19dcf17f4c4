"""The store of one record in a database; what each method does is in the module that has its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import func, select

from dragoman.linking.items import Item, Link, Occurrence
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.store import checking, derived, kept, looking
from dragoman.store.asked import Asked
from dragoman.store.connections import Connections
from dragoman.store.database import Database
from dragoman.store.protocol import Counts, Found
from dragoman.store.schema import articles, corrections, items, links, readings
from dragoman.store.shelving import Shelving
from dragoman.store.summed import Summed


class SqlStore:
    """A `Store` (store/protocol.py tells what each method promises). What writes outside `writing()` is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self.connections = Connections(database)
        self.shelving = Shelving(self.connections)
        self.summed = Summed(self.connections)
        self.asked = Asked(self.connections)

    @property
    def address(self) -> str | None:
        return self.connections.database.address

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.connections.writing():
            yield

    @contextmanager
    def viewing(self) -> Iterator[None]:
        with self.connections.viewing():
            yield

    def close(self) -> None:
        self.connections.database.engine.dispose()

    def put_article(self, article: Article, source: bytes | None) -> bool:
        return kept.put_article(self.connections, article, source)

    def article(self, id: str) -> Article | None:
        return kept.article(self.connections, id)

    def articles(self, *, until: date | None = None) -> Iterator[Article]:
        return kept.all_articles(self.connections, until)

    def unread(self, versions: str) -> Iterator[Article]:
        return kept.unread(self.connections, versions)

    def add_correction(self, correction: Correction) -> int:
        return kept.add_correction(self.connections, correction)

    def corrections(self) -> tuple[Correction, ...]:
        return kept.all_corrections(self.connections)

    def undo_correction(self, id: int) -> bool:
        return kept.undo_correction(self.connections, id)

    def put_reading(self, article: str, versions: str, reading: str) -> None:
        derived.put_reading(self.connections, article, versions, reading)

    def made_by(self, articles: Sequence[str]) -> dict[str, str]:
        return derived.made_by(self.connections, articles)

    def reading(self, article: str) -> str | None:
        return derived.reading(self.connections, article)

    def readings(self, articles: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        return derived.all_readings(self.connections, articles)

    def put_items(self, rows: Iterable[tuple[Item, Occurrence]]) -> None:
        derived.put_items(self.connections, rows)

    def items(self, ids: Sequence[str]) -> tuple[Item, ...]:
        return derived.items_of(self.connections, ids)

    def holders(self, kind: str, keys: Sequence[str]) -> dict[str, frozenset[str]]:
        return derived.holders(self.connections, kind, keys)

    def occurrences(self, *, items: Sequence[str] | None = None, articles: Sequence[str] | None = None) -> tuple[Occurrence, ...]:
        return derived.occurrences_of(self.connections, items, articles)

    def put_links(self, kind: str, links: Iterable[Link]) -> None:
        derived.put_links(self.connections, kind, links)

    def links(self, kind: str, items: Sequence[str]) -> tuple[Link, ...]:
        return derived.links_of(self.connections, kind, items)

    def put_groups(self, kind: str, groups: Iterable[frozenset[str]]) -> None:
        derived.put_groups(self.connections, kind, groups)

    def group_of(self, items: Sequence[str]) -> dict[str, str]:
        return derived.group_of(self.connections, items)

    def members(self, group: str) -> frozenset[str]:
        return derived.members(self.connections, group)

    def groups(self, kind: str) -> Iterator[frozenset[str]]:
        return derived.groups_of(self.connections, kind)

    def lone_items(self, articles: Sequence[str]) -> tuple[str, ...]:
        return derived.lone_items(self.connections, articles)

    def forget_articles(self, articles: Sequence[str]) -> None:
        derived.forget_articles(self.connections, articles)

    def forget_derived(self) -> None:
        derived.forget(self.connections)

    def index_text(self, article: str, *, title: str, text: str, names: Sequence[str], statements: Sequence[str]) -> None:
        looking.index_text(self.connections, article, title=title, text=text, names=names, statements=statements)

    def search(self, query: str, *, limit: int = 20) -> tuple[Found, ...]:
        return looking.search(self.connections, query, limit)

    def counts(self) -> Counts:
        with self.connections.read() as connection:
            held = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (articles, readings, items, links, corrections)]
        return Counts(articles=held[0], readings=held[1], items=held[2], links=held[3], corrections=held[4])

    def check(self) -> tuple[str, ...]:
        return checking.check(self.connections)
