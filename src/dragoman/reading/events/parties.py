"""Who takes part in an event, and in what part: read from subjects, objects and prepositions around its trigger."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.languages.fold import fold
from dragoman.model.parse import Token
from dragoman.reading import grammar
from dragoman.reading.events.frames import Trigger
from dragoman.reading.events.scene import Scene

# Labels under which a name hangs below an event noun: "Abiy's visit", 'Omani mediation', 'la visite de X'.
_OWNERS = frozenset({"poss", "amod", "nmod", "compound", "nmod:poss", "nummod", "npadvmod"})
_PERSONS = ("person", "state", "organization")
# A phrase with 'with' may hang so many nouns below the verb.
_DEEP = 2
# Of these the content may name the other side.
_CLAUSAL = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "CONCEDE"})
# These are aimed at somebody, who may be named only with what they are for: 'mobilised reservists for a war against X'.
_POINTED = frozenset({"MOBILIZE", "THREATEN", "PROTEST"})
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
    return _of_noun(scene, trigger.token, trigger.pattern.frame.type) if trigger.nominal else _of_verb(scene, trigger)


def _of_verb(scene: Scene, trigger: Trigger) -> Parties:
    verb = trigger.token
    if trigger.pattern.frame.modal == "demand" and trigger.speaker is not None:
        return Parties(actors=(trigger.speaker,), recipients=_unlike(list(_ids(scene, scene.subject(verb))), (trigger.speaker,)))
    # 'is opposed to the plan' says what the subject thinks, not what is done to it
    passive = scene.passive(verb) and not (scene.frames.carries("stative", verb.lemma) and _agent(scene, verb) is None)
    subject = scene.subject(verb)
    objects: list[Token] = list(grammar.objects(scene.parse, verb))
    if passive:
        objects = [subject] if subject is not None else []
        subject = _agent(scene, verb)
    elif (
        verb.dep in _QUALIFIED
        and scene.parse.head(verb).pos in ("NOUN", "PROPN", "PRON")
        and not any(child.dep in grammar.SUBJECTS for child in scene.parse.children(verb))
    ):
        subject = scene.parse.head(verb)
    elif verb.dep in _QUALIFIED and not objects and subject is not None and subject.index != verb.head:
        objects = [scene.parse.head(verb)]
    actors = _ids(scene, subject) or _nation(scene, subject) or _himself(scene, verb, subject) or _saying(scene, verb, subject)
    if trigger.speaker is not None and set(actors) & _sides(scene, trigger.speaker):
        actors = (trigger.speaker, *actors)  # a minister says what his state will not do
    recipients: list[str] = []
    for noun in objects:
        recipients.extend(_object(scene, noun, subject))
    if trigger.pattern.frame.type == "CONSULT":
        recipients.extend(_company(scene, verb))
    for preposition, noun in grammar.prepositions(scene.parse, verb):
        if _shares(scene, preposition):
            recipients.extend(_ids(scene, noun) or _nation(scene, noun))
    if trigger.theme is not None and trigger.theme not in objects:
        recipients.extend(_ids(scene, trigger.theme) or _below(scene, trigger.theme))
    if trigger.pattern.frame.type in _CLAUSAL and not set(recipients) - set(actors):
        recipients.extend(_in_content(scene, verb))
    if trigger.pattern.frame.type in _POINTED and not set(recipients) - set(actors):
        recipients.extend(_against(scene, verb) or (_demanded(scene, verb) if trigger.pattern.frame.type == "PROTEST" else ()))
    return Parties(actors=actors, recipients=_unlike(recipients, actors), subject=subject)


def _sides(scene: Scene, person: str) -> set[str]:
    """The states and bodies that a person may speak for."""
    codes = {office.of for office in scene.reading.offices if office.person == person} | {scene.referents.entity(person).state}
    return {entity.id for entity in scene.reading.entities if entity.id in codes or (entity.code and entity.code in codes)} - {person}


def _himself(scene: Scene, verb: Token, subject: Token | None) -> tuple[str, ...]:
    """Who says so, where 'they' of what is said stands for nobody else: 'the rebels said they would release him'."""
    statement = scene.said.get(verb.index)
    if subject is None or statement is None or statement.speaker is None or statement.kind != "indirect":
        return ()
    return (statement.speaker,) if subject.pos == "PRON" and fold(subject.text) in scene.referents.actors.pronouns else ()


def _saying(scene: Scene, verb: Token, subject: Token | None) -> tuple[str, ...]:
    """The nation of those who say so of themselves, where nobody is named: 'Afghan rebel leaders said they would meet the mediator'."""
    if subject is None or subject.pos != "PRON" or fold(subject.text) not in scene.referents.actors.several or verb.dep != "ccomp":
        return ()
    teller = scene.subject(scene.parse.head(verb))
    return () if teller is None or teller.index == subject.index else _ids(scene, teller) or _nation(scene, teller)


def _in_content(scene: Scene, verb: Token, depth: int = 0) -> list[str]:
    """Whom a demand, threat, promise or refusal concerns that names them only in its content: 'demanded that X withdraw', 'threatened to break with X'.

    Where the first clause of the content names nobody, the one below it: 'is willing to send arms to help defend X'.
    """
    found: list[str] = []
    for clause in scene.parse.children(verb):
        if clause.dep not in (("xcomp", "ccomp") if not depth else ("xcomp", "ccomp", "advcl")) or clause.pos != "VERB":
            continue
        if depth and clause.dep == "advcl" and not grammar.infinitive(scene.parse, clause):
            continue
        own = [child for child in scene.parse.children(clause) if child.dep in grammar.SUBJECTS]
        inside: list[str] = [identity for child in own for identity in _ids(scene, child) or _below(scene, child)]
        for noun in grammar.objects(scene.parse, clause) if not own else ():
            inside.extend(_ids(scene, noun) or _below(scene, noun))
        for preposition, noun in grammar.prepositions(scene.parse, clause) if not own else ():
            if _shares(scene, preposition):
                inside.extend(_ids(scene, noun) or _nation(scene, noun))
        found.extend(inside or (_in_content(scene, clause, depth + 1) if depth < _DEEP and not own else ()))
    return found


def _against(scene: Scene, word: Token, depth: int = 0) -> list[str]:
    """Those after 'against' below a verb or the nouns that hang on it by prepositions."""
    found: list[str] = []
    for preposition, noun in grammar.prepositions(scene.parse, word):
        if _among(scene, "against", preposition):
            found.extend(_ids(scene, noun) or _nation(scene, noun))
        elif depth < _DEEP:
            found.extend(_against(scene, noun, depth + 1))
    return found


def _demanded(scene: Scene, verb: Token) -> list[str]:
    """Of whom protesters want something: 'staged a rally to demand reforms by X's government', 'blocked roads to press for the resignation of X'."""
    found: list[str] = []
    for clause in scene.parse.children(verb):
        if clause.dep in ("xcomp", "advcl", "acl") and clause.pos == "VERB" and scene.frames.carries("demanding", clause.lemma):
            nouns = [*grammar.objects(scene.parse, clause), *(noun for _, noun in grammar.prepositions(scene.parse, clause))]
            for noun in nouns:
                below = [one for _, one in grammar.prepositions(scene.parse, noun)]
                found.extend(identity for one in (noun, *below) for identity in _ids(scene, one) or _below(scene, one))
    return found


