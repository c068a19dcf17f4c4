"""A press that behaves as presses do: everything ends as documented, nothing is doubled, nothing lost."""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from watched_site import Asked, Newsroom, Site, answer, feed, full_rss, html, page, report, rss

from dragoman.service.watch import Stopped, Watch, next_due, one_pass
from dragoman.service.watching import statuses

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser.*")


def state(watch: Watch, path: str) -> dict[str, object]:
    """What is kept of the source at this path."""
    return next(dict(one.state) for one in watch.watched.sources() if one.url.endswith(path))


def test_a_feed_is_polled_its_pages_fetched_and_read_once(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1, 2, 3]), ETag='"one"'), **{f"/a/{number}": html(page(number)) for number in range(1, 6)}}
    watch = newsroom.watch({"path": "/feed"})
    one_pass(watch)
    assert newsroom.articles() == ["/a/1", "/a/2", "/a/3"]
    assert len(newsroom.told("added")) == 3
    newsroom.clock.seconds += 1000
    site.pages["/feed"] = feed(rss(site.url, [3, 4, 5]), ETag='"two"')
    one_pass(watch)
    assert newsroom.articles() == ["/a/1", "/a/2", "/a/3", "/a/4", "/a/5"]
    assert [one.headers.get("if-none-match") for one in site.asked if one.path == "/feed"] == [None, '"one"']
    assert sorted(site.paths()) == ["/a/1", "/a/2", "/a/3", "/a/4", "/a/5", "/feed", "/feed"]


def test_what_is_not_due_is_not_asked(newsroom: Newsroom) -> None:
    newsroom.site.pages |= {"/feed": feed(rss(newsroom.site.url, [])), "/slow": feed(rss(newsroom.site.url, []))}
    watch = newsroom.watch({"path": "/feed"}, {"path": "/slow", "every": "1d"})
    for _ in range(3):
        one_pass(watch)
    assert Counter(newsroom.site.paths()) == {"/feed": 1, "/slow": 1}
    assert next_due(watch) == 900
    newsroom.clock.seconds += 900
    one_pass(watch)
    assert Counter(newsroom.site.paths()) == {"/feed": 2, "/slow": 1}


def test_unchanged_sources_cost_nothing(newsroom: Newsroom) -> None:
    def conditional(asked: Asked) -> Iterator[bytes]:
        yield answer(304) if asked.headers.get("if-modified-since") == "yesterday" else feed(rss(newsroom.site.url, [1]), Last_Modified="yesterday")

    newsroom.site.pages |= {"/feed": conditional, "/plain": feed(rss(newsroom.site.url, [1])), "/a/1": html(page(1))}
    watch = newsroom.watch({"path": "/feed"}, {"path": "/plain"})
    for _ in range(3):
        one_pass(watch)
        newsroom.clock.seconds += 1000
    assert newsroom.told("unchanged") == ["/feed nothing new", "/plain nothing new (the same bytes)"] * 2
    assert newsroom.site.paths().count("/a/1") == 1


