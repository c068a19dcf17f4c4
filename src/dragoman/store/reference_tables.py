"""The table of references: kept, since no article says what is in it.

kept_references      a person, office or body as a reference work has it: names and tenures, with where they come from
"""

from __future__ import annotations

from sqlalchemy import Column, Table

from dragoman.store.columns import Json, Words
from dragoman.store.schema import metadata

kept_references = Table(
    "kept_references",
    metadata,
    Column("source", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("names", Json, nullable=False),
    Column("state", Words),
    Column("wikidata", Words),
    Column("tenures", Json, nullable=False),
    sqlite_with_rowid=False,
)
