"""What holds for every input: nothing but refusals, no markup in texts, and the same bytes give the same article."""

import io
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.model.ids import article_id
from dragoman.sources.encoding import decode_declared
from dragoman.sources.formats import format_of
from dragoman.sources.html.days import day_of
from dragoman.sources.markup import text_of
from dragoman.sources.opening import arrivals_in
from dragoman.sources.xml import allowed

CONFIG = Config(max_bytes=100_000)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31))
# Letters and marks, without what belongs to markup or to lines of a page.
WORDS = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Nd"), include_characters=" .,’"), min_size=1, max_size=60)


@given(st.binary(max_size=600), st.sampled_from(["a", "a.txt", "a.html", "a.csv", "a.jsonl", "a.xml", "a.eml"]))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused_and_twice_the_same(raw: bytes, name: str) -> None:
    def read() -> object:
        try:
            found = list(arrivals_in(io.BytesIO(raw), name, CONFIG))
        except InputError as error:
            return str(error)
        for one in found:
            assert one.article.id == article_id(one.article.text)
            assert one.usable or one.troubles[-1].stage == "input"
        return found

    assert read() == read()


@given(st.binary(max_size=400), st.text(max_size=12))
def test_every_beginning_has_a_format(begin: bytes, name: str) -> None:
    assert format_of(begin, name) is format_of(begin, name)


@given(DAYS, st.sampled_from(["{0}", "{0}T23:59:59Z", "{0}T00:00:00+03:00", "{0} 10:00", "{1}", "{2:%Y%m%d}"]))
def test_a_day_for_machines_is_that_day(day: date, form: str) -> None:
    text = form.format(day.isoformat(), format_datetime(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)), day)
    assert day_of(text) == day


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_escaped_words_come_out_as_words(words: list[str]) -> None:
    text = text_of("".join(f"<p>{escape(word)}</p>" for word in words), "page")
    for word in words:
        plain = " ".join(word.split())
        assert plain in text or len(plain) <= 220


@given(st.text(max_size=200))
def test_no_markup_is_left(text: str) -> None:
    found = text_of(f"<p>They met.</p><script>{escape(text)}</script><div>{escape(text)}</div>", "page")
    assert found.startswith("They met.")
    assert "<script" not in found or "<script" in text


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_text_survives_its_encoding(text: str, encoding: str) -> None:
    page = f"<html><body>{text}</body></html>"
    assert decode_declared(page.encode(encoding), "page")[0] == page


@given(st.text(max_size=400) | st.from_regex(r"(&#x?[0-9a-fA-F]{0,9};?){0,20}", fullmatch=True))
def test_what_is_allowed_is_left_and_the_rest_gone(text: str) -> None:
    found = allowed(text)
    assert allowed(found) == found
    assert not any(ord(letter) < 0x20 and letter not in "\t\n\r" for letter in found)
