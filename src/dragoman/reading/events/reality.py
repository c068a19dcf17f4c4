"""Whether an event happened, is planned, is only possible, or did not take place: by tense, and by the words above it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from dragoman.model.parse import Token
from dragoman.reading import grammar
from dragoman.reading.events.frames import Trigger
from dragoman.reading.events.scene import Scene

# `negated`: it is said not to have happened; `denied`: what was planned has been called off.
Reality = Literal["actual", "planned", "possible", "denied", "negated"]

_CLAUSAL = frozenset({"xcomp", "ccomp", "acl", "advcl", "obl", "nmod", "advmod", "obl:mod", "obl:arg", "oprd", "pcomp", "dep", "amod"})
_CLIMB = 4


def reality(scene: Scene, trigger: Trigger) -> Reality:
    """Read from the trigger's own clause and from the words that govern it."""
    if trigger.pattern.frame.modal:
        return "actual"
    if trigger.nominal:
        return _of_noun(scene, trigger.token)
    return _of_verb(scene, trigger.token, 0)


def _of_verb(scene: Scene, verb: Token, depth: int) -> Reality:
    own = _own(scene, verb)
    if own != "actual":
        return own
    if _in_condition(scene, verb):
        return "possible"
    if _belied(scene, verb):
        return "denied"
    if depth > _CLIMB or verb.head == verb.index:
        return "actual"
    head = scene.parse.head(verb)
    if verb.dep == "ccomp" and scene.frames.governs("asking", head.lemma) and not _past(scene, verb):
        return "possible"  # 'proposed that they meet'
    if verb.dep == "pcomp" and any(scene.frames.governs("alleging", above.lemma) for above in scene.parse.ancestors(head)[:2]):
        return "possible"  # 'accused them of firing', also where 'of' hangs on 'them'
    if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
        # A coordinated verb without tense of its own shares that of the first.
        return _of_verb(scene, head, depth + 1) if not grammar.finite(scene.parse, verb) else "actual"
    if grammar.infinitive(scene.parse, verb) and verb.dep in _CLAUSAL:
        # 'the first official to visit Damascus' has done so.
        pioneer = any(scene.frames.governs("pioneers", child.lemma) for child in scene.parse.children(head))
        return "actual" if pioneer and head.pos in ("NOUN", "ADJ", "PROPN") else _under(scene, head, depth)
    return "actual"


def _own(scene: Scene, verb: Token) -> Reality:
    """By the verb's own auxiliaries, form and negation."""
    helpers = [child for child in scene.parse.children(verb) if child.dep.split(":")[0] in ("aux", "auxpass", "cop", "neg", "advmod", "det")]
    if any(scene.frames.governs("negations", child.text) for child in helpers if child.dep in ("neg", "advmod")):
        return "negated"
    for child in helpers:
        if child.dep.startswith("aux") and scene.frames.governs("future", child.text):
            return "planned"
        if child.dep.startswith("aux") and (scene.frames.governs("conditional", child.text) or "Mood=Cnd" in child.morph):
            return "planned" if scene.frames.governs("future_past", child.text) and _reported(scene, verb) else "possible"
        if child.dep.startswith("aux") and "Tense=Fut" in child.morph:
            return "planned"
    if "Tense=Fut" in verb.morph:
        return "planned"
    if "Mood=Cnd" in verb.morph or "Mood=Sub" in verb.morph or _conditional_form(scene, verb):
        return "planned" if "Mood=Sub" not in verb.morph and _reported(scene, verb) else "possible"
    # 'are to meet'
    if any(child.lemma == "be" and child.dep == "aux" for child in helpers) and "VerbForm=Inf" in verb.morph:
        return "planned"
    return "actual"


def _past(scene: Scene, verb: Token) -> bool:
    return "Tense=Past" in verb.morph or any("Tense=Past" in child.morph for child in grammar.auxiliaries(scene.parse, verb))


def _conditional_form(scene: Scene, verb: Token) -> bool:
    """A conditional that the tagger took for an imperfect: 'refuserait'; 'préparait' is none, its stem itself ends in r."""
    form, lemma = scene.folded[verb.index], scene.lemmas[verb.index]
    if "Tense=Imp" not in verb.morph or not form.endswith(tuple(scene.frames.governors.get("conditional_endings", ()))):
        return False
    return form.startswith(lemma) or not lemma.endswith(("rer", "rir"))


