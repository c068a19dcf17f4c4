"""Sums over a record, and who is named, put into the form of answers; the same for a record in memory and one in tables."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.model.shelf import Month, Named
from dragoman.service.marks import CODE

_FACETS = {"side": "states", "type": "types", "topic": "topics", "language": "languages", "outlet": "outlets"}
FACET_MARKS = tuple(_FACETS)


def named_as(ids: Sequence[str], found: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Named]:
    """The names of what was found (entities, as JSON objects); a code of three letters that the record has not is a state of that code."""
    named = {}
    for id_ in ids:
        entity = found.get(id_)
        if entity is not None:
            spelt = spelt_in_latin(entity["name"], ((one["text"], one["language"], one["count"]) for one in entity["names"]))
            named[id_] = Named(id=entity["id"], name=entity["name"], kind=entity["kind"], code=entity["code"], state=entity["state"], spelt=spelt)
        elif len(id_) == CODE:
            named[id_] = Named(id=id_, name=id_, kind="state", code=id_)
    return named


def spelt_in_latin(name: str, names: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str], ...]:
    """Of a name in other letters than Latin ones what each language with Latin letters calls it most often, a whole name before a part of one.

    `names` are (text, language, count).
    """
    if _is_latin(name):
        return ()
    best: dict[str, tuple[bool, int, str]] = {}
    for text, language, count in names:
        if _is_latin(text):
            best[language] = max(best.get(language, (False, 0, "")), (" " in text, count, text))
    return tuple((language, text) for language, (_, _, text) in sorted(best.items()))


def _is_latin(name: str) -> bool:
    letter = next((one for one in name if one.isalpha()), None)
    return letter is None or letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def months_of(seen: Mapping[str, int]) -> tuple[Month, ...]:
    """From marks such as '2025-10 cooperation' to months, in order."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for value, count in seen.items():
        month, _, course = value.partition(" ")
        found[month][course] = count
    return tuple(Month(month=month, cooperation=of.get("cooperation", 0), conflict=of.get("conflict", 0)) for month, of in sorted(found.items()))


def most(counts: Iterable[tuple[str, int]], limit: int | None = None) -> tuple[tuple[str, int], ...]:
    """Values with their counts, the most frequent first."""
    return tuple(sorted(counts, key=lambda row: (-row[1], row[0]))[:limit])


def facets_of(events: Iterable[tuple[str, str, int]], channels: Iterable[tuple[str, int]]) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """The values of marks with their counts, the most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {facet: [] for facet in (*_FACETS.values(), "channels")}
    for name, value, count in events:
        if name in _FACETS and (name != "side" or len(value) == CODE):
            found[_FACETS[name]].append((value, count))
    found["channels"].extend(channels)
    return {facet: tuple(sorted(values, key=lambda row: (-row[1], row[0]))) for facet, values in found.items()}
