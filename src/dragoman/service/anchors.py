"""From what people type to what a correction keeps: the words of an article that mean a thing, so that it outlives new readings and new links.

typed (id · name · article · ARTICLE:v1 · anchor) ──▶ item ──▶ anchor 'ARTICLE#START-END' ──given.anchored──▶ item, in whatever reading there is then
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from dragoman.linking.given import ANCHOR, anchored
from dragoman.linking.items import Kind
from dragoman.model.errors import Ambiguous, InputError, NotFound
from dragoman.model.reading import EntityKind, Mention, Reading
from dragoman.model.spans import Span
from dragoman.service.book import Book
from dragoman.service.finding import find_article, find_entity, find_event, nearness, plain

ENTITIES = ("person", "state", "organization", "place")
# Kinds of which every article is one item.
WHOLE = ("story", "copy")
# More than any likeness of names.
_EQUAL = 9


def kind_of(book: Book, typed: str) -> Kind:
    """The kind of that name. Raises InputError where there is none."""
    wanted = {"organisation": "organization"}.get(typed.lower(), typed.lower())
    kind = next((one for one in book.given.kinds if one.name == wanted), None)
    if kind is None:
        raise InputError(f"'{typed}' is no kind of thing; there are {', '.join(one.name for one in book.given.kinds)}")
    return kind


def item_of(book: Book, kind: Kind, typed: str) -> str:
    """The item that is meant: of an id exactly its own, of a name the one that bears it. Raises NotFound or Ambiguous."""
    if ANCHOR in typed:
        item = anchored(typed, kind.name, book.given)
        if item is None:
            raise NotFound(f"'{typed}' are words of no {kind.name}; give an id")
        return item
    own = book.item(typed)
    if own is not None:
        if book.given.items[own].kind != kind.name:
            raise InputError(f"'{typed}' is the id of a thing of the kind {book.given.items[own].kind}, not {kind.name}")
        return own
    if kind.name in WHOLE:
        return _at(book, kind.name, find_article(book, typed).id, "")
    article, _, local = typed.rpartition(":")
    if article:
        return _at(book, kind.name, find_article(book, article).id, local)
    if kind.name in ENTITIES:
        return _of_name(book, kind.name, typed)
    if kind.name == "event":
        return find_event(book, typed).id[1:]
    raise NotFound(f"the record has no {kind.name} '{typed}'; give an id, as the output of show has them")


def _at(book: Book, kind: str, article: str, local: str) -> str:
    item = book.given.at.get((kind, article, local))
    if item is None:
        raise NotFound(f"article {article} has no {kind}{f' {local}' if local else ''}; see: dragoman show article {article}")
    return item


def _of_name(book: Book, kind: str, typed: str) -> str:
    """The item that bears just this name, else those that answer to it best, if all that do are one thing of the record."""
    bearing: dict[int, set[str]] = {}
    for one in book.given.occurrences:
        entity = book.given.readings[one.article].entity(one.local) if book.given.items[one.item].kind == kind else None
        if entity is not None:
            equal = plain(typed) == plain(entity.name)
            near = _EQUAL if equal else max(nearness(typed, name) for name in {entity.name, *entity.names})
            bearing.setdefault(near, set()).add(one.item)
    best = max(bearing, default=0)
    if not best:
        return find_entity(book, cast("EntityKind", kind), typed).id[1:]
    things = sorted({book.given.record_ids[item] for item in bearing[best]})
    if len(things) > 1:
        lines = tuple(f"{one}  {book.entities[one].name}" for one in things if one in book.entities)
        raise Ambiguous(f"'{typed}' may be {len(things)} of the kind {kind}; give the id of one of these", lines)
    return min(bearing[best])


def anchor_of(book: Book, kind: Kind, item: str) -> str:
    """The words that a correction names an item by: of its first article the fullest name, the trigger, the statement. Raises InputError where none do."""
    for one in sorted(book.given.where.get(item, ()), key=lambda one: (one.article, one.local)):
        if kind.name in WHOLE:
            return one.article
        for span in _spans(book.given.readings[one.article], kind.name, one.local):
            anchor = f"{one.article}{ANCHOR}{span.start}-{span.end}"
            if anchored(anchor, kind.name, book.given) == item:
                return anchor
    raise InputError(f"{kind.prefix}{item} stands in no words of its own, so that no correction can name it")


def _spans(reading: Reading, kind: str, local: str) -> Iterator[Span]:
    if kind == "event":
        yield from (one.trigger for one in reading.events if one.id == local)
    elif kind == "statement":
        yield from (one.span for one in reading.statements if one.id == local)
    elif kind == "commitment":
        yield from (span for one in reading.commitments if one.id == local for span in one.evidence[:1])
    else:
        entity = reading.entity(local)
        yield from (mention.span for mention in _fullest_first(entity.mentions if entity else ()))


def _fullest_first(mentions: Sequence[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda one: (one.form != "name", one.start - one.end, one.start))
