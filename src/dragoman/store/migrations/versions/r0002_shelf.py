"""The composed record, kept by part; what more is known of an article; links by score."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text(collation="C") if op.get_bind().dialect.name == "postgresql" else sa.Text()

    def texts(*names: str) -> tuple[sa.Column[Any], ...]:
        return tuple(sa.Column(name, words, nullable=False) for name in names)

    def numbers(*names: str) -> tuple[sa.Column[Any], ...]:
        return tuple(sa.Column(name, sa.Integer, nullable=False, autoincrement=False) for name in names)

    def table(name: str, *parts: sa.Column[Any], key: tuple[str, ...], rowid: bool = False) -> None:
        op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_with_rowid=rowid)

    op.add_column("articles", sa.Column("details", words))
    op.create_index("ix_links_kind_score", "links", ["kind", "score"])
    rows = (*texts("part", "id", "place"), *numbers("earliest", "latest", "oldest", "number"), *texts("words", "row"))
    table("shelf", *rows, key=("part", "id"), rowid=True)
    op.create_index("ix_shelf_part_earliest_latest_id", "shelf", ["part", "earliest", "latest", "id"])
    op.create_index("ix_shelf_part_oldest_latest_id", "shelf", ["part", "oldest", "latest", "id"])
    op.create_index("ix_shelf_part_place_id", "shelf", ["part", "place", "id"])
    table("shelf_marks", *texts("part", "name", "value", "row"), key=("part", "name", "value", "row"))
    op.create_index("ix_shelf_marks_part_row", "shelf_marks", ["part", "row"])
    version = sa.Column("version", sa.BigInteger, nullable=False)
    table("shelf_state", *numbers("id"), *texts("rules"), version, key=("id",), rowid=True)
    places = (*texts("item", "article"), *numbers("start", "end"), *texts("local", "text"))
    table("mentions", *places, key=("item", "article", "start", "end", "local"))
    op.create_index("ix_mentions_article", "mentions", ["article"])
    sums = (*texts("item", "what", "key", "language", "value"), *numbers("count"))
    table("item_sums", *sums, key=("item", "what", "key", "language"))
    signs = tuple(sa.Column(name, sa.Boolean, nullable=False) for name in ("former", "acting"))
    said = (*texts("article"), *numbers("number"), *texts("person", "office", "of", "body"), *numbers("day"), *signs, *texts("evidence"))
    table("holdings", *said, key=("article", "number"))
    op.create_index("ix_holdings_person_office", "holdings", ["person", "office"])
    table("held", *texts("person", "office", "of", "body", "shown"), key=("person", "office", "of", "body"))
    op.create_index("ix_held_office_of", "held", ["office", "of"])
    op.create_index("ix_held_body", "held", ["body"])
