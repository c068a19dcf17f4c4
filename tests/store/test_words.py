"""Words as they are compared: folded, and each where it stands."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.store.words import Term, terms, words


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("İbrahim Kalın'ın İSTANBUL", ["ibrahim", "kalin", "in", "istanbul"]),
        ("L’ambassadeur à Saint-Étienne", ["l", "ambassadeur", "a", "saint", "etienne"]),
        ("e\u0301cole, dip\u00adlomate", ["ecole", "diplomate"]),
        ("الشَّيْبانيّ والشيباني للشيباني شيبانى", ["شيباني"] * 4),
        ("الـــوزير إلى الله", ["وزير", "الي", "الله"]),
        ("وزير", ["وزير"]),
        ("王毅在Paris", ["王", "毅", "在", "paris"]),
        ("한국의 장관", ["한국의", "장관"]),
        ("12,5 % · № 7 a_b", ["12", "5", "n", "7", "a", "b"]),
        ("", []),
        ("… — \x00\ud800", []),
    ],
)
def test_words_of_a_text(text: str, compared: list[str]) -> None:
    assert [word.text for word in words(text)] == compared


def test_a_word_knows_where_it_stands() -> None:
    text = "وصل والشَّيباني إلى İstanbul'a"
    assert [text[start:end] for _, start, end in words(text)] == ["وصل", "والشَّيباني", "إلى", "İstanbul", "a"]


@given(st.text())
def test_words_stand_in_order_and_hold_no_sign(text: str) -> None:
    found = list(words(text))
    assert all(0 <= word.start < word.end <= len(text) and word.text and " " not in word.text for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("Kalın Ankara", [Term(("kalin",)), Term(("ankara",))]),
        ('"İbrahim Kalın" Ankara', [Term(("ibrahim", "kalin")), Term(("ankara",))]),
        ("«à Paris» “le ministre”", [Term(("a", "paris")), Term(("le", "ministre"))]),
        ("al-Shaibani", [Term(("al", "shaibani"))]),
        ("bakan* b*", [Term(("bakan",), prefix=True), Term(("b",))]),
        ("北京会谈", [Term(("北", "京", "会", "谈"))]),
        ('"not closed', [Term(("not",)), Term(("closed",))]),
        ("kalin KALIN", [Term(("kalin",))]),
        ("NEAR(a, b) AND -c title:d", [Term(("near", "a")), Term(("b",)), Term(("and",)), Term(("c",)), Term(("title", "d"))]),
        ("\"' * ( ) : ^ \x00", []),
    ],
)
def test_what_a_query_asks_for(query: str, asked: list[Term]) -> None:
    assert list(terms(query)) == asked