def test_a_feed_may_hold_its_articles_and_two_feeds_the_same(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/full": full_rss_page(site, [1, 2]), "/again": full_rss_page(site, [2, 3]), "/feed": feed(rss(site.url, [7])), "/a/7": html(page(7))}
    watch = newsroom.watch(
        {"path": "/full", "content": "feed", "outlet": "The Wire", "language": "en"},
        {"path": "/again", "content": "feed"},
        {"path": "/feed", "content": "feed"},
    )
    one_pass(watch)
    assert newsroom.articles() == ["/a/7", "/f/1", "/f/2", "/f/3"]
    assert {one.outlet for one in watch.store.articles() if str(one.url).endswith("/f/1")} == {"The Wire"}
    assert "/f/1" not in site.paths()


def full_rss_page(site: Site, numbers: list[int]) -> bytes:
    return feed(full_rss(site.url, numbers))


def test_a_dead_feed_never_stops_the_others(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {
        "/500": answer(500), "/404": answer(404), "/html": html(b"<html><body>Moved house.</body></html>"), "/junk": feed(b"\x00\x01\x02" * 999),
        "/bomb": answer(body=gzip.compress(bytes(20_000_000)), Content_Encoding="gzip", Content_Type="application/rss+xml"),
        "/laugh": feed(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'),
        "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>", "/loop": answer(302, Location="/loop"), "/away": answer(302, Location="http://10.0.0.1/"),
        "/good": feed(rss(site.url, [1])), "/a/1": html(page(1)),
    }  # fmt: skip
    paths = ["/500", "/404", "/html", "/junk", "/bomb", "/cut", "/loop", "/away", "/good"]
    watch = newsroom.watch(*({"path": path} for path in paths), {"path": "/laugh"})
    one_pass(watch)
    assert newsroom.articles() == ["/a/1"]
    failed = {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in newsroom.told("failed")}
    assert set(failed) >= set(paths[:-1])
    assert failed["/500"] == "answers 500 (the server has a fault)"
    assert "8,000,000 bytes" in failed["/bomb"]
    assert "10.0.0.1" in failed["/away"]
    lines = {one.name: one for one in statuses(watch.store, watch.watchlist)}
    assert lines["/404"].failures == 1
    assert lines["/404"].message == "answers 404 (not there)"
    assert lines["/good"].articles == 1
    assert lines["/good"].failures == 0


def test_failures_are_tried_again_after_longer_and_longer(newsroom: Newsroom) -> None:
    newsroom.site.pages["/feed"] = answer(500)
    watch = newsroom.watch({"path": "/feed"})
    waits = []
    for _ in range(14):
        one_pass(watch)
        waits.append(next_due(watch))
        newsroom.clock.seconds += waits[-1]
    assert waits == [*(60.0 * 2**power for power in range(11)), 86_400.0, 86_400.0, 86_400.0]
    newsroom.site.pages["/feed"] = feed(rss(newsroom.site.url, []))
    one_pass(watch)
    assert next_due(watch) == 900
    assert state(watch, "/feed")["failures"] == 0


def test_a_server_that_says_when_is_asked_then(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": answer(429, Retry_After="7200"), "/other": feed(rss(site.url, []))}
    watch = newsroom.watch({"path": "/feed"}, {"path": "/other"})
    one_pass(watch)
    # Of one site the sources come in their order, so that the second is left alone with the first.
    assert site.paths() == ["/feed"]
    assert watch.watched.source(watch.watchlist.sources[0].url).next_poll == newsroom.clock.now().timestamp() + 7200


def test_pages_that_do_not_come_are_tried_again_and_at_last_given_up(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1, 2, 3, 4])), "/a/1": answer(500), "/a/2": answer(404), "/a/3": html(b"<html><body>Nothing.</body></html>")}
    site.pages |= {"/a/4": answer(503, Retry_After="50")}
    watch = newsroom.watch({"path": "/feed"}, watch={"tries": 3})
    one_pass(watch)
    assert len(newsroom.told("given up")) == 2
    for _ in range(6):
        newsroom.clock.seconds += 3_600
        one_pass(watch)
    assert Counter(path for path in site.paths() if path != "/feed") == {"/a/1": 3, "/a/2": 1, "/a/3": 1, "/a/4": 3}
    assert watch.watched.stages()[watch.watchlist.sources[0].url] == {"given up": 4}
    assert newsroom.articles() == []


def test_encodings_are_read_as_they_are(newsroom: Newsroom) -> None:
    site = newsroom.site
    turkish = "Dışişleri Bakanı Hakan Fidan Ankara'da Suriye Dışişleri Bakanı Esad Şeybani ile görüştü. İki bakan güvenlik ve ticaret konularını ele aldı. Görüşme iki saat sürdü."
    arabic = "التقى وزير الخارجية التركي هاكان فيدان نظيره السوري أسعد الشيباني في أنقرة. وبحث الوزيران الأمن والتجارة. واستمر اللقاء ساعتين في مقر الوزارة."
    site.pages |= {
        "/feed": feed(rss(site.url, [1, 2, 3, 4, 5])),
        "/a/1": html(page(1, turkish, "cp1254", None), "windows-1254"),
        "/a/2": html(page(2, turkish.replace("iki", "üç"), "iso8859-9", "ISO-8859-9")),
        "/a/3": html(page(3, arabic, "cp1256", "windows-1256")),
        "/a/4": html(page(4, arabic.replace("ساعتين", "ثلاث ساعات"), "utf-16", None)),
        "/a/5": html(page(5, turkish.replace("ticaret", "balıkçılık"), "utf-8", None)),
    }
    watch = newsroom.watch({"path": "/feed"})
    one_pass(watch)
    texts = {str(one.url)[-1]: one.text for one in watch.store.articles()}
    assert {number: "Şeybani" in text or "الشيباني" in text for number, text in texts.items()} == dict.fromkeys("12345", True)


def test_a_redirected_page_keeps_the_address_it_led_to(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1])), "/a/1": answer(301, Location="/news/1"), "/news/1": html(page(1))}
    one_pass(newsroom.watch({"path": "/feed"}))
    assert newsroom.articles() == ["/news/1"]