def _agent(scene: Scene, verb: Token) -> Token | None:
    """Who does it in a passive clause, also where the parser has marked the phrase as any other."""
    found = grammar.agent(scene.parse, verb)
    return found or next((noun for preposition, noun in grammar.prepositions(scene.parse, verb) if _among(scene, "agents", preposition)), None)


def _of_noun(scene: Scene, noun: Token, told: str) -> Parties:
    """Below the noun those of it; where a verb only carries it ('held talks with'), the parties of the verb too; `told` is the frame's type."""
    actors: list[str] = []
    recipients: list[str] = []
    for child in scene.parse.children(noun):
        if child.dep in _OWNERS and not any(below.dep == "case" and below.pos == "ADP" for below in scene.parse.children(child)):
            actors.extend(_ids(scene, child) or _below(scene, child))
        elif child.dep in _QUALIFIED and child.pos == "VERB":
            agent = _agent(scene, child)
            actors.extend(_ids(scene, agent))
            if not scene.passive(child) and not agent and child.dep != "acl":
                # 'the summit that she wanted to hold with them'
                actors.extend(_ids(scene, scene.subject(child)))
                for verb in (child, *(below for below in scene.parse.children(child) if below.dep == "xcomp")):
                    recipients.extend(_company(scene, verb))
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
    subject = None
    verb = scene.clause(noun)
    if verb.index != noun.index and verb.pos == "VERB" and noun.dep not in grammar.SUBJECTS and not scene.behind(noun):
        carried = scene.frames.carries("verbs", verb.lemma)
        company = [] if shared else _company(scene, verb)
        occasion = told == "CONSULT" and not actors and not recipients and _is_occasion(scene, noun)
        if carried or occasion or (not actors and (shared or company)):
            subject = _agent(scene, verb) if scene.passive(verb) else scene.subject(verb)
            actors = [*(_ids(scene, subject) or _nation(scene, subject)), *actors]
            if told == "PROTEST":
                recipients.extend(_demanded(scene, verb))
            recipients.extend(company)
            recipients.extend(identity for one in grammar.objects(scene.parse, verb) if occasion for identity in _object(scene, one, subject))
    return Parties(actors=tuple(dict.fromkeys(actors)), recipients=_unlike(recipients, tuple(actors)), subject=subject)


