"""The words by which a correction names an item: of its first article the fullest name, the trigger, the statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.linking.given import ANCHOR, Given, anchored
from dragoman.linking.items import Kind
from dragoman.model.errors import InputError
from dragoman.model.reading import Mention, Reading
from dragoman.model.spans import Span

# Kinds of which every article is one item.
WHOLE = ("story", "copy")
# Articles in which words of its own are looked for: nearly always the first has them.
FIRST = 5


def anchor_of(given: Given, kind: Kind, item: str) -> str:
    """The anchor of an item: 'ARTICLE#START-END', or 'ARTICLE' of a story or copy. Raises InputError where no words of its own name it."""
    for one in sorted(given.where.get(item, ()), key=lambda one: (one.article, one.local)):
        if kind.name in WHOLE:
            return one.article
        for span in _spans(given.readings[one.article], kind.name, one.local):
            anchor = f"{one.article}{ANCHOR}{span.start}-{span.end}"
            if anchored(anchor, kind.name, given) == item:
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