def test_a_sitemap_leads_to_its_pages_and_an_index_to_sitemaps(newsroom: Newsroom) -> None:
    site = newsroom.site
    entry = "<url><loc>{}/a/{}</loc><lastmod>2025-10-{:02}</lastmod></url>"
    maps = {name: "".join(entry.format(site.url, number, number) for number in numbers) for name, numbers in {"one": [1, 2, 3], "two": [4]}.items()}
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.pages |= {f"/{name}.xml": answer(body=f"<urlset {space}>{urls}</urlset>".encode(), Content_Type="application/xml") for name, urls in maps.items()}
    index = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in maps)
    site.pages |= {
        "/index.xml": answer(body=f"<sitemapindex {space}>{index}</sitemapindex>".encode()),
        **{f"/a/{number}": html(page(number)) for number in range(1, 6)},
    }
    watch = newsroom.watch({"path": "/index.xml", "kind": "sitemap", "backlog": 4})
    one_pass(watch)
    one_pass(watch)
    assert newsroom.articles() == ["/a/2", "/a/3", "/a/4"]
    site.pages["/two.xml"] = answer(body=f"<urlset {space}>{maps['two']}{entry.format(site.url, 5, 5)}</urlset>".encode())
    newsroom.clock.seconds += 1000
    one_pass(watch)
    assert newsroom.articles() == ["/a/2", "/a/3", "/a/4", "/a/5"]


def test_a_page_of_links_leads_to_those_that_are_meant(newsroom: Newsroom) -> None:
    site = newsroom.site
    links = "<a href='/a/1'>One</a><a href='/about'>About</a><a href='javascript:alert(1)'>x</a><a href='file:///etc/passwd'>y</a><a href='a/2#top'>Two</a>"
    site.pages |= {"/": html(f"<html><body>{links}<a href='/a/3/print'>Print</a></body></html>".encode()), "/a/1": html(page(1)), "/a/2": html(page(2))}
    one_pass(newsroom.watch({"path": "/", "kind": "links", "include": ["*/a/*"], "exclude": ["*/print"]}))
    assert newsroom.articles() == ["/a/1", "/a/2"]
    assert sorted(site.paths()) == ["/", "/a/1", "/a/2"]


