"""What is pledged, agreed, planned, asked for or refused, in a language without a parser: by the frames of events, and by speakers for themselves.

What is committed to stands behind the verb and its parties, or between them and the verb where clauses end with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from dragoman.languages.fold import fold
from dragoman.model.reading import Act, Commitment, Reading, Statement
from dragoman.model.spans import Span
from dragoman.reading.events.frames import frames
from dragoman.reading.events.parties import Parties
from dragoman.reading.events.plain_parties import parties
from dragoman.reading.events.plain_reality import reality
from dragoman.reading.events.plain_triggers import PlainTrigger, Telling, triggers
from dragoman.reading.plain.scenes import plain_scene
from dragoman.reading.topics import topics_in

_ACTS: dict[str, Act] = {"pledge": "pledge", "agreement": "agreement", "plan": "plan", "request": "request", "refusal": "refusal"}
_MARKS = (",", "،", ".", "؛", ";", ":", "!", "؟", "?", "(", ")", "-", "–", "—")
_COMMAS = (",", "،")
_SHORT = 2


def plain_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """All commitments in text order, each part of the text but once."""
    known = frames(reading.article.language)
    scene = plain_scene(reading)
    if known is None or not scene.inflection.forms:
        return ()
    telling = Telling(scene, known)
    kept: list[tuple[Span, Commitment]] = []
    # What is agreed or pledged is no plan besides.
    for what, one in sorted([*_told(telling), *_spoken(telling)], key=lambda row: (row[1].act == "plan", row[0])):
        if not any(other.overlaps(what) and one.act in ("plan", before.act) for other, before in kept[-8:]):
            kept.append((what, one))
    kept.sort(key=lambda row: (row[0], row[1].act))
    return tuple(replace(one, id=f"c{number}") for number, (_, one) in enumerate(kept, start=1))


def _told(telling: Telling) -> Iterator[tuple[Span, Commitment]]:
    for one in triggers(telling):
        real = reality(telling, one)
        frame = one.trigger.pattern.frame
        if one.verb is None or real in ("possible", "negated", "denied"):
            continue
        act: Act | None = "plan" if real == "planned" or frame.real == "planned" else _ACTS.get(frame.act)
        who = parties(telling, one) if act else Parties()
        if act is None or not (who.actors or (act == "plan" and who.recipients)):
            continue
        what = _before(telling, one, act) if telling.scene.inflection.before_verb else _after(telling, one, act)
        if what is not None:
            yield what, _commitment(telling, act, who, what, one.index)


def _spoken(telling: Telling) -> Iterator[tuple[Span, Commitment]]:
    """Pledges of a speaker for himself or his side: 'سنفتح المعبر', 'kapıyı açacağız'."""
    scene = telling.scene
    persons = scene.small.get("first_persons", frozenset())
    pattern = scene.inflection.patterns.get("first_future")
    for index, statement in sorted(scene.said.items()):
        if statement.speaker is None or index in scene.named:
            continue
        first = (pattern is not None and pattern.fullmatch(scene.bare[index]) is not None) or any(
            verb.tells == "future" and verb.before[-1:] in persons and not verb.negated for verb in scene.verbs[index]
        )
        own = statement.kind == "indirect" and any(verb.tells in ("future", "content-future") and not verb.negated for verb in scene.verbs[index])
        if not (first and statement.kind == "direct") and not (own and _own_side(telling, statement, index)):
            continue
        if any(telling.governs(at, "negations") for at in (index - 1,) if at >= 0 and not scene.inflection.before_verb):
            continue
        what = _said_clause(telling, index, statement)
        if what is not None:
            yield what, _commitment(telling, "pledge", Parties(actors=(statement.speaker,)), what, index)


def _own_side(telling: Telling, statement: Statement, index: int) -> bool:
    """Whether the subject near a verb is the speaker, his state or 'his country'."""
    scene = telling.scene
    words = telling.frames.commitments.get("own", frozenset())
    homes = {office.of for office in scene.reading.offices if office.person == statement.speaker and not office.former} - {None}
    start = scene.sentence(index).start
    near = [at for at in range(max(start, index - 10), index) if scene.said.get(at) is statement]
    if not near:
        return False
    if any(scene.bare[at] in words for at in near):
        return True
    for phrase in scene.between(near[0], index):
        subject = "-genitive" in phrase.marks if scene.inflection.before_verb else not phrase.marks
        if subject and not phrase.attributive and any(one == statement.speaker or scene.entities[one].code in homes for one in phrase.ids):
            return True
    return False


def _said_clause(telling: Telling, index: int, statement: Statement) -> Span | None:
    scene = telling.scene
    sentence = scene.sentence(index)
    inside = next((part for part in statement.parts if part.covers(scene.tokens[index].span)), statement.span)
    said = [at for at in sentence if inside.covers(scene.tokens[at].span)]
    first, last = (said[0], said[-1]) if said else (sentence.start, sentence.stop - 1)
    if scene.inflection.before_verb:
        clause = telling.clause(index)
        start = max(first, clause.start)
        subject = next((one for one in scene.between(start, index) if "-genitive" in one.marks and one.first == start), None)
        return _trimmed(telling, subject.last + 1 if subject else start, index)
    stop = _stop(telling, index)
    return _trimmed(telling, index, min(last, stop - 1))


def _stop(telling: Telling, start: int) -> int:
    """Where what is committed to ends: at a comma or a verb joined by 'and' that begins another clause, or with the sentence."""
    scene = telling.scene
    for index in range(start + 1, scene.sentence(start).stop):
        if scene.tokens[index].text in ("؛", ";") or (index in scene.cued and scene.tokens[index - 1].text in _COMMAS):
            return index
        verb = scene.finite(index)
        links = tuple(scene.small.get("links", ()))
        if verb is not None and (scene.tokens[index - 1].text in _COMMAS or verb.before.startswith(links)) and index in telling.heads:
            return index
        if scene.tokens[index - 1].text in _COMMAS and any(one.tells == "participle" for one in scene.verbs[index]) and index not in scene.named:
            return index
        if any(telling.governs(at, "conditions") for at in (index,)):
            return index
    return scene.sentence(start).stop


def _after(telling: Telling, one: PlainTrigger, act: Act) -> Span | None:
    """Behind the verb and those it names, without the preposition that leads to it."""
    scene = telling.scene
    if act == "plan":
        return _trimmed(telling, one.index, _stop(telling, one.index) - 1)
    subjects = set(parties(telling, one).all)
    index = one.index + 1
    stop = scene.sentence(one.index).stop
    while index < stop:
        phrase = scene.named.get(index)
        if phrase is not None and set(phrase.ids) & subjects and not phrase.attributive:
            index = phrase.last + 1
        elif scene.tokens[index].text in _COMMAS or index in scene.dated or scene.says(index, "subjunctives"):
            index += 1
        elif scene.says(index, "prepositions"):
            following = scene.named.get(index + 1)
            index += 1 if following is None or set(following.ids) & subjects or index + 1 in scene.dated else 0
            if following is not None and not set(following.ids) & subjects:
                break
        else:
            break
    if index >= stop:
        return None
    span = _trimmed(telling, index, _stop(telling, index) - 1)
    return None if span is None else Span(span.start + _joined(telling, index, one), span.end)


def _joined(telling: Telling, index: int, one: PlainTrigger) -> int:
    """Letters joined to the first word that only lead to it, where the pattern has them: 'تعهد بتقديم'."""
    scene = telling.scene
    letters = next((letter for letter in scene.small.get("joined", ()) if letter in one.trigger.pattern.words and scene.bare[index].startswith(letter)), "")
    return len(letters) if len(scene.bare[index]) == len(scene.tokens[index].text) and len(scene.nouns[index]) > 1 else 0


def _before(telling: Telling, one: PlainTrigger, act: Act) -> Span | None:
    """Between the subject and the verb; the words of the verb's own pattern are no part of it, but of a plan."""
    scene = telling.scene
    start = one.first
    for phrase in scene.between(one.first, one.index):
        if (
            (phrase.ids and not phrase.marks - scene.small.get("joining", frozenset()) and not phrase.attributive and phrase.kind != "place")
            or phrase.marks & frozenset(one.trigger.pattern.words)
            or ("-genitive" in phrase.marks and one.verb is not None and one.verb.tells != "past")
        ):
            start = phrase.last + 1
        else:
            break
    last = one.index
    if act != "plan":
        last -= 1
        wanted = {*one.trigger.pattern.words}
        theme = one.trigger.theme.index if one.trigger.theme else -1
        while last > start and (not scene.keys[last].isdisjoint(wanted) or scene.bare[last] in wanted or (last == theme and not one.trigger.pattern.kind)):
            last -= 1
    return _trimmed(telling, start, last)


