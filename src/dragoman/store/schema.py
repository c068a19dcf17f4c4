"""The tables of a record. The migrations make them; a test holds the two together.

    kept       sources ◀── articles     corrections
                              ▲
    derived    readings ──────┤
               items ◀── occurrences        item_keys · links · groups ──▶ items
    looking    search_texts (the words of articles; beside it FTS5's search_index, or the column `vector` on PostgreSQL)
    shelf      shelf · shelf_marks (the rows of the composed record, and what they are found by)     mentions · item_sums · holdings · held (what they
               are summed from, by article or by item)     shelf_state (how often the record has changed, and by which rules it was composed)
               shelf_news (when a fact first came to it)

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
    Column("details", Json),
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

# Without an index by item, and so without a foreign key, which would need one: an item's own row has its keys.
item_keys = Table(
    "item_keys",
    metadata,
    Column("kind", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("item", Words, primary_key=True),
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
    Index(None, "kind", "score"),
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

# The composed record: one row for each of its articles, entities, tenures, events, statements, commitments, stories and copies. `row` is its JSON, but
# for mentions and the evidence of tenures; `place` where it stands in the contract's order; days are ordinals, 0 where there is none.
shelf = Table(
    "shelf",
    metadata,
    Column("part", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("place", Words, nullable=False),
    Column("earliest", Integer, nullable=False),
    Column("latest", Integer, nullable=False),
    Column("oldest", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("words", Words, nullable=False),
    Column("row", Words, nullable=False),
    Index(None, "part", "earliest", "latest", "id"),
    Index(None, "part", "oldest", "latest", "id"),
    Index(None, "part", "place", "id"),
)

shelf_marks = Table(
    "shelf_marks",
    metadata,
    Column("part", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("value", Words, primary_key=True),
    Column("row", Words, primary_key=True),
    Index(None, "part", "row"),
    sqlite_with_rowid=False,
)

shelf_state = Table(
    "shelf_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rules", Words, nullable=False),
    Column("version", BigInteger, nullable=False),
)

# With which version of the shelf a fact (an event, statement or commitment) first came to it. It outlives what is composed anew: nothing is told twice.
shelf_news = Table(
    "shelf_news",
    metadata,
    Column("part", Words, primary_key=True),
    Column("id", Words, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Index(None, "version", "part", "id"),
    sqlite_with_rowid=False,
)

mentions = Table(
    "mentions",
    metadata,
    Column("item", Words, primary_key=True),
    Column("article", Words, primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("local", Words, primary_key=True),
    Column("text", Words, nullable=False),
    Index(None, "article"),
    sqlite_with_rowid=False,
)

# `key` stands for the value: of a long one its hash, since indexes take no long texts.
item_sums = Table(
    "item_sums",
    metadata,
    Column("item", Words, primary_key=True),
    Column("what", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("value", Words, nullable=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Who holds which office, as articles say: `person` and `body` are items, `of` a state's code; '' for none.
holdings = Table(
    "holdings",
    metadata,
    Column("article", Words, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("person", Words, nullable=False),
    Column("office", Words, nullable=False),
    Column("of", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("day", Integer, nullable=False),
    Column("former", Boolean, nullable=False),
    Column("acting", Boolean, nullable=False),
    Column("evidence", Json, nullable=False),
    Index(None, "person", "office"),
    sqlite_with_rowid=False,
)

# The same summed over articles: on which days they show it.
held = Table(
    "held",
    metadata,
    Column("person", Words, primary_key=True),
    Column("office", Words, primary_key=True),
    Column("of", Words, primary_key=True),
    Column("body", Words, primary_key=True),
    Column("shown", Json, nullable=False),
    Index(None, "office", "of"),
    Index(None, "body"),
    sqlite_with_rowid=False,
)

# What the shelf is made of, in the order in which it can be emptied.
SHELF = (shelf_marks, shelf, held, holdings, item_sums, mentions)
# In the order in which they can be emptied; search_texts is emptied together with its index.
DERIVED = (*SHELF, groups, links, occurrences, item_keys, items, readings)
