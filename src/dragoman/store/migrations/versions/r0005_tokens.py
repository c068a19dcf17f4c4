"""Tokens, which let people and programs add and correct; and when each fact came to the shelf, so that who listens can be told what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text(collation="C") if op.get_bind().dialect.name == "postgresql" else sa.Text()

    def column(name: str, *, optional: bool = False) -> sa.Column[str]:
        return sa.Column(name, words, nullable=optional)

    op.create_table(
        "kept_tokens",
        *(column("id"), column("name"), column("scopes"), column("salt"), column("hash"), column("made"), column("revoked", optional=True)),
        sa.PrimaryKeyConstraint("id", name="pk_kept_tokens"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shelf_news",
        *(column("part"), column("id"), sa.Column("version", sa.BigInteger, nullable=False)),
        sa.PrimaryKeyConstraint("part", "id", name="pk_shelf_news"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shelf_news_version_part_id", "shelf_news", ["version", "part", "id"])
    # What is there already is no news.
    op.execute("INSERT INTO shelf_news (part, id, version) SELECT part, id, 0 FROM shelf WHERE part IN ('events', 'statements', 'commitments')")
