"""Articles whose text is taken anew from the bytes they came in: those bytes, an article in another's place, and corrections that go with it."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from dragoman.model.errors import StoreError
from dragoman.model.reading import Article
from dragoman.store.connections import Connections
from dragoman.store.kept import put_article
from dragoman.store.protocol import Store
from dragoman.store.schema import articles, corrections, sources
from dragoman.store.sqlstore import SqlStore


def _connections(store: Store) -> Connections:
    if not isinstance(store, SqlStore):
        raise StoreError("articles can be taken anew in a record in SQLite or PostgreSQL")
    return store.connections


def source_of(store: Store, article: str) -> bytes | None:
    """The bytes that an article came in; None where none were kept."""
    asked = select(sources.c.bytes).join(articles, articles.c.source == sources.c.sha256).where(articles.c.id == article)
    with _connections(store).read() as connection:
        found = connection.execute(asked).scalar()
    return bytes(found) if found is not None else None


def take_out(store: Store, article: str) -> str | None:
    """Take out an article of which nothing is derived any more; gives the name under which its bytes stay. Inside `store.writing()`."""
    with _connections(store).write() as connection:
        found = connection.execute(select(articles.c.source).where(articles.c.id == article)).scalar()
        connection.execute(delete(articles).where(articles.c.id == article))
    return found


def put_in(store: Store, article: Article, source: str | None) -> bool:
    """Keep an article that came in bytes which are there already, by their name; False where the article is there. Inside `store.writing()`."""
    connections = _connections(store)
    new = put_article(connections, article, None)
    if new:
        with connections.write() as connection:
            connection.execute(update(articles).where(articles.c.id == article.id).values(source=source))
    return new


def move_correction(store: Store, number: int, *, left: str, right: str | None) -> None:
    """Let a correction name other words; who made it, when and why stay. Inside `store.writing()`."""
    with _connections(store).write() as connection:
        connection.execute(update(corrections).where(corrections.c.id == number).values(left_item=left, right_item=right))
