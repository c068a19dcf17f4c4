"""Office phrases in an article: where a title stands, of which office it is, and of which state or organisation.

Titles are matched word by word on the language's table, with the adjective of a state left out where it stands inside one
('le ministre syrien des Affaires étrangères').
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.reading import Entity, Mention, OfficeMention, Reading
from dragoman.model.spans import Span
from dragoman.reading.words import Phrases, Word, joined, key_of, words_of


@dataclass(frozen=True, slots=True)
class Title:
    """What a phrase of the table means; `office` is None for a bare counterpart."""

    office: str | None
    plural: bool = False


@dataclass(frozen=True)
class Offices:
    """The office table of a language, compiled."""

    titles: Phrases[Title]
    modifiers: dict[str, frozenset[str]]
    possessives: frozenset[str]
    relative_possessives: frozenset[str]
    feminine_possessives: frozenset[str]
    run_verbs: frozenset[str]
    run_objects: dict[tuple[str, ...], str]
    head_words: frozenset[str]
    head_objects: dict[tuple[str, ...], str]
    becoming: frozenset[str]
    same_post: tuple[str, ...]
    subject_pronouns: frozenset[str]
    conjunctions: frozenset[str]
    sides: frozenset[str]
    genitives: frozenset[str]
    articles: frozenset[str]
    appositive: frozenset[str]
    relatives: frozenset[str]
    numbers: dict[str, int]
    adjectives_follow: bool


@cache
def offices_of(code: str) -> Offices | None:
    """The compiled table, or None where the language has none."""
    pack = language(code)
    table: dict[str, Any] = pack.table("offices") if pack else {}
    if not table:
        return None
    titles: Phrases[Title] = Phrases()
    by_phrase = {}
    for office, phrases in table["titles"].items():
        for phrase in phrases:
            key = key_of(phrase, code)
            by_phrase[key] = office
            titles.add(key, Title(office))
            for plural in _plurals(key):
                titles.add(plural, Title(office, plural=True))
    for plural_phrase, singular in table.get("plurals", {}).items():
        titles.add(key_of(plural_phrase, code), Title(by_phrase[key_of(singular, code)], plural=True))
    counterpart = table.get("counterpart", {})
    for number in ("singular", "plural"):
        for phrase in counterpart.get(number, ()):
            titles.add(key_of(phrase, code), Title(None, plural=number == "plural"))
    heads = table.get("heads", {})
    small = table.get("small_words", {})
    return Offices(
        titles=titles,
        modifiers={name: frozenset(fold(word) for word in words) for name, words in table.get("modifiers", {}).items()},
        possessives=frozenset(counterpart.get("possessives", ())),
        relative_possessives=frozenset(counterpart.get("relatives", ())),
        feminine_possessives=frozenset(counterpart.get("feminine", ())),
        run_verbs=frozenset(table.get("runs", {}).get("verbs", ())),
        run_objects=_by_phrase(code, table.get("runs", {}).get("objects", {})),
        head_words=frozenset(heads.get("words", ())),
        head_objects=_by_phrase(code, heads.get("of", {})),
        becoming=frozenset(fold(word) for word in table.get("becoming", {}).get("words", ())),
        same_post=tuple(fold(phrase) for phrase in table.get("becoming", {}).get("same_post", ())),
        subject_pronouns=frozenset(table.get("becoming", {}).get("pronouns", ())),
        conjunctions=frozenset(small.get("conjunctions", ())),
        sides=frozenset(table.get("side", {}).get("words", ())),
        genitives=frozenset(small.get("genitives", ())),
        articles=frozenset(small.get("articles", ())),
        appositive=frozenset(small.get("appositive", ())),
        relatives=frozenset(small.get("relatives", ())),
        numbers=small.get("numbers", {}),
        adjectives_follow=small.get("adjectives_follow", False),
    )


def _by_phrase(code: str, rows: dict[str, list[str]]) -> dict[tuple[str, ...], str]:
    """Offices by the words of what is headed or run."""
    return {key_of(phrase, code): office for office, phrases in rows.items() for phrase in phrases}


def _plurals(key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The plain plurals of a title: an -s on its last word ('foreign ministers'), or on its first ('ministres de la Défense')."""
    last = (*key[:-1], f"{key[-1]}s")
    first = (f"{key[0]}s", *key[1:])
    return [last] if len(key) == 1 else [last, first] if key[-1] != f"{key[0]}s" else [last]


class Scene:
    """An article's words and mentions, with look-ups by position; built once for a stage."""

    def __init__(self, reading: Reading, table: Offices) -> None:
        self.reading, self.table, self.text = reading, table, reading.article.text
        self.words = words_of(self.text, reading.article.language)
        self.starts = [word.start for word in self.words]
        self.mentions: list[tuple[Mention, Entity]] = sorted(
            ((mention, entity) for entity in reading.entities for mention in entity.mentions if mention.form == "name"),
            key=lambda pair: (pair[0].start, -pair[0].end),
        )
        self._mention_starts = [mention.start for mention, _ in self.mentions]

    def index_at(self, offset: int) -> int:
        """The index of the first word that begins at or after the offset."""
        return bisect_left(self.starts, offset)

    def mention_from(self, offset: int) -> tuple[Mention, Entity] | None:
        """The longest mention that begins exactly here."""
        number = bisect_left(self._mention_starts, offset)
        return self.mentions[number] if number < len(self.mentions) and self.mentions[number][0].start == offset else None

    def before(self, offset: int) -> list[tuple[Mention, Entity]]:
        """The mentions that end at or before the offset, nearest first."""
        number = bisect_left(self._mention_starts, offset)
        return [pair for pair in reversed(self.mentions[max(0, number - 40) : number]) if pair[0].end <= offset]

    def after(self, offset: int) -> list[tuple[Mention, Entity]]:
        """The mentions that begin at or after the offset, nearest first."""
        number = bisect_left(self._mention_starts, offset)
        return self.mentions[number : number + 40]

    def sentence(self, offset: int) -> Span:
        """The sentence around an offset (the whole text where there is none)."""
        return self.reading.sentence_at(offset) or Span(0, len(self.text))


