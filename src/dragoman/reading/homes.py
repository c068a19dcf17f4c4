"""Of which state or organisation an office is that the text does not say at once: 'the Prime Minister', 'his vice-president', 'whose spokesman'.

What is tried, in order: the body that only one office has, a possessive and what it stands for, the state of another title of the same
person, then the states around, the more often named and the nearer the better; a state whose holder of that office is known is none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

from dragoman.knowledge.offices import MONARCHIES, OFFICES
from dragoman.knowledge.organisations import seated_in
from dragoman.knowledge.states import states
from dragoman.languages.fold import fold
from dragoman.model.reading import Entity, Mention, OfficeMention
from dragoman.model.spans import Span
from dragoman.reading.title_scene import Scene, party
from dragoman.reading.words import joined

# Offices that one body alone has.
_BODY = {"commission-president": "eu", "high-representative": "eu"}
# Of two of these joined by 'and' each heads a state of his own.
_HEADS = frozenset({"president", "prime-minister", "monarch", "chancellor"})
# A state has one of these.
_FIRST = frozenset({"president", "monarch", "leader"})
# Offices of states, not of the bodies inside them.
_OF_STATES = frozenset(office for office in OFFICES if office.endswith("-minister"))
_ONE = _FIRST | _HEADS | {office for office in _OF_STATES if not office.startswith("deputy-")}
# What a state near a title counts beside one for each time the article names it.
_SAME_SENTENCE, _LEADING, _SAME_PARAGRAPH = 4.0, 6.0, 1.5
# 'In Moscow, Foreign Ministry spokeswoman X': whoever is there without a state is at home.
_AT_HOME = 40.0
_PLACE = 0.4
# What the state counts whose offices the language's press names without it: more than one named in the same paragraph.
_HOME = 3.0
# The words for states told of before begin so many words behind a title at most.
_SHARED = 3
# Two titles joined by 'and' begin within so many characters.
_JOINED = 160
# A name within so many characters opens a paragraph.
_OPENING = 6
# A possessive stands so many characters before its title.
_POSSESSIVE = 14


def placed(scene: Scene, titles: list[OfficeMention]) -> list[OfficeMention]:
    """All titles, those without a state or organisation given one where something shows it."""
    weight = _weights(scene)
    done = list(titles)
    for number, title in enumerate(done):
        if title.office in _BODY:
            done[number] = replace(title, of=_entity_of(scene, _BODY[title.office]) or title.of)
        elif title.plural and title.holder is None and scene.table.order.several_open:
            continue
        elif title.of is None and title.office is not None:
            listed = [one for one in titles if one.span == title.span and one.office == title.office and one.holder and one.of is None]
            several = title.holder is not None and len(listed) > 1
            of = _in_order(scene, title, listed, weight) if several else None
            # Of no one state are two of whom it has one.
            done[number] = replace(title, of=of if of or (several and title.office in _ONE) else _home(scene, title, done, weight))
    return done


def _in_order(scene: Scene, title: OfficeMention, listed: list[OfficeMention], weight: Counter[str]) -> str | None:
    """Of 'their foreign ministers, A and B' each is of one of the two states spoken of most, in the order in which the article names them.

    Of 'the foreign ministers of the two countries, A and B' only where it names them together, 'X and Y', before.
    """
    foremost = sorted(weight, key=lambda code: (-weight[code], code))[: len(listed)]
    index = scene.index_at(title.title.end)
    shared = any(word.folded in scene.table.shared for word in scene.words[index : index + _SHARED])
    named = _joined_row(scene, title, foremost)
    if not named and not shared:
        named = list(dict.fromkeys(str(entity.code) for _, entity in scene.mentions if entity.kind == "state" and entity.code in foremost))
    return named[listed.index(title)] if len(named) == len(listed) else None


def _joined_row(scene: Scene, title: OfficeMention, wanted: list[str]) -> list[str]:
    """These states as they were last named before a title with 'and' between them."""
    row: list[str] = []
    found: list[str] = []
    at = 0
    for mention, entity in scene.mentions:
        if entity.kind != "state" or mention.end > title.span.start:
            continue
        between = fold(scene.text[at : mention.start]).replace(",", " ").replace("'", " ").split()
        joint = row and all(word in scene.table.conjunctions | scene.table.articles for word in between)
        row = [*(row if joint else []), str(entity.code)]
        at = mention.end
        found = row if sorted(row) == sorted(wanted) else found
    return found


def _entity_of(scene: Scene, key: str) -> str | None:
    """The id of a well-known organisation, where the article names it."""
    from dragoman.knowledge.organisations import organisation

    known = organisation(key)
    names = {fold(name) for forms in known.names.values() for name in forms} if known else set()
    return next((entity.id for entity in scene.reading.entities if entity.kind == "organization" and any(fold(name) in names for name in entity.names)), None)


def _weights(scene: Scene) -> Counter[str]:
    """How often the article names each state, its towns for a little."""
    weight: Counter[str] = Counter()
    for _, entity in scene.mentions:
        if entity.kind == "state" and entity.code:
            weight[entity.code] += 1
        elif entity.kind == "place" and entity.state:
            weight[entity.state] += _PLACE  # type: ignore[assignment]
    return weight


def _home(scene: Scene, title: OfficeMention, titles: list[OfficeMention], weight: Counter[str]) -> str | None:
    same_person = [one for one in titles if one is not title and one.holder == title.holder and one.of] if title.holder else []
    own = next((one.of for one in same_person if one.office == title.office), None)
    if own:
        return own
    possessor = _possessor(scene, title, titles) or _person_behind(scene, title, titles)
    if possessor and not (title.office in _OF_STATES and _is_body(scene, possessor)):
        return possessor
    if not possessor and _of_unnamed(scene, title):
        return None
    if same_person and not title.former and not same_person[0].former:
        return same_person[0].of
    if title.relational or owned(scene, title):
        return None
    beside = _joined_with(scene, title, titles)
    if beside and (title.office not in _HEADS or scene.table.order.joined_alike):
        return beside
    # A post that is none of the list has a state only where the text says so.
    return _around(scene, title, titles, weight) if title.office in OFFICES else None


@cache
def _capitals(language: str) -> frozenset[str]:
    return frozenset(name for state in states() for name in state.capitals.get(language, ()))


def _is_body(scene: Scene, of: str) -> bool:
    """Whether an office is of a body inside a state: 'his foreign minister' of a council's chairman is the state's."""
    entity = scene.reading.entity(of)
    return entity is not None and entity.kind == "organization" and "armed" not in entity.reason and "table" not in entity.reason


def _person_behind(scene: Scene, title: OfficeMention, titles: list[OfficeMention]) -> str | None:
    """'a spokeswoman for X': what the person holds office of whom the title names."""
    index = scene.index_at(title.span.end)
    if not _goes_on(scene, index) or scene.words[index].folded not in scene.table.genitives:
        return None
    pair = scene.mention_from(index + 1) if index + 1 < len(scene.words) else None
    return _of_entity(pair[1], titles) if pair is not None and pair[1].kind == "person" else None


def _goes_on(scene: Scene, index: int) -> bool:
    """Whether there is a word of this number, with nothing between it and the one before."""
    return 0 < index < len(scene.words) and joined(scene.text, scene.words[index - 1], scene.words[index])


def _of_unnamed(scene: Scene, title: OfficeMention) -> bool:
    """Whether it is of something that has no name: 'président de la chambre locale', 'its foreign minister' of what is no state."""
    from dragoman.reading.referents import actors

    before = fold(scene.text[max(0, title.span.start - _POSSESSIVE) : title.span.start]).split()
    language = scene.reading.article.language
    if before and before[-1] in actors(language).owners and title.holder is not None:
        return True
    index = scene.index_at(title.span.end)
    small = 0
    while _goes_on(scene, index) and scene.words[index].folded in scene.table.genitives | scene.table.articles:
        index, small = index + 1, small + 1
    if not small or title.office not in _FIRST or not _goes_on(scene, index):
        return False
    word = scene.words[index]
    known = actors(language).bodies | actors(language).parties
    return word.text[:1].islower() and scene.mention_from(index) is None and word.folded not in known


def _possessor(scene: Scene, title: OfficeMention, titles: list[OfficeMention]) -> str | None:
    """What 'its', 'his', 'whose' or 'dont le' before a title stands for: the body or the person's state before it."""
    before = fold(scene.text[max(0, title.span.start - _POSSESSIVE) : title.span.start]).replace("'", " ").split()
    relative = bool(before) and any(word in scene.table.relative_possessives for word in before[-2:])
    if not owned(scene, title) and (not before or not (before[-1] in scene.table.possessives or relative)):
        return None
    sentence = scene.sentence(title.span.start)
    if before and before[-1] in scene.table.feminine_possessives:
        women = [entity for _, entity in scene.before(title.span.start)[:12] if entity.kind == "person" and entity.gender in ("f", None)]
        known = [entity for entity in women if entity.gender == "f"]
        return _of_entity((known or women)[0], titles) if women else None
    subjects: list[tuple[Mention, Entity]] = []
    told = scene.quoted(title.span.start)
    for mention, entity in scene.before(title.span.start):
        if relative:
            return _of_entity(entity, titles)
        if not told and scene.quoted(mention.start):
            continue  # whom somebody speaks of is not whose spokesman he is
        if mention.start < sentence.start - 1 and subjects:
            break
        if _of_entity(entity, titles):
            subjects.append((mention, entity))
        if mention.start < sentence.start:
            first = _first_of_sentence(scene, mention)
            return _of_entity(first, titles) if first else None
    return _of_entity(subjects[-1][1], titles) if subjects else None


