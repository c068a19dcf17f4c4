"""Who is meant by 'الجانبان', 'iki bakan', 'üç lider' where no parser tells: the last so many persons named, else the last states or bodies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from dragoman.languages.forms import plain
from dragoman.model.spans import Span
from dragoman.reading.plain.phrases import Phrase

if TYPE_CHECKING:
    from dragoman.reading.plain.scene import PlainScene

# So many sentences back those meant are looked for.
_BACK = 4
_TWO, _THREE, _FOUR = 2, 3, 4
# All those of the last sentence that names several.
_ALL = -1


@cache
def _words(code: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    from dragoman.reading.referents import actors

    known = actors(code)
    people, parties, bodies = (frozenset(plain(code, word) for word in words) for words in (known.people, known.parties, known.bodies))
    return people, parties, bodies


def with_groups(scene: PlainScene, found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases with those that stand for several named before."""
    people, parties, bodies = _words(scene.code)
    taken = {index for one in found for index in range(one.first, one.last + 1) if one.ids}
    done: list[Phrase] = []
    place = 0
    for token in scene.tokens:
        while place < len(found) and found[place].first <= token.index:
            done.append(found[place])
            place += 1
        listed = people | parties
        if scene.inflection.before_verb and any(scene.says(token.index - 1, name) for name in ("twos", "threes", "fours")):
            listed |= bodies
        if token.index in taken or (listed.isdisjoint(scene.nouns[token.index]) and not scene.says(token.index, "pairs")):
            continue
        count = _count(scene, token.index)
        ids = _members(scene, done, token.index, count) if count else ()
        if not people.isdisjoint(scene.nouns[token.index]) or count == _ALL:
            pass
        elif len(sides := _sides(scene, ids)) == len(ids):
            ids = sides
        if ids and count in (len(ids), _ALL):
            while done and done[-1].last >= token.index and not done[-1].ids:
                done.pop()
            kind = "person" if scene.entities[ids[0]].kind == "person" else "state"
            done.append(Phrase(first=token.index, last=token.index, span=Span(token.start, token.end), ids=ids, kind=kind))
    done.extend(found[place:])
    return [one for number, one in enumerate(done) if number == 0 or one.first > done[number - 1].last]


def _count(scene: PlainScene, index: int) -> int:
    """How many a word stands for, by a numeral beside it or an ending; 0 where it may be anybody."""
    for beside in (index - 1, index + 1):
        for name, count in (("twos", _TWO), ("threes", _THREE), ("fours", _FOUR)):
            if scene.says(beside, name):
                return count
    if scene.says(index, "pairs"):
        return _TWO
    bare = scene.bare[index]
    articles = tuple(scene.small.get("articles", ()))
    if articles and not bare.startswith(articles):
        return 0
    if bare.endswith(tuple(scene.small.get("duals", ())) or ("\0",)):
        return _TWO
    people, _, _ = _words(scene.code)
    plural = tuple(scene.small.get("plurals", ()))
    return _ALL if any(form in people and (not plural or form.endswith(plural)) for form in scene.nouns[index]) else 0


def _sides(scene: PlainScene, people: Sequence[str]) -> tuple[str, ...]:
    """The states that the persons act for, as far as the article names them: 'الجانبان' are two sides, not two ministers."""
    found = [scene.states.get(scene.held.get(one) or scene.entities[one].state or "") for one in people]
    return tuple(dict.fromkeys(one for one in found if one))


def _members(scene: PlainScene, before: Sequence[Phrase], index: int, count: int) -> tuple[str, ...]:
    here = scene.tokens[index].sentence
    near = list(takewhile(lambda one: here - scene.tokens[one.first].sentence <= _BACK, reversed(before)))
    if count == _ALL:
        return _all(scene, near)
    for kinds in (("person",), ("state", "organization")):
        found: dict[str, None] = {}
        for one in near:
            for identity in reversed(one.ids):
                if scene.entities[identity].kind in kinds and len(found) < count:
                    found.setdefault(identity, None)
        if len(found) == count:
            return tuple(reversed(found))
    return ()


def _all(scene: PlainScene, near: Sequence[Phrase]) -> tuple[str, ...]:
    """The persons of the last sentence that names more than one."""
    by_sentence: dict[int, dict[str, None]] = {}
    for one in near:
        people = [identity for identity in one.ids if scene.entities[identity].kind == "person"]
        by_sentence.setdefault(scene.tokens[one.first].sentence, {}).update(dict.fromkeys(people))
    several = [sentence for sentence, people in by_sentence.items() if len(people) > 1]
    return tuple(reversed(by_sentence[max(several)])) if several else ()
