"""Without a parser: phrases with their marks, groups, and what is left where a language has no tables at all."""

from dataclasses import replace
from typing import Any

import pytest

from dragoman.model.reading import Article, Entity, Mention, Reading, Tag
from dragoman.reading import events, sentences, statements
from dragoman.reading.kit import Kit
from dragoman.reading.plain.scenes import plain_scene


def told(text: str, language: str, names: dict[str, str], kit: Kit) -> Reading:
    """The reading of a text in which these names, each of a kind, are all that is known."""
    article = Article(id="x", name="x", text=text, language=language)
    found = []
    for number, (name, kind) in enumerate(names.items(), start=1):
        starts = [at for at in range(len(text)) if text.startswith(name, at)]
        mentions = tuple(Mention(start=at, end=at + len(name), text=name) for at in starts)
        found.append(Entity(id=f"e{number}", kind=kind, name=name, names=(name,), mentions=mentions))  # type: ignore[arg-type]
    return replace(sentences.run(article, Reading(article=article), kit), entities=tuple(found))


@pytest.mark.parametrize(
    ("language", "text", "name", "marks"),
    [
        ("ar", "التقى لارس دال مع رافي مينون.", "رافي مينون", {"مع"}),
        ("ar", "شكر لارس دال رافي مينون.", "رافي مينون", set()),
        ("ar", "اعتذر لارس دال لرافي مينون.", "رافي مينون", {"ل"}),
        ("tr", "Lars Dahl, Ravi Menon'u kabul etti.", "Ravi Menon", {"-accusative"}),
        ("tr", "Lars Dahl, Ravi Menon ile görüştü.", "Ravi Menon", {"ile"}),
        ("tr", "Anlaşma Ravi Menon tarafından imzalandı.", "Ravi Menon", {"tarafindan"}),
    ],
)
def test_marks_of_phrases(language: str, text: str, name: str, marks: set[str], kit: Kit) -> None:
    scene = plain_scene(told(text, language, {"لارس دال" if language == "ar" else "Lars Dahl": "person", name: "person"}, kit))
    phrase = next(one for one in scene.phrases if one.span.of(text) == name)
    assert set(phrase.marks) == marks


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("ar", "التقى لارس دال رافي مينون. واتفق الطرفان على التعاون.", ("لارس دال", "رافي مينون")),
        ("tr", "Lars Dahl, Ravi Menon ile görüştü. İki bakan anlaştı.", ("Lars Dahl", "Ravi Menon")),
    ],
)
def test_several_stand_for_those_named_last(language: str, text: str, names: tuple[str, str], kit: Kit) -> None:
    scene = plain_scene(told(text, language, dict.fromkeys(names, "person"), kit))
    assert set(scene.phrases[-1].ids) == {"e1", "e2"}


def test_words_marked_as_said_are_statements_in_any_language(kit: Kit) -> None:
    text = "Der Minister Lars Dahl sagte, der Vertrag sei fertig."
    reading = told(text, "de", {"Lars Dahl": "person"}, kit)
    spans = [("said", "indirect", "der Vertrag sei fertig"), ("cue", "CUE", "sagte"), ("cue", "SPEAKER", "Lars Dahl")]
    tags = tuple(Tag(start=text.index(words), end=text.index(words) + len(words), layer=layer, label=label, score=0.9) for layer, label, words in spans)
    (statement,) = statements.run(reading.article, replace(reading, tags=tags), kit).statements
    assert (statement.speaker, statement.kind, statement.text) == ("e1", "indirect", "der Vertrag sei fertig")


def test_a_language_without_tables_has_quotations_and_no_events(kit: Kit) -> None:
    reading = told("„Wir werden den Vertrag im Mai unterschreiben“, sagte Lars Dahl.", "de", {"Lars Dahl": "person"}, kit)
    (statement,) = statements.run(reading.article, reading, kit).statements
    assert statement.text == "Wir werden den Vertrag im Mai unterschreiben"
    assert events.run(reading.article, reading, kit).events == ()


def test_a_long_text_is_read_in_time_that_grows_with_it(reader: Any) -> None:
    text = "Lars Dahl, Ravi Menon ile görüştü. “Anlaşmayı bu ay imzalayacağız.” dedi.\n\n" * 60
    assert len(reader(text, "tr").sentences) == 120
