"""What the whole article says of a name corrects what one sentence said: the same name is the same kind of thing throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.model.reading import EntityKind
from dragoman.model.spans import Span
from dragoman.reading.names.decide import WITNESSES, Scene, Sighting
from dragoman.reading.words import key_of

# Reasons that decide; all others are opinions.
_SURE: dict[EntityKind, frozenset[str]] = {
    "person": frozenset({"title", "honorific", "surname"}),
    "place": frozenset({"place word", "preposition+gazetteer", "place verb or direction", "dateline"}),
    "organization": frozenset({"head word", "acronym spelt out"}),
    "state": frozenset(),
}


def settled(scene: Scene, found: Sequence[Sighting]) -> list[Sighting]:
    """The sightings with mere opinions brought into line, list neighbours of places made places, and ministries of states added."""
    sure: dict[tuple[str, ...], EntityKind] = {}
    singles = {key_of(one.span.of(scene.text)) for one in found if one.kind == "person"}
    for one in found:
        if not one.key and one.reason in _SURE[one.kind]:
            sure.setdefault(key_of(one.span.of(scene.text)), one.kind)
    done: list[Sighting] = []
    for one in found:
        key = key_of(one.span.of(scene.text))
        kind = sure.get(key)
        if not one.key and one.reason not in _SURE[one.kind]:
            if kind is not None and kind != one.kind:
                one = replace(one, kind=kind, state=None, reason=f"{kind} elsewhere")
            elif one.kind == "organization" and one.reason in WITNESSES and 1 < len(key) <= 3 and key[-1:] in singles and not _of_body(scene, key):
                one = replace(one, kind="person", reason="surname elsewhere")
            elif one.kind == "person" and len(key) <= 2 and done and done[-1].kind == "place" and _listed(scene, done[-1].span, one.span):
                one = replace(one, kind="place", reason="listed with a place")
        done.append(one)
    return _with_ministries(scene, done)


def _of_body(scene: Scene, key: tuple[str, ...]) -> bool:
    return any(scene.lexicon.has("organisation_words", word) for word in key)


def _listed(scene: Scene, before: Span, after: Span) -> bool:
    """'Tal Rifaat and Manbij': joined to a place by 'and' alone, with no title or verb after that makes a person of it."""
    gap = scene.text[before.end : after.start].strip()
    return scene.lexicon.has("and_words", gap) and not scene.text[after.end : after.end + 1].startswith(",")


def _with_ministries(scene: Scene, found: list[Sighting]) -> list[Sighting]:
    """'Azerbaijan's Defence Ministry', 'le ministère éthiopien des Affaires étrangères': a body of its state, beside the state's own mention."""
    added: list[Sighting] = []
    taken = {one.span for one in found if one.kind == "organization"}
    for one in found:
        if one.kind != "state" or not one.key:
            continue
        span = _ministry(scene, one.span)
        if span is not None and not any(span.overlaps(other) for other in taken):
            taken.add(span)
            added.append(Sighting(span=span, kind="organization", reason="ministry", state=one.key, key=""))
    return sorted((*found, *added), key=lambda sighting: (sighting.span.start, -sighting.span.end))


def _ministry(scene: Scene, home: Span) -> Span | None:
    """The phrase around a state's name that is one of its ministries."""
    first = scene.word_at(home.end)
    at = first
    # English: the state, then capitalised words up to 'Ministry' or 'police'.
    while at < len(scene.words) and at - first < 5 and scene.words[at].start - scene.words[at - 1].end <= 2:
        word = scene.words[at]
        if scene.lexicon.has("ministry_words", word.folded) and scene.lexicon.has("ministry_last", word.folded):
            return Span(home.start, word.end)
        if not (word.capital or word.folded == "s"):
            break
        at += 1
    # French: 'ministère' before the adjective, its field after it.
    before = scene.word_at(home.start) - 1
    if before < 0 or not scene.lexicon.has("ministry_words", scene.words[before].folded) or home.start - scene.words[before].end != 1:
        return None
    end, at = home.end, first
    while (
        at < len(scene.words)
        and at - first < 7
        and scene.words[at].start - scene.words[at - 1].end <= 2
        and "\n" not in scene.text[end : scene.words[at].start]
    ):
        word = scene.words[at]
        if word.capital or (scene.lexicon.has("field_words", word.folded) and end > home.end):
            end = word.end
        elif not scene.lexicon.has("connectors", word.folded):
            break
        at += 1
    return Span(scene.words[before].start, end) if end > home.end else None
