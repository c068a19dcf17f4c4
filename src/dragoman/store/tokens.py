"""Tokens in a store: put, found by the part of them that is no secret, listed and revoked; no secret is ever here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Row, func, select

from dragoman.model.errors import StoreError
from dragoman.store.connections import Connections
from dragoman.store.protocol import Store
from dragoman.store.sqlstore import SqlStore
from dragoman.store.token_tables import kept_tokens as table

Scope = Literal["read", "add", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptToken:
    """A token as it is kept: `scopes` is what it lets do, `hash` the SHA-256 of salt and secret, `made` and `revoked` moments in UTC as ISO 8601."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    salt: str = field(repr=False)
    hash: str = field(repr=False)
    made: str
    revoked: str | None = None


def _connections(store: Store) -> Connections:
    if not isinstance(store, SqlStore):
        raise StoreError("tokens need a record in SQLite or PostgreSQL")
    return store.connections


def put_token(store: Store, token: KeptToken) -> None:
    """Keep a new token."""
    row = {
        "id": token.id, "name": token.name, "scopes": list(token.scopes), "salt": token.salt, "hash": token.hash, "made": token.made, "revoked": token.revoked
    }  # fmt: skip
    with _connections(store).write() as connection:
        connection.execute(table.insert(), row)


def token_of(store: Store, id: str) -> KeptToken | None:
    """The token of that id, revoked or not."""
    with _connections(store).read() as connection:
        row = connection.execute(select(table).where(table.c.id == id)).first()
    return _token(row) if row else None


def all_tokens(store: Store) -> tuple[KeptToken, ...]:
    """All tokens that ever were, the oldest first."""
    with _connections(store).read() as connection:
        return tuple(_token(row) for row in connection.execute(select(table).order_by(table.c.made, table.c.id)))


def count_valid(store: Store) -> int:
    """How many are not revoked."""
    with _connections(store).read() as connection:
        return int(connection.execute(select(func.count()).select_from(table).where(table.c.revoked.is_(None))).scalar_one())


def revoke_tokens(store: Store, name: str, at: str) -> int:
    """Revoke what is valid under a name; gives how many were."""
    with _connections(store).write() as connection:
        done = connection.execute(table.update().where(table.c.name == name, table.c.revoked.is_(None)).values(revoked=at))
        return int(done.rowcount)


def _token(row: Row[Any]) -> KeptToken:
    return KeptToken(
        id=row.id, name=row.name, scopes=tuple(row.scopes), salt=row.salt, hash=row.hash, made=row.made, revoked=row.revoked
    )  # fmt: skip