# Stands for the state of an office of a place that is in no state known: no other may be put in its stead.
NOWHERE = "?"


def party(entity: Entity) -> str | None:
    """How an entity is written as `of` or as a side: a state by its code, an organisation by its id, a place by its state."""
    if entity.kind == "state":
        return entity.code
    return entity.id if entity.kind == "organization" else None


def find(scene: Scene) -> list[OfficeMention]:
    """All office phrases from left to right, none inside another, without holders yet."""
    adjectives = {
        position
        for mention, entity in scene.mentions
        if entity.kind == "state"
        for position in range(scene.index_at(mention.start), scene.index_at(mention.end))
    }
    kept = [index for index in range(len(scene.words)) if index not in adjectives]
    reduced = [scene.words[index] for index in kept]
    named = [mention.span for mention, entity in scene.mentions if entity.kind in ("person", "place")]
    found: list[OfficeMention] = []
    position, names = 0, 0
    while position < len(reduced):
        word = reduced[position]
        while names < len(named) and named[names].end <= word.start:
            names += 1
        inside = names < len(named) and named[names].start <= word.start
        match = None if inside else _match(scene, reduced, kept, position)
        if match is None:
            position += 1
            continue
        length, title = match
        found.append(_mention(scene, kept[position], kept[position + length - 1] + 1, title))
        position += length
    return found


def _match(scene: Scene, reduced: Sequence[Word], kept: Sequence[int], position: int) -> tuple[int, Title] | None:
    for found in scene.table.titles.at(reduced, position):
        length, titles = found.length, found.meanings
        steps = zip(kept[position : position + length - 1], kept[position + 1 : position + length], strict=True)
        if all(right - left <= 3 and all(joined(scene.text, scene.words[step], scene.words[step + 1]) for step in range(left, right)) for left, right in steps):
            return length, titles[0]
    return None


def _mention(scene: Scene, first: int, last: int, title: Title) -> OfficeMention:
    """The office phrase around words[first:last]: modifiers before it, and the state or organisation it is of."""
    words, text, table = scene.words, scene.text, scene.table
    span = Span(words[first].start, words[last - 1].end)
    inner = [party(entity) for mention, entity in scene.after(span.start) if entity.kind == "state" and span.covers(mention.span)]
    of = inner[0] if inner else None
    former = acting = False
    hull = span
    index = first - 1
    while index >= 0 and joined(text, words[index], words[index + 1]):
        folded = words[index].folded
        previous = next((pair for pair in scene.before(hull.start)[:2] if text[pair[0].end : hull.start].strip(" -'’\u00a0") in ("", "s")), None)
        if folded in table.modifiers.get("former", ()):
            former = True
        elif folded in table.modifiers.get("acting", ()):
            acting = True
        elif previous is not None and party(previous[1]) and of is None:
            of = party(previous[1])
            hull = Span(previous[0].start, hull.end)
            index = scene.index_at(previous[0].start) - 1
            continue
        elif folded not in table.modifiers.get("plain", ()):
            break
        hull = Span(words[index].start, hull.end)
        index -= 1
    relational = title.office is None
    if of is None:
        of, hull = _of_after(scene, hull, last)
    else:
        _, hull = _of_after(scene, hull, last) if not relational else (None, hull)
    after = text[hull.end : hull.end + 30]
    acting = acting or any(fold(after).lstrip(", ").startswith(word) for word in sorted(table.modifiers.get("acting", ())))
    return OfficeMention(span=hull, title=span, office=title.office, of=of, former=former, acting=acting, plural=title.plural, relational=relational)


def _of_after(scene: Scene, hull: Span, last: int) -> tuple[str | None, Span]:
    """The state or organisation that follows: 'président uruguayen', 'foreign minister of Japan', 'head of the MIT'."""
    words, text = scene.words, scene.text
    index = last
    while (
        index < len(words)
        and joined(text, words[index - 1], words[index])
        and (words[index].folded in scene.table.genitives or words[index].folded in scene.table.articles)
    ):
        index += 1
    if index >= len(words) or not (
        joined(text, words[index - 1], words[index])
        or (words[index].start - words[index - 1].end <= 2 and "," not in text[words[index - 1].end : words[index].start])
    ):
        return None, hull
    pair = scene.mention_from(words[index].start)
    if pair is None:
        return None, hull
    mention, entity = pair
    if entity.kind == "place" and index > last:
        # 'the leader of Somaliland', 'the governor of X': of the state it lies in, and of no other.
        return entity.state or NOWHERE, hull.hull(mention.span)
    if index == last and entity.kind == "organization" and not mention.text[:1].islower():
        return None, hull
    if party(entity) is None:
        return None, hull
    if index == last and entity.kind == "state" and not scene.table.adjectives_follow:
        return None, hull
    return party(entity), hull.hull(mention.span)