def owned(scene: Scene, title: OfficeMention) -> bool:
    """Whether a possessive is part of the title's last word: 'وزير خارجيتها'."""
    if not scene.table.order.construct or title.relational:
        return False
    last = scene.words[scene.index_at(title.title.end) - 1]
    found = next(iter(scene.table.titles.at(scene.words, scene.word_at(title.title.start))), None)
    return found is not None and found.right > 0 and any(last.folded.endswith(ending) for ending in scene.table.possessives)


def _first_of_sentence(scene: Scene, mention: Mention) -> Entity | None:
    """The first state, body or person of the sentence around a mention: mostly its subject."""
    start = scene.sentence(mention.start).start
    return next((entity for _, entity in scene.after(start)[:1] if entity.kind != "place"), None)


def _of_entity(entity: Entity, titles: list[OfficeMention]) -> str | None:
    if entity.kind == "person":
        return next((one.of for one in titles if one.holder == entity.id and one.of and not one.former), None)
    return party(entity)


def _around(scene: Scene, title: OfficeMention, titles: list[OfficeMention], weight: Counter[str]) -> str | None:
    """The state that the places around speak for most."""
    sentence = scene.sentence(title.span.start)
    paragraph = Span(scene.text.rfind("\n", 0, title.span.start) + 1, title.span.start)
    claimed = [one.span for one in titles if one is not title and one.of and one.title != title.title]
    score: dict[str, float] = dict(weight)
    if scene.table.home:
        score[scene.table.home] = score.get(scene.table.home, 0.0) + _HOME
    seen: set[str] = set()
    for mention, entity in scene.before(title.span.start):
        if mention.start < paragraph.start:
            break
        home = _state(scene, entity)
        if home is None or home in seen:
            continue
        seen.add(home)
        inside = any(span.covers(mention.span) for span in claimed)
        if mention.start >= sentence.start and not inside:
            leads = entity.kind != "person" and scene.text[mention.end : mention.end + 1] == "," and mention.start - sentence.start < 12
            seat = leads and entity.kind == "place" and entity.name in _capitals(scene.reading.article.language)
            score[home] = score.get(home, 0.0) + (_AT_HOME if seat else _LEADING if leads else _SAME_SENTENCE)
        else:
            # 'Brazil, which borders on both, … President X': the paragraph is about the state that opens it.
            opens = entity.kind == "state" and mention.start - paragraph.start < _OPENING
            score[home] = score.get(home, 0.0) + (_LEADING if opens else _SAME_PARAGRAPH)
    if title.office == "monarch":
        score = {home: points for home, points in score.items() if home in MONARCHIES}
    joined = _joined_with(scene, title, titles) if title.office in _HEADS else None
    alike = _FIRST if title.office in _FIRST else {title.office}
    held = {one.of for one in titles if one.office in alike and one.of and one.holder and one.holder != title.holder and not one.former and not one.acting}
    if title.holder is None and not title.plural and held & score.keys():
        # 'The prime minister' again: of the state whose prime minister is known.
        return min(held & score.keys(), key=lambda home: (-score[str(home)], str(home)))
    free = {home: points for home, points in score.items() if (home not in held and home != joined) or title.plural}
    return min(free, key=lambda home: (-free[home], home)) if free else None