def _trimmed(telling: Telling, first: int, last: int) -> Span | None:
    tokens = telling.scene.tokens
    while first < last and (tokens[first].text in _MARKS or tokens[first].text in '"“”«»'):
        first += 1
    joining = telling.scene.small.get("joining", frozenset())
    if first < last and telling.scene.bare[first] in joining:
        first += 1
    while last > first and (tokens[last].text in _MARKS or tokens[last].text in '"“”«»'):
        last -= 1
    if last - first + 1 < _SHORT or last >= len(tokens):
        return None
    return Span(tokens[first].start, tokens[last].end)


def _commitment(telling: Telling, act: Act, who: Parties, what: Span, index: int) -> Commitment:
    scene = telling.scene
    sentence = scene.reading.sentence_at(scene.tokens[index].start)
    inside = scene.said.get(index)
    return Commitment(
        id="", by=who.actors or who.recipients, to=who.recipients if who.actors else (), act=act, what=what.of(scene.text), due=_due(telling, what),
        condition=_condition(telling, index), topics=topics_in(fold(what.of(scene.text)), scene.code), evidence=(sentence,) if sentence else (),
        statement=inside.id if inside else scene.cued.get(index),
    )  # fmt: skip


def _due(telling: Telling, what: Span) -> str | None:
    """The first date inside what is committed to."""
    every = telling.scene.reading.dates
    first = bisect_left(every, what.start, key=lambda when: when.start)
    dates = takewhile(lambda when: when.start < what.end, every[first:])
    return next((str(when.value).split("T")[0] for when in dates if what.covers(when.span) and when.value and when.kind in ("date", "time")), None)


def _condition(telling: Telling, index: int) -> str | None:
    """The clause that begins with 'if', or ends with it."""
    scene = telling.scene
    words = telling.frames.commitments.get("conditions", frozenset())
    sentence = scene.sentence(index)
    at = next((place for place in sentence if not scene.keys[place].isdisjoint(words) and place not in scene.named), None)
    if at is None:
        return None
    if not scene.inflection.before_verb:
        comma = next((place for place in range(at, sentence.stop) if scene.tokens[place].text in _COMMAS), sentence.stop)
        span = _trimmed(telling, at, comma - 1)
    else:
        comma = next((place for place in range(at, sentence.start - 1, -1) if scene.tokens[place].text in _COMMAS), sentence.start - 1)
        span = _trimmed(telling, comma + 1, at)
    return span.of(scene.text) if span else None
