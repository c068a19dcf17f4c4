"""Feeds and sitemaps: each entry with what is said of it, whole or with its link."""

from datetime import date

import pytest

from benchmarks.fuzz_samples import PARAGRAPHS, TEXT, atom, json_feed, rss, sitemap
from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, InputError
from dragoman.sources.feeds import Entry, entries_of, entry_arrival
from dragoman.sources.sitemaps import addresses_of


@pytest.mark.parametrize("raw", [rss(), atom(), json_feed()])
def test_the_same_entry_in_three_kinds_of_feeds(raw: bytes) -> None:
    (entry,) = entries_of(raw, "feed").entries
    assert entry.full
    assert (entry.text, entry.title, entry.url, entry.published) == (TEXT, "Ministers meet in Oslo", "https://fjord.example.no/news/1", date(2025, 3, 4))
    assert (entry.outlet, entry.author) == ("The Fjord Times", None if b"Mia" not in raw else "Mia Berg")


def feed(item: str, head: str = "") -> bytes:
    return f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>{head}<item>{item}</item></channel></rss>'.encode()


def only(raw: bytes, **known: str) -> Entry:
    (entry,) = entries_of(raw, "feed", **known).entries
    return entry


@pytest.mark.parametrize(
    ("item", "full"),
    [
        (f"<link>https://a.example/1</link><content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded>", True),
        (f"<link>https://a.example/1</link><content:encoded><![CDATA[{PARAGRAPHS}<p>Continue reading</p>]]></content:encoded>", False),
        (f"<link>https://a.example/1</link><content:encoded><![CDATA[{PARAGRAPHS} […]]]></content:encoded>", False),
        (f"<link>https://a.example/1</link><description><![CDATA[{PARAGRAPHS}]]></description>", False),
        (f"<link>https://a.example/1</link><description><![CDATA[{PARAGRAPHS * 3}]]></description>", True),
        ("<description>They met in Oslo.</description>", True),
    ],
)
def test_what_is_the_whole_of_a_report(item: str, full: bool) -> None:
    assert only(feed(item)).full is full


def test_whose_report_a_feed_passes_on_is_kept() -> None:
    entry = only(feed('<title>x</title><link>https://a.example/1</link><source url="https://aa.com.tr/rss">Anadolu Agency</source>'))
    assert entry.outlet == "Anadolu Agency"


def test_links_are_whole_and_without_trackers() -> None:
    entry = only(feed("<link>/news/1?utm_source=rss#top</link>"), url="https://a.example/feed.xml")
    assert entry.url == "https://a.example/news/1"
    assert only(feed("<link>javascript:alert(1)</link><description>They met.</description>")).url is None
    assert only(feed("<link>file:///etc/passwd</link><description>They met.</description>")).url is None


def test_the_day_is_the_outlet_s_own() -> None:
    assert only(feed("<link>https://a.example/1</link><pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate>")).published == date(2025, 3, 4)


def test_scripts_and_captions_are_no_text() -> None:
    inside = f"{PARAGRAPHS}<script>steal()</script><figure><figcaption>secret</figcaption></figure><p style='display: none'>secret</p><img onerror='steal()'>"
    assert only(feed(f"<content:encoded><![CDATA[{inside}]]></content:encoded>")).text == TEXT


def test_encodings_of_feeds() -> None:
    told = "<description>Dışişleri Bakanı Oslo'da görüştü.</description>"
    for encoding, declared in (("cp1254", "windows-1254"), ("iso-8859-9", "iso-8859-9"), ("utf-16", "utf-16"), ("utf-8", "utf-8")):
        raw = f'<?xml version="1.0" encoding="{declared}"?>'.encode(encoding) + feed(told).decode().encode(encoding).removeprefix(b"\xff\xfe")
        assert only(raw).text == "Dışişleri Bakanı Oslo'da görüştü."


def test_no_feed_is_said_to_be_none() -> None:
    for raw in (b"<rss", b"", b"<html></html>", b"{}", b'{"items": 7}', b"\x00" * 40, b"http://127.0.0.1/feed.xml"):
        with pytest.raises(InputError):
            entries_of(raw, "feed")


def test_an_entry_without_text_has_no_article() -> None:
    with pytest.raises(EmptyInput, match="the feed gives no text of it"):
        entry_arrival(Entry(url="https://a.example/1"), "feed", Config())


def test_what_a_news_sitemap_says() -> None:
    (link,) = addresses_of(sitemap(), "sitemap").links
    assert (link.url, link.title, link.published, link.changed) == (
        "https://fjord.example.no/news/1",
        "Ministers meet in Oslo",
        date(2025, 3, 4),
        date(2025, 3, 5),
    )
    assert (link.outlet, link.language) == ("The Fjord Times", "en")


def test_an_index_of_sitemaps() -> None:
    raw = b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap><sitemap><loc>ftp://a.example/2.xml</loc></sitemap></sitemapindex>"
    found = addresses_of(raw, "sitemap")
    assert (found.maps, found.links) == (("https://a.example/1.xml",), ())
    for broken in (b"<urlset><url>", b"<html/>", b""):
        with pytest.raises(InputError, match="is no sitemap"):
            addresses_of(broken, "sitemap")
