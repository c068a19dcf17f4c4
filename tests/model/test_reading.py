"""Looking things up in a reading, and ids that depend on content alone."""

from dragoman.model.ids import article_id
from dragoman.model.reading import Article, Entity, Mention, Reading
from dragoman.model.spans import Span

TEXT = "Turkish Foreign Minister Hakan Fidan spoke. He left."
PERSON = Entity(
    id="p1", kind="person", name="Hakan Fidan", mentions=(Mention(start=25, end=36, text="Hakan Fidan"), Mention(start=44, end=46, text="He", form="pronoun"))
)
STATE = Entity(id="n1", kind="state", name="Türkiye", code="TUR", mentions=(Mention(start=0, end=7, text="Turkish"),))
READING = Reading(article=Article(id="x", name="x", text=TEXT), sentences=(Span(0, 43), Span(44, 52)), entities=(STATE, PERSON))


def test_entities_are_found_by_id_and_place() -> None:
    assert READING.entity("p1") == PERSON
    assert READING.entity(None) is None
    assert READING.entity_at(Span(30, 31)) == PERSON
    assert READING.entity_at(Span(0, 36)) == PERSON
    assert READING.entity_at(Span(8, 15)) is None


def test_mentions_inside_a_span_come_in_text_order() -> None:
    assert [(mention.text, entity.id) for mention, entity in READING.entities_in(Span(0, 46))] == [("Turkish", "n1"), ("Hakan Fidan", "p1"), ("He", "p1")]
    assert READING.entities_in(Span(26, 46)) == ((PERSON.mentions[1], PERSON),)


def test_sentences_are_found_by_character() -> None:
    assert READING.sentence_at(0) == Span(0, 43)
    assert READING.sentence_at(43) is None
    assert READING.sentence_at(44) == Span(44, 52)


def test_an_id_is_that_of_the_text() -> None:
    assert article_id("abc") == article_id("abc") == "ba7816bf8f01cfea"
    assert article_id("abd") != article_id("abc")
    assert len(article_id("\ud800")) == 16
