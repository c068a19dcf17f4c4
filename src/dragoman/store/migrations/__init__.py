"""How the tables of a record came to be as they are: one file a change, run when a record is opened (store/open.py)."""

# The newest revision, known without loading Alembic: most records are up to date, and opening one should cost nothing.
NEWEST = "0006"
# All revisions that this program can bring up to date, oldest first.
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
