"""What a thing of the record was linked from, with words of each, so that a reader can say that one of them is something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.model.reading import Reading
from dragoman.model.shelf import Member, Shelf
from dragoman.model.spans import Span
from dragoman.web.pages.cards import Quote, quote

# Entries that are offered to be parted.
_MEMBERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One of the entries that were linked into a thing, by its own name or words, and where it stands."""

    id: str
    name: str
    where: Quote | None
    articles: int


def members(shelf: Shelf, id: str) -> tuple[MemberLine, ...]:
    """What a thing was linked from, each with the first words that say it."""
    every = shelf.members(id)[:_MEMBERS]
    # Nearly always the first article says it.
    readings = shelf.readings(member.where[0][0] for member in every if member.where)
    shown = [_shown(shelf, member, readings) for member in every]
    articles = shelf.heads(one[0] for one in shown if one)
    found = []
    for member, one in zip(every, shown, strict=True):
        name, where = "", None
        if one is not None and one[0] in articles:
            article, name, sentence, text = one
            where = quote(articles[article], sentence, text)
        found.append(MemberLine(id=member.id, name=name, where=where, articles=len({article for article, _ in member.where})))
    return tuple(found)


def _shown(shelf: Shelf, member: Member, known: Mapping[str, Reading]) -> tuple[str, str, Span, str] | None:
    """The first article that says a member in words, what it calls it, and the sentence with its text."""
    for article, local in member.where:
        reading = known.get(article) or shelf.reading(article)
        said = _said(reading, local) if reading is not None else None
        if reading is not None and said is not None:
            name, span = said
            sentence = (reading.sentence_at(span.start) or span).hull(span)
            return article, name, sentence, sentence.of(reading.article.text)
    return None


def _said(reading: Reading, local: str) -> tuple[str, Span] | None:
    """What an article calls an entity, or says of a statement or commitment, and where."""
    entity = reading.entity(local)
    if entity is not None:
        mention = next((one for one in entity.mentions if one.form == "name"), None) or next(iter(entity.mentions), None)
        return (entity.name, mention.span) if mention else None
    statement = next((one for one in reading.statements if one.id == local), None)
    if statement is not None:
        return statement.text, statement.span
    commitment = next((one for one in reading.commitments if one.id == local and one.evidence), None)
    return (commitment.what, commitment.evidence[0]) if commitment else None
