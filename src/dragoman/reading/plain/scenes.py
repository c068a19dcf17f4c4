"""Opens the scene of a reading with the tables of its language."""

from __future__ import annotations

from functools import cache

from dragoman.languages.inflection import Inflection, inflection
from dragoman.model.reading import Reading
from dragoman.reading.plain.scene import PlainScene


def plain_scene(reading: Reading) -> PlainScene:
    """A scene; in a language without tables its words are known by their form alone."""
    code = reading.article.language
    known = inflection(code) or Inflection(code=code)
    return PlainScene(reading=reading, code=code, inflection=known, small=known.words, both=_both(code))


@cache
def _both(code: str) -> frozenset[str]:
    """Words of the tables that are a noun and a verb: 'طلب'."""
    from dragoman.reading.events.frames import frames  # the stage `events` opens scenes too

    known = frames(code)
    if known is None:
        return frozenset()
    nouns = {*known.nouns, *(word for words in known.classes.values() for word in words)}
    return frozenset(nouns & {*known.verbs, *known.light.get("verbs", ()), *known.light.get("happening", ())})
