"""Whatever the user gives: the format by its content, every format to its articles, and one bad member costs that one."""

import gzip
import io
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from benchmarks.fuzz_samples import SENTENCES, TEXT, html, jsonl, mailbox, message, pdf, rss, samples, sitemap, tarred, warc, zipped
from dragoman.model.config import Config
from dragoman.model.errors import BinaryInput, EmptyInput, InputError, ModelMissing, StoreError, TooLarge
from dragoman.sources.arrival import Arrival
from dragoman.sources.formats import Format, format_of
from dragoman.sources.opening import Means, arrivals_in, opened
from dragoman.sources.rows import columns

CONFIG = Config()


def read(raw: bytes, name: str = "a", means: Means | None = None, config: Config = CONFIG) -> list[Arrival]:
    return list(arrivals_in(io.BytesIO(raw), name, config, means))


@dataclass
class Answer:
    url: str
    body: bytes
    status: int = 200
    charset: str | None = None
    fetched_at: datetime = datetime(2025, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize("name", [name for name in samples() if name not in ("sitemap",)])
def test_every_format_gives_its_articles_with_their_bytes(name: str) -> None:
    file, raw = samples()[name]
    found = read(raw, file)
    assert found
    for one in found:
        assert one.usable, one.troubles
        assert "Ana Lindqvist" in one.article.text or "Both ministers" in one.article.text or "will meet again" in one.article.text
        assert one.source
        assert one.article.published in (date(2025, 3, 4), None)


@pytest.mark.parametrize("name", samples())
def test_the_content_tells_the_format_whatever_the_name(name: str) -> None:
    file, raw = samples()[name]
    by_name = opened(io.BytesIO(raw), file).format
    if name in ("csv",):
        assert opened(io.BytesIO(raw), "a.bin").format is Format.text
        return
    assert opened(io.BytesIO(raw), "a").format is by_name
    assert opened(io.BytesIO(raw), "a.txt").format is by_name


@pytest.mark.parametrize(
    ("begin", "name", "found"),
    [
        (b"They met.", "a.txt", Format.text),
        (b"", "a.html", Format.html),
        (b"<p>They met.</p>", "a.html", Format.html),
        (b"<3 they said", "a.txt", Format.text),
        (b"Dear reader,\nfrom Oslo: they met.", "a.txt", Format.text),
        (b"From: Oslo\nTo: Paris\n\nThey met.", "a.txt", Format.text),
        (b"From now on they meet 10:00\nin Oslo", "a.txt", Format.text),
        (b'{"text": "x"}', "standard input", Format.jsonl),
        (b"{They met}", "standard input", Format.text),
        ("\ufeff<?xml version='1.0'?><rss>".encode("utf-16"), "a", Format.feed),
        (b"<html><body><p>The tag &lt;rss&gt; and <rss></p>", "a", Format.html),
        (b"a;b\n1;2", "a.tsv.gz", Format.csv),
    ],
)
def test_formats_that_are_told_by_little(begin: bytes, name: str, found: Format) -> None:
    assert format_of(begin, name) is found


def test_packed_files_are_unpacked() -> None:
    assert [one.article.text for one in read(gzip.compress(TEXT.encode()), "a.txt.gz")] == [TEXT]
    assert len(read(gzip.compress(gzip.compress(jsonl())), "a.jsonl.gz.gz")) == 2


def test_an_archive_in_an_archive_and_what_comes_along() -> None:
    inner = tarred({"inner/a.html": html(), "__MACOSX/x.txt": b"x", ".DS_Store": b"x", "style.css": b"p {}", "empty.txt": b""})
    found = read(zipped({"b.tar.gz": gzip.compress(inner), "mail.mbox": mailbox(), "picture.jpg": b"\xff\xd8\xff"}), "a.zip")
    assert [(one.article.name, one.usable) for one in found] == [
        ("a.zip/b.tar.gz/inner/a.html", True),
        ("a.zip/b.tar.gz/empty.txt", False),
        ("a.zip/mail.mbox message 1", True),
        ("a.zip/mail.mbox message 2", True),
    ]


def test_archives_of_other_things() -> None:
    with pytest.raises(BinaryInput, match=r"is an office document \(\.docx, \.odt\), not an archive of texts; save it as text"):
        read(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a.docx")
    with pytest.raises(EmptyInput, match="is an archive without a text in it"):
        read(zipped({"a.png": b"x"}), "a.zip")
    with pytest.raises(InputError, match="is no ZIP archive that can be read"):
        read(b"PK\x03\x04 and nothing more", "a.zip")
    with pytest.raises(InputError, match="is damaged"):
        read(gzip.compress(TEXT.encode() * 300)[:-20], "a.txt.gz")


def test_a_damaged_tar_gives_what_stands_before_the_damage() -> None:
    raw = tarred({"a.txt": TEXT.encode(), "b.txt": TEXT.encode() + b"x"})
    found = read(raw[:1_700], "a.tar")
    assert [one.usable for one in found][:1] == [True]
    assert not found[-1].usable


def test_links_of_a_feed_and_of_a_sitemap_are_followed() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        return Answer(url=url, body=html())

    short = rss().replace(SENTENCES[1].encode(), b"").replace(SENTENCES[2].encode(), b"")
    (of_feed,) = read(short, "feed.xml", Means(fetch=fetch))
    (of_map,) = read(sitemap(), "sitemap.xml", Means(fetch=fetch))
    assert of_feed.article.text == of_map.article.text == TEXT
    assert asked == ["https://fjord.example.no/news/1"] * 2


def test_a_full_text_in_a_feed_is_taken_without_asking() -> None:
    (found,) = read(rss(), "feed.xml")
    assert (found.article.text, found.article.title, found.article.outlet) == (TEXT, "Ministers meet in Oslo", "The Fjord Times")
    assert (found.article.published, found.article.published_from) == (date(2025, 3, 4), "metadata")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(url="https://a.example/", body=b"", status=404), "the server answered 404"),
        (Answer(url="https://a.example/", body=rss()), "is no page but a feed"),
        (InputError("https://a.example/1: refused"), "refused"),
        (StoreError("the web is shut"), "the web is shut"),
        (None, "links are not followed here; give the address itself"),
    ],
)
def test_a_link_that_cannot_be_had_costs_that_link(answer: Answer | Exception | None, said: str) -> None:
    def fetch(url: str) -> Answer:
        if isinstance(answer, Exception):
            raise answer
        assert answer is not None
        return answer

    (found,) = read(sitemap(), "sitemap.xml", Means(fetch=fetch if answer else None))
    assert not found.usable
    assert said in found.troubles[-1].message


