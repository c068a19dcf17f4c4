"""What a database has of its own: how it is written to by one, how it searches, and what its errors mean to a user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import SQLAlchemyError

from dragoman.store.words import Term

# Rows asked for at once by an IN list; SQLite takes 32,766 of them, PostgreSQL 65,535.
MOST_ASKED = 10_000
# The row of search_texts that is written: column to value.
Row = dict[str, Any]


class Database(Protocol):
    """`name` is the file, or the URL without its password, as messages name it; `address` what another process opens it by, None where none can;
    `writing` the options of a connection that writes."""

    name: str
    address: str | None
    engine: Engine
    writing: Mapping[str, Any]

    def turn(self) -> AbstractContextManager[Any]:
        """Held while a connection is in use: a real lock where all threads share one."""

    def be_only_writer(self, connection: Connection) -> None:
        """Wait, within a transaction that has just begun, until no other writes."""

    def insert(self, table: Table) -> Any:
        """An INSERT that knows ON CONFLICT."""

    def put_texts(self, connection: Connection, article: str, rows: Sequence[Row]) -> None:
        """Write the rows of search_texts of an article in place of older ones."""

    def forget_texts(self, connection: Connection) -> None:
        """Empty search_texts."""

    def matching(self, connection: Connection, terms: Sequence[Term], limit: int) -> list[int]:
        """The ids of the rows of search_texts that hold all terms: those the database thinks best, no order promised."""

    def damage(self, connection: Connection) -> list[str]:
        """What the database itself finds damaged, in its own words."""

    def trouble(self, error: SQLAlchemyError) -> str:
        """What an error means, and the next step."""
