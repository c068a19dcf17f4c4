"""Looking for words: the articles that have them, with the sentence that does, and the persons whose names may be meant."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.errors import EmptyInput
from dragoman.model.record import RecordEntity
from dragoman.service.book import Book, Named
from dragoman.service.finding import persons_named

# Persons that are listed.
_PERSONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that answers, with the sentence or name that does: characters start:end of its text (0:0 for a name or title)."""

    article: str
    name: str
    language: str
    published: str | None
    outlet: str | None
    title: str | None
    start: int
    end: int
    sentence: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person whose name may be meant; `names` are the spellings, the most frequent first."""

    person: Named
    names: tuple[str, ...]
    mentions: int
    office: str | None
    of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found."""

    query: str
    persons: tuple[Match, ...]
    articles: tuple[Hit, ...]


def search(book: Book, query: str, *, limit: int = 20) -> Answer:
    """Articles with all the words (or the phrase in quotation marks), the best first, and persons by name. Raises EmptyInput where nothing is asked."""
    if not query.strip():
        raise EmptyInput("search: give words to look for, such as: dragoman search ceasefire Doha")
    hits = tuple(
        Hit(
            article=found.article.id, name=found.article.name, language=found.article.language, published=found.article.published,
            outlet=found.article.outlet, title=found.article.title, start=found.start, end=found.end, sentence=found.text, rank=found.rank,
        )
        for found in book.shelf.passages(query, limit=limit)
    )  # fmt: skip
    persons = persons_named(book.shelf, query.strip('"'))[:_PERSONS]
    return Answer(query=query, persons=tuple(_match(book, one) for one in persons), articles=hits)


def _match(book: Book, person: RecordEntity) -> Match:
    held = next(iter(reversed(book.shelf.tenures(person=person.id))), None)
    names = tuple(dict.fromkeys(name.text for name in person.names))
    return Match(
        person=book.named(person.id), names=names, mentions=sum(name.count for name in person.names), office=held.office if held else None,
        of=held.of if held else None,
    )  # fmt: skip
