"""Who saw a name: the encoder where it has read the article, else the parser; and what is left of a run that the encoder cuts."""

from dragoman.model.config import Config
from dragoman.model.parse import Parse
from dragoman.model.reading import Article, Reading, Tag
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.reading.names.lexicon import lexicon
from dragoman.reading.names.sightings import Run, cut, witnesses
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages

_TEXT = "Le ministre norvégien Lars Dahl a reçu Marta Quiroga."


def _read(kit: Kit) -> Reading:
    return read(Article(id="x", name="x", text=_TEXT, language="fr"), stages(), kit)


def test_reasons_say_who_saw_the_name() -> None:
    reasons = {entity.name: entity.reason for entity in _read(Kit()).entities if entity.kind == "person"}
    assert reasons["Lars Dahl"] == "title"
    assert reasons["Marta Quiroga"].startswith("encoder")


def test_without_the_encoder_the_parser_is_believed_and_one_trouble_says_so() -> None:
    reading = _read(Kit(config=Config(encoder=False)))
    assert [entity.name for entity in reading.entities if entity.kind == "person"] == ["Lars Dahl", "Marta Quiroga"]
    assert not any("encoder" in entity.reason for entity in reading.entities)
    assert [trouble.stage for trouble in reading.troubles].count("tagging") == 1


def test_the_parser_is_not_asked_where_the_encoder_has_read() -> None:
    parse = Parse(tokens=(), names=((Span(0, 4), "PER"), (Span(5, 9), "PER")))
    tags = (Tag(start=0, end=4, layer="name", label="PER", score=0.9),)
    seen = witnesses(parse, tags, lexicon("fr"))
    assert seen.labels == ((Span(0, 4), "person"),)
    assert seen.who == {Span(0, 4): "encoder+parser"}
    assert [span for span, _ in witnesses(parse, None, lexicon("fr")).labels] == [Span(0, 4), Span(5, 9)]


def test_runs_are_cut_where_the_encoder_sees_a_name() -> None:
    assert cut([Run(0, 4), Run(6, 7)], [Run(1, 3)]) == [Run(0, 1), Run(1, 3), Run(3, 4), Run(6, 7)]
