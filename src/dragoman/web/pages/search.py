"""Search: names in any spelling, the words themselves, and sentences that say nearly the same in other languages; each with the sentence shown."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.reading import EntityKind
from dragoman.model.record import ArticleOf, RecordEntity
from dragoman.model.shelf import Cut, Named, Shelf
from dragoman.reading.languages import identify
from dragoman.web.desk import Desk
from dragoman.web.filters import named_of
from dragoman.web.query import Query

_KINDS: tuple[EntityKind, ...] = ("person", "state", "organization", "place")
_NAMES, _TEXTS, _SENSES = 8, 20, 15
# The identifier of languages is mostly wrong below this, as for single words.
_SURE = 0.6
# Articles in which a name that was found is looked for in its other spellings.
_SPELT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entity whose name may be meant, with its spellings, the most frequent first."""

    entity: Named
    spellings: tuple[str, ...]
    languages: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that answers, with the sentence (characters start:end) that does."""

    article: ArticleOf
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`text` has the words, `spelt` a name in another of its spellings, `sense` says nearly the same: none of them twice."""

    query: str | None
    names: tuple[Match, ...]
    text: tuple[Hit, ...]
    spelt: tuple[Hit, ...]
    sense: tuple[Hit, ...]


def page(desk: Desk, query: Query) -> SearchPage:
    """What is found for `q`."""
    shelf, words = desk.shelf, query.one("q")
    if not words:
        return SearchPage(query=None, names=(), text=(), spelt=(), sense=())
    bare = words.strip('"“”« »')
    entities = [one for kind in _KINDS for one in shelf.entities(kind, words=bare, cut=Cut(limit=_NAMES)).rows] if bare else []
    text = _text(desk, words)
    spelt = _spelt(shelf, entities[:1], {hit.article.id for hit in text})
    sense = _sense(desk, words, query.language, {hit.article.id for hit in (*text, *spelt)})
    return SearchPage(query=words, names=tuple(_match(one) for one in entities), text=text, spelt=spelt, sense=sense)


def _match(entity: RecordEntity) -> Match:
    names = sorted(entity.names, key=lambda one: (-one.count, one.text))
    return Match(
        entity=named_of(entity), spellings=tuple(dict.fromkeys(one.text for one in names))[:_NAMES],
        languages=tuple(sorted({one.language for one in names})), mentions=sum(one.count for one in names),
    )  # fmt: skip


def _text(desk: Desk, words: str) -> tuple[Hit, ...]:
    found = []
    for one in desk.store.search(words, limit=_TEXTS):
        article = desk.shelf.article(one.article)
        if article is not None:
            found.append(Hit(article=article, start=one.start, end=one.end, sentence=one.text))
    return tuple(found)


def _spelt(shelf: Shelf, entities: list[RecordEntity], known: set[str]) -> tuple[Hit, ...]:
    """Where the first name that was found stands in its other spellings, an article once."""
    found: dict[str, Hit] = {}
    for entity in entities:
        for place in shelf.mentions(entity.id, Cut(limit=200)).rows:
            article = shelf.article(place.article) if place.article not in known and place.article not in found else None
            reading = shelf.reading(article.id) if article else None
            if article is None or reading is None:
                continue
            sentence = reading.sentence_at(place.start)
            if sentence is not None:
                found[article.id] = Hit(article=article, start=sentence.start, end=sentence.end, sentence=sentence.of(reading.article.text))
            if len(found) == _SPELT:
                break
    return tuple(found.values())


def _sense(desk: Desk, words: str, language: str, known: set[str]) -> tuple[Hit, ...]:
    code, sure = identify(words)
    spoken = code if sure >= _SURE and code != "und" else language
    found = []
    for one in desk.nearest(desk.shelf, words, spoken, limit=_SENSES + len(known)):
        article = desk.shelf.article(one.article) if one.article not in known else None
        if article is not None:
            found.append(Hit(article=article, start=one.start, end=one.end, sentence=one.sentence))
    return tuple(found[:_SENSES])
