"""What a store of records can do; SQLite and PostgreSQL answer alike.

Kept for good: sources, articles, corrections. Derived and rebuildable: readings, items, links, groups. All writing happens inside `writing()`, which
either happens whole or not at all; one writer at a time on SQLite, several on PostgreSQL, readers never wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dragoman.linking.items import Item, Link, Occurrence
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.store.asked import Asked
from dragoman.store.shelving import Shelving
from dragoman.store.summed import Summed


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that answers a search, with the sentence or name that does: characters start:end of its text."""

    article: str
    start: int
    end: int
    text: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds."""

    articles: int
    readings: int
    items: int
    links: int
    corrections: int


class Store(Protocol):
    """A store of one record; `shelving`, `summed` and `asked` are the tables of the composed record (service/composing.py keeps them up to date)."""

    @property
    def shelving(self) -> Shelving: ...
    @property
    def summed(self) -> Summed: ...
    @property
    def asked(self) -> Asked: ...
    @property
    def address(self) -> str | None:
        """The URL, with its password, by which another process opens the same record; None where it is in this one's memory alone."""

    def writing(self) -> AbstractContextManager[None]:
        """A transaction: everything inside or nothing; the only writer on SQLite. Raises StoreError where the disk is full or the store is locked."""

    def viewing(self) -> AbstractContextManager[None]:
        """Whatever this thread reads inside is of one moment, though others write meanwhile; nothing may be written."""

    def close(self) -> None:
        """Close all connections."""

    # ---- kept
    def put_article(self, article: Article, source: bytes | None) -> bool:
        """Keep an article and the bytes it came in; False, and nothing done, where it is there already (by id, the hash of its text)."""

    def article(self, id: str) -> Article | None:
        """The article of that id."""

    def articles(self, *, until: date | None = None) -> Iterator[Article]:
        """All articles by id; with `until` those published by that day."""

    def unread(self, versions: str) -> Iterator[Article]:
        """Articles without a reading, or with one made by other stage versions, by id."""

    def add_correction(self, correction: Correction) -> int:
        """Keep a correction; gives its number."""

    def corrections(self) -> tuple[Correction, ...]:
        """All corrections by number, undone ones too."""

    def undo_correction(self, id: int) -> bool:
        """Mark a correction as undone; False where there is none of that number."""

    # ---- derived
    def put_reading(self, article: str, versions: str, reading: str) -> None:
        """Keep the reading (its JSON) of an article, in place of an older one."""

    def made_by(self, articles: Sequence[str]) -> dict[str, str]:
        """By which versions the readings of these articles were made, as `put_reading` was told; those without one are left out."""

    def reading(self, article: str) -> str | None:
        """The JSON of an article's reading."""

    def readings(self, articles: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """(article, JSON) by article id."""

    def put_items(self, rows: Iterable[tuple[Item, Occurrence]]) -> None:
        """Keep items with their keys and where they occur; what is there already stays."""

    def items(self, ids: Sequence[str]) -> tuple[Item, ...]:
        """The items of these ids, by id."""

    def holders(self, kind: str, keys: Sequence[str]) -> dict[str, frozenset[str]]:
        """Of each of these keys that any item of the kind has, the ids of the items that have it."""

    def occurrences(self, *, items: Sequence[str] | None = None, articles: Sequence[str] | None = None) -> tuple[Occurrence, ...]:
        """Where items occur, by item, article, local id."""

    def put_links(self, kind: str, links: Iterable[Link]) -> None:
        """Keep links; one that is there already stays."""

    def links(self, kind: str, items: Sequence[str]) -> tuple[Link, ...]:
        """All links of a kind that touch these items."""

    def put_groups(self, kind: str, groups: Iterable[frozenset[str]]) -> None:
        """Set the group of each of these items; groups it leaves empty vanish."""

    def group_of(self, items: Sequence[str]) -> dict[str, str]:
        """From item to the smallest item of its group."""

    def members(self, group: str) -> frozenset[str]:
        """The items of the group whose smallest item this is."""

    def groups(self, kind: str) -> Iterator[frozenset[str]]:
        """All groups of a kind, by their smallest item."""

    def lone_items(self, articles: Sequence[str]) -> tuple[str, ...]:
        """The items that occur in these articles and in no other, by id."""

    def forget_articles(self, articles: Sequence[str]) -> None:
        """Drop what is linked of these articles: occurrences, and items that occur nowhere else with their keys, links and groups; readings stay."""

    def forget_derived(self) -> None:
        """Drop all readings, items, links and groups."""

    # ---- looking
    def index_text(self, article: str, *, title: str, text: str, names: Sequence[str], statements: Sequence[str]) -> None:
        """Make an article findable by its text, the names in it (in all spellings) and what is said in it; case, accents and Turkish dotless i folded."""

    def search(self, query: str, *, limit: int = 20) -> tuple[Found, ...]:
        """The articles that answer best; words all of which occur, or a phrase in quotation marks."""

    def counts(self) -> Counts:
        """How much is there."""

    def check(self) -> tuple[str, ...]:
        """What is wrong with the store, in the user's words and with the next step; empty where all is well."""