def test_a_page_is_read_again_when_its_text_changes(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages["/statement"] = html(page(1))
    watch = newsroom.watch({"path": "/statement", "kind": "page"})
    for number in (1, 1, 2):
        site.pages["/statement"] = html(page(number))
        one_pass(watch)
        newsroom.clock.seconds += 1000
    assert newsroom.articles() == ["/statement", "/statement"]


def test_only_the_newest_of_an_archive_are_taken_and_the_rest_never(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, list(range(1, 27)))), **{f"/a/{number}": html(page(number)) for number in range(1, 30)}}
    watch = newsroom.watch({"path": "/feed", "backlog": 2})
    one_pass(watch)
    assert newsroom.articles() == ["/a/25", "/a/26"]
    site.pages["/feed"] = feed(rss(site.url, list(range(1, 28))))
    newsroom.clock.seconds += 1000
    one_pass(watch)
    assert newsroom.articles() == ["/a/25", "/a/26", "/a/27"]


def test_hostile_links_lead_nowhere(newsroom: Newsroom) -> None:
    site = newsroom.site
    hostile = ["file:///etc/passwd", "javascript:alert(1)", "http://169.254.169.254/latest/", "http://[::ffff:10.0.0.1]/", "http://user:pw@127.0.0.1/", "gopher://x/",
               "http://127.0.0.1:22/", "http://" + "a" * 3_000 + "/", "data:text/html,x"]  # fmt: skip
    items = "".join(f"<item><title>t{number}</title><link>{link}</link></item>" for number, link in enumerate(hostile))
    site.pages |= {"/feed": feed(rss(site.url, [1], items)), "/a/1": html(page(1))}
    watch = newsroom.watch({"path": "/feed"})
    one_pass(watch)
    assert newsroom.articles() == ["/a/1"]
    assert watch.watched.waiting(1e12, watch.watchlist.sources[0].url, 9) == ()
    assert site.paths() == ["/feed", "/a/1"]


def test_a_feed_of_a_hundred_thousand_entries_is_bounded_and_said(newsroom: Newsroom) -> None:
    site = newsroom.site
    items = "".join(f"<item><link>{site.url}/a/{number}</link></item>" for number in range(100_000))
    site.pages |= {
        "/feed": feed(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()),
        **{f"/a/{number}": html(page(number)) for number in range(3)},
    }
    watch = newsroom.watch({"path": "/feed", "backlog": 3})
    one_pass(watch)
    assert newsroom.articles() == ["/a/0", "/a/1", "/a/2"]
    assert "100,000 entries; the first 2,000 were taken" in str(state(watch, "/feed")["message"])
    assert watch.watched.stages()[watch.watchlist.sources[0].url] == {"done": 3, "left": 1997}


def test_robots_are_kept_to_and_sites_visited_one_page_at_a_time(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/robots.txt": answer(body=b"User-agent: *\nDisallow: /a/2\nCrawl-delay: 5"), "/feed": feed(rss(site.url, [1, 2, 3]))}
    site.pages |= {f"/a/{number}": html(page(number)) for number in (1, 2, 3)}
    watch = newsroom.watch({"path": "/feed"}, web={"delay": 1})
    one_pass(watch)
    assert newsroom.articles() == ["/a/1", "/a/3"]
    assert "/a/2" not in site.paths()
    assert any("robots.txt does not allow" in line for line in newsroom.told("given up"))
    assert newsroom.clock.waits == [1.0, 5.0, 5.0]
    one_pass(watch)
    assert [one.path for one in site.asked].count("/robots.txt") == 1


@pytest.mark.parametrize("path", ["/feed", "/full"])
def test_interrupted_anywhere_nothing_is_lost_or_doubled(newsroom: Newsroom, path: str) -> None:
    """The watch is broken off at its first note, its second, and so on, each time started anew; then the whole record is as if it never had been."""
    site = newsroom.site
    site.pages |= {
        "/feed": feed(rss(site.url, [1, 2, 3])),
        "/full": full_rss_page(site, [1, 2, 3]),
        **{f"/a/{number}": html(page(number)) for number in (1, 2, 3)},
    }
    source = {"path": path, "content": "feed"}
    for stop in range(1, 20):
        left = stop

        def interrupt() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Stopped("stopped")

        newsroom.interrupt = interrupt
        try:
            one_pass(newsroom.watch(source))
        except Stopped:
            continue
        break
    newsroom.interrupt = None
    one_pass(newsroom.watch(source))
    expected = [f"/{'a' if path == '/feed' else 'f'}/{number}" for number in (1, 2, 3)]
    assert newsroom.articles() == expected
    assert site.paths().count(path) == 1
    assert Counter(newsroom.site.paths())["/a/1"] <= 2


def test_pages_beyond_the_limit_of_a_pass_come_in_the_next(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1, 2, 3])), **{f"/a/{number}": html(page(number)) for number in (1, 2, 3)}}
    watch = newsroom.watch({"path": "/feed"}, watch={"pages": 2})
    one_pass(watch)
    assert len(newsroom.articles()) == 2
    assert next_due(watch) == 1.0
    one_pass(watch)
    assert len(newsroom.articles()) == 3