def _company(scene: Scene, verb: Token) -> list[str]:
    """Those after 'with' or 'between' in the clause, also where the parser has hung the phrase on a noun in it."""
    found: list[str] = []
    waiting = [(verb, 0)]
    while waiting:
        token, depth = waiting.pop(0)
        for preposition, noun in grammar.prepositions(scene.parse, token):
            if _among(scene, "company", preposition):
                found.extend(_ids(scene, noun))
            elif depth < _DEEP:
                waiting.append((noun, depth + 1))
        if depth == 0:
            waiting.extend((noun, 1) for noun in grammar.objects(scene.parse, verb))
    return found


def _is_occasion(scene: Scene, noun: Token) -> bool:
    """Whether the noun only says on what occasion: 'in a telephone conversation', 'au cours d'un entretien'."""
    head = scene.parse.head(noun)
    before = {scene.folded[head.index]} if head.pos == "ADP" else {scene.folded[child.index] for child in scene.parse.children(noun) if child.dep == "case"}
    return bool(before & scene.frames.light.get("occasions", frozenset()))


def _object(scene: Scene, noun: Token, subject: Token | None) -> tuple[str, ...]:
    """Whom an object names; a pronoun that stands for nobody yet is the last person named beside the subject."""
    found = _ids(scene, noun) or _below(scene, noun)
    if found or noun.pos != "PRON" or "Person=3" not in noun.morph or "Reflex=Yes" in noun.morph:
        return found
    own = set(_ids(scene, subject))
    before = [
        (mention.start, entity.id)
        for entity in scene.reading.entities
        for mention in entity.mentions
        if entity.kind == "person" and mention.start < noun.start and entity.id not in own
    ]
    start, last = max(before, default=(0, ""))
    token = scene.parse.at(start)
    near = token is not None and noun.sentence - token.sentence <= 1
    return (last,) if last and near else ()


def _among(scene: Scene, name: str, preposition: str) -> bool:
    """Whether a word of the preposition is in the list of that name."""
    return bool(scene.frames.light.get(name, frozenset()) & {fold(word) for word in preposition.split()})


def _shares(scene: Scene, preposition: str) -> bool:
    """Whether those after the preposition take part: 'with', 'against', 'avec'."""
    return _among(scene, "parties", preposition)


def _between(scene: Scene, preposition: str) -> bool:
    return _among(scene, "between", preposition)


def _ids(scene: Scene, head: Token | None) -> tuple[str, ...]:
    found = scene.referents.all(head)
    if head is not None and scene.is_a(head, "regime") and not any(scene.referents.entity(identity).kind == "person" for identity in found):
        found = _rulers(scene, head) or found
    return tuple(identity for identity in found if scene.referents.entity(identity).kind in _PERSONS and identity not in scene.outlets)


def _nation(scene: Scene, head: Token | None, deep: int = _DEEP) -> tuple[str, ...]:
    """The state or body of which the text only says that those who act are: 'Swiss doctors', 'Israeli tanks', 'activists from the party'."""
    if head is None or head.pos not in ("NOUN", "PROPN"):
        return ()
    labels = ("amod", "compound", "nmod") if deep == _DEEP else ("amod", "compound", "nmod", "poss")
    heads = [child for child in scene.parse.children(head) if child.dep in labels and child.index < head.index]
    many = "Number=Plur" in head.morph or scene.is_a(head, "crowd")
    below = [noun for preposition, noun in grammar.prepositions(scene.parse, head) if many and _among(scene, "origins", preposition)]
    named = [(noun, entity) for noun in (*heads, *below) for entity in scene.referents.covering(noun)[:1]]
    found = [entity.id for noun, entity in named if entity.kind == "state" or (entity.kind == "organization" and noun in below)]
    found.extend(identity for noun in below if not found and deep for identity in _nation(scene, noun, deep - 1))
    return tuple(dict.fromkeys(found))


def _rulers(scene: Scene, head: Token) -> tuple[str, ...]:
    """Whose government it is: "Assad's regime", 'le régime de X'."""
    owners = [child for child in scene.parse.children(head) if child.dep in _OWNERS or child.dep in ("amod", "flat", "appos")]
    owners.extend(below for preposition, below in grammar.prepositions(scene.parse, head) if _between(scene, preposition))
    return tuple(dict.fromkeys(entity.id for owner in owners for entity in scene.referents.covering(owner) if entity.kind == "person"))


def _below(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Those named inside the phrase of an object that is nobody itself: 'three Nicaraguan diplomats', 'the deal with X'."""
    found: list[str] = []
    for child in scene.parse.children(noun):
        if child.dep in _OWNERS or child.dep in ("amod", "appos"):
            found.extend(identity for entity in scene.referents.covering(child) if entity.kind in _PERSONS for identity in (entity.id,))
    for preposition, below in grammar.prepositions(scene.parse, noun):
        if _shares(scene, preposition) or _between(scene, preposition):
            found.extend(_ids(scene, below) or _nation(scene, below))
    return tuple(dict.fromkeys(found))


def _unlike(found: list[str], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(identity for identity in dict.fromkeys(found) if identity not in others)
