"""The spaCy component: the reading is on the Doc, in words of the Doc, and travels with it."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

import dragoman
from dragoman.api import spacy_component

TEXT = "Foreign Minister Ana Lindqvist met her Norwegian counterpart, Per Dahl, in Oslo on Monday."


@pytest.fixture(scope="module")
def nlp() -> spacy.Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe(spacy_component.KEY, config={"published": "2025-03-04"})
    return pipeline


def test_the_reading_is_on_the_doc(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    reading = doc._.dragoman
    assert isinstance(reading, dragoman.Reading)
    assert [event.date for event in reading.events] == ["2025-03-03"]
    spans = {(span.text, span.label_, span.id_) for span in doc.spans["dragoman"]}
    assert ("Per Dahl", "PERSON", "p2") in spans
    assert ("met", "EVENT:CONSULT", "v1") in spans
    assert ("Monday", "DATE", "2025-03-03") in spans
    assert not doc.ents


def test_it_reads_as_read_does(nlp: spacy.Language) -> None:
    ours = dragoman.read(TEXT, published="2025-03-04", name="doc")
    assert nlp(TEXT)._.dragoman.to_json() == ours.to_json()


def test_each_text_may_have_its_own_day(nlp: spacy.Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc._.dragoman_published = "2024-12-31"
    assert nlp(doc)._.dragoman.dates[0].value == "2024-12-30"
    doc = nlp.make_doc(TEXT)
    doc._.dragoman_published = "tomorrow"
    with pytest.raises(dragoman.ConfigError, match="'tomorrow' is no day"):
        nlp(doc)


def test_it_travels_with_the_doc(nlp: spacy.Language) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (boxed,) = DocBin(docs=[doc], store_user_data=True).from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(nlp.vocab)
    for one in (again, boxed):
        assert one._.dragoman == doc._.dragoman
        assert [(span.start, span.end, span.label_, span.id_) for span in one.spans["dragoman"]] == [
            (span.start, span.end, span.label_, span.id_) for span in doc.spans["dragoman"]
        ]


def test_a_wrong_setting_is_said_when_the_pipeline_is_made() -> None:
    with pytest.raises(dragoman.ConfigError, match="'soon' is no day"):
        spacy.blank("en").add_pipe(spacy_component.KEY, config={"published": "soon"})


@settings(max_examples=15)
@given(st.text(max_size=60))
def test_no_text_stops_the_pipeline_and_offsets_are_those_of_the_doc(nlp: spacy.Language, text: str) -> None:
    doc = nlp(text)
    reading = doc._.dragoman
    assert reading.article.text == doc.text
    assert all(mention.text == doc.text[mention.start : mention.end] for entity in reading.entities for mention in entity.mentions)
