"""Where what is said ends before its sentence does: at the clause that the reporting verb only leads up to, and at who else is named as the source.

Although she says [the road is open], the police have closed it.
Lahti, who said [he would come], stayed away.
He said [the road was open], according to the agency.
"""

from __future__ import annotations

from dragoman.model.parse import Token
from dragoman.reading.grammar import RELATIVE, SUBJECTS
from dragoman.reading.statements.cues import Cue
from dragoman.reading.statements.scene import Scene

# Labels of what may stand before a verb in its clause.
_BEFORE = frozenset({"aux", "auxpass", "aux:pass", "aux:tense", "neg", "advmod", "expl", "expl:subj", *SUBJECTS})


def bound(scene: Scene, cue: Cue, start: int, stop: int) -> int:
    """The index of the comma before such a clause or source, given that what is said begins at `start`; `stop` where there is none."""
    return min(_before_main(scene, cue, start, stop), _before_source(scene, start, stop))


def _before_main(scene: Scene, cue: Cue, start: int, stop: int) -> int:
    token = cue.verb
    while token.head != token.index:
        head = scene.parse.head(token)
        if token.dep == "advcl" and start < head.index < stop:
            return _comma_before(scene, head, start, stop)
        if token.dep in RELATIVE and head.dep in SUBJECTS and start < scene.parse.head(head).index < stop:
            return _comma_before(scene, scene.parse.head(head), start, stop)
        token = head
    return stop


def _comma_before(scene: Scene, verb: Token, start: int, stop: int) -> int:
    """The comma right before what stands at the start of a verb's clause, behind what is said."""
    first = verb.index
    for child in scene.parse.children(verb):
        if child.dep in _BEFORE and start < child.index < first:
            first = min(first, *(one.index for one in scene.parse.subtree(child) if one.index > start))
    closed = scene.folded[first - 1] == "," and first - 1 > start and scene.quoted[first - 1] < 0
    return first - 1 if closed else stop


def _before_source(scene: Scene, start: int, stop: int) -> int:
    """', according to the agency' at the end of a sentence: no comma comes after it."""
    if not scene.speech.sources:
        return stop
    for index in range(start + 2, stop - 1):
        if scene.folded[index - 1] != "," or scene.quoted[index] >= 0:
            continue
        led = any(scene.folded[index : index + len(words)] == words for words in scene.speech.sources)
        if led and not any(scene.folded[after] in (",", ";", ":") for after in range(index, stop)):
            return index - 1
    return stop