def _reported(scene: Scene, verb: Token) -> bool:
    """Whether the clause is what somebody announced: 'said he would travel' is the future of the past, not a condition."""
    head = scene.parse.head(verb)
    if "VerbForm=Inf" in head.morph and head.head != head.index:
        # 'a fait savoir que'
        head = scene.parse.head(head)
    past = "Tense=Past" in head.morph or any("Tense=" in aid.morph for aid in grammar.auxiliaries(scene.parse, head))
    return verb.dep in ("ccomp", "obj", "xcomp") and past and not _in_condition(scene, verb) and not any(map(_conditional(scene), scene.parse.children(verb)))


def _conditional(scene: Scene) -> Callable[[Token], bool]:
    """Whether a clause below is a condition."""
    return lambda child: child.dep == "advcl" and _in_condition(scene, child)


def _belied(scene: Scene, verb: Token) -> bool:
    """Whether the clause is what somebody denies: 'denied that', 'denied a report that'."""
    head = scene.parse.head(verb)
    if head.pos == "NOUN" and verb.dep in ("acl", "ccomp") and head.dep in grammar.OBJECTS:
        head = scene.parse.head(head)
    return verb.dep in ("ccomp", "acl", "obj") and head.pos == "VERB" and head.index != verb.index and scene.frames.governs("belying", head.lemma)


def _in_condition(scene: Scene, verb: Token) -> bool:
    return any(child.dep in ("mark", "advmod") and scene.frames.governs("conditions", child.text) for child in scene.parse.children(verb))


def _under(scene: Scene, head: Token, depth: int) -> Reality:
    """What the verb, adjective or noun above an infinitive makes of it."""
    if head.pos in ("VERB", "AUX") and _own(scene, head) == "negated":
        return "negated"
    names: tuple[Reality, ...] = ("actual", "planned", "possible", "denied")
    for name in names:
        if scene.frames.governs(name, head.lemma) or scene.frames.governs(name, head.text):
            if name == "actual":
                return _of_verb(scene, head, depth + 1)
            return name
    # An infinitive of purpose: wanted, not told as done.
    return "possible"


def _of_noun(scene: Scene, noun: Token) -> Reality:
    """By its participles ('a meeting planned for May'), its determiner ('any deal') and the verb it depends on."""
    planned = False
    for child in scene.parse.children(noun):
        if child.dep in ("acl", "amod", "relcl", "acl:relcl") and child.pos in ("VERB", "ADJ"):
            if scene.frames.governs("denied", child.lemma):
                return "denied"
            planned = planned or (scene.frames.governs("planned", child.lemma) and child.lemma != "be")
        if child.dep in ("det", "amod", "neg") and scene.frames.governs("negations", child.text):
            return "negated"
    verb = _carrier(scene, noun)
    if verb is None:
        return "planned" if planned else "actual"
    if _calls_off(scene, noun, verb):
        return "denied"
    above = _of_verb(scene, verb, 1) if verb.pos in ("VERB", "AUX") else "actual"
    if above == "negated" and _is_argument(noun):
        # 'the summit will not take place' calls it off; 'has not signed a deal' tells of none.
        return "denied" if noun.dep in grammar.SUBJECTS and scene.frames.carries("happening", verb.lemma) else "negated"
    if above in ("possible", "planned"):
        return above
    if scene.frames.governs("inviting", verb.lemma) and noun.dep not in grammar.SUBJECTS:
        return "planned"  # 'invited her to a visit'
    if _is_argument(noun) and scene.frames.governs("planned", verb.lemma) and verb.lemma != "be":
        return "planned"
    if _is_argument(noun) and scene.frames.governs("possible", verb.lemma):
        return "possible"
    return "planned" if planned else "actual"


def _carrier(scene: Scene, noun: Token) -> Token | None:
    """The verb that the noun is subject, object or adverbial of."""
    token = noun
    for _ in range(_CLIMB):
        if token.head == token.index:
            return None
        token = scene.parse.head(token)
        if token.pos in ("VERB", "AUX"):
            return token
    return None


def _is_argument(noun: Token) -> bool:
    return noun.dep in grammar.SUBJECTS or noun.dep in grammar.OBJECTS


def _calls_off(scene: Scene, noun: Token, verb: Token) -> bool:
    """Whether the verb says that the event does not take place; 'call off' is written with its particle in the table."""
    if not (_is_argument(noun) or scene.parse.head(noun).dep in grammar.SUBJECTS):
        return False
    particles = [scene.folded[child.index] for child in scene.parse.children(verb) if child.dep in ("prt", "advmod", "prep")]
    return scene.frames.governs("denied", verb.lemma) or any(scene.frames.governs("denied", f"{verb.lemma} {word}") for word in particles)
