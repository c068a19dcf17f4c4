"""Names as the encoder sees them, for languages in which capital letters tell nothing or no table of small words is there to read them by.

Tables still go first for states, towns and bodies that they list; a person or body that the encoder sees around such a word goes before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.places import simple
from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.model.reading import EntityKind, Tag
from dragoman.model.spans import Span
from dragoman.reading.names.decide import Scene, Sighting
from dragoman.reading.words import Word

_KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organization", "LOC": "place"}
# Below this the encoder has not made up its mind; what is seen surely elsewhere is believed from the lower figure on.
_SURE, _LIKELY = 0.6, 0.4
# A name without what was joined to it has at least so many letters.
_SHORTEST = 3
_EDGES = " \t\n\u00a0\u202f.,;:!?،؛؟\"'“”„«»()[]’‘-–—"


def tagged(scene: Scene, tags: Sequence[Tag], listed: Sequence[Sighting]) -> list[Sighting]:
    """The sightings of the tables and of the encoder together, in text order.

    `listed` are those of the tables; one that lies inside a longer person or body is dropped, an adjective inside a body stays.
    """
    names = Counter(_key(scene, tag.span) for tag in tags if tag.score >= _SURE)
    seen = [sighting for tag in tags if (sighting := _sighting(scene, tag, names)) is not None]
    kept: list[Sighting] = []
    for one in listed:
        around = next((other for other in seen if other.span.covers(one.span) and scene.words_in(other.span) != scene.words_in(one.span)), None)
        if around is None or (one.form == "adjective" and around.kind != "person"):
            kept.append(one)
    free: list[Sighting] = []
    for one in _agreed(scene, seen):
        blocked = any(
            one.span.overlaps(other.span) and not (other.form == "adjective" and one.span.covers(other.span) and one.span != other.span) for other in kept
        )
        if not blocked and not (free and free[-1].span.overlaps(one.span)):
            free.append(one)
    return sorted([*kept, *free], key=lambda one: (one.span.start, -one.span.end))


def _key(scene: Scene, span: Span) -> str:
    return plain(scene.language, fold(span.of(scene.text)))


def _sighting(scene: Scene, tag: Tag, names: Counter[str]) -> Sighting | None:
    span = _trimmed(scene, tag.span, names, tag.label)
    if span is None or tag.score < _LIKELY or (tag.score < _SURE and not names[_key(scene, span)]):
        return None
    kind = _KINDS[tag.label]
    if kind == "person":
        span, gender = _without_titles(scene, span)
        return Sighting(span=span, kind=kind, reason="encoder", gender=gender) if span else None
    state = None
    if kind == "place":
        found = scene.gazetteer.named(simple(_key(scene, span)))
        state = found[0].country if found else None
    return Sighting(span=span, kind=kind, reason="encoder", state=state)


def _trimmed(scene: Scene, span: Span, names: Counter[str], label: str) -> Span | None:
    """The span without marks at its edges, without letters joined to its first word and suffixes behind an apostrophe."""
    start, end = span
    while start < end and scene.text[start] in _EDGES:
        start += 1
    while end > start and scene.text[end - 1] in _EDGES:
        end -= 1
    words = scene.words_in(Span(start, end))
    if not words or start >= end:
        return None
    last = words[-1]
    if len(words) > 1 and scene.text[last.start - 1] in "'’" and scene.lexicon.has("endings", last.folded):
        end = last.start - 1
    start += _joined(scene, words[0], Span(start, end), names, label)
    return Span(start, end)


def _joined(scene: Scene, word: Word, span: Span, names: Counter[str], label: str) -> int:
    """How many letters at the start of a name are a conjunction or preposition that the script writes with it."""
    if span.start != word.start:
        return 0
    whole = _key(scene, span)
    for clitic in sorted(scene.lexicon.lists.get("clitics", ()), key=lambda one: (-len(one), one)):
        rest = whole.removeprefix(clitic)
        if rest == whole or len(rest) < _SHORTEST:
            continue
        if names[rest] or (" " in rest and names[rest.split(" ")[-1]] and not names[whole]):
            return len(clitic)
        if label == "LOC" and scene.gazetteer.named(simple(rest)) and not scene.gazetteer.named(simple(whole)):
            return len(clitic)
        if scene.lexicon.has("joining_clitics", clitic) and _follows_a_name(scene, span.start):
            return len(clitic)
    return 0


def _follows_a_name(scene: Scene, offset: int) -> bool:
    """Whether a name or the state of a name ends right before: 'هاكان فيدان ويشار غولر'."""
    return any(named.end == offset - 1 and scene.text[offset - 1] in " ،" for named, _ in scene.labels_near(Span(max(offset - 2, 0), offset)))


def _without_titles(scene: Scene, span: Span) -> tuple[Span | None, str | None]:
    """A person's name without honorifics and titles before it, and the gender that they show."""
    gender = None
    words = list(scene.words_in(span))
    while words:
        word = words[0]
        listed = [name for name in ("honorifics", "title_words") if word.is_one_of(scene.lexicon.lists.get(name, frozenset()))]
        if not listed or scene.lexicon.has("particles", word.folded) or (len(words) == 1 and "honorifics" not in listed):
            break
        if word.is_one_of(scene.lexicon.lists.get("feminine", frozenset())):
            gender = "f"
        elif word.is_one_of(scene.lexicon.lists.get("masculine", frozenset())):
            gender = "m"
        words.pop(0)
    if not words:
        return None, None
    start = words[0].start if words[0].start > span.start else span.start
    return Span(start, span.end), gender or _shown_before(scene, start)


def _shown_before(scene: Scene, start: int) -> str | None:
    """The gender of the honorific or title right before a name."""
    index = scene.word_at(start) - 1
    if index < 0 or start - scene.words[index].end > 2:
        return None
    for name, gender in (("feminine", "f"), ("masculine", "m")):
        if scene.words[index].is_one_of(scene.lexicon.lists.get(name, frozenset())):
            return gender
    return None


def _agreed(scene: Scene, seen: Sequence[Sighting]) -> list[Sighting]:
    """The same words are the same kind of thing throughout an article: the kind that most of its sightings have."""
    votes: dict[str, Counter[EntityKind]] = {}
    surnames: set[str] = set()
    for one in seen:
        key = _key(scene, one.span)
        votes.setdefault(key, Counter())[one.kind] += 1
        if one.kind == "person" and " " in key:
            surnames.add(key.split(" ")[-1])
    done = []
    for one in seen:
        key = _key(scene, one.span)
        kind = votes[key].most_common(1)[0][0]
        if one.kind == "place" and key in surnames and len(votes[key]) == 1 and not one.state:
            kind = "person"
        done.append(one if kind == one.kind else replace(one, kind=kind, state=None, reason=f"encoder: {kind} elsewhere"))
    return done
