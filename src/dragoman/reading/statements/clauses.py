"""What is said without quotation marks: the clause that a verb of speech governs, or the sentence around a reporting clause.

The parser says where a clause begins; it ends with its sentence unless the reporting verb goes on ('… and said', ', adding that').
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model.parse import Token
from dragoman.reading import grammar
from dragoman.reading.grammar import SUBJECTS
from dragoman.reading.statements.bounds import bound
from dragoman.reading.statements.cues import Cue
from dragoman.reading.statements.scene import Scene

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "advcl", "acl", "parataxis", "obj", "acl:relcl", "relcl", "dep", "conj"})
_BREAKS = (":", ";")
# How what goes on behind a reporting clause may hang on what was said before it.
_RESUMING = frozenset({"advcl", "prep", "xcomp", "acl", "advmod", "npadvmod", "relcl", "pcomp", "obl", "obl:mod", "obl:arg", "acl:relcl"})
_EDGES = frozenset({",", ".", ";", ":", "-", "–", "—", "!", "?", "…", "and", "et", "but", "mais", ")", "(", '"', "“", "«", "»"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What was said: token ranges (last included), in order; `governed` where it follows its verb, else it stands around the cue."""

    parts: tuple[tuple[int, int], ...]
    governed: bool
    confidence: float


def content(scene: Scene, cue: Cue, others: frozenset[int]) -> Content | None:
    """What the cue says is said, or None where it governs no clause; `others` are the verbs of all cues."""
    if cue.shape == "source":
        return _around(scene, cue, others)
    return _governed(scene, cue, others) or (_around(scene, cue, others) if _parenthetical(scene, cue) else None)


def _governed(scene: Scene, cue: Cue, others: frozenset[int]) -> Content | None:
    sentence = scene.sentence(cue.verb.index)
    lemma = cue.verb.lemma
    # A compound is of the first class.
    known = scene.speech.reports(lemma)
    if not known or scene.speech.may(lemma, "that"):
        start = _after_conjunction(scene, cue, sentence)
        if start is not None:
            return _finish(scene, cue, start, sentence, others, 0.9)
        start = _question(scene, cue)
        if start is not None:
            return _finish(scene, cue, start, sentence, others, 0.75)
    if known and scene.speech.may(lemma, "clause"):
        start = _bare(scene, cue)
        if start is not None:
            return _finish(scene, cue, start, sentence, others, 0.85)
    return None


def _after_conjunction(scene: Scene, cue: Cue, sentence: range) -> int | None:
    """The first token after the 'that' which this verb governs."""
    for index in range(cue.last + 1, sentence.stop - 1):
        token = scene.token(index)
        if scene.quoted[index] >= 0 and scene.quoted[index] != scene.quoted[cue.last]:
            return None
        if scene.folded[index] in _BREAKS:
            return None
        if (
            scene.speech.has("conjunctions", scene.folded[index])
            and token.dep in ("mark", "obj", "fixed", "advmod", "dobj", "nsubj")
            and token.pos in ("SCONJ", "PRON", "ADV", "DET", "CCONJ")
        ):
            verb = scene.parse.head(token)
            governor = scene.parse.head(verb)
            if token.dep == "mark" and governor.index == cue.verb.index and verb.dep in _COMPLEMENTS:
                return index + 1
            if token.dep == "mark" and verb.dep != "relcl" and not any(_another(scene, between, cue) for between in range(cue.last + 1, index)):
                return index + 1
            if token.dep != "mark" and scene.folded[index] not in ("that",) and index == cue.last + 1:
                return index + 1
    return None


def _another(scene: Scene, index: int, cue: Cue) -> bool:
    """Whether a verb stands here that could govern the conjunction in the cue's stead."""
    token = scene.token(index)
    if token.pos not in ("VERB", "AUX"):
        return False
    if "VerbForm=Part" in token.morph and token.dep in ("acl", "amod", "acl:relcl"):
        return False
    return not (token.dep == "xcomp" and token.head == cue.verb.index)


def _question(scene: Scene, cue: Cue) -> int | None:
    """The first token of an indirect question: 'asked whether …'."""
    for child in scene.parse.children(cue.verb):
        if child.dep in ("ccomp", "advcl") and child.index > cue.last:
            low = _left_edge(scene, child, cue.last)
            if scene.speech.has("questions", scene.folded[low]) and (child.dep == "ccomp" or low == cue.last + 1) and scene.quoted[low] < 0:
                return low
    return None


def _bare(scene: Scene, cue: Cue) -> int | None:
    """The first token of a clause without conjunction: 'said Riga would wait'."""
    for child in scene.parse.children(cue.verb):
        if child.dep == "ccomp" and child.index > cue.last:
            has_subject = _tensed(scene, child) and any(below.dep in SUBJECTS for below in scene.parse.children(child))
            low = _left_edge(scene, child, cue.group[1])
            between = range(cue.last + 1, low)
            if (
                has_subject
                and low > cue.last
                and scene.quoted[low] < 0
                and not any(scene.folded[index] in (",", ":", ";") for index in between if low - index < 2)
            ):
                return low
    return None


