"""The table of tokens: kept, since it says who may add and correct.

kept_tokens      under its id, the public part of a token: whose it is, what it lets do, and the salted hash of its secret part, which is nowhere
"""

from __future__ import annotations

from sqlalchemy import Column, Table

from dragoman.store.columns import Json, Words
from dragoman.store.schema import metadata

kept_tokens = Table(
    "kept_tokens",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("salt", Words, nullable=False),
    Column("hash", Words, nullable=False),
    Column("made", Words, nullable=False),
    Column("revoked", Words),
    sqlite_with_rowid=False,
)
