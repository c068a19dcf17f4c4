"""All kinds of things that are linked, with what they look up."""

from __future__ import annotations

from dragoman.linking import copies, events, persons, stories
from dragoman.linking.items import Kind
from dragoman.linking.settled import bodies
from dragoman.reading.kit import Kit


def kinds(kit: Kit) -> tuple[Kind, ...]:
    """Persons, states, organisations and places, events, what is said, copies and stories."""
    return (persons.KIND, *bodies(kit.gazetteer()), events.KIND, copies.KIND, stories.KIND)