def test_a_report_is_in_the_record_once_however_many_addresses_it_has(newsroom: Newsroom) -> None:
    site = newsroom.site
    copy = page(1, report(1))
    site.pages |= {"/feed": feed(rss(site.url, [1, 2])), "/a/1": html(copy), "/a/2": html(copy)}
    one_pass(newsroom.watch({"path": "/feed"}))
    assert len(newsroom.articles()) == 1
    assert len(newsroom.told("known")) == 1


def test_a_site_that_wants_long_pauses_does_not_keep_the_others_waiting(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/robots.txt": answer(body=b"User-agent: *\nCrawl-delay: 50"), "/feed": feed(rss(site.url, list(range(1, 13))))}
    site.pages |= {f"/a/{number}": html(page(number)) for number in range(1, 13)}
    watch = newsroom.watch({"path": "/feed"})
    one_pass(watch)
    assert 5 <= len(newsroom.articles()) <= 8
    assert newsroom.clock.seconds < 500
    one_pass(watch)
    assert len(newsroom.articles()) == 12


def test_what_waits_for_a_source_that_is_watched_no_more_keeps_nobody_awake(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1])), "/a/1": answer(500), "/other": feed(rss(site.url, []))}
    one_pass(newsroom.watch({"path": "/feed"}))
    newsroom.clock.seconds += 10_000
    watch = newsroom.watch({"path": "/other"})
    one_pass(watch)
    assert next_due(watch) == 900
    assert site.paths().count("/a/1") == 1


def test_an_article_whose_reader_was_lost_is_fetched_again(newsroom: Newsroom) -> None:
    from dataclasses import replace

    from dragoman.engines.lost import Lost

    class Losing:
        """Loses what it is given, as when a process is killed."""

        def map(self, work: object, items: object) -> Iterator[object]:
            return (Lost(item, "the process ended") for item in items)  # type: ignore[attr-defined]

    site = newsroom.site
    site.pages |= {"/feed": feed(rss(site.url, [1])), "/a/1": html(page(1))}
    watch = newsroom.watch({"path": "/feed"})
    one_pass(replace(watch, engine=Losing()))  # type: ignore[arg-type]
    assert newsroom.articles() == []
    assert len(newsroom.told("postponed")) == 1
    newsroom.clock.seconds += 301
    one_pass(watch)
    assert newsroom.articles() == ["/a/1"]


def test_a_source_whose_settings_change_begins_anew(newsroom: Newsroom) -> None:
    site = newsroom.site

    def conditional(asked: Asked) -> Iterator[bytes]:
        yield answer(304) if "if-none-match" in asked.headers else feed(rss(site.url, [1, 2, 3, 4]), ETag='"x"')

    site.pages |= {"/feed": conditional, **{f"/a/{number}": html(page(number)) for number in (1, 2, 3, 4)}}
    source = {"path": "/feed", "backlog": 1}
    for include, articles in (("*/1", ["/a/1"]), ("*/1", ["/a/1"]), ("*/a/*", ["/a/1", "/a/4"])):
        one_pass(newsroom.watch({**source, "include": include}))
        newsroom.clock.seconds += 1000
        assert newsroom.articles() == articles
