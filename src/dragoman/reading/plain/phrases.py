"""Phrases that name persons, bodies, states and places, with what marks their part in the clause: a preposition, a joined letter, a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dragoman.knowledge.states import states
from dragoman.languages.fold import fold
from dragoman.languages.forms import forms, plain
from dragoman.languages.pack import language
from dragoman.model.reading import Entity
from dragoman.model.spans import Span

if TYPE_CHECKING:
    from dragoman.reading.plain.scene import PlainScene

_APOSTROPHES = "'’ʼ"
# So many words may stand between a state's name and the noun that acts for it: 'Rusya Savunma Bakanlığı'.
_NEAR = 2
# A surname of fewer letters is too often another word.
_LONG = 5
_GENITIVE = frozenset({"-genitive"})
_RANK = {"person": 0, "organization": 1, "state": 2, "place": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Tokens first..last with the entities named. `marks` are prepositions, joined letters and cases ('-dative'); none for a subject or object.

    `joined` says that it goes on a list that the phrase before began; `attributive` that it only qualifies a noun: 'الشركات التركية', 'Türk şirketleri'.
    """

    first: int
    last: int
    span: Span
    ids: tuple[str, ...]
    kind: str
    marks: frozenset[str] = frozenset()
    joined: bool = False
    attributive: bool = False
    adjective: bool = False
    bodied: bool = False


@cache
def _adjectives(code: str) -> frozenset[str]:
    pack = language(code)
    rows = pack.table("demonyms") if pack else {}
    words = [word for row in rows.values() if isinstance(row, dict) for name in ("adjectives", "people") for word in row.get(name, ())]
    return frozenset(plain(code, fold(word)) for word in words)


@cache
def _states(code: str) -> frozenset[str]:
    """The names of states: 'سوريا' is no form of 'سوري', and 'جيبوتي' more often the state than what belongs to it."""
    return frozenset(plain(code, fold(name)) for state in states() for name in state.names.get(code, ()))


def phrases_of(scene: PlainScene) -> tuple[Phrase, ...]:
    """All of an article in text order, none running into the next."""
    raw = [_bodied(scene, one) for one in _merged(scene)]
    parted: list[Phrase] = []
    for one in raw:
        before = parted[-1] if parted else None
        if before is not None and _introduces(scene, before, one):
            parted[-1] = replace(one, first=before.first, span=before.span.hull(one.span))
        elif before is None or one.first > before.last:
            parted.append(one)
    from dragoman.reading.plain.groups import with_groups

    marked: list[Phrase] = []
    for one in with_groups(scene, parted):
        last = marked[-1].last if marked else -1
        marks = _marks(scene, one) or (_GENITIVE if last < one.first - 1 and _owned(scene, one) else frozenset())
        marked.append(replace(one, marks=marks))
    return tuple(_listed(scene, marked))


def _introduces(scene: PlainScene, before: Phrase, one: Phrase) -> bool:
    """Whether the first is a title that no table has, right before its holder's name: 'وزيرة المياه الأوغندية غريس أكيلو', 'Uganda Su Bakanı Grace Akello'."""
    if before.kind == "title" and not before.ids and one.kind == "person" and not scene.inflection.before_verb:
        return _goes_on(scene, before, one)
    titled = before.kind in ("state", "organization") and (before.adjective or before.bodied)
    return one.kind == "person" and titled and one.first == before.last + 1 and not scene.text[before.span.end : one.span.start].strip()


