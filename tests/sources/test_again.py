"""What is taken anew from kept bytes: the very same where nothing reads them better, and never less than was known."""

import io
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzz_samples import TEXT, html, rss, samples
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.sources.again import again
from dragoman.sources.arrival import Arrival
from dragoman.sources.html import Told
from dragoman.sources.opening import Means, arrivals_in, single
from dragoman.sources.rows import columns

CONFIG = Config()


def read(raw: bytes, name: str, means: Means | None = None) -> Arrival:
    return next(iter(arrivals_in(io.BytesIO(raw), name, CONFIG, means)))


@pytest.mark.parametrize("name", ["html", "rss", "message", "jsonl", "text", "pdf", "mailbox", "warc"])
def test_the_kept_bytes_give_the_article_again(name: str) -> None:
    file, raw = samples()[name]
    first = read(raw, file)
    assert first.source is not None
    assert again(first.article, first.source, CONFIG).article == first.article


def test_a_better_extraction_gives_another_text_and_keeps_what_was_known() -> None:
    first = read(html(), "a.html")
    assert first.source is not None
    worse = replace(
        first.article, text="Menu", id=article_id("Menu"), outlet="Desk", author=None, published=date(2020, 1, 1), published_from="given", language="en"
    )
    second = again(worse, first.source, CONFIG).article
    assert (second.text, second.id) == (first.article.text, first.article.id)
    assert (second.outlet, second.published, second.published_from, second.language) == ("Desk", date(2020, 1, 1), "given", "en")
    assert second.author == first.article.author


def test_what_is_taken_from_a_feed_keeps_what_the_feed_said() -> None:
    first = read(rss(), "a.xml")
    assert first.source is not None
    second = again(first.article, first.source, CONFIG)
    assert (second.article.outlet, second.article.published, second.article.url) == ("The Fjord Times", date(2025, 3, 4), "https://fjord.example.no/news/1")


@pytest.mark.parametrize("piece", ["Fish &amp; <b>chips</b> were served.", "Fish were served, and no chips.", "<p>Fish.</p><p>Chips.</p>", "3 < 4 chips"])
def test_a_piece_of_a_feed_is_no_page(piece: str) -> None:
    feed = f"<rss><channel><title>x</title><item><description><![CDATA[{piece}]]></description></item></channel></rss>".encode()
    first = read(feed, "a.xml")
    assert first.source is not None
    assert again(first.article, first.source, CONFIG).article == first.article


def test_the_encoding_that_only_the_server_named_is_found_by_the_text() -> None:
    raw = html().replace(b"Norwegian", "Ağrı Iğdır Şırnak Muğla Çankırı".encode("windows-1254")).replace(b'charset="utf-8"', b"").replace(b"charset=utf-8", b"")
    first = single(raw, "a.html", CONFIG, Told(charset="windows-1254"))
    assert "Iğdır" in first.article.text
    assert again(first.article, raw, CONFIG).article.text == first.article.text


def test_a_line_of_a_table_with_other_names_is_as_it_was() -> None:
    row = json.dumps({"body": TEXT, "n": 1}).encode()
    first = read(row, "a.jsonl", Means(columns=columns("text=body")))
    assert first.source is not None
    assert again(first.article, first.source, CONFIG).article == first.article
    with pytest.raises(InputError, match="has no 'text'"):
        again(replace(first.article, text="other"), first.source, CONFIG)


def test_bytes_that_hold_nothing_any_more_are_an_error() -> None:
    for raw in (b"<html><body></body></html>", b"%PDF-1.7 broken", b"  "):
        with pytest.raises(InputError):
            again(Article(id="x", name="a", text="Once there was a text."), raw, CONFIG)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_an_article_or_a_clear_error(raw: bytes) -> None:
    article = Article(id="x", name="a", text="Once there was a text.")
    with suppress(InputError):
        found = again(article, raw, CONFIG).article
        assert found.id == article_id(found.text)
        assert found.text.strip("\x00 \t\r\n")