def _joined_with(scene: Scene, title: OfficeMention, titles: list[OfficeMention]) -> str | None:
    """The state of the title before 'and': 'Prime Minister A and President B' are of two states, other officials mostly of one."""
    near = [one for one in titles if title.span.start - _JOINED < one.span.start < title.span.start]
    for one in near:
        other = one is not title and one.holder != title.holder
        alike = (one.office in _HEADS) == (title.office in _HEADS) or (scene.table.order.joined_alike and one.office != title.office)
        if one.of and one.holder and other and alike:
            name = next((mention for mention, entity in scene.after(one.title.end)[:3] if entity.id == one.holder), None)
            gap = fold(scene.text[name.end : title.span.start]).replace("'", " ").replace(",", " ").split() if name else []
            if gap and gap[0] in scene.table.conjunctions and all(word in scene.table.conjunctions | scene.table.articles for word in gap):
                return one.of
    return None


def _state(scene: Scene, entity: Entity) -> str | None:
    """The state an entity speaks for; a town that is the seat of an organisation speaks for no state."""
    if entity.kind == "state":
        return entity.code
    if entity.kind == "place" and not seated_in(entity.name, scene.reading.article.language):
        return entity.state
    if entity.kind == "organization" and "seat" not in entity.reason:
        return entity.state
    return None
