"""The stage `commitments`: what was pledged, agreed, planned, asked for or refused; by whom, to whom, by when and on what condition.

The verbs are those of the event frames; what is committed to is the clause or object that such a verb governs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from dragoman.languages.fold import fold
from dragoman.model.parse import Token
from dragoman.model.reading import Act, Article, Commitment, Reading, Statement
from dragoman.model.spans import Span
from dragoman.reading import grammar
from dragoman.reading.events.frames import Trigger, frames
from dragoman.reading.events.parties import Parties, parties
from dragoman.reading.events.reality import Reality, reality
from dragoman.reading.events.scene import Scene
from dragoman.reading.events.triggers import triggers
from dragoman.reading.kit import Kit
from dragoman.reading.plain.commitments import plain_commitments
from dragoman.reading.referents import referents
from dragoman.reading.stage import Stage
from dragoman.reading.topics import topics_in

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "obj", "prep", "obl", "obl:arg", "obl:mod", "advcl", "pcomp", "acl", "dative", "nmod"})
_ACTS: dict[str, Act] = {"pledge": "pledge", "agreement": "agreement", "plan": "plan", "request": "request", "refusal": "refusal"}
# A complement shorter than this says nothing: 'agreed to it'.
_SHORT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    act: Act
    who: Parties
    what: Span
    sentence: Span
    statement: str | None
    trigger: Token


def run(article: Article, reading: Reading, kit: Kit) -> Reading:
    """Fill `commitments`."""
    known = frames(article.language)
    if not reading.parse.grammatical:
        return replace(reading, commitments=plain_commitments(reading))
    if known is None:
        return reading
    scene = Scene(reading=reading, frames=known, referents=referents(reading))
    kept: list[_Found] = []
    by_sentence: dict[Span, list[_Found]] = {}
    # What is agreed or pledged is no plan besides.
    for one in sorted([*_told(scene), *_spoken(scene)], key=lambda one: (one.act == "plan", one.what)):
        here = by_sentence.setdefault(one.sentence, [])
        if not any(other.what.overlaps(one.what) and one.act in ("plan", other.act) for other in here):
            kept.append(one)
            here.append(one)
    kept.sort(key=lambda one: (one.what, one.act))
    return replace(reading, commitments=tuple(_commitment(scene, one, number) for number, one in enumerate(kept, start=1)))


def _told(scene: Scene) -> Iterator[_Found]:
    """Commitments that the report tells of: 'promised to pay', 'agreed to meet', 'is due in Paris'."""
    for trigger in triggers(scene):
        real = reality(scene, trigger)
        act = _act(trigger, real)
        if trigger.nominal or act is None:
            continue
        who = parties(scene, trigger)
        sentence = scene.reading.sentence_at(trigger.token.start)
        what = _clause(scene, trigger.token) if act == "plan" else _complement(scene, trigger.token)
        if sentence is None or what is None or not (who.actors or (act == "plan" and who.recipients)):
            continue
        yield _Found(act=act, who=who, what=what, sentence=sentence, statement=_statement(scene, trigger.token), trigger=trigger.token)


def _act(trigger: Trigger, real: Reality) -> Act | None:
    if real in ("possible", "negated", "denied"):
        return None
    frame = trigger.pattern.frame
    if real == "planned" or frame.real == "planned":
        return "plan"
    return _ACTS.get(frame.act)


def _spoken(scene: Scene) -> Iterator[_Found]:
    """Pledges of a speaker for himself or his side: 'We will open the crossing in May', 'said Norway would open the port'."""
    for token in scene.parse.tokens:
        statement = scene.said.get(token.index)
        if statement is None or statement.speaker is None or token.pos != "VERB" or not _future(scene, token):
            continue
        subject = next((child for child in scene.parse.children(token) if child.dep in grammar.SUBJECTS), None)
        if subject is None or not _speaks_for(scene, statement, subject):
            continue
        what = _clause(scene, token)
        sentence = scene.reading.sentence_at(token.start)
        if what is not None and sentence is not None and not _negated(scene, token):
            yield _Found(act="pledge", who=Parties(actors=(statement.speaker,)), what=what, sentence=sentence, statement=statement.id, trigger=token)


def _speaks_for(scene: Scene, statement: Statement, subject: Token) -> bool:
    """Whether the subject is the speaker: by 'we' in his own words, by himself or the state of his office in indirect speech."""
    if statement.kind == "direct":
        return scene.folded[subject.index] in scene.frames.commitments.get("first_persons", frozenset())
    homes = {office.of for office in scene.reading.offices if office.person == statement.speaker and not office.former}
    named = scene.referents.all(subject)
    return any(one == statement.speaker or scene.referents.entity(one).code in homes - {None} for one in named)


def _future(scene: Scene, verb: Token) -> bool:
    """Whether the verb tells of what is to come, from now or from when it was said."""
    helpers = grammar.auxiliaries(scene.parse, verb)
    if any("Tense=Fut" in one.morph or ("Mood=Cnd" in one.morph and verb.dep == "ccomp") for one in (verb, *helpers)):
        return True
    reported = verb.dep == "ccomp"
    return any(scene.frames.governs("future", child.text) or (reported and scene.frames.governs("future_past", child.text)) for child in helpers)


def _negated(scene: Scene, verb: Token) -> bool:
    return any(child.dep in ("neg", "advmod") and scene.frames.governs("negations", child.text) for child in scene.parse.children(verb))


def _complement(scene: Scene, verb: Token) -> Span | None:
    """The words that the verb governs to its right, from the first complement to the last that stands before another clause of its own."""
    tokens: list[Token] = []
    for child in scene.parse.children(verb):
        if child.index > verb.index and child.dep in _COMPLEMENTS and not _outside(scene, child):
            tokens.extend(scene.parse.subtree(child))
    return _hull(scene, [token for token in tokens if token.index > verb.index])


def _outside(scene: Scene, child: Token) -> bool:
    """Whether it is an adverbial that tells when, by whom or on what condition, not what."""
    if child.dep == "advcl":
        return not grammar.infinitive(scene.parse, child)
    below = scene.parse.children(child)
    return child.index in scene.dated or (child.dep in ("prep", "obl", "obl:mod", "nmod") and any(one.index in scene.dated for one in below))


def _clause(scene: Scene, verb: Token) -> Span | None:
    """The verb with all that stands below it to the right: what is planned."""
    tokens = [token for token in scene.parse.subtree(verb) if token.index >= verb.index]
    cut = next((token.index for token in tokens if token.dep in ("conj", "parataxis") and scene.parse.head(token).index == verb.index), None)
    return _hull(scene, [token for token in tokens if cut is None or token.index < cut])


def _hull(scene: Scene, tokens: list[Token]) -> Span | None:
    kept = sorted(tokens, key=lambda token: token.index)
    while kept and kept[-1].pos in ("PUNCT", "CCONJ"):
        kept.pop()
    while kept and kept[0].pos == "PUNCT":
        kept.pop(0)
    if len(kept) < _SHORT or "\n" in scene.text[kept[0].start : kept[-1].end]:
        return None
    return Span(kept[0].start, kept[-1].end)


def _statement(scene: Scene, token: Token) -> str | None:
    """The statement that the words lie in or that they introduce."""
    inside = scene.said.get(token.index)
    if inside is not None:
        return inside.id
    return scene.cued.get(token.index)


def _commitment(scene: Scene, one: _Found, number: int) -> Commitment:
    language = scene.reading.article.language
    return Commitment(
        id=f"c{number}",
        by=one.who.actors or one.who.recipients,
        to=one.who.recipients if one.who.actors else (),
        act=one.act,
        what=one.what.of(scene.text),
        due=_due(scene, one),
        condition=_condition(scene, one),
        topics=topics_in(fold(one.what.of(scene.text)), language),
        evidence=(one.sentence,),
        statement=one.statement,
    )


def _due(scene: Scene, one: _Found) -> str | None:
    """The first date inside what is committed to; for plans also one beside it."""
    first = bisect_left(scene.reading.dates, one.what.start, key=lambda when: when.start)
    near = takewhile(lambda when: when.start < one.what.end, scene.reading.dates[first:])
    inside = [when for when in near if one.what.covers(when.span) and when.value and when.kind in ("date", "time")]
    return str(inside[0].value).split("T")[0] if inside else None


def _condition(scene: Scene, one: _Found) -> str | None:
    """The clause that begins with 'if', 'unless' … in the sentence after the verb."""
    words = scene.frames.commitments.get("conditions", frozenset())
    for token in scene.parse.tokens[one.trigger.index :]:
        if token.sentence != one.trigger.sentence:
            return None
        if token.dep in ("mark", "advmod") and scene.folded[token.index] in words and scene.parse.head(token).pos in ("VERB", "AUX", "ADJ", "NOUN"):
            clause = [below for below in scene.parse.subtree(scene.parse.head(token)) if below.index >= token.index]
            span = _hull(scene, clause)
            return span.of(scene.text) if span else None
    return None


@cache
def stage() -> Stage:
    """The stage as the pipeline takes it."""
    needs = ("sentences", "parse", "entities", "titles", "offices", "dates", "statements")
    return Stage(name="commitments", version=3, needs=needs, gives=("commitments",), run=run)
