"""What people type, found in a record: ids, names as they come to the fingers ('kalin', 'sheebani'), states by name or code, offices by their title.

typed ──id──▶ the thing    ──name──▶ equal or a spelling ▸ a word of it, or its beginning ▸ letters inside it: the first that somebody answers to
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from dragoman.exports.readings.labels import labels, languages
from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.states import alpha_3, states
from dragoman.linking import names
from dragoman.linking.days import days
from dragoman.model.errors import Ambiguous, ConfigError, InputError, NotFound
from dragoman.model.reading import EntityKind
from dragoman.model.record import ArticleOf, Event, RecordEntity, Story
from dragoman.model.shelf import Articles, Cut, Part, Shelf
from dragoman.service.plain import plain

_Thing = TypeVar("_Thing", RecordEntity, Event, ArticleOf, Story)
# Candidates that are listed.
_LISTED = 12
# Things that answer to a shortened id or a title: that there are more than are listed is all that must be known of the rest.
_MANY = 1_000
_SHORTEST = 2
_BOUND = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
# What is typed of an id: the letter of a kind and enough hexadecimal digits that it is no name.
_ID = re.compile(r"[a-z]?[0-9a-f]{6,16}$")


def persons_named(shelf: Shelf, typed: str) -> tuple[RecordEntity, ...]:
    """The persons whose name, in any spelling, may be what was typed; those most often named first."""
    return _answering(shelf, "person", typed)


def find_person(shelf: Shelf, typed: str) -> RecordEntity:
    """The person of an id or a name as typed. Raises NotFound, and Ambiguous where several answer to it."""
    return find_entity(shelf, "person", typed)


def find_entity(shelf: Shelf, kind: EntityKind, typed: str) -> RecordEntity:
    """The person, state, organisation or place of an id or a name as typed. Raises NotFound, and Ambiguous where several answer to it."""
    own = shelf.entity(typed) if shelf.current(typed) else None
    found = [own] if own and own.kind == kind else _shortened(shelf, "entities", typed, shelf.entity, lambda one: one.kind == kind)
    code = state_code(typed) if kind == "state" and not found else None
    of_code = shelf.entity(code) if code else None
    found = found or ([of_code] if of_code else list(_answering(shelf, kind, typed)))
    if len(found) > 1:
        raise Ambiguous(_several(typed, kind, len(found)), tuple(_line(one, shelf) for one in found[:_LISTED]))
    if not found:
        raise NotFound(f"the record has no {_NOUNS[kind]} '{typed}'; see who is in it with: dragoman search {typed}")
    return found[0]


_NOUNS = {"person": "person", "state": "state", "organization": "organisation", "place": "place", "event": "event", "story": "story", "article": "article"}
_PLURALS = {"person": "persons", "story": "stories"}


def _several(typed: str, kind: str, number: int) -> str:
    return f"'{typed}' may be {number} {_PLURALS.get(kind, _NOUNS[kind] + 's')}; give more of the name, or the id of one of these"


def _line(entity: RecordEntity, shelf: Shelf) -> str:
    held = next(iter(reversed(shelf.tenures(person=entity.id))), None) if entity.kind == "person" else None
    office = f", {held.office}{f' ({held.of})' if held.of and len(held.of) == 3 else ''}" if held else f", {entity.state}" if entity.state else ""
    return f"{entity.id}  {entity.name}{office}"


def _answering(shelf: Shelf, kind: EntityKind, typed: str) -> tuple[RecordEntity, ...]:
    """Those whose names are the one typed, else have a word of it, else letters; a single word may be anybody's who bears it."""
    tiers: dict[int, list[RecordEntity]] = {}
    for entity in shelf.spelt(kind, typed):
        best = max((nearness(typed, name) for name in {entity.name, *(name.text for name in entity.names)}), default=0)
        if best:
            tiers.setdefault(best, []).append(entity)
    found = tiers.get(max(tiers)) if tiers else None
    return tuple(sorted(found or (), key=lambda one: (-sum(name.count for name in one.names), one.id)))


