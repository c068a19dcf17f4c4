"""What several tests of this folder begin with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.store.open import open_store

sys.path.insert(0, str(Path(__file__).parent))

from watched_site import Newsroom, Site


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    store = open_store(str(tmp_path / "record.db"))
    with Site() as site:
        yield Newsroom(store, site)
    store.close()
