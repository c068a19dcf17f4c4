"""What holds of every reading, whatever the text: spans, ids, order, the way out and back, the same bytes twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.codec import dumps, loads
from dragoman.model.parse import Parse
from dragoman.model.reading import Reading

# What reports are made of, so that every stage finds something to do.
PHRASES = ("Foreign Minister Hakan Fidan", "le ministre turc des Affaires étrangères", "Ankara", "the PKK/YPG", "M. Osei", "his Syrian counterpart", "son homologue",
           "said that", "a déclaré", "told Reuters", "according to", "selon", "a-t-il ajouté", "on Tuesday", "mardi soir", "12 October 2025", "3 oct.", "2019-2021",
           "next week", "la veille", "at 9 p.m.", "he", "Elle", "the two ministers", "Ministry of Water (MoW)", "on X", "the U.S.", "31 June", "29 February", "Abdullah II")  # fmt: skip
MARKS = (
    "“",
    "”",
    '"',
    "«",
    "»",
    "« ",
    " »",
    "„",
    "‘",
    "’",
    "'",
    "‹",
    "›",
    "(",
    ")",
    ",",
    ".",
    ":",
    ";",
    "…",
    "?",
    "—",
    "-",
    "'s ",
    "’s ",
    "\n",
    "\n\n",
    " ",
    "\u00a0",
    "\u202f",
    "\t",
)
STRANGE = (
    "\x00",
    "\x07",
    "\x1b[31m",
    "\u200f",
    "\u202b",
    "\ufeff",
    "\u0301",
    "e\u0301",
    "İ",
    "ß",
    "ﬁ",
    "🙂",
    "👩🏽‍🚀",
    "🇹🇷",
    "\U000e0041",
    "\u2028",
    "\x85",
    "\r\n",
    "\r",
)
SCRIPTS = ("وزير الخارجية", "外交部长王毅", "министр", "υπουργός", "שר החוץ", "विदेश मंत्री", "外務大臣", "ministra")
TEXTS = st.lists(
    st.one_of(
        st.sampled_from(PHRASES),
        st.sampled_from(MARKS),
        st.sampled_from(STRANGE),
        st.sampled_from(SCRIPTS),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    ),
    min_size=4,
    max_size=40,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts)))


@settings(max_examples=500)
@given(
    text=TEXTS,
    language=st.sampled_from(["en", "en", "fr", "fr", "de", "und"]),
    published=st.sampled_from([None, date(2025, 10, 12), date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]),
)
def test_whatever_the_text(text: str, language: str, published: date | None, reader: Callable[..., Reading], check_sound: Callable[[Reading], None]) -> None:
    reading = reader(text, language, published)
    check_sound(reading)
    line = dumps(reading)
    assert dumps(reader(text, language, published)) == line
    assert loads(line) == replace(reading, parse=Parse(), tags=(), titles=())


def test_examples_are_read_soundly(any_example: Any, reader: Callable[..., Reading], check_sound: Callable[[Reading], None]) -> None:
    check_sound(reader(any_example.text, any_example.language, any_example.published))
