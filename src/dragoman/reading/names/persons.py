"""Which sightings are one person: a surname later, a particle more or less, another accent; two persons of one surname stay two."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reading.names.decide import Sighting
from dragoman.reading.names.lexicon import Lexicon
from dragoman.reading.words import key_of


def content(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a name without particles: content("Ahmed al-Sharaa") == ("ahmed", "sharaa")."""
    words = key_of(name)
    kept = tuple(word for word in words if not lexicon.has("particles", word))
    return kept or words


def likeness(short: tuple[str, ...], full: tuple[str, ...]) -> int:
    """How well a shorter name fits a fuller one: 4 all words, 3 last word, 2 first word (family name first), 1 a middle one, 0 not at all."""
    if short == full:
        return 4
    if len(short) > 1:
        return 4 if set(short) <= set(full) and (short[-1] == full[-1] or short[0] == full[0]) else 0
    word = short[0]
    if word == full[-1]:
        return 3
    if word == full[0]:
        return 2
    return 1 if word in full else 0


def cluster(sightings: Sequence[Sighting], text: str, lexicon: Lexicon) -> list[list[Sighting]]:
    """Groups of sightings, one group a person, in the order of their first sighting.

    Names of several words are grouped first; a single word then joins the best fitting person, the one named last among equals.
    """
    full: list[tuple[tuple[str, ...], list[Sighting]]] = []
    single: list[tuple[tuple[str, ...], Sighting]] = []
    for sighting in sorted(sightings, key=lambda one: one.span):
        words = content(sighting.span.of(text), lexicon)
        if len(words) == 1:
            single.append((words, sighting))
            continue
        for number, (known, group) in enumerate(full):
            if likeness(words, known) == 4 or likeness(known, words) == 4:
                group.append(sighting)
                if len(words) > len(known):
                    full[number] = (words, group)
                break
        else:
            full.append((words, [sighting]))
    for words, sighting in single:
        ranked = [(likeness(words, known), _last_before(group, sighting), -number) for number, (known, group) in enumerate(full)]
        best = max(ranked, default=(0, 0, 0))
        if best[0] > 0:
            full[-best[2]][1].append(sighting)
        else:
            full.append((words, [sighting]))
    groups = [sorted(group, key=lambda one: one.span) for _, group in full]
    return sorted(groups, key=lambda group: group[0].span)


def _last_before(group: Sequence[Sighting], sighting: Sighting) -> int:
    """Where the group was last named before this sighting; before everything if only later."""
    return max((one.span.start for one in group if one.span.start < sighting.span.start), default=-1)
