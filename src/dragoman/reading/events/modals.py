"""Refusals and demands that no verb of the tables tells, only the way another verb stands: 'will not accept', 'said that Sudan must return it'."""

from __future__ import annotations

from dragoman.languages.fold import fold
from dragoman.model.parse import Token
from dragoman.model.reading import Statement
from dragoman.reading.events.frames import Trigger
from dragoman.reading.events.scene import Scene

_PARTIES = ("person", "state", "organization")
# Labels of what is said, below the verb of saying.
_TOLD = frozenset({"ccomp", "parataxis", "ROOT"})


def modal(scene: Scene, verb: Token) -> Trigger | None:
    """The refusal or demand that a verb stands in, None where it is neither or the language has no frame for it."""
    if verb.pos != "VERB":
        return None
    return _refusal(scene, verb) or _demand(scene, verb)


def _refusal(scene: Scene, verb: Token) -> Trigger | None:
    """Somebody will not do something: a future that is negated, of a verb that one can decide on."""
    pattern = scene.frames.modals.get("refusal")
    if pattern is None or scene.passive(verb) or scene.frames.governs("undecided", verb.lemma):
        return None
    helpers = [child for child in scene.parse.children(verb) if child.dep.split(":")[0] in ("aux", "neg", "advmod")]
    if not any(scene.frames.governs("negations", child.text) for child in helpers if child.dep in ("neg", "advmod")):
        return None
    to_come = "Tense=Fut" in verb.morph or any(scene.frames.governs("refusing", child.text) or "Tense=Fut" in child.morph for child in helpers)
    statement = scene.said.get(verb.index)
    subject = scene.subject(verb)
    if not to_come or not (_parties(scene, subject) or _himself(scene, subject, statement)):
        return None
    speaker = statement.speaker if statement is not None and verb.dep in _TOLD else None
    return Trigger(token=verb, pattern=pattern, speaker=speaker, cue=_cue(scene, statement) if statement is not None and speaker else None)


def _himself(scene: Scene, subject: Token | None, statement: Statement | None) -> bool:
    """Whether 'they' of what is said stands for who says it: 'the guards said they would not leave'."""
    told = statement is not None and statement.speaker is not None and statement.kind == "indirect"
    return told and subject is not None and subject.pos == "PRON" and fold(subject.text) in scene.referents.actors.pronouns


def _demand(scene: Scene, verb: Token) -> Trigger | None:
    """Somebody says that another must do something: he asks it of him."""
    pattern = scene.frames.modals.get("demand")
    statement = scene.said.get(verb.index)
    if pattern is None or statement is None or statement.speaker is None or verb.dep not in _TOLD or scene.passive(verb):
        return None
    if not any(child.dep == "aux" and scene.frames.governs("obliging", child.text) for child in scene.parse.children(verb)):
        return None
    asked = [identity for identity in _parties(scene, scene.subject(verb)) if identity != statement.speaker]
    return Trigger(token=verb, pattern=pattern, speaker=statement.speaker, cue=_cue(scene, statement)) if asked else None


def _cue(scene: Scene, statement: Statement) -> Token | None:
    """The verb of saying."""
    words = scene.parse.within(statement.cue) if statement.cue is not None else ()
    return next((token for token in words if token.pos == "VERB"), None)


def _parties(scene: Scene, head: Token | None) -> tuple[str, ...]:
    return tuple(identity for identity in scene.referents.all(head) if scene.referents.entity(identity).kind in _PARTIES and identity not in scene.outlets)
