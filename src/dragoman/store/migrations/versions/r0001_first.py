"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    words = sa.Text(collation="C") if postgresql else sa.Text()

    def column(name: str, *, optional: bool = False, to: str = "") -> sa.Column[str]:
        table, _, target = to.partition(".")
        key = [sa.ForeignKey(to, name=f"fk_{name}_{table}_{target}", deferrable=True, initially="DEFERRED")] if to else []
        return sa.Column(name, words, *key, nullable=optional)

    def table(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...], rowid: bool = True) -> None:
        op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_with_rowid=rowid)

    table("sources", column("sha256"), sa.Column("bytes", sa.LargeBinary, nullable=False), key=("sha256",))
    table(
        "articles",
        *(column("id"), column("name"), column("language"), column("title", optional=True), column("outlet", optional=True)),
        *(column("url", optional=True), column("published", optional=True), column("published_from")),
        *(column("source", optional=True, to="sources.sha256"), column("text")),
        key=("id",),
    )
    table(
        "corrections",
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        *(column("kind"), column("verdict"), column("left_item"), column("right_item", optional=True), column("field", optional=True)),
        *(column("by"), column("at", optional=True), column("why"), sa.Column("undone", sa.Boolean, nullable=False)),
        key=("id",),
    )
    packed = sa.Column("reading", sa.LargeBinary, nullable=False)
    table("readings", column("article", to="articles.id"), column("versions"), packed, key=("article",))
    table("items", column("id"), column("kind"), column("keys"), column("facts"), key=("id",))
    table("item_keys", column("kind"), column("key"), column("item", to="items.id"), key=("kind", "key", "item"), rowid=False)
    op.create_index("ix_item_keys_item", "item_keys", ["item"])
    found_in = (column("item", to="items.id"), column("article", to="articles.id"), column("local"))
    table("occurrences", *found_in, key=("item", "article", "local"), rowid=False)
    op.create_index("ix_occurrences_article", "occurrences", ["article"])
    score = sa.Column("score", sa.Double, nullable=False)
    ends = (column("left_item", to="items.id"), column("right_item", to="items.id"))
    table("links", *ends, column("kind"), score, key=("left_item", "right_item", "kind"), rowid=False)
    op.create_index("ix_links_right_item", "links", ["right_item"])
    table("groups", column("item", to="items.id"), column("kind"), column("smallest"), key=("item",), rowid=False)
    op.create_index("ix_groups_kind_smallest_item", "groups", ["kind", "smallest", "item"])
    table(
        "search_texts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=True),
        *(column("article", to="articles.id"), sa.Column("part", sa.Integer, nullable=False)),
        *(column("title"), column("names"), column("statements"), column("body"), column("given")),
        key=("id",),
    )
    op.create_index("ix_search_texts_article_part", "search_texts", ["article", "part"], unique=True)
    if postgresql:
        op.execute("ALTER TABLE search_texts ADD COLUMN vector tsvector NOT NULL")
        op.execute("CREATE INDEX ix_search_texts_vector ON search_texts USING gin (vector)")
    else:
        # The words come folded and joined by spaces; 'ascii' parts them there and nowhere else.
        op.execute("CREATE VIRTUAL TABLE search_index USING fts5(title, names, statements, body, content='search_texts', content_rowid='id', tokenize='ascii')")