def _surnames(scene: PlainScene, known: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Words that are the last name of one person of the article and belong to no name yet; long ones that are no verb."""
    owners: dict[str, set[str]] = {}
    for entity in scene.reading.entities:
        for name in entity.names if entity.kind == "person" else ():
            words = name.split()
            if len(words) > 1:
                owners.setdefault(plain(scene.code, fold(words[-1])), set()).add(entity.id)
    taken = {token.index for span in known for token in scene.reading.parse.within(span)}
    for token in scene.tokens:
        bare = scene.bare[token.index]
        persons = owners.get(bare, set())
        capital = not token.text[:1].islower()
        if len(persons) == 1 and token.index not in taken and len(bare) >= _LONG and capital and not scene.verbs[token.index]:
            yield Span(token.start, token.start + len(bare)), next(iter(persons))


def _goes_on(scene: PlainScene, before: Phrase, one: Phrase) -> bool:
    """Whether a title that stands for nobody goes on to the name after it: 'رئيس مفوضية … فلان', 'النائب الأول لوزير الخارجية فلان'."""
    if scene.tokens[one.first].sentence != scene.tokens[before.first].sentence:
        return False
    between = scene.text[before.span.end : one.span.start].split()
    if not between or one.span.start > scene.tokens[one.first].start:
        return len(between) <= _NEAR and all(word.isalpha() for word in between)
    return False


def _merged(scene: PlainScene) -> list[Phrase]:
    """Names with their titles as one phrase; what lies inside a title is part of it."""
    pieces: dict[Span, tuple[list[str], str]] = {}
    for entity in scene.reading.entities:
        for mention in entity.mentions:
            ids, kind = pieces.setdefault(mention.span, ([], entity.kind))
            if not ids or _RANK[entity.kind] <= _RANK[kind]:
                if ids and _RANK[entity.kind] < _RANK[kind]:
                    ids.clear()
                ids.append(entity.id)
                pieces[mention.span] = (ids, entity.kind)
    for title in scene.reading.titles:
        tokens = scene.reading.parse.within(title.span)
        single = len(tokens) == 1 and not title.holder
        if single and (scene.small_word(tokens[0].index) or (title.of is None and scene.verbs[tokens[0].index])):
            continue  # 'مشيرا' is a verb, not a marshal
        ids, kind = pieces.setdefault(title.span, ([], "title"))
        if title.holder and title.holder not in ids:
            ids.append(title.holder)
            pieces[title.span] = (ids, "person")
    for span, identity in _surnames(scene, pieces):
        pieces[span] = ([identity], "person")
    found: list[Phrase] = []
    for span, (ids, kind) in sorted(pieces.items(), key=lambda row: (row[0].start, -row[0].end)):
        tokens = scene.reading.parse.within(span)
        if not tokens:
            continue
        one = Phrase(first=tokens[0].index, last=tokens[-1].index, span=span, ids=tuple(ids), kind=kind)
        before = found[-1] if found else None
        if before is not None and (merged := _one(scene, before, one)) is not None:
            found[-1] = merged
        else:
            found.append(one)
    return [_of_title(scene, one) for one in found]


def _one(scene: PlainScene, before: Phrase, one: Phrase) -> Phrase | None:
    """Two that are one: nested, or a title beside its holder's name."""
    if one.span.start < before.span.end:
        keep = before if before.ids or before.kind == "title" else one
        ids = before.ids or (one.ids if one.kind == "person" else ())
        return replace(
            keep,
            first=before.first,
            last=max(before.last, one.last),
            span=before.span.hull(one.span),
            ids=ids or keep.ids,
            kind=before.kind if before.ids else keep.kind,
        )
    between = scene.text[before.span.end : one.span.start].strip()
    same = bool(set(before.ids) & set(one.ids)) and one.kind == "person"
    loose = (before.kind == "title" or (one.kind == "title" and before.kind == "person")) and "person" in (before.kind, one.kind)
    if (same and between in ("", ",", "،")) or (loose and not between and one.first <= before.last + 1):
        return replace(before, last=one.last, span=before.span.hull(one.span), ids=before.ids or one.ids, kind="person")
    return None


def _of_title(scene: PlainScene, one: Phrase) -> Phrase:
    """A title that nobody named holds stands for its state or body."""
    if one.ids:
        return one
    title = next((title for index in range(one.first, one.last + 1) for title in scene.titles.get(index, ()) if title.of), None)
    of = title.of if title else None
    identity = scene.states.get(of or "") or (of if of in scene.entities else None)
    return replace(one, ids=(identity,) if identity else ())


def _bodied(scene: PlainScene, one: Phrase) -> Phrase:
    """A state with the noun that acts for it is one phrase: 'الجيش التركي', 'Suriye ordusu'; without one an adjective only qualifies."""
    if one.kind not in ("state", "organization") or not one.ids:
        return one
    adjective = one.kind == "state" and _adjectival(scene, one)
    bodies = frozenset(plain(scene.code, word) for word in scene.actors.bodies)
    ahead = scene.inflection.before_verb
    sentence = scene.sentence(one.first)
    closed = _suffix(scene, one) != "" if ahead else one.span.start > scene.tokens[one.first].start
    for step in range(1, 1 if closed else _NEAR + 1 if ahead or adjective else 2):
        index = one.last + step if ahead else one.first - step
        if index not in sentence:
            break
        if not bodies.isdisjoint(scene.nouns[index]):
            first, last = (one.first, index) if ahead else (index, one.last)
            return replace(
                one, first=first, last=last, bodied=True, span=Span(min(one.span.start, scene.tokens[first].start), max(one.span.end, scene.tokens[last].end))
            )
        if not scene.tokens[index].text[:1].isalpha() or (ahead and not scene.tokens[index].text[:1].isupper()):
            break
    return replace(one, attributive=adjective, adjective=adjective)


def _adjectival(scene: PlainScene, one: Phrase) -> bool:
    word = plain(scene.code, fold(one.span.of(scene.text)))
    known = _adjectives(scene.code)
    if word in _states(scene.code):
        return False
    return word in known or any(form.text in known for form in forms(scene.code, word) if not form.left or not scene.inflection.before_verb)


def _suffix(scene: PlainScene, one: Phrase) -> str:
    """What is joined to the end of a phrase after an apostrophe."""
    token = scene.tokens[one.last]
    rest = scene.text[one.span.end : token.end] if one.span.end < token.end else ""
    if not rest:
        at = max((token.text.rfind(mark) for mark in _APOSTROPHES), default=-1)
        rest = token.text[at:] if at > 0 else ""
    return fold(rest).strip("'")


def _marks(scene: PlainScene, one: Phrase) -> frozenset[str]:
    return _case(scene, one) if scene.inflection.before_verb else _before(scene, one)


def _before(scene: PlainScene, one: Phrase) -> frozenset[str]:
    """The preposition or joined letter before a phrase; 'و' alone is none, nor 'كل من'."""
    token = scene.tokens[one.first]
    joined = plain(scene.code, fold(scene.text[token.start : one.span.start])) if one.span.start > token.start else ""
    found = {letters for letters in (joined, joined[1:]) if letters in scene.small.get("joined", ())}
    if found:
        return frozenset(found)
    index = one.first - 1
    while index in scene.sentence(one.first) and index not in scene.dated and scene.has(index, "place_nouns") and not joined:
        letters = _letters(scene, index)
        if letters:
            return letters
        index -= 1
    if index > 0 and scene.says(index, "prepositions") and scene.has(index - 1, "each"):
        index -= 2
    definite = joined.startswith(tuple(scene.small.get("articles", ())) or ("\0",))
    if index in scene.sentence(one.first) and (words := set(scene.nouns[index]) & scene.small.get("prepositions", frozenset())) and not definite:
        return frozenset(words)
    return frozenset()


def _letters(scene: PlainScene, index: int) -> frozenset[str]:
    """What is joined to the start of a common noun before a name: 'بمدينة جدة'."""
    joined = scene.small.get("joined", frozenset())
    places = scene.small.get("place_nouns", frozenset())
    bare = scene.bare[index]
    return frozenset(letter for letter in joined if bare.startswith(letter) and bare[len(letter) :] in places)


def _owned(scene: PlainScene, one: Phrase) -> bool:
    """Whether a bare noun stands before a name, which then is its owner: 'حلفاء أوكرانيا'."""
    index = one.first - 1
    if scene.inflection.before_verb or one.kind in ("person", "title") or index <= scene.sentence(one.first).start or index in scene.dated:
        return False
    bare = scene.bare[index]
    ends = tuple(scene.small.get("accusatives", ()))
    if one.span.start > scene.tokens[one.first].start or not bare.isalpha() or bare.startswith(tuple(scene.small.get("articles", ()))) or bare.endswith(ends):
        return False
    small = ("prepositions", "before_verbs", "boundaries", "helpers")
    return not scene.verbs[index] and not any(scene.says(index, name) for name in small)


def _case(scene: PlainScene, one: Phrase) -> frozenset[str]:
    """The case of the last word, and the postposition after it."""
    found: set[str] = set()
    suffix = _suffix(scene, one)
    cases = scene.inflection.cases
    if suffix:
        found.update(f"-{name}" for name, endings in cases.items() if suffix in endings)
    else:
        token = scene.tokens[one.last]
        word = scene.bare[one.last]
        if not token.text[:1].isupper() or one.last > one.first:
            ends = [(len(end), name) for name, rows in scene.inflection.endings.items() for end in rows if word.endswith(end) and len(word) > len(end) + 1]
            if ends:
                found.add(f"-{max(ends)[1]}")
    after = one.last + 1
    if not found and after in scene.sentence(one.first) and scene.has(after, "place_nouns"):
        word = scene.bare[after]
        ends = [(len(end), name) for name, rows in scene.inflection.endings.items() for end in rows if word.endswith(end)]
        if ends:
            found.add(f"-{max(ends)[1]}")
    if after in scene.sentence(one.first) and (words := set(scene.nouns[after]) & scene.small.get("prepositions", frozenset())):
        found.update(words)
    return frozenset(found)


def _listed(scene: PlainScene, found: list[Phrase]) -> list[Phrase]:
    """Members of a list share the mark of its first (before) or last (after) member."""
    done = list(found)
    linked = [False] * len(done)
    for place in range(1, len(done)):
        linked[place] = _linked(scene, done[place - 1], done[place])
    for place in range(len(done) - 2, 0, -1):  # a comma joins where an 'and' follows
        if (
            not linked[place]
            and linked[place + 1]
            and scene.text[done[place - 1].span.end : done[place].span.start].strip() in (",", "،")
            and _alike(done[place - 1], done[place])
        ):
            linked[place] = True
    if scene.inflection.before_verb:
        for place in range(len(done) - 1, 0, -1):
            if linked[place]:
                done[place - 1] = replace(done[place - 1], marks=done[place].marks)
                done[place] = replace(done[place], joined=True)
    else:
        for place in range(1, len(done)):
            if linked[place]:
                done[place] = replace(done[place], joined=True, marks=done[place].marks or done[place - 1].marks)
    return done


def _alike(left: Phrase, right: Phrase) -> bool:
    return (left.kind == "place") == (right.kind == "place") and not left.attributive and not right.attributive


def _linked(scene: PlainScene, left: Phrase, right: Phrase) -> bool:
    """Whether only a word for 'and' stands between the two, or is joined to the second."""
    if right.first not in scene.sentence(left.first) or not _alike(left, right):
        return False
    joining = scene.small.get("joining", frozenset())
    between = plain(scene.code, fold(scene.text[left.span.end : right.span.start])).strip(" ,،")
    if scene.inflection.before_verb:
        # "A ve B'nin", 'A ile B'; a suffix on the first shows a case of its own.
        return between in joining and not _suffix(scene, left)
    return between in joining or any(between == f"{word}{mark}" for word in joining for mark in scene.small.get("joined", ()))


def party(scene: PlainScene, one: Phrase) -> bool:
    """Whether the phrase can take part in something."""
    return bool(one.ids) and one.kind != "place" and not one.attributive


def entities(scene: PlainScene, one: Phrase) -> list[Entity]:
    return [scene.entities[identity] for identity in one.ids if identity in scene.entities]