_NAME, _WORD, _LETTERS = 3, 2, 1


def nearness(typed: str, name: str) -> int:
    """How well a name answers, 0 to 3. One word typed is never more than a word: 'Peña' is asked of all who are called so."""
    wanted, own = plain(typed), plain(name)
    if len(wanted) < _SHORTEST and wanted.isascii():
        return 0
    whole = _NAME if " " in wanted else _WORD
    if own == wanted:
        return whole
    if names.keys(typed) & names.keys(name):
        likeness = names.likeness(typed, name)
        if likeness.same or likeness.score >= names.COMPATIBLE:
            return whole if likeness.same else _WORD
    words = own.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return _WORD
    return _LETTERS if wanted in own else 0


def find_side(shelf: Shelf, typed: str) -> str:
    """A state's code, by code or name in any language of the table, or the id of an organisation of the record. Raises NotFound or Ambiguous."""
    code = state_code(typed)
    if code:
        return code
    known = {plain(name) for names in _organisations().values() if plain(typed) in names for name in names} | {plain(typed)}
    bodies = {one.id: one for name in sorted(known) for one in shelf.spelt("organization", name)}
    found = [one for one in bodies.values() if known & {plain(one.name), *(plain(name.text) for name in one.names)}]
    own = shelf.entity(typed) if not found and shelf.current(typed) else None
    found = found or ([own] if own and own.kind == "organization" else [])
    if len(found) > 1:
        ordered = sorted(found, key=lambda one: one.id)
        raise Ambiguous(_several(typed, "organization", len(found)), tuple(_line(one, shelf) for one in ordered[:_LISTED]))
    if not found:
        raise NotFound(f"'{typed}' is no state, and no organisation of the record; give a code such as TUR, or a name such as Türkiye or NATO")
    return found[0].id


def find_state(shelf: Shelf, typed: str) -> str:
    """The code of a state. Raises NotFound."""
    entity = shelf.entity(typed) if shelf.current(typed) else None
    code = entity.code if entity else state_code(typed)
    if not code:
        raise NotFound(f"'{typed}' is no state; give a code such as TUR, or a name such as Türkiye")
    return code


def state_code(typed: str) -> str | None:
    """The ISO alpha-3 code of a code, or of a name of a state or of its capital in any language: state_code("turquie") == "TUR"."""
    upper = typed.strip().upper()
    two = alpha_3(upper) if len(upper) == 2 else None
    return two or _state_names().get(plain(typed)) or (upper if upper in {state.code for state in states()} else None)


@cache
def _state_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("names", "elsewhere", "capitals", "seats"):
        for state in states():
            for every in getattr(state, kind).values():
                for name in every:
                    found.setdefault(plain(name), state.code)
    return found


@cache
def _organisations() -> dict[str, frozenset[str]]:
    """The folded names of each organisation of the table."""
    return {one.key: frozenset(plain(name) for every in one.names.values() for name in every) for one in organisations()}


def find_office(shelf: Shelf, typed: str) -> str:
    """The code of an office: the code itself, or its title in a language of the labels. Raises NotFound."""
    code = "-".join(plain(typed).split())
    if code in OFFICES or shelf.tenures(office=code):
        return code
    for language in languages():
        for group in ("offices", "women"):
            for office, title in labels(language).table[group].items():
                if plain(title) == plain(typed):
                    return office
    near = sorted(office for office in OFFICES if plain(typed).split()[:1] and plain(typed).split()[0] in office)
    raise NotFound(f"'{typed}' is no office; give one such as {', '.join(near[:6]) or 'foreign-minister, president'}")


