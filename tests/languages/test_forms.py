from dragoman.languages.forms import Form, forms
from dragoman.reading.words import words_of


def test_a_language_without_a_table_has_words_as_they_stand() -> None:
    assert forms("en", "ministers") == (Form("ministers"),)
    assert words_of("the ministers", "en")[1].forms == ()


def test_words_hold_the_marks_above_their_letters() -> None:
    assert [word.text for word in words_of("قال أيضاً إنّ")] == ["قال", "أيضاً", "إنّ"]
