"""All kinds of things that are linked, with what they look up."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from dragoman.knowledge.places import Gazetteer
from dragoman.linking import copies, events, persons, sayings, stories
from dragoman.linking.items import Kind
from dragoman.linking.settled import bodies
from dragoman.reading.kit import Kit

# 's' is the letter of states.
_STATEMENT = replace(sayings.STATEMENT, prefix="q")


def kinds(kit: Kit) -> tuple[Kind, ...]:
    """Persons, states, organisations and places, events, what is said, copies and stories."""
    return _kinds(kit.gazetteer())


@cache
def kinds_linked() -> tuple[Kind, ...]:
    """The same for what is linked already: they make no items of places, so that no gazetteer is loaded to look things up."""
    return _kinds(None)


def _kinds(gazetteer: Gazetteer | None) -> tuple[Kind, ...]:
    return (persons.KIND, *bodies(gazetteer), events.KIND, _STATEMENT, sayings.COMMITMENT, copies.KIND, stories.KIND)
