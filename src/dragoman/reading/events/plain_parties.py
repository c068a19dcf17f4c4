"""Who takes part, where no parser tells: by preposition, joined letter or case, and by the order of unmarked names in the clause.

Clauses that begin with their verb: the first unmarked name after it is the subject, the second its object; a name right before it is its subject.
Clauses that end with it: unmarked names are subjects, accusatives objects; the subject of the sentence serves where a clause has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from dragoman.knowledge.states import states
from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.reading.events.parties import Parties
from dragoman.reading.events.plain_triggers import PlainTrigger, Telling
from dragoman.reading.plain.phrases import Phrase
from dragoman.reading.statements.channels import outlets
from dragoman.reading.statements.speech import speech

_KINDS = ("person", "state", "organization")
# A name so many words before a verb is its subject, with small words between.
_LEAD = 4
# So far from its noun the phrase that owns it may begin.
_NEAR = 3
# So many sentences back the subject of the story is looked for.
_BACK = 2


def parties(telling: Telling, one: PlainTrigger) -> Parties:
    """The parties of one trigger; places are none."""
    if one.verb is None:
        return _of_noun(telling, one)
    if one.trigger.pattern.frame.mode == "visit":
        return _without_goal(telling, one, _of_verb_last(telling, one) if telling.scene.inflection.before_verb else _of_verb_first(telling, one))
    found = _of_verb_last(telling, one) if telling.scene.inflection.before_verb else _of_verb_first(telling, one)
    if one.trigger.pattern.frame.actor == "crowd":
        # Those named beside a crowd are what it is for or against.
        against = telling.frames.light.get("parties", frozenset()) - telling.marks("places")
        named = [phrase for phrase in _phrases(telling, one.clause) if phrase.marks & against]
        return Parties(recipients=_ids(telling, named))
    return found


def _without_goal(telling: Telling, one: PlainTrigger, who: Parties) -> Parties:
    """A visit's parties without a state that its capital only stands in for as the place visited."""
    places = {identity for phrase in telling.scene.between(one.first, one.stop) if phrase.kind == "place" for identity in _seat(telling, phrase).ids}
    named = {identity for phrase in telling.scene.between(one.first, one.stop) if phrase.kind != "place" for identity in phrase.ids}
    return replace(who, recipients=tuple(identity for identity in who.recipients if identity not in places - named))


def _ids(telling: Telling, phrases: Iterable[Phrase]) -> tuple[str, ...]:
    entities = telling.scene.entities
    found = (identity for one in phrases if not one.attributive for identity in one.ids if entities[identity].kind in _KINDS)
    return tuple(dict.fromkeys(identity for identity in found if not _outlet(telling, identity)))


def _outlet(telling: Telling, identity: str) -> bool:
    entity = telling.scene.entities[identity]
    known = speech(telling.scene.code)
    platforms = known.lists.get("platforms", frozenset()) if known else frozenset()
    return entity.kind == "organization" and any(fold(name) in outlets() or plain(telling.scene.code, fold(name)) in platforms for name in entity.names)


def _phrases(telling: Telling, span: range) -> list[Phrase]:
    return [_seat(telling, one) for one in telling.scene.between(span.start, span.stop) if one.first not in telling.quoted]


@cache
def _capitals(code: str) -> dict[str, str]:
    return {plain(code, fold(name)): state.code for state in states() for name in state.capitals.get(code, ())}


def _seat(telling: Telling, one: Phrase) -> Phrase:
    """A capital that stands where parties do, for its state where the article names that: 'Kiev'i suçladı', 'حمّلت إسلام آباد'."""
    scene = telling.scene
    elsewhere = telling.marks("places") | telling.frames.light.get("towards", frozenset())
    if one.kind != "place" or not one.ids or one.marks & elsewhere or one.bodied:
        return one
    code = _capitals(scene.code).get(plain(scene.code, fold(one.span.of(scene.text))))
    state = scene.states.get(code or "")
    return replace(one, ids=(state,), kind="state") if state else one


