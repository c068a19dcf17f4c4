"""What events and statements are about: annotated examples per language, and the tables of words."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from dragoman.knowledge.plover import CONTEXTS
from dragoman.knowledge.topics import TOPICS
from dragoman.languages.fold import fold
from dragoman.languages.pack import Language, language, supported
from dragoman.model.reading import Reading
from dragoman.reading.topics import topics_in


def test_examples(example: Any, reading: Reading) -> None:
    found = {
        "events": [sorted(event.topics) for event in reading.events],
        "contexts": [sorted(event.contexts) for event in reading.events],
        "statements": [sorted(one.topics) for one in reading.statements],
    }
    assert {key: found[key] for key in example.facts} == {key: [sorted(names) for names in rows] for key, rows in example.facts.items()}


@pytest.fixture(params=supported())
def pack(request: pytest.FixtureRequest) -> Language:
    found = language(request.param)
    assert found is not None
    return found


@pytest.mark.parametrize(("table", "names"), [("topics", TOPICS), ("contexts", CONTEXTS)])
def test_every_topic_and_context_has_words(pack: Language, table: str, names: Sequence[str]) -> None:
    rows = pack.table(table)
    assert set(rows) == set(names)
    assert all(rows.values())


@pytest.mark.parametrize("table", ["topics", "contexts"])
def test_phrases_of_tables(pack: Language, table: str) -> None:
    """Each once in its row, a star only at the end of a word, no empty one: such a phrase would stand for every word."""
    for name, phrases in pack.table(table).items():
        folded = [fold(phrase) for phrase in phrases]
        assert len(set(folded)) == len(folded), (name, sorted(phrase for phrase in set(folded) if folded.count(phrase) > 1))
        assert not [phrase for phrase in folded if not re.fullmatch(r"[\w'’-]+\*?(?: [\w'’-]+\*?)*", phrase)], name


def test_each_phrase_names_its_topic(pack: Language) -> None:
    lost = [
        (name, phrase)
        for name, phrases in pack.table("topics").items()
        for phrase in phrases
        if name not in topics_in(fold(phrase.replace("*", "")), pack.code)
    ]
    assert not lost


def test_words_are_whole_and_a_star_stands_for_an_ending() -> None:
    assert topics_in("the traders of portugal", "en") == ()
    assert topics_in("two ports", "en") == ("transport",)
    assert topics_in("des tarifaires", "fr") == ("trade",)


def test_no_more_than_four_topics_are_kept() -> None:
    assert topics_in("trade, trade, water, water, cyber, cyber, uranium, uranium, a museum", "en") == ("nuclear", "trade", "water", "cyber")


@pytest.mark.parametrize("code", ["de", "und", ""])
def test_other_languages_have_no_topics(code: str) -> None:
    assert topics_in("nuclear trade", code) == ()
