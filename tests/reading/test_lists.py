"""Lists of persons as they stand on the page."""

from collections.abc import Callable

import pytest

from dragoman.model.reading import Reading
from dragoman.reading.lists import person_lists
from dragoman.reading.referents import actors

WORDS = {"en": (actors("en").joining, actors("en").small), "fr": (actors("fr").joining, actors("fr").small)}


@pytest.mark.parametrize(
    ("language", "text", "members"),
    [
        ("en", "Foreign Minister Lars Dahl, Defence Minister Anna Berg and Intelligence Chief Nils Holm left Oslo.", ["Lars Dahl", "Anna Berg", "Nils Holm"]),
        ("en", "Foreign Minister Lars Dahl, Defence Minister Anna Berg, and Intelligence Chief Nils Holm left Oslo.", ["Lars Dahl", "Anna Berg", "Nils Holm"]),
        ("en", "Norwegian Foreign Minister Lars Dahl and Kenyan Foreign Minister Grace Odhiambo met.", ["Lars Dahl", "Grace Odhiambo"]),
        ("en", "Lars Dahl, the Norwegian foreign minister, and Grace Odhiambo, the Kenyan foreign minister, met.", ["Lars Dahl", "Grace Odhiambo"]),
        ("en", "Lars Dahl as well as Grace Odhiambo came to Oslo.", ["Lars Dahl", "Grace Odhiambo"]),
        ("fr", "Le ministre norvégien Lars Dahl, la ministre suédoise Anna Berg et le président kényan Moses Wafula sont arrivés.", ["Lars Dahl", "Anna Berg", "Moses Wafula"]),
        ("fr", "Le président kényan Moses Wafula ainsi que le ministre norvégien Lars Dahl sont arrivés.", ["Moses Wafula", "Lars Dahl"]),
        ("en", "The foreign ministers of Norway, Lars Dahl, of Sweden, Anna Berg, and of Kenya, Grace Odhiambo, met.", ["Lars Dahl", "Anna Berg", "Grace Odhiambo"]),
    ],
)  # fmt: skip
def test_lists(language: str, text: str, members: list[str], reader: Callable[..., Reading]) -> None:
    reading = reader(text, language)
    ((span, ids),) = person_lists(reading, *WORDS[language])
    assert [entity.name for entity in map(reading.entity, ids) if entity] == members
    assert all(name in span.of(text) for name in members)
    assert text[span.end] in " .,"


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Foreign Minister Lars Dahl spoke.",
        "Norwegian Foreign Minister Lars Dahl met Kenyan Foreign Minister Grace Odhiambo.",
        "Norwegian Foreign Minister Lars Dahl flew to Oslo and Kenyan Foreign Minister Grace Odhiambo stayed.",
    ],
)
def test_no_lists(text: str, reader: Callable[..., Reading]) -> None:
    assert person_lists(reader(text, "en"), *WORDS["en"]) == ()


def test_two_with_a_comma_before_and_are_mostly_two_clauses(reader: Callable[..., Reading]) -> None:
    text = "Norway backs Foreign Minister Lars Dahl, and Kenyan Foreign Minister Grace Odhiambo went home."
    assert person_lists(reader(text, "en"), *WORDS["en"]) == ()


def test_without_joining_words_there_are_no_lists(reader: Callable[..., Reading]) -> None:
    assert person_lists(reader("Lars Dahl and Grace Odhiambo met in Oslo.", "en"), frozenset(), WORDS["en"][1]) == ()


def test_several_lists_in_one_text(reader: Callable[..., Reading]) -> None:
    text = "Norwegian President Lars Dahl and Kenyan President Moses Wafula met. Swedish President Anna Berg and Ugandan President Grace Akello left."
    found = person_lists(reader(text, "en"), *WORDS["en"])
    assert [len(ids) for _, ids in found] == [2, 2]
    assert found[0][0].end <= found[1][0].start
