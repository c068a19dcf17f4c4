"""The tables of a record. The migrations make them; a test holds the two together.

    kept       sources ◀── articles     corrections
                              ▲
    derived    readings ──────┤
               items ◀── occurrences        item_keys · links · groups ──▶ items
    looking    search_texts (the words of articles; beside it FTS5's search_index, or the column `vector` on PostgreSQL)

Whatever points at something else is checked when a transaction ends, so that the order of writing inside it is free.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Index, Integer, LargeBinary, MetaData, Table

from dragoman.store.columns import Json, Packed, Words

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"})


def _to(target: str) -> ForeignKey:
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


sources = Table("sources", metadata, Column("sha256", Words, primary_key=True), Column("bytes", LargeBinary, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("title", Words),
    Column("outlet", Words),
    Column("url", Words),
    Column("published", Words),
    Column("published_from", Words, nullable=False),
    Column("source", Words, _to("sources.sha256")),
    Column("text", Words, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("left_item", Words, nullable=False),
    Column("right_item", Words),
    Column("field", Words),
    Column("by", Words, nullable=False),
    Column("at", Words),
    Column("why", Words, nullable=False),
    Column("undone", Boolean, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("article", Words, _to("articles.id"), primary_key=True),
    Column("versions", Words, nullable=False),
    Column("reading", Packed, nullable=False),
)

items = Table(
    "items",
    metadata,
    Column("id", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("keys", Json, nullable=False),
    Column("facts", Json, nullable=False),
)

item_keys = Table(
    "item_keys",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("item", Words, _to("items.id"), primary_key=True),
    Index(None, "item"),
    sqlite_with_rowid=False,
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("item", Words, _to("items.id"), primary_key=True),
    Column("article", Words, _to("articles.id"), primary_key=True),
    Column("local", Words, primary_key=True),
    Index(None, "article"),
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    metadata,
    Column("left_item", Words, _to("items.id"), primary_key=True),
    Column("right_item", Words, _to("items.id"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("score", Double, nullable=False),
    Index(None, "right_item"),
    sqlite_with_rowid=False,
)

# `smallest` names the group: it is the least of its items, and one of them.
groups = Table(
    "groups",
    metadata,
    Column("item", Words, _to("items.id"), primary_key=True),
    Column("kind", Words, nullable=False),
    Column("smallest", Words, nullable=False),
    Index(None, "kind", "smallest", "item"),
    sqlite_with_rowid=False,
)

# One row a part of an article (nearly always one); `given` holds title and names as they were given.
search_texts = Table(
    "search_texts",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("article", Words, _to("articles.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("names", Words, nullable=False),
    Column("statements", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("given", Json, nullable=False),
    Index(None, "article", "part", unique=True),
)

# In the order in which they can be emptied; search_texts is emptied together with its index.
DERIVED = (groups, links, occurrences, item_keys, items, readings)