def _group(phrases: Sequence[Phrase], place: int) -> list[Phrase]:
    """The phrase with those that go on its list."""
    found = [phrases[place]]
    for one in phrases[place + 1 :]:
        if not one.joined:
            break
        found.append(one)
    return found


def _of_verb_first(telling: Telling, one: PlainTrigger) -> Parties:
    scene = telling.scene
    after = _phrases(telling, range(one.index + 1, one.stop))
    passive = _passive(telling, one)
    subject: list[Phrase] = []
    objects: list[Phrase] = []
    lead = _lead(telling, one)
    for place, phrase in enumerate(after):
        if phrase.marks or phrase.joined or phrase.attributive or phrase.kind == "place":
            continue
        if lead is None and not subject:
            subject = _group(after, place)
        elif not objects:
            objects = _group(after, place)
    if lead is not None:
        subject = lead
    elif passive:
        pass
    elif subject and not objects and _goes_on(telling, one) and not any(phrase.marks & telling.marks("company") for phrase in after):
        before = _story(telling, one)
        if before and not {identity for phrase in before for identity in phrase.ids} & {identity for phrase in subject for identity in phrase.ids}:
            subject, objects = before, subject
    elif not subject and (not scene.explicit(one.index) or (one.verb is not None and one.verb.before.startswith(tuple(scene.small.get("links", ()))))):
        subject = _story(telling, one)
    if passive:
        objects, subject = [*subject, *objects], [phrase for phrase in after if phrase.marks & telling.marks("agents")]
    company = [phrase for phrase in after if _shares(telling, one, phrase) and not (passive and phrase in subject)]
    between = [phrase for phrase in after if phrase.marks & telling.marks("between")]
    actors = _ids(telling, [*subject, *between])
    recipients = _ids(telling, [*objects, *company])
    if not recipients and one.trigger.pattern.frame.type != "CONSULT":
        recipients = _qualifying(telling, after, one)
    first = subject[0] if subject else None
    return Parties(actors=actors, recipients=_unlike(recipients, actors), subject=scene.tokens[first.first] if first else None)


def _passive(telling: Telling, one: PlainTrigger) -> bool:
    """By the form, or by the vowel sign written to tell it: 'قُتل'."""
    return bool(one.verb and one.verb.passive) or telling.scene.voiced(one.index) or telling.governs(one.index - 1, "passives")


def _lead(telling: Telling, one: PlainTrigger) -> list[Phrase] | None:
    """The unmarked phrase right before the verb, with those joined to it; only small words between."""
    scene = telling.scene
    if one.verb is not None and one.verb.tells == "participle":
        return _story(telling, one) or None
    if one.verb is not None and one.verb.before.startswith(tuple(scene.small.get("links", ()))):
        return None
    start = scene.sentence(one.index).start
    index = one.index - 1
    while index >= start and one.index - index <= _LEAD and index not in scene.named:
        text = scene.tokens[index].text
        if not (
            scene.says(index, "helpers") or scene.has(index, "relatives") or text in (",", "،") or index in scene.dated or scene.says(index, "before_verbs")
        ):
            return None
        index -= 1
    phrase = scene.named.get(index)
    if phrase is None or index < start or phrase.kind == "place" or phrase.attributive or (phrase.marks and not phrase.joined):
        return None
    found = [phrase]
    place = scene.order[phrase]
    while found[0].joined and place > 0:
        place -= 1
        found.insert(0, scene.phrases[place])
    return None if found[0].marks and not scene.has(one.index - 1, "relatives") else found


def _goes_on(telling: Telling, one: PlainTrigger) -> bool:
    """Whether the verb is joined to the story by 'and' and takes an object: its subject is then the one before."""
    links = tuple(telling.scene.small.get("links", ()))
    pattern = one.trigger.pattern
    scene = telling.scene
    if pattern.frame.type == "CONSULT" and (scene.says(one.index - 1, "helpers") or scene.has(one.index - 1, "relatives")):
        return True
    return one.verb is not None and one.verb.before.startswith(links) and bool(links) and (pattern.kind in ("person", "party") or pattern.frame.needs == "both")


