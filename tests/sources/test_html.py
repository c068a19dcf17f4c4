"""A page becomes its report alone, with what the page says of it."""

from datetime import date

import pytest

from benchmarks.fuzz_samples import PARAGRAPHS, SENTENCES, TEXT, html
from dragoman.model.config import Config
from dragoman.model.errors import EmptyInput, TooLarge
from dragoman.model.reading import Article
from dragoman.sources.html import Told, from_html, looks_like_html

CONFIG = Config()


def article(raw: bytes | str, **told: object) -> Article:
    return from_html(raw if isinstance(raw, bytes) else raw.encode(), "a.html", CONFIG, Told(**told)).article


def page(head: str = "", inside: str = "", before: str = "<h1>Ministers meet in Oslo</h1>", after: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><title>Ministers meet in Oslo</title>{head}</head><body>{before}<article>{inside}{PARAGRAPHS}</article>{after}</body></html>'


def test_all_that_a_page_says() -> None:
    found = article(html())
    assert found.text == TEXT
    assert (found.title, found.outlet, found.author, found.url) == ("Ministers meet in Oslo", "The Fjord Times", "Mia Berg", "https://fjord.example.no/news/1")
    assert (found.published, found.published_from, found.outlet_country) == (date(2025, 3, 4), "metadata", "NOR")


def test_the_bytes_are_kept() -> None:
    raw = html()
    assert from_html(raw, "a.html", CONFIG).source == raw


@pytest.mark.parametrize(
    "around",
    [
        "<script>steal('secret')</script>",
        '<style>p { content: "secret" }</style>',
        '<p onclick="secret()"></p><img src="x" onerror="secret()" alt="secret">',
        "<noscript>secret</noscript>",
        "<template><p>secret</p></template>",
        "<figure><img src='a.jpg'><figcaption>The ministers, photographed in secret before the talks</figcaption></figure>",
        '<div class="wp-caption-text">A secret picture of the ministers before the talks</div>',
        '<p class="photo-credit">Secret/Agency</p>',
        "<p>Read also: <a href='/2'>The secret talks of Oslo</a></p>",
        "<p>À lire aussi : <a href='/2'>The secret talks of Oslo</a></p>",
        "<p>İlgili haber: <a href='/2'>The secret talks of Oslo</a></p>",
        "<p>اقرأ أيضا: <a href='/2'>secret</a></p>",
        '<div class="related-articles"><h3>More</h3><ul><li><a href="/2">The secret talks of Oslo</a></li></ul></div>',
        "<!-- secret -->",
        "<iframe srcdoc='secret'></iframe>",
        "<p>Advertisement</p><aside class='newsletter-signup'><a href='/n'>Sign up for the secret newsletter</a></aside>",
    ],
)
def test_what_stands_around_a_report_is_not_in_its_text(around: str) -> None:
    text = article(page(inside=PARAGRAPHS + around)).text
    assert "ecret" not in text
    assert "Advertisement" not in text
    assert all(one in text for one in SENTENCES)


def test_a_sentence_that_begins_like_a_box_stays() -> None:
    told = "Related questions of fisheries, the minister said, had been left to the experts of both states, who would meet in Bergen in the spring."
    assert told in article(page(inside=f"<p>{told}</p>")).text


def test_a_text_that_a_script_fills_in_is_taken_from_the_json() -> None:
    known = '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "articleBody": "%s"}]}</script>'
    raw = f"<html><head><title>Ministers meet</title>{known % ' '.join(SENTENCES)}</head><body><p>{SENTENCES[0][:60]}…</p></body></html>"
    assert SENTENCES[2] in article(raw).text


@pytest.mark.parametrize(
    ("head", "before", "url", "day", "how"),
    [
        ('<meta property="article:published_time" content="2025-03-04T23:30:00-05:00">', "", None, date(2025, 3, 4), "metadata"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-04T00:16:15+03:00"}</script>',
            "",
            None,
            date(2025, 3, 4),
            "metadata",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="pubdate" content="Tue, 04 Mar 2025 10:00:00 GMT">',
            "",
            None,
            date(2025, 3, 4),
            "metadata",
        ),
        ("", '<time itemprop="datePublished" datetime="2025-03-04">x</time>', None, date(2025, 3, 4), "metadata"),
        ('<meta property="article:published_time" content="2025-03-03T23:30:00+00:00">', "", "https://a.example/2025/03/04/x", date(2025, 3, 4), "metadata"),
        ("", "", "https://a.example/news/2025/03/04/ministers-meet", date(2025, 3, 4), "metadata"),
        ("", '<h1>Ministers meet in Oslo</h1><p class="date">Written: 4 March 2025, updated: 6 March 2025</p>', None, date(2025, 3, 4), "text"),
        ('<meta property="og:updated_time" content="2025-03-09">', "<h1>Ministers meet in Oslo</h1><time>4 March 2025</time>", None, date(2025, 3, 4), "text"),
        ("", "", None, None, "unknown"),
    ],
)
def test_the_day_and_how_it_is_known(head: str, before: str, url: str | None, day: date | None, how: str) -> None:
    found = article(page(head, before=before), url=url)
    assert (found.published, found.published_from) == (day, how)


def test_the_day_of_a_change_is_no_day_of_publication() -> None:
    found = article(page('<meta property="article:modified_time" content="2025-03-09T10:00:00Z">'))
    assert (found.published, found.updated) == (None, date(2025, 3, 9))


def test_a_page_was_not_published_after_it_was_seen() -> None:
    head = '<meta property="article:published_time" content="2031-03-04">'
    assert article(page(head), seen=date(2025, 3, 6)).published is None


def test_a_feed_s_day_goes_before_what_is_written_for_people() -> None:
    found = article(page(before="<h1>Ministers meet in Oslo</h1><time>9 March 2025</time>"), published=date(2025, 3, 4))
    assert (found.published, found.published_from) == (date(2025, 3, 4), "metadata")


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("cp1254", '<meta charset="windows-1254">', None),
        ("iso-8859-9", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-9">', None),
        ("cp1254", "", "windows-1254"),
        ("cp1254", '<meta charset="utf-8">', "ISO-8859-9"),
        ("utf-16", "", None),
        ("utf-16-le", '<meta charset="utf-16">', None),
        ("utf-8", '<meta charset="windows-1254">', "utf-8"),
        ("utf-8-sig", '<meta charset="windows-1254">', None),
        ("utf-8", '<meta charset="utf-16">', None),
        ("utf-8", '<meta charset="no-such-thing">', "nor-this"),
    ],
)
def test_encodings_by_mark_server_and_declaration(encoding: str, declared: str, charset: str | None) -> None:
    told = "Dışişleri Bakanı, Oslo'da Norveçli mevkidaşıyla iki ülke arasındaki işbirliğini görüştü. Görüşme dün akşam yapıldı ve üç saat sürdü."
    raw = f"<html><head>{declared}<title>Görüşme</title></head><body><article><p>{told}</p><p>{told}</p></article></body></html>".encode(encoding)
    assert told in article(raw, charset=charset).text