def _tensed(scene: Scene, verb: Token) -> bool:
    return "VerbForm=Fin" in verb.morph or any("VerbForm=Fin" in aid.morph for aid in grammar.auxiliaries(scene.parse, verb))


def _left_edge(scene: Scene, head: Token, after: int) -> int:
    indices = [token.index for token in scene.parse.subtree(head) if token.index > after]
    low = min(indices, default=head.index)
    while scene.token(low).pos == "PUNCT" and low < head.index and scene.quoted[low] < 0:
        low += 1
    return low


def _finish(scene: Scene, cue: Cue, start: int, sentence: range, others: frozenset[int], confidence: float) -> Content | None:
    if start >= sentence.stop or (scene.quoted[start] >= 0 and scene.quoted[start] == scene.quoted[cue.verb.index]):
        return None
    end = _exit(scene, cue, start, sentence, others)
    last = _trim_end(scene, start, end - 1)
    return Content(parts=((start, last),), governed=True, confidence=confidence) if last >= start else None


def _exit(scene: Scene, cue: Cue, start: int, sentence: range, others: frozenset[int]) -> int:
    """The index where the clause ends: the sentence's end, a semicolon, or where the reporting verb is taken up again."""
    tokens = scene.parse.tokens
    stop = bound(scene, cue, start, sentence.stop)
    for index in range(start + 1, stop):
        if scene.quoted[index] >= 0:
            continue
        token = tokens[index]
        if scene.folded[index] == ";" or (scene.folded[index] == ":" and any(other > index and other in others for other in range(index + 1, sentence.stop))):
            return index
        if token.pos not in ("VERB", "AUX") or token.index <= cue.last:
            continue
        if token.dep == "conj" and _joined(scene, cue, token, start):
            return _clause_start(scene, token, start)
        if token.dep in ("advcl", "acl", "conj", "parataxis", "dep") and scene.speech.reports(token.lemma) and _participle(scene, token):
            low = _clause_start(scene, token, start)
            if scene.folded[low - 1] == "," or scene.folded[low] == ",":
                return low
    return stop


def _joined(scene: Scene, cue: Cue, verb: Token, start: int) -> bool:
    """Whether a coordinated verb goes on with the reporting verb, not with what is said."""
    head = scene.parse.head(verb)
    if any(child.dep in SUBJECTS for child in scene.parse.children(verb)):
        return head.index < start and head.dep != "ccomp"
    if head.index < start:
        return True
    if not scene.speech.reports(verb.lemma):
        return False
    return _form(verb) == _form(cue.verb) != _form(head)


def _form(verb: Token) -> tuple[bool, bool, bool]:
    return "VerbForm=Fin" in verb.morph, "VerbForm=Part" in verb.morph, "Tense=Past" in verb.morph


def _participle(scene: Scene, token: Token) -> bool:
    present = "VerbForm=Ger" in token.morph or ("VerbForm=Part" in token.morph and "Tense=Pres" in token.morph) or "Aspect=Prog" in token.morph
    return present and not any(child.dep.startswith("aux") or child.dep in SUBJECTS for child in scene.parse.children(token))


def _clause_start(scene: Scene, verb: Token, start: int) -> int:
    """The first token of a coordinated clause, its conjunction and comma with it."""
    low = verb.index
    while low - 1 > start and scene.token(low - 1).pos in ("AUX", "ADV", "PRON", "PART") and scene.token(low - 1).dep != "obj":
        low -= 1
    while low - 1 > start and (scene.token(low - 1).pos == "CCONJ" or scene.folded[low - 1] == ","):
        low -= 1
    return low


def _trim_end(scene: Scene, first: int, last: int) -> int:
    while (
        last >= first
        and scene.quoted[last] < 0
        and (scene.token(last).pos == "CCONJ" or (scene.token(last).pos == "PUNCT" and scene.folded[last] not in (")",)))
    ):
        last -= 1
    return last


def _trim_start(scene: Scene, first: int, last: int) -> int:
    while (
        first <= last and scene.quoted[first] < 0 and (scene.token(first).pos == "CCONJ" or (scene.token(first).pos == "PUNCT" and scene.folded[first] != "("))
    ):
        first += 1
    return first


