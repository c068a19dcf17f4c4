"""What reference works say of people and bodies: kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.Text(collation="C") if op.get_bind().dialect.name == "postgresql" else sa.Text()

    def column(name: str, *, optional: bool = False) -> sa.Column[str]:
        return sa.Column(name, words, nullable=optional)

    op.create_table(
        "kept_references",
        *(column("source"), column("id"), column("kind"), column("name"), column("names")),
        *(column("state", optional=True), column("wikidata", optional=True), column("tenures")),
        sa.PrimaryKeyConstraint("source", "id", name="pk_kept_references"),
        sqlite_with_rowid=False,
    )