def _story(telling: Telling, one: PlainTrigger) -> list[Phrase]:
    """The last subject told: the first unmarked name of this sentence before the verb, else of the sentences before; with those on its list."""
    scene = telling.scene
    start, stop = scene.sentence(one.index).start, one.index
    for _ in range(_BACK):
        before = scene.between(start, stop)
        for place, phrase in enumerate(before):
            if phrase.ids and not phrase.marks and not phrase.attributive and phrase.kind in _KINDS and phrase.first not in telling.quoted:
                return _group(before, place)
        if start == 0:
            break
        stop, start = start, scene.sentence(start - 1).start
    return []


def _shares(telling: Telling, one: PlainTrigger, phrase: Phrase) -> bool:
    """Whether the mark of a phrase makes it take part: 'with', 'against', or what the pattern itself asks for."""
    return bool(phrase.marks & (telling.marks("company") | telling.marks("parties") | frozenset(one.trigger.pattern.words)))


def _qualifying(telling: Telling, phrases: Iterable[Phrase], one: PlainTrigger) -> tuple[str, ...]:
    """States named only by an adjective or a genitive of the object: 'أدان الهجوم الإسرائيلي', "İsrail'in saldırısını kınadı"."""
    owned = telling.frames.light.get("owners", frozenset())
    found = [phrase for phrase in phrases if phrase.attributive or phrase.marks & owned]
    ids = [identity for phrase in found for identity in phrase.ids]
    return tuple(dict.fromkeys(one for one in ids if telling.scene.entities[one].kind in _KINDS and not _outlet(telling, one)))[:2]


def _of_verb_last(telling: Telling, one: PlainTrigger) -> Parties:
    scene = telling.scene
    before = _phrases(telling, range(one.first, one.index))
    verb = one.verb
    nominal = verb is not None and verb.tells in ("noun", "content", "content-future", "purpose")
    genitive = [phrase for phrase in before if "-genitive" in phrase.marks]
    subject = [phrase for phrase in before if _nominative(telling, phrase)]
    plural = scene.inflection.patterns.get("plural")
    if nominal and len(genitive) == 1 and plural is not None and plural.fullmatch(scene.bare[one.index]):
        told = _subject_of_sentence(telling, one)
        subject = [told] if told else []
    elif nominal and genitive:
        subject = [genitive[0], *(phrase for phrase in before if phrase.joined and phrase.marks == genitive[0].marks)]
    elif verb is not None and verb.tells == "participle":
        after = scene.between(one.index + 1, min(one.index + _NEAR, scene.sentence(one.index).stop))
        subject = [phrase for phrase in after if phrase.kind in ("person", "organization", "state", "title")][:1] or subject
    if verb is not None and verb.passive and not subject:
        pass  # nobody is named to whom it was done
    elif (not subject and not nominal) or (not subject and nominal and not genitive and verb is not None and verb.tells != "content"):
        told = _subject_of_sentence(telling, one)
        subject = [told] if told else []
    objects = [phrase for phrase in before if phrase.marks & telling.frames.light.get("objects", frozenset())]
    agents = [phrase for phrase in before if phrase.marks & telling.marks("agents")]
    company = [phrase for phrase in before if _shares(telling, one, phrase) and phrase not in objects and not phrase.marks & telling.marks("agents")]
    between = [phrase for phrase in before if phrase.marks & telling.marks("between")]
    if (verb is not None and verb.passive) or agents:
        objects, subject = [*subject, *objects], agents
    actors = _ids(telling, [*subject, *between])
    recipients = _ids(telling, [*objects, *company])
    if not set(recipients) - set(actors) and one.trigger.pattern.frame.type != "CONSULT":
        recipients = _qualifying(telling, [phrase for phrase in before if phrase not in subject], one)
    first = subject[0] if subject else None
    return Parties(actors=actors, recipients=_unlike(recipients, actors), subject=scene.tokens[first.first] if first else None)