def test_a_text_that_begins_in_braces_and_is_named_so_stays_a_text() -> None:
    (found,) = read(b"{Oslo} Foreign ministers met in the town.", "a.txt")
    assert found.article.text.startswith("{Oslo}")


def test_columns_that_the_user_names() -> None:
    found = read(b'{"body": "They met in Oslo.", "when": "2025-03-04"}\n', "a.jsonl", Means(columns=columns("text=body,published=when")))
    assert (found[0].article.text, found[0].article.published) == ("They met in Oslo.", date(2025, 3, 4))


def test_a_limit_holds_for_each_article_and_not_for_the_whole() -> None:
    config = Config(max_bytes=2_000)
    assert len(read(b"\n".join(jsonl() for _ in range(60)), "a.jsonl", config=config)) == 120
    with pytest.raises(TooLarge, match="more than 2,000 bytes"):
        read(TEXT.encode() * 10, "a.txt", config=config)


def test_a_web_archive_keeps_the_day_on_which_a_page_was_seen() -> None:
    later = (
        warc()
        .replace(b"2025-03-04T10:00:00+01:00", b"2026-03-04T10:00:00+01:00")
        .replace(b'datetime="2025-03-04">4 March 2025', b'datetime="2026-03-04">4 March 2026')
    )
    (found,) = read(later, "a.warc")
    assert found.article.published is None
    assert found.article.url == "https://fjord.example.no/news/1"


def test_newsletters_and_pdf_say_who_and_when() -> None:
    (letter,) = read(message(), "a.eml")
    assert (letter.article.title, letter.article.outlet, letter.article.published) == ("Ministers meet in Oslo", "The Fjord Times", date(2025, 3, 4))
    assert letter.article.text == TEXT
    (paper,) = read(pdf(), "a.pdf")
    assert (paper.article.title, paper.article.author, paper.article.published) == ("Ministers meet in Oslo", "Mia Berg", date(2025, 3, 4))
    assert "the day of publication is taken to be 2025-03-04, on which the PDF was made" in paper.troubles[0].message


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ModelMissing, match=r"a\.html: to read html the package trafilatura is needed; install it: pip install 'dragoman\[sources\]'"):
        read(html(), "a.html")


class Drop(io.RawIOBase):
    """A pipe that gives seven bytes at a time."""

    def __init__(self, raw: bytes) -> None:
        self._raw = io.BytesIO(raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._raw.read(min(7, len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("name", [name for name in samples() if name != "sitemap"])
def test_a_pipe_that_drips_gives_the_same(name: str) -> None:
    file, raw = samples()[name]
    dripped = list(arrivals_in(io.BufferedReader(Drop(raw), 7), file, CONFIG))
    assert [one.article for one in dripped] == [one.article for one in read(raw, file)]


def test_lines_of_json_are_read_as_they_come() -> None:
    pipe = Drop(b'{"text": "They met in Oslo."}\n{"text": "x' + b"x" * 9_000 + b'"}\n')
    first = next(arrivals_in(io.BufferedReader(pipe, 16), "standard input", CONFIG))
    assert first.article.text == "They met in Oslo."
    assert pipe._raw.tell() < 200