def test_arabic_in_windows_1256() -> None:
    told = "التقى وزير الخارجية نظيره النرويجي في أوسلو وبحث معه العلاقات الثنائية بين البلدين، بحسب ما أعلنته الوزارة في بيان لها مساء اليوم."
    raw = f'<html><head><meta charset="windows-1256"></head><body><article><p>{told}</p><p>{told}</p></article></body></html>'.encode("cp1256")
    assert told in article(raw).text
    undeclared = f"<html><body><article><p>{told}</p><p>{told}</p></article></body></html>".encode("cp1256")
    assert told in article(undeclared, charset="windows-1256").text


def test_the_canonical_address_counts_where_it_is_the_outlet_s() -> None:
    head = '<link rel="canonical" href="/news/1?utm_source=x#top"><meta property="og:url" content="https://b.example/9">'
    assert article(page(head), url="https://a.example/news/1?fbclid=9").url == "https://a.example/news/1"
    assert article(page('<link rel="canonical" href="https://evil.test/1">'), url="https://a.example/news/2").url == "https://a.example/news/2"
    assert article(page('<link rel="canonical" href="javascript:alert(1)">'), url="https://a.example/news/2").url == "https://a.example/news/2"


def test_a_page_without_a_report_is_said_to_be_one() -> None:
    with pytest.raises(EmptyInput, match=r"a\.html: is a page in which no report was found; save the report's text and read that"):
        article("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    with pytest.raises(TooLarge, match="a page of more than 60,000 elements"):
        article("<html><body>" + "<p>x" * 70_000)


def test_what_is_a_page() -> None:
    assert looks_like_html(b"<!DOCTYPE html><html>")
    assert looks_like_html("\ufeff <html><body>".encode("utf-16"))
    assert not looks_like_html(b"<?xml version='1.0'?><rss><channel>")
    assert not looks_like_html(b"Ministers met. <p> is a tag.")


def test_characters_that_no_tree_can_hold() -> None:
    found = article(page(inside="<p>They met\x01 in&#1; Oslo&#xFFFF;,&#55555555; and &#x1F600; left.\x00\ufffe</p>"))
    assert "They met in Oslo , and \U0001f600 left." in " ".join(found.text.split())
