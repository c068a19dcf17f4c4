"""Connections and transactions: a thread that is writing reads what it wrote, every other reads what was kept last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dragoman.model.errors import StoreError
from dragoman.store.database import Database


class Connections:
    """The connections to one database; all errors of SQLAlchemy leave here as StoreError."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._mine = threading.local()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer; inside another of the same thread, a part of it that can fail alone."""
        outer: Connection | None = getattr(self._mine, "connection", None)
        if outer is not None:
            with self._in_words(), outer.begin_nested():
                yield outer
            return
        with self._in_words(), self.database.turn(), self.database.engine.connect() as plain:
            connection = plain.execution_options(**self.database.writing)
            with connection.begin():
                self.database.be_only_writer(connection)
                self._mine.connection = connection
                try:
                    yield connection
                finally:
                    self._mine.connection = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The transaction that this thread is in, or one of its own."""
        outer: Connection | None = getattr(self._mine, "connection", None)
        if outer is None:
            with self.writing() as connection:
                yield connection
        else:
            with self._in_words():
                yield outer

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of what is kept, the same for as long as it is held; within writing() that of the writer, within viewing() that of its beginning."""
        outer: Connection | None = getattr(self._mine, "connection", None) or getattr(self._mine, "view", None)
        if outer is not None:
            with self._in_words():
                yield outer
        else:
            with self._in_words(), self.database.turn(), self.database.engine.connect() as connection:
                yield connection

    @contextmanager
    def viewing(self) -> Iterator[None]:
        """Whatever this thread reads inside is of one moment, however long it takes; it may not write."""
        if getattr(self._mine, "view", None) is not None or getattr(self._mine, "connection", None) is not None:
            yield
            return
        with self.read() as connection:
            self._mine.view = connection
            try:
                yield
            finally:
                self._mine.view = None

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(self.database.trouble(error)) from error
