"""The tables of watching: kept, since nothing else knows what was polled, fetched and alerted.

    watched_sources      a feed, sitemap or page: what its server said last, and, while it is being worked through, its bytes
    watched_links        an article that a source told of: waiting ▶ fetched (with its bytes) ▶ done, left or given up
    watched_sites        when a site may be visited again, and its robots.txt
    alerted_facts        what an alert has told, each fact under every report of it
    alert_sendings       what is to be told, to whom, and what became of it

Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from sqlalchemy import Column, Double, Index, LargeBinary, Table

from dragoman.store.columns import Json, Words
from dragoman.store.schema import metadata

watched_sources = Table(
    "watched_sources",
    metadata,
    Column("url", Words, primary_key=True),
    Column("next_poll", Double, nullable=False),
    Column("state", Json, nullable=False),
    Column("came_with", Json),
    Column("bytes", LargeBinary),
)

watched_links = Table(
    "watched_links",
    metadata,
    Column("key", Words, primary_key=True),
    Column("source", Words, nullable=False),
    Column("stage", Words, nullable=False),
    Column("next_try", Double, nullable=False),
    Column("state", Json, nullable=False),
    Column("came_with", Json),
    Column("bytes", LargeBinary),
    Index(None, "stage", "next_try"),
    Index(None, "source", "stage"),
)

watched_sites = Table(
    "watched_sites",
    metadata,
    Column("site", Words, primary_key=True),
    Column("next_visit", Double, nullable=False),
    Column("robots", Json, nullable=False),
)

alerted_facts = Table(
    "alerted_facts",
    metadata,
    Column("alert", Words, primary_key=True),
    Column("fact", Words, primary_key=True),
    sqlite_with_rowid=False,
)

alert_sendings = Table(
    "alert_sendings",
    metadata,
    Column("letter", Words, primary_key=True),
    Column("target", Words, primary_key=True),
    Column("made", Double, nullable=False),
    Column("content", Json, nullable=False),
    Column("stage", Words, nullable=False),
    Column("next_try", Double, nullable=False),
    Column("state", Json, nullable=False),
    Index(None, "target", "stage", "made"),
)
