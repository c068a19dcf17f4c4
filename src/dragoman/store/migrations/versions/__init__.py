"""One file a change to the tables, named for its revision."""