def find_event(shelf: Shelf, typed: str) -> Event:
    """The event of an id, also of one that was merged into it. Raises NotFound, and Ambiguous where a shortened id is that of several."""
    event = shelf.event(typed)
    found = [event] if event else _shortened(shelf, "events", typed, shelf.event)
    if len(found) > 1:
        raise Ambiguous(_several(typed, "event", len(found)), tuple(f"{one.id}  {one.type} {one.date or ''}" for one in found[:_LISTED]))
    if not found:
        gone = f"event {typed} was rejected by a correction; see: dragoman correct list" if shelf.current(typed) else None
        raise NotFound(gone or f"the record has no event '{typed}'; ids are in the output of: dragoman timeline")
    return found[0]


def find_article(shelf: Shelf, typed: str) -> ArticleOf:
    """The article of an id or of a file name. Raises NotFound or Ambiguous."""
    article = shelf.article(typed)
    named = shelf.articles(Articles(names=(typed,)), Cut(limit=_MANY)).rows if article is None else ()
    same = sorted([one for one in named if one.name == typed] or named, key=lambda one: one.id)
    found = [article] if article else same or _shortened(shelf, "articles", typed, shelf.article)
    if len(found) > 1:
        raise Ambiguous(_several(typed, "article", len(found)), tuple(f"{one.id}  {one.language}  {one.name}" for one in found[:_LISTED]))
    if not found:
        raise NotFound(f"the record has no article '{typed}'; give an id or a file name, or look for words of it with: dragoman search WORDS")
    return found[0]


def find_story(shelf: Shelf, typed: str) -> Story:
    """The story of an id, of an article in it, or of words of its title. Raises NotFound or Ambiguous."""
    story = shelf.story(typed) if shelf.current(typed) else None
    if story is None and (shelf.article(typed) or shelf.articles(Articles(names=(typed,)), Cut(limit=1)).rows):
        story = shelf.story(find_article(shelf, typed).story or "")
    found = [story] if story else _shortened(shelf, "stories", typed, shelf.story)
    titled = shelf.stories(Cut(limit=_MANY), words=typed).rows if not found and plain(typed) else ()
    found = found or sorted(titled, key=lambda one: one.id)
    if len(found) > 1:
        raise Ambiguous(_several(typed, "story", len(found)), tuple(f"{one.id}  {one.first or '–'}  {one.title}" for one in found[:_LISTED]))
    if not found:
        raise NotFound(f"the record has no story '{typed}'; give an id, words of its title, or an article of it (see: dragoman search WORDS)")
    return found[0]


def _shortened(shelf: Shelf, part: Part, typed: str, find: Callable[[str], _Thing | None], fits: Callable[[_Thing], bool] = lambda _: True) -> list[_Thing]:
    """Those whose id begins as typed."""
    begun = shelf.beginning(part, typed, limit=_MANY) if _ID.match(typed) else ()
    return [one for id_ in begun if (one := find(id_)) is not None and fits(one)]


def checked_bound(typed: str | None, option: str) -> str | None:
    """The day, month or year that bounds what is asked for, without spaces around it. Raises ConfigError, which names the option, where it is none."""
    if typed is None:
        return None
    if not _BOUND.match(typed.strip()) or days(typed.strip()) is None:
        raise ConfigError(f"{option}: '{typed}' is no day, month or year; write it as 2025-10-12, 2025-10 or 2025")
    return typed.strip()


def checked_topic(typed: str) -> str:
    """The code of a topic. Raises InputError where there is none."""
    from dragoman.knowledge.topics import TOPICS

    code = "-".join(plain(typed).split())
    if code not in TOPICS:
        raise InputError(f"'{typed}' is no topic; there are {', '.join(TOPICS)}")
    return code


def checked_type(typed: str) -> str:
    """The code of a type of event. Raises InputError where there is none."""
    from dragoman.knowledge.plover import TYPES

    if typed.upper() not in TYPES:
        raise InputError(f"'{typed}' is no type of event; there are {', '.join(TYPES)}")
    return typed.upper()
