"""Each attack is refused in words, in bounded memory, and what stands beside it is read all the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# MB that the process and its children may take beyond what the idle process holds.
MOST = 300
# What is said of each, and how many articles come of it nevertheless.
REFUSED = {
    "gzip-bomb": ("grows more than 200-fold when unpacked", 0), "bzip2-bomb": ("grows more than 200-fold when unpacked", 0), "gzip-in-gzip": ("packed more than 3 times", 0),
    "gzip-bomb-in-zip": ("grows more than 200-fold", 0), "zip-bomb": ("more than 8,000,000 bytes", 1), "zip-in-zip": ("lies in more than 3 archives", 0),
    "zip-many-members": ("holds more than 20,000 files", 20_000), "zip-outside": ("its name leads out of the archive", 0), "zip-link": ("is a link or a device", 0),
    "tar-outside": ("its name leads out of the archive", 0), "tar-links": ("is a link or a device", 0), "tar-bomb": ("grows more than 200-fold", 0),
    "tar-long-name": ("to tell of one member", 0), "tar-sparse": ("is no plain file", 0), "rss-laughs": ("declares entities of its own", 0),
    "rss-laughs-utf16": ("declares entities of its own", 0), "rss-reads-files": ("declares entities of its own", 0), "sitemap-laughs": ("declares entities of its own", 0),
    "sitemap-reads-files": ("declares entities of its own", 0), "sitemap-external-dtd": ("is no sitemap that can be read", 0),
    "rss-many-entries": ("holds 60,000 entries; the first 2,000 were taken", 0), "rss-never-ended": ("begins more than 2,000 entries and ends few", 0),
    "rss-deep": ("the feed gives no text of it", 0), "sitemap-many": ("holds more than 50,000 addresses", 0), "html-deep": ("250 deep", 0),
    "html-many-elements": ("more than 60,000 elements", 0), "html-many-breaks": (None, 1), "html-many-attributes": ("more than 1,000 attributes", 0),
    "html-hidden-attributes": ("more than 1,000 attributes", 0), "html-open-brackets": (None, 1), "html-open-comments": ("no report was found", 0),
    "html-open-scripts": ("no report was found", 0), "html-json-deep": (None, 1), "html-long-line": ("2,400,439 characters", 0), "pdf-bomb": ("is no PDF that can be read", 0),
    "pdf-endless": ("more memory or time than a file may", 0), "pdf-pages-in-a-ring": ("is no PDF that can be read", 0), "pdf-tables-in-a-ring": (None, 1),
    "mail-huge-part": ("a message of more than 16,000,000 bytes", 1), "mail-nested": ("is no message that can be read", 0), "mail-many-parts": ("more than 200 parts", 0),
    "mail-many-headers": (None, 1), "csv-giant-field": ("a row of more than 8,000,000 characters", 1), "csv-many-columns": ("more than 2,000 columns", 0),
    "jsonl-giant-line": ("more than 8,000,000 bytes", 2), "parquet-bomb": ("more memory or time than a file may", 0), "warc-packed-body": ("more than 8,000,000 bytes", 1),
    "warc-lies": (None, 1), "mail-huge-html": ("a part of more than 8,000,000 bytes", 0), "text-noise": ("in no encoding that could be recognised", 0),
    "text-noise-in-words": ("in no encoding that could be recognised", 0), "text-controls": ("holds bytes that are no text", 0), "rss-controls": (None, 0),
    "rss-numbers": (None, 0), "html-numbers": (None, 1), "html-many-links": (None, 1), "sitemap-wide": ("holds more than 50,000 addresses", 0), "warc-endless-header": ("is damaged after 0 records", 0),
}  # fmt: skip


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict]:
    """What came of every attack, all thrown at one process."""
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("memory is measured through /proc, which this system has not")
    done = subprocess.run([sys.executable, str(Path(__file__).parent / "attacks.py")], cwd=ROOT, capture_output=True, text=True, timeout=1_200, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    return {row["attack"]: row for row in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("attack", REFUSED)
def test_an_attack_is_refused_in_words_and_in_bounded_memory(attack: str, outcomes: dict[str, dict]) -> None:
    said, read = REFUSED[attack]
    outcome = outcomes[attack]
    assert outcome["read"] == read
    assert said is None or any(said in message for message in outcome["messages"]), outcome["messages"]
    assert outcome["grown"] < MOST


def test_every_attack_is_told_of(outcomes: dict[str, dict]) -> None:
    assert set(outcomes) == set(REFUSED)