def _parenthetical(scene: Scene, cue: Cue) -> bool:
    """Whether the reporting clause stands between commas, or after one at the end of its sentence, with nothing of its own to say."""
    if not scene.speech.may(cue.verb.lemma, "after") or cue.speaker is None:
        return False
    low, high = cue.group
    sentence = scene.sentence(cue.verb.index)
    if low <= sentence.start or scene.folded[low - 1] not in (",", "–", "—") or scene.quoted[low - 1] >= 0:
        return False
    if cue.verb.dep in ("relcl", "acl:relcl", "conj") and scene.speech.has("relatives", scene.folded[low]):
        return False
    if (
        "VerbForm=Part" in cue.verb.morph
        and not any(child.dep.startswith("aux") for child in scene.parse.children(cue.verb))
        and "Tense=Past" not in cue.verb.morph
    ):
        return False
    if not (low <= cue.speaker.index <= high) and not _inverted(scene, cue, sentence):
        return False
    for child in scene.parse.children(cue.verb):
        named = child.dep in ("dobj", "obj") and child.index > cue.last and child.index != cue.speaker.index
        if named and child.pos in ("NOUN", "PROPN") and not scene.speech.has("addressing", cue.verb.lemma) and _adjacent(scene, cue, child):
            return False
    return True


def _inverted(scene: Scene, cue: Cue, sentence: range) -> bool:
    """A French inversion whose subject the parser has missed: the auxiliary follows the comma at once."""
    return cue.group[0] + 3 >= cue.verb.index and cue.last + 1 < sentence.stop and scene.token(cue.group[0]).pos == "AUX"


def _adjacent(scene: Scene, cue: Cue, child: Token) -> bool:
    return not any(scene.folded[index] == "," for index in range(cue.last + 1, child.index))


def _around(scene: Scene, cue: Cue, others: frozenset[int]) -> Content | None:
    """The clause that a reporting clause or phrase stands in, after or before, without it."""
    sentence = scene.sentence(cue.verb.index)
    low, high = cue.group
    first, stop = sentence.start, sentence.stop
    for index in range(sentence.start, sentence.stop):
        if scene.folded[index] in _BREAKS and scene.quoted[index] < 0:
            if index < low:
                first = index + 1
            elif index > high:
                stop = index
                break
    end = _group_end(scene, cue, high, stop)
    inner = _inside(scene, cue)
    if inner is not None:
        first, stop = max(first, inner[0]), min(stop, inner[1] + 1)
    before = (_trim_start(scene, first, low - 1), _trim_end(scene, first, low - 1))
    after = (_trim_start(scene, end, stop - 1), _trim_end(scene, end, stop - 1))
    left = before[0] <= before[1] and scene.main_verb(before[0], before[1] + 1)
    if inner is not None:
        parts = tuple(part for part in (before, after) if part[0] <= part[1])
    elif left:
        parts = (before, after) if _resumed(scene, before, after) else (before,)
    else:
        parts = tuple(part for part in (before, after) if part[0] <= part[1])
        if not any(scene.main_verb(part[0], part[1] + 1) for part in parts):
            return None
    kept = tuple(part for part in parts if not all(number >= 0 for number in scene.quoted[part[0] : part[1] + 1]))
    if not kept or sum(part[1] - part[0] + 1 for part in kept) < 3 or len(kept) < len(parts):
        return None
    return Content(parts=kept, governed=False, confidence=0.8 if cue.shape == "verb" else 0.75)


def _resumed(scene: Scene, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the clause goes on behind a reporting clause between commas: 'could have waited, they argue, by insisting …'; the parser hangs it there."""
    if after[0] > after[1] or scene.folded[after[0] - 1] != ",":
        return False
    inside = range(after[0], after[1] + 1)
    heads = [scene.token(index) for index in inside if scene.token(index).head not in inside and scene.token(index).pos != "PUNCT"]
    return bool(heads) and all(before[0] <= token.head <= before[1] and token.dep in _RESUMING for token in heads)


def _group_end(scene: Scene, cue: Cue, high: int, stop: int) -> int:
    """The index after the reporting clause: its adverbials go with it, up to the next comma."""
    index = high + 1
    while index < stop and not (scene.folded[index] == "," and scene.quoted[index] < 0):
        index += 1
    if index < stop and cue.shape == "source" and index - high > 1 and index + 1 < stop:
        # No comma ends the phrase itself: 'selon X les travaux …' goes on at once.
        return high + 1
    return index


def _inside(scene: Scene, cue: Cue) -> tuple[int, int] | None:
    """First and last token of the relative or participial clause that a source phrase belongs to, where it stands inside one."""
    if cue.shape != "source":
        return None
    token = cue.speaker if cue.speaker is not None and cue.verb.head == cue.speaker.index else scene.token(cue.first)
    head = scene.parse.head(token) if token is not None else None
    if head is None or head.dep not in ("relcl", "acl", "acl:relcl"):
        return None
    indices = [one.index for one in scene.parse.subtree(head)]
    return (min(indices), max(indices)) if min(indices) < cue.first and max(indices) > cue.last else None
