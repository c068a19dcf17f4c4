"""Keys of items without a second index by item, which was a quarter of a record: an item's own row says by which keys it is found."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_item_keys_item", "item_keys")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_item_items_id", "item_keys", type_="foreignkey")
        return
    # SQLite cannot take a foreign key away; without the index every item that goes would search all keys for it.
    words = sa.Text()
    op.create_table(
        "item_keys_lean",
        *(sa.Column(name, words, nullable=False) for name in ("kind", "key", "item")),
        sa.PrimaryKeyConstraint("kind", "key", "item", name="pk_item_keys"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO item_keys_lean (kind, key, item) SELECT kind, key, item FROM item_keys ORDER BY kind, key, item")
    op.drop_table("item_keys")
    op.rename_table("item_keys_lean", "item_keys")
