"""A watch from its beginning: what an older version has left is brought up to date, and sources do not wait for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from watched_site import Newsroom, feed, html, page, rss

from dragoman.service import watching
from dragoman.service.ingest import kept_by
from dragoman.service.watch import Stopped, Watch
from dragoman.service.watching import forever, once

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser.*")


def test_what_an_older_version_left_is_brought_up_to_date(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1, 2, 3])), **{f"/a/{number}": html(page(number)) for number in range(1, 4)}}
    watch = newsroom.watch({"path": "/feed"})
    once(watch)
    store = watch.store
    older = "an:1 older:2 version:3"
    with store.writing():
        for article in list(store.articles()):
            store.put_reading(article.id, older, str(store.reading(article.id)))
    once(watch)
    assert set(store.made_by([article.id for article in store.articles()]).values()) == {kept_by()}
    assert newsroom.told("brought up to date") == ["3 articles that an older version had read or linked"]
    once(watch)
    assert len(newsroom.told("brought up to date")) == 1


def test_sources_do_not_wait_for_what_an_older_version_left(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[int] = []

    def slow(*given: object) -> Iterator[str]:
        for number in range(4 if len(passes) < 2 else 0):
            newsroom.clock.seconds += 200
            yield str(number)

    def counted(watch: Watch) -> None:
        passes.append(len(newsroom.told("brought up to date")))
        if len(passes) > 3:
            raise Stopped("enough")

    monkeypatch.setattr(watching, "reread", slow)
    monkeypatch.setattr(watching, "one_pass", counted)
    with pytest.raises(Stopped):
        forever(newsroom.watch({"path": "/feed"}))
    assert passes == [1, 2, 2, 2]
    assert newsroom.told("brought up to date")[0] == "2 articles that an older version had read or linked; more at the next pass"
