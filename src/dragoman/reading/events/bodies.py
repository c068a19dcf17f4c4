"""For which state a body acts that no table knows: by its own name ('Latvian Constitutional Court', 'Bank of Japan') or by whose it is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dragoman.model.reading import Entity, Reading
from dragoman.reading.names.lexicon import lexicon
from dragoman.reading.words import words_of

# Between a state and a body of it: 'Ivory Coast's Supreme Court', 'the Serbian Assembly'.
_OWNING = frozenset({" ", "'s ", "’s ", "' ", "’ "})
# Names remembered: the bodies of some hundred articles.
_REMEMBERED = 5_000


def home(reading: Reading, entity: Entity) -> str | None:
    """The code of that state, where all its names tell the same one; None of a body in a table, which says itself whose it is."""
    if entity.kind != "organization" or "table" in entity.reason:
        return entity.state
    told = {code for mention in entity.mentions if mention.form == "name" and (code := _in_name(reading.article.language, mention.text))}
    told = told or set(_owners(reading, entity))
    return next(iter(told)) if len(told) == 1 else entity.state


@lru_cache(maxsize=_REMEMBERED)
def _in_name(code: str, name: str) -> str | None:
    """The state whose name or adjective begins a body's name, or whose name ends it behind a small word; None where these are two."""
    known, words = lexicon(code), words_of(name, code)
    found: set[str] = set()
    first = next((index for index, word in enumerate(words) if not known.has("articles", word.folded)), 0)
    for index in range(len(words)):
        hit = next(iter(known.phrases.at(words, index)), None)
        if hit is None or len(words) == hit.length:
            continue
        ends = index + hit.length == len(words) and index > 0 and not words[index - 1].capital
        entry = next((one for one in hit.meanings if one.kind == "state" and one.form in ("name", "adjective")), None)
        if entry is not None and (index == first or (ends and entry.form == "name")):
            found.add(entry.key)
    return next(iter(found)) if len(found) == 1 else None


def _owners(reading: Reading, entity: Entity) -> Iterator[str]:
    """The states named right before the body, with nothing but a possessive between."""
    starts = {mention.start for mention in entity.mentions if mention.form == "name"}
    for state in reading.entities:
        for mention in state.mentions if state.kind == "state" and state.code else ():
            if any(mention.end < start <= mention.end + 3 and reading.article.text[mention.end : start] in _OWNING for start in starts):
                yield str(state.code)
