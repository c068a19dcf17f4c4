"""The vectors of an article's first sentences come with its labels, to the last bit those that are computed alone."""

import pytest

from dragoman.model.ids import article_id
from dragoman.model.reading import Article
from dragoman.reading.kit import Kit
from dragoman.service.read import read_article
from dragoman.service.signatures import signature

TEXT = (
    "Turkish Foreign Minister Hakan Fidan met his Syrian counterpart in Ankara on Sunday.\n\n"
    "The two ministers discussed border security and the return of refugees.\n\n"
    "A second meeting is planned for November. It will be held in Damascus.\n\n"
    "Fidan said that the talks had been useful and frank."
)


def test_a_signature_is_the_same_with_what_was_kept_and_without(kit: Kit) -> None:
    if kit.encoder() is None:
        pytest.skip("the encoder is not installed")
    article = Article(id=article_id(TEXT), name="a", text=TEXT, language="en")
    reading = read_article(article, kit)
    first = TEXT.split("\n\n")[0]
    from dragoman_encoder.pieces import words

    told = [first[start:end] for start, end in words(first)]
    assert kit.remembered(told) is not None
    # Two sentences of one paragraph are read together: neither has a vector of its own.
    assert kit.remembered([*told, "."]) is None
    kept = signature(reading.article, reading, kit)
    kit.remember({})
    assert kit.remembered(told) is None
    assert signature(reading.article, reading, kit) == kept
