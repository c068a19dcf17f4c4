"""Search: names in any spelling, the words themselves, and sentences that say nearly the same in other languages; each with the sentence shown."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.reading import EntityKind
from dragoman.model.record import ArticleOf, Place, RecordEntity
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
    """`text` has the words, `spelt` a name in another of its spellings: none of them twice; `near` is the page of what says nearly the same."""

    query: str | None
    names: tuple[Match, ...]
    text: tuple[Hit, ...]
    spelt: tuple[Hit, ...]
    near: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPage:
    """What says nearly the same as the words, in any language, and is not found by the words themselves."""

    query: str | None
    sense: tuple[Hit, ...]


def page(desk: Desk, query: Query) -> SearchPage:
    """What is found for `q`."""
    words = query.one("q")
    if not words:
        return SearchPage(query=None, names=(), text=(), spelt=(), near=None)
    entities, text, spelt = _found(desk, words)
    return SearchPage(query=words, names=tuple(map(_match, entities)), text=text, spelt=spelt, near=query.link("/search/near", values=(("q", words),)))


def near(desk: Desk, query: Query) -> NearPage:
    """What says nearly the same as `q`; a page of its own, for an encoder takes tenths of a second for it."""
    words = query.one("q")
    if not words:
        return NearPage(query=None, sense=())
    _, text, spelt = _found(desk, words)
    return NearPage(query=words, sense=_sense(desk, words, query.language, {hit.article.id for hit in (*text, *spelt)}))


def _found(desk: Desk, words: str) -> tuple[list[RecordEntity], tuple[Hit, ...], tuple[Hit, ...]]:
    """Entities of that name, articles with the words, and those with the first name in other spellings."""
    bare = words.strip('"“”« »')
    entities = [one for kind in _KINDS for one in desk.shelf.entities(kind, words=bare, cut=Cut(limit=_NAMES)).rows] if bare else []
    text = _text(desk, words)
    return entities, text, _spelt(desk.shelf, entities[:1], {hit.article.id for hit in text})


def _match(entity: RecordEntity) -> Match:
    names = sorted(entity.names, key=lambda one: (-one.count, one.text))
    return Match(
        entity=named_of(entity), spellings=tuple(dict.fromkeys(one.text for one in names))[:_NAMES],
        languages=tuple(sorted({one.language for one in names})), mentions=sum(one.count for one in names),
    )  # fmt: skip


def _text(desk: Desk, words: str) -> tuple[Hit, ...]:
    found = desk.store.search(words, limit=_TEXTS)
    articles = desk.shelf.heads(one.article for one in found)
    return tuple(Hit(article=articles[one.article], start=one.start, end=one.end, sentence=one.text) for one in found if one.article in articles)


def _spelt(shelf: Shelf, entities: list[RecordEntity], known: set[str]) -> tuple[Hit, ...]:
    """Where the first name that was found stands in its other spellings, an article once."""
    found: dict[str, Hit] = {}
    for entity in entities:
        places: dict[str, Place] = {}
        for place in shelf.mentions(entity.id, Cut(limit=200)).rows:
            if place.article not in known:
                places.setdefault(place.article, place)
        chosen = list(places)[:_SPELT]
        articles, readings = shelf.heads(chosen), shelf.readings(chosen)
        for id_ in chosen:
            sentence = readings[id_].sentence_at(places[id_].start) if id_ in readings and id_ in articles else None
            if sentence is not None:
                found[id_] = Hit(article=articles[id_], start=sentence.start, end=sentence.end, sentence=sentence.of(readings[id_].article.text))
    return tuple(found.values())


def _sense(desk: Desk, words: str, language: str, known: set[str]) -> tuple[Hit, ...]:
    code, sure = identify(words)
    spoken = code if sure >= _SURE and code != "und" else language
    near = [one for one in desk.nearest(desk.shelf, words, spoken, limit=_SENSES + len(known)) if one.article not in known][:_SENSES]
    articles = desk.shelf.heads(one.article for one in near)
    return tuple(Hit(article=articles[one.article], start=one.start, end=one.end, sentence=one.sentence) for one in near if one.article in articles)
