"""The tables of watching: sources, links, sites, and what alerts have told and sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text(collation="C") if op.get_bind().dialect.name == "postgresql" else sa.Text()

    def column(name: str, *, optional: bool = False) -> sa.Column[str]:
        return sa.Column(name, words, nullable=optional)

    def moment(name: str) -> sa.Column[float]:
        return sa.Column(name, sa.Double, nullable=False)

    def table(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...], rowid: bool = True) -> None:
        op.create_table(name, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_with_rowid=rowid)

    def came() -> tuple[sa.schema.SchemaItem, ...]:
        return (column("came_with", optional=True), sa.Column("bytes", sa.LargeBinary, nullable=True))

    table("watched_sources", column("url"), moment("next_poll"), column("state"), *came(), key=("url",))
    table("watched_links", column("key"), column("source"), column("stage"), moment("next_try"), column("state"), *came(), key=("key",))
    op.create_index("ix_watched_links_stage_next_try", "watched_links", ["stage", "next_try"])
    op.create_index("ix_watched_links_source_stage", "watched_links", ["source", "stage"])
    table("watched_sites", column("site"), moment("next_visit"), column("robots"), key=("site",))
    table("alerted_facts", column("alert"), column("fact"), key=("alert", "fact"), rowid=False)
    table(
        "alert_sendings",
        *(column("letter"), column("target"), moment("made"), column("content"), column("stage"), moment("next_try"), column("state")),
        key=("letter", "target"),
    )
    op.create_index("ix_alert_sendings_target_stage_made", "alert_sendings", ["target", "stage", "made"])
