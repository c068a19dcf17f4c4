"""Paragraphs, sentences and tokens, with their offsets, however the text is set."""

from typing import Any

import pytest

from dragoman.model.reading import Article, Reading
from dragoman.reading import sentences
from dragoman.reading.kit import Kit
from dragoman.reading.sentences import paragraphs


def run(text: str, language: str, kit: Kit) -> Reading:
    article = Article(id="x", name="x", text=text, language=language)
    return sentences.run(article, Reading(article=article), kit)


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


def test_examples(example: Any, reading: Reading) -> None:
    assert [span.of(example.text) for span in reading.sentences] == example.facts["sentences"]


def test_blank_lines_part_paragraphs() -> None:
    assert pieces("One.\n\n  Two.\n \nThree.") == ["One.", "Two.", "Three."]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "The ministers of both countries spoke for\nmore than an hour about the river, and they\nwill do so again.\n\nNext."
    assert pieces(text) == [text[: text.index("\n\n")], "Next."]


def test_long_lines_stand_alone() -> None:
    first = "The ministers spoke of water, of roads and of a bridge that both have promised for twenty years without building it. " * 2
    assert pieces(f"{first.strip()}\nThen they left.") == [first.strip(), "Then they left."]


def test_english_sentences(kit: Kit) -> None:
    text = "Mr. Berg met U.S. officials on Jan. 15. “We talked,” he said.\n\nNothing was signed."
    reading = run(text, "en", kit)
    assert [span.of(text) for span in reading.sentences] == ["Mr. Berg met U.S. officials on Jan. 15.", "“We talked,” he said.", "Nothing was signed."]


def test_a_french_list_of_ministers_stays_one_sentence(kit: Kit) -> None:
    text = "Du côté letton, la ministre des Affaires étrangères Ilze Ozola, le ministre de la Défense Juris Kalns et le chef du renseignement Andris Liepa étaient présents."
    assert [span.of(text) for span in run(text, "fr", kit).sentences] == [text]


@pytest.mark.parametrize("language", ["en", "fr", "de", "und"])
def test_tokens_stand_where_they_say(language: str, kit: Kit) -> None:
    text = "« L’accord »\u00a0: “yes”, said Ömer Şahin’s aide 🙂.\u200f\n\nנפגשו אתמול. The end\x00 came…"
    reading = run(text, language, kit)
    assert reading.parse.tokens
    for token in reading.parse.tokens:
        assert text[token.start : token.end] == token.text
    for span in reading.sentences:
        assert span.of(text).strip() == span.of(text)


def test_a_language_without_a_parser_has_words_and_sentences(kit: Kit) -> None:
    text = "Der Minister kam am Montag. Er blieb bis Mittwoch."
    reading = run(text, "de", kit)
    assert not reading.parse.grammatical
    assert [span.of(text) for span in reading.sentences] == ["Der Minister kam am Montag.", "Er blieb bis Mittwoch."]


def test_an_endless_line_is_cut_not_refused(kit: Kit) -> None:
    text = "word " * 3_000
    reading = run(text, "en", kit)
    assert len(reading.parse.tokens) == 3_000