def _nominative(telling: Telling, phrase: Phrase) -> bool:
    """Whether a phrase has no case: 'ile' and 've' alone may follow a member of a list."""
    return (
        not phrase.marks - telling.scene.small.get("joining", frozenset())
        and not (phrase.marks & telling.marks("company"))
        and phrase.kind != "place"
        and not phrase.attributive
    )


def _subject_of_sentence(telling: Telling, one: PlainTrigger) -> Phrase | None:
    """The unmarked name before the clause, the nearest one that begins the sentence or follows a comma; else the subject of the story."""
    scene = telling.scene
    sentence = scene.sentence(one.index)
    before = [phrase for phrase in _phrases(telling, range(sentence.start, one.first)) if _nominative(telling, phrase) and phrase.ids]
    after = [phrase for phrase in _phrases(telling, range(one.index + 1, sentence.stop)) if _nominative(telling, phrase) and phrase.ids]
    if before:
        return before[0]
    if after and one.verb is not None and one.verb.tells in ("converb", "participle", "purpose"):
        return after[0]
    return next(iter(_story(telling, one)), None)


def _of_noun(telling: Telling, one: PlainTrigger) -> Parties:
    """Those beside the noun; where a verb only carries it, the subject of that verb too."""
    ahead = not telling.scene.inflection.before_verb
    beside = _phrases(telling, range(one.index + 1, one.stop) if ahead else range(one.first, one.index))
    actors: list[Phrase] = []
    recipients: list[Phrase] = []
    qualifying: list[str] = []
    for place, phrase in enumerate(beside):
        if phrase.marks & telling.marks("between"):
            actors.append(phrase)
        elif _shares(telling, one, phrase):
            recipients.append(phrase)
        elif phrase.attributive and _adjacent(telling, one.index, phrase, qualifying):
            qualifying.extend(phrase.ids)
        elif ahead and not phrase.marks and place == 0 and phrase.first - one.index <= _NEAR - 1 and phrase.kind != "place":
            actors.extend(_group(beside, place))
        elif not ahead and phrase.marks & telling.frames.light.get("owners", frozenset()):
            actors.append(phrase)
    subject = None
    carrier = _carrier(telling, one)
    if carrier is not None:
        subject = _subject_of(telling, one, carrier, beside)
    found = [*([subject] if subject else []), *actors]
    ids = tuple(dict.fromkeys((*_ids(telling, found), *qualifying)))
    first = found[0] if found else None
    return Parties(actors=ids, recipients=_unlike(_ids(telling, recipients), ids), subject=telling.scene.tokens[first.first] if first else None)


def _adjacent(telling: Telling, index: int, phrase: Phrase, found: Sequence[str]) -> bool:
    """Whether an adjective qualifies the noun: right beside it, or after another that does."""
    ahead = not telling.scene.inflection.before_verb
    steps = phrase.first - index if ahead else index - phrase.last
    return 0 < steps <= 1 + len(found) + (1 if found else 0)


def _carrier(telling: Telling, one: PlainTrigger) -> int | None:
    """The verb that carries the noun in its clause: 'عقد', 'gerçekleştirdi'."""
    ahead = telling.scene.inflection.before_verb
    words = range(one.index + 1, min(one.stop, one.index + 6)) if ahead else range(one.index - 1, one.first - 1, -1)
    return next((index for index in words if telling.carries(index, "verbs")), None)


def _subject_of(telling: Telling, one: PlainTrigger, carrier: int, beside: Sequence[Phrase]) -> Phrase | None:
    if telling.scene.inflection.before_verb:
        own = [phrase for phrase in beside if _nominative(telling, phrase) and phrase.ids]
        if any(verb.passive for verb in telling.scene.verbs[carrier]):
            return None
        return own[0] if own else _subject_of_sentence(telling, one)
    between = [phrase for phrase in _phrases(telling, range(carrier + 1, one.index)) if not phrase.marks and not phrase.attributive and phrase.kind != "place"]
    return between[0] if between else None


def _unlike(found: Iterable[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(identity for identity in dict.fromkeys(found) if identity not in others)
