"""Who speaks where it is nobody that the record knows: each report of a statement keeps its own words for it."""

from __future__ import annotations

import pytest

from dragoman.linking.given import Given
from dragoman.linking.items import Kind, Signature
from dragoman.linking.persons import KIND as PERSON
from dragoman.linking.sayings import STATEMENT
from dragoman.linking.spoken import statements_in
from dragoman.model.reading import Article, Entity, Mention, Reading, Statement
from dragoman.model.record import Correction, StatementOf
from dragoman.model.record_codec import plain, row_of
from dragoman.model.spans import Span

SAID = "the talks were over"


def reading(name: str, who: str | None, *, known: bool = False) -> Reading:
    """An article with one statement, of words that name nobody or of somebody by name."""
    text = f"{who or 'It'} said {SAID}."
    start = text.index(SAID)
    person = Entity(id="p1", kind="person", name=who or "", names=(who or "",), mentions=(Mention(start=0, end=len(who or ""), text=who or ""),))
    statement = Statement(
        id="s1", speaker="p1" if known else None, kind="indirect", start=start, end=start + len(SAID), text=SAID, source=Span(0, len(who)) if who else None
    )
    article = Article(id=name, name=name, text=text, language="en")
    return Reading(article=article, sentences=(Span(0, len(text)),), entities=(person,) if known else (), statements=(statement,))


def spoken(*readings: Reading, kinds: tuple[Kind, ...] = (PERSON, STATEMENT)) -> StatementOf:
    """The one statement of all these articles, which a person has said are one."""
    made = [one for kind in kinds for each in readings for one in kind.items(each, Signature())]
    anchors = [f"{each.article.id}#{each.statements[0].start}-{each.statements[0].end}" for each in readings]
    corrections = [Correction(id=number, kind="statement", verdict="same", left=anchors[0], right=anchor) for number, anchor in enumerate(anchors[1:], start=1)]
    found = Given(
        articles=[each.article for each in readings], readings={each.article.id: each for each in readings}, items={item.id: item for item, _ in made},
        occurrences=[occurrence for _, occurrence in made], links={}, corrections=corrections, kinds=kinds,
    )  # fmt: skip
    (one,) = statements_in(found)
    return one


@pytest.mark.parametrize(
    ("who", "words"),
    [("Two officials", "Two officials"), ("Two\n  officials", "Two officials"), (" \n ", None), (None, None)],
    ids=["words", "lines", "blank", "none"],
)
def test_the_words_are_kept_on_one_line(who: str | None, words: str | None) -> None:
    one = spoken(reading("a", who))
    assert (one.speaker, [said.source for said in one.reports], one.voice) == (None, [words], words)


def test_two_articles_keep_each_their_own() -> None:
    one = spoken(reading("a", None), reading("b", "Two officials"), reading("c", "A ministry source"))
    assert one.voices == (None, "Two officials", "A ministry source")
    assert one.voice == "Two officials"


def test_of_somebody_by_name_there_are_none() -> None:
    one = spoken(reading("a", "Kari Nygaard", known=True))
    assert one.speaker is not None
    assert ([said.source for said in one.reports], one.voice) == ([None], None)


def test_a_name_in_one_article_is_the_speaker_of_all() -> None:
    one = spoken(reading("a", "Kari Nygaard", known=True), reading("b", "Two officials"))
    assert one.speaker is not None
    assert [said.source for said in one.reports] == [None, "Two officials"]
    assert (one.voices, one.voice) == ((None, None), None)


def test_a_speaker_whom_the_record_does_not_know_is_nobody_by_name() -> None:
    one = spoken(reading("a", "Kari Nygaard", known=True), kinds=(STATEMENT,))
    assert (one.speaker, one.voice) == (None, "Kari Nygaard")


def test_a_row_with_words_comes_back_and_one_without_is_as_it_was() -> None:
    for who in ("Two officials", None):
        one = spoken(reading("a", who))
        row = plain(one)
        assert row_of("statements", row) == one
        assert row["reports"][0].get("source", "left out") == (who or "left out")
