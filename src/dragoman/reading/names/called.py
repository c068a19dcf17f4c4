"""Second names that a report gives in so many words: 'X, dit « Y »', 'X, better known as Y', "X, nicknamed 'Y'"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.languages.fold import fold
from dragoman.model.spans import Span
from dragoman.reading.names.decide import Scene, Sighting
from dragoman.reading.words import Word, joined

# A second name has at most so many words, and what leads to it so many letters.
_LONGEST, _LEAD = 4, 40
_OPENING, _CLOSING = "«\"“„‘'", "»\"”“’'"


def called(scene: Scene, found: Sequence[Sighting]) -> list[Sighting]:
    """The sightings with second names as aliases of the persons who bear them, in text order."""
    ways = scene.lexicon.lists.get("called", frozenset())
    if not ways:
        return list(found)
    longest_first = sorted(map(re.escape, ways), key=lambda way: (-len(way), way))
    lead = re.compile(rf"[\s,(]*(?:{'|'.join(longest_first)})[\s:]*(?P<quote>[{_OPENING}]\s*)?")
    aliases: list[Sighting] = []
    for one in found:
        if one.kind != "person" or (named := _second(scene, one, lead)) is None:
            continue
        if not any(other.span == one.span for other in aliases):
            aliases.append(Sighting(span=named, kind="person", reason="called", gender=one.gender, alias_of=one.span))
    if not aliases:
        return list(found)
    keys = {fold(one.span.of(scene.text)): one.alias_of for one in aliases}
    kept = [one for one in found if not any(one.span.overlaps(alias.span) for alias in aliases)]
    kept = [replace(one, kind="person", key="", state=None, alias_of=keys[name]) if (name := fold(one.span.of(scene.text))) in keys else one for one in kept]
    return sorted([*kept, *aliases], key=lambda one: one.span)


def _second(scene: Scene, one: Sighting, lead: re.Pattern[str]) -> Span | None:
    """The second name behind a person's, inside quotation marks or in words with capitals."""
    match = lead.match(fold(scene.text[one.span.end : one.span.end + _LEAD]))
    if match is None:
        return None
    first = scene.word_at(one.span.end + match.end())
    if first >= len(scene.words) or scene.words[first].start != one.span.end + match.end():
        return None
    words: list[Word] = []
    for word in scene.words[first : first + _LONGEST]:
        if words and not joined(scene.text, words[-1], word):
            break
        if not match["quote"] and not word.capital and word.text[:1].lower() != word.text[:1].upper() and not scene.lexicon.has("particles", word.folded):
            break
        words.append(word)
    if not words:
        return None
    span = Span(words[0].start, words[-1].end)
    closed = scene.text[span.end : span.end + 2].strip("\u00a0\u202f ")[:1] in tuple(_CLOSING)
    apart = scene.text[span.end : span.end + 1] in (",", ")", ".", "،")
    return span if closed or (not match["quote"] and words[0].capital and words[-1].capital and apart) else None
