"""What is kept for good: articles with the bytes they came in, and corrections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, func, select

from dragoman.model.codec import details, with_details
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.store.connections import Connections
from dragoman.store.schema import articles, corrections, readings, sources

# Articles fetched at once.
_PAGE = 200
_LARGEST = 2**63 - 1


def put_article(connections: Connections, article: Article, source: bytes | None) -> bool:
    with connections.write() as connection:
        if connection.execute(select(articles.c.id).where(articles.c.id == article.id)).first():
            return False
        digest = None
        if source is not None:
            digest = sha256(source).hexdigest()
            connection.execute(connections.database.insert(sources).on_conflict_do_nothing(), {"sha256": digest, "bytes": source})
        row = {
            "id": article.id, "name": article.name, "language": article.language, "title": article.title, "outlet": article.outlet, "url": article.url,
            "published": article.published.isoformat() if article.published else None, "published_from": article.published_from, "source": digest,
            "text": article.text, "details": details(article),
        }  # fmt: skip
        connection.execute(articles.insert(), row)
        return True


def article(connections: Connections, id: str) -> Article | None:
    with connections.read() as connection:
        row = connection.execute(select(articles).where(articles.c.id == id)).first()
    return _article(row) if row else None


def all_articles(connections: Connections, until: date | None) -> Iterator[Article]:
    asked = select(articles)
    if until is not None:
        asked = asked.where(articles.c.published <= until.isoformat())
    return _paged(connections, asked)


def unread(connections: Connections, versions: str) -> Iterator[Article]:
    asked = select(articles).outerjoin(readings, readings.c.article == articles.c.id)
    return _paged(connections, asked.where(readings.c.versions.is_(None) | (readings.c.versions != versions)))


def _paged(connections: Connections, asked: Select[Any]) -> Iterator[Article]:
    """Articles by id, a page a query: the caller may write between two, and a million need no more memory than a page."""
    asked = asked.order_by(articles.c.id).limit(_PAGE)
    last = ""
    while True:
        with connections.read() as connection:
            rows = connection.execute(asked.where(articles.c.id > last)).all()
        for row in rows:
            yield _article(row)
        if len(rows) < _PAGE:
            return
        last = rows[-1].id


def _article(row: Row[Any]) -> Article:
    article = Article(
        id=row.id,
        name=row.name,
        text=row.text,
        language=row.language,
        title=row.title,
        outlet=row.outlet,
        url=row.url,
        published=date.fromisoformat(row.published) if row.published else None,
        published_from=row.published_from,
    )
    return with_details(article, row.details) if row.details else article


def add_correction(connections: Connections, correction: Correction) -> int:
    """Numbers go up by one and are never used again: there is one writer, and nothing is taken out."""
    with connections.write() as connection:
        number = int(connection.execute(select(func.coalesce(func.max(corrections.c.id), 0))).scalar_one()) + 1
        row = {
            "id": number, "kind": correction.kind, "verdict": correction.verdict, "left_item": correction.left, "right_item": correction.right,
            "field": correction.field, "by": correction.by, "at": correction.at.isoformat() if correction.at else None, "why": correction.why,
            "undone": correction.undone,
        }  # fmt: skip
        connection.execute(corrections.insert(), row)
        return number


def all_corrections(connections: Connections) -> tuple[Correction, ...]:
    with connections.read() as connection:
        rows = connection.execute(select(corrections).order_by(corrections.c.id)).all()
    return tuple(
        Correction(
            id=row.id,
            kind=row.kind,
            verdict=row.verdict,
            left=row.left_item,
            right=row.right_item,
            field=row.field,
            by=row.by,
            at=datetime.fromisoformat(row.at) if row.at else None,
            why=row.why,
            undone=row.undone,
        )
        for row in rows
    )


def undo_correction(connections: Connections, id: int) -> bool:
    if not 0 < id <= _LARGEST:
        return False
    with connections.write() as connection:
        return connection.execute(corrections.update().where(corrections.c.id == id).values(undone=True)).rowcount > 0


def all_sources(connections: Connections) -> Iterator[tuple[str, bytes]]:
    """The bytes that articles came in, each with the SHA-256 under which it is kept; one at a time, they may be large."""
    last = ""
    while True:
        with connections.read() as connection:
            row = connection.execute(select(sources).where(sources.c.sha256 > last).order_by(sources.c.sha256).limit(1)).first()
        if row is None:
            return
        last = row[0]
        yield row[0], bytes(row[1])
