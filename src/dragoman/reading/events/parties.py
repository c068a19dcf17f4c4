"""Who takes part in an event, and in what part: read from subjects, objects and prepositions around its trigger."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.parse import Token
from dragoman.reading import grammar
from dragoman.reading.events.scene import Scene
from dragoman.reading.events.triggers import Trigger

# Labels under which a name hangs below an event noun: "Abiy's visit", 'Omani mediation', 'la visite de X'.
_OWNERS = frozenset({"poss", "amod", "nmod", "compound", "nmod:poss", "nummod", "npadvmod"})
_PERSONS = ("person", "state", "organization")
_QUALIFIED = ("acl", "relcl", "acl:relcl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Entity ids: who acts, and towards whom; `subject` is the head word of the actor's phrase."""

    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    subject: Token | None = None

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.actors, *self.recipients)))


def parties(scene: Scene, trigger: Trigger) -> Parties:
    """The parties of one trigger; places are none."""
    return _of_noun(scene, trigger.token) if trigger.nominal else _of_verb(scene, trigger)


def _of_verb(scene: Scene, trigger: Trigger) -> Parties:
    verb = trigger.token
    passive = scene.passive(verb)
    subject = scene.subject(verb)
    objects: list[Token] = list(grammar.objects(scene.parse, verb))
    if passive:
        objects = [subject] if subject is not None else []
        subject = grammar.agent(scene.parse, verb)
    elif verb.dep in _QUALIFIED and not any(child.dep in grammar.SUBJECTS for child in scene.parse.children(verb)):
        subject = scene.parse.head(verb)
    elif verb.dep in _QUALIFIED and not objects and subject is not None and subject.index != verb.head:
        objects = [scene.parse.head(verb)]
    actors = _ids(scene, subject)
    recipients: list[str] = []
    for noun in objects:
        recipients.extend(_ids(scene, noun) or _below(scene, noun))
    for preposition, noun in grammar.prepositions(scene.parse, verb):
        if _shares(scene, preposition):
            recipients.extend(_ids(scene, noun))
    if trigger.theme is not None and trigger.theme not in objects:
        recipients.extend(_ids(scene, trigger.theme) or _below(scene, trigger.theme))
    return Parties(actors=actors, recipients=_unlike(recipients, actors), subject=subject)


def _of_noun(scene: Scene, noun: Token) -> Parties:
    """Below the noun those of it; where a verb only carries it ('held talks with'), the parties of the verb too."""
    actors: list[str] = []
    recipients: list[str] = []
    for child in scene.parse.children(noun):
        if child.dep in _OWNERS and not any(below.dep == "case" for below in scene.parse.children(child)):
            actors.extend(_ids(scene, child) or _below(scene, child))
        elif child.dep in _QUALIFIED and child.pos == "VERB":
            agent = grammar.agent(scene.parse, child)
            actors.extend(_ids(scene, agent))
            for preposition, below in grammar.prepositions(scene.parse, child):
                if _shares(scene, preposition):
                    recipients.extend(_ids(scene, below))
    shared = False
    for preposition, below in grammar.prepositions(scene.parse, noun):
        if _between(scene, preposition):
            actors.extend(_ids(scene, below))
        elif _shares(scene, preposition):
            found = _ids(scene, below)
            shared = shared or bool(found)
            recipients.extend(found)
    verb = scene.clause(noun)
    subject: Token | None = None
    if verb.index != noun.index and verb.pos == "VERB":
        carried = scene.frames.carries("verbs", verb.lemma) and noun.dep not in grammar.SUBJECTS
        if carried or (shared and not actors and noun.dep not in grammar.SUBJECTS):
            subject = grammar.agent(scene.parse, verb) if scene.passive(verb) else scene.subject(verb)
            actors = [*_ids(scene, subject), *actors]
            for preposition, below in grammar.prepositions(scene.parse, verb):
                if carried and _shares(scene, preposition):
                    recipients.extend(_ids(scene, below))
    return Parties(actors=tuple(dict.fromkeys(actors)), recipients=_unlike(recipients, tuple(actors)), subject=subject)


def _shares(scene: Scene, preposition: str) -> bool:
    """Whether those after the preposition take part: 'with', 'against', 'avec'."""
    return bool(scene.frames.light.get("parties", frozenset()) & set(preposition.split()))


def _between(scene: Scene, preposition: str) -> bool:
    return bool(scene.frames.light.get("between", frozenset()) & set(preposition.split()))


def _ids(scene: Scene, head: Token | None) -> tuple[str, ...]:
    return tuple(identity for identity in scene.referents.all(head) if scene.referents.entity(identity).kind in _PERSONS)


def _below(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Those named inside the phrase of an object that is nobody itself: 'three Nicaraguan diplomats', 'the deal with X'."""
    found: list[str] = []
    for child in scene.parse.children(noun):
        if child.dep in _OWNERS or child.dep in ("amod", "appos"):
            found.extend(identity for entity in scene.referents.covering(child) if entity.kind in _PERSONS for identity in (entity.id,))
    for _, below in grammar.prepositions(scene.parse, noun):
        found.extend(_ids(scene, below))
    return tuple(dict.fromkeys(found))


def _unlike(found: list[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(identity for identity in dict.fromkeys(found) if identity not in others)
