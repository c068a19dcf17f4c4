"""Who speaks: the subject of the cue where grammar gives one, the noun right after an inverted verb, else whoever spoke just before."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model.parse import Token
from dragoman.model.spans import Span
from dragoman.reading.statements.cues import Cue, phrase
from dragoman.reading.statements.scene import Scene

# After an inverted verb its subject follows within so many words.
_NEAR = 9


def speaker_of(scene: Scene, cue: Cue | None, previous: str | None) -> str | None:
    """The entity that speaks; `previous` spoke last in the paragraph, and goes on where the cue says 'added' or names nobody by name."""
    if cue is None:
        return previous
    # A subject inside quotation marks belongs to what is said.
    outside = cue.speaker is None or scene.quoted[cue.speaker.index] == scene.quoted[cue.verb.index] or cue.inside
    found = _named(scene, cue.speaker) if outside and cue.speaker is not None and cue.speaker.index not in scene.dated else None
    if found is None and cue.shape == "verb" and not _governs_left(scene, cue):
        found = _named(scene, _inverted(scene, cue)) or _named(scene, _leading(scene, cue))
    if found is not None:
        return found
    goes_on = scene.speech.has("continuing", cue.verb.lemma)
    anaphoric = cue.speaker is None or cue.speaker.pos == "PRON" or (cue.speaker.pos == "NOUN" and bool(scene.referents.titles(cue.speaker)))
    return previous if cue.shape == "verb" and (goes_on or anaphoric) else None


def source_of(scene: Scene, cue: Cue | None, parts: Sequence[Span]) -> Span | None:
    """The words for who speaks beside the cue, whoever they name; None where only what was said before tells."""
    if cue is None:
        return None
    quoted = scene.quoted
    subject = cue.speaker if cue.speaker is None or quoted[cue.speaker.index] == quoted[cue.verb.index] or cue.inside else None
    head = subject if subject is not None and subject.index not in scene.dated else None
    head = head or (_inverted(scene, cue) if cue.shape == "verb" else None)
    if head is None:
        return None
    first, last = phrase(scene, head)
    for index in range(first, last + 1):
        if index > head.index and (index == cue.verb.index or scene.folded[index] == "," or any(part.covers(scene.token(index).span) for part in parts)):
            last = index - 1
            break
    first = max([first, *(index + 1 for index in range(first, head.index) if cue.first <= index <= cue.last or scene.folded[index] == ",")])
    span = scene.span(first, max(last, head.index))
    return None if any(part.overlaps(span) for part in parts) and not cue.inside else span


def _named(scene: Scene, head: Token | None) -> str | None:
    """The first of those whom a noun phrase names; a place says nothing."""
    return next((identity for identity in scene.referents.all(head) if scene.referents.entity(identity).kind != "place"), None)


def _governs_left(scene: Scene, cue: Cue) -> bool:
    """Whether a subject outside quotation marks stands before the verb in its own clause."""
    return cue.speaker is not None and cue.speaker.index < cue.verb.index and scene.quoted[cue.speaker.index] < 0


def _led_to(scene: Scene, cue: Cue, index: int) -> bool:
    """Whether a preposition stands between the verb and this word, with no more than articles and names after it: 'a dit à l'AFP le ministre'."""
    for before in range(index - 1, cue.last, -1):
        token = scene.token(before)
        if token.pos == "ADP":
            return scene.speech.has("prepositions", token.text)
        if token.pos == "DET":
            return before - 1 > cue.last and scene.token(before - 1).pos == "ADP"
        if token.pos not in ("PROPN", "ADJ", "NOUN"):
            return False
    return False


def _inverted(scene: Scene, cue: Cue) -> Token | None:
    """The noun or pronoun after the verb: 'a déclaré le ministre …', 'said Ms …', 'a-t-elle ajouté'."""
    for index in range(cue.group[0], min(cue.last + _NEAR, scene.sentence(cue.verb.index).stop)):
        token = scene.token(index)
        if index > cue.last and (scene.folded[index] in (",", ".", ";", ":") or scene.quoted[index] != scene.quoted[cue.verb.index]):
            return None
        if token.text.casefold() in scene.referents.actors.pronouns and index >= cue.group[0]:
            return token
        if index > cue.last and scene.speech.has("conjunctions", token.text):
            return None
        kinds = {entity.kind for entity in scene.referents.covering(token)}
        if index in scene.dated:
            continue
        if index > cue.last and (token.pos in ("PROPN", "NOUN") or kinds) and kinds != {"place"} and not _led_to(scene, cue, index):
            return token
    return None


def _leading(scene: Scene, cue: Cue) -> Token | None:
    """For 'saying that', 'disant que' without a subject that the parser saw: the last person or body before it that depends on nothing else."""
    present = "VerbForm=Ger" in cue.verb.morph or "Aspect=Prog" in cue.verb.morph or "Tense=Pres|VerbForm=Part" in cue.verb.morph
    if not present:
        return None
    for index in range(cue.verb.index - 1, scene.sentence(cue.verb.index).start - 1, -1):
        token = scene.token(index)
        if scene.quoted[index] < 0 and token.dep in ("nsubj", "nsubjpass", "nsubj:pass", "ROOT") and token.pos != "VERB" and _named(scene, token):
            return token
    return None
