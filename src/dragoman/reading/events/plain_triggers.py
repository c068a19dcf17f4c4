"""Which words tell of an event where no parser reads the text: patterns of the frame table matched on word forms within a clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from dragoman.languages.inflection import Verb
from dragoman.reading.events.frames import Frames, Pattern, Trigger
from dragoman.reading.plain.phrases import Phrase, party
from dragoman.reading.plain.scene import PlainScene

_KINDS = {"person": ("person", "title"), "party": ("person", "state", "organization", "title"), "place": ("place", "state"), "site": ("place", "state")}
# In clauses that end with the verb its particles and nouns stand so near before it.
_NEAR_WORDS = 4
_NEAR_THEME = 9
# After a participle the noun it qualifies stands so near.
_QUALIFIED = 6
# An event noun and what it is of stand so near.
_OWNER = 2
# Forms that tell of an act besides finite ones, where clauses end with the verb.
_ACTING = frozenset({"participle", "converb", "noun", "content", "content-future", "purpose"})
_SPLIT = (".", "؛", ";", "!", "?", "؟", ":")
_COMMAS = (",", "،")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainTrigger:
    """A trigger with the form of its verb (None for a noun) and the tokens of its clause, first to one past the last."""

    trigger: Trigger
    verb: Verb | None
    first: int
    stop: int

    @property
    def index(self) -> int:
        return self.trigger.token.index

    @property
    def clause(self) -> range:
        return range(self.first, self.stop)


@dataclass(frozen=True)
class Telling:
    """The scene with the frames of its language and its clauses."""

    scene: PlainScene
    frames: Frames

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Tokens of direct speech."""
        return frozenset(index for index, statement in self.scene.said.items() if statement.kind == "direct")

    @cached_property
    def asked(self) -> frozenset[int]:
        """Sentences that ask: what is asked is not told."""
        marks = ("?", "؟")
        return frozenset(number for number, span in enumerate(self.scene.reading.sentences) if span.of(self.scene.text).rstrip("\"'”’»").endswith(marks))

    @cached_property
    def heads(self) -> tuple[int, ...]:
        """Where clauses begin, by token."""
        return tuple(index for index in range(len(self.scene.tokens)) if self._begins(index))

    def _begins(self, index: int) -> bool:
        scene = self.scene
        sentence = scene.sentence(index)
        if index == sentence.start:
            return True
        before = scene.tokens[index - 1].text
        if before in _SPLIT or (index in self.quoted) != (index - 1 in self.quoted):
            return True
        if scene.inflection.before_verb:
            return self._ends(index - 1)
        if scene.says(index, "boundaries") and index not in scene.named:
            return True
        verb = scene.finite(index)
        if verb is not None and (verb.before.startswith(tuple(scene.small.get("links", ()))) or before in _COMMAS):
            return True
        return before in _COMMAS and any(one.tells == "participle" for one in scene.verbs[index]) and index not in scene.named

    def _ends(self, index: int) -> bool:
        """Whether a clause ends with this word: a finite verb, one that only joins, or a content that is reported."""
        scene = self.scene
        if index in scene.named:
            return False
        pattern = scene.inflection.patterns.get("content")
        if pattern is not None and pattern.fullmatch(scene.bare[index]):
            return True
        if scene.says(index, "boundaries"):
            return True
        verb = next((one for one in scene.verbs[index] if one.tells in ("past", "pluperfect", "present", "future", "condition", "converb")), None)
        return verb is not None and not any(one.tells == "noun" for one in scene.verbs[index])

    def clause(self, index: int) -> range:
        """The tokens of the clause that a word stands in."""
        from bisect import bisect_right

        place = bisect_right(self.heads, index) - 1
        stop = self.heads[place + 1] if place + 1 < len(self.heads) else len(self.scene.tokens)
        return range(self.heads[place], min(stop, self.scene.sentence(index).stop))

    def is_a(self, index: int, name: str) -> bool:
        return index not in self.scene.named and not self.frames.classes.get(name, frozenset()).isdisjoint(self.scene.nouns[index])

    def governs(self, index: int, name: str) -> bool:
        return not self.frames.governors.get(name, frozenset()).isdisjoint(self.scene.keys[index])

    def carries(self, index: int, name: str) -> bool:
        return any(verb.lemma in self.frames.light.get(name, frozenset()) for verb in self.scene.verbs[index])

    def marks(self, name: str) -> frozenset[str]:
        return self.frames.light.get(name, frozenset())


def triggers(telling: Telling) -> tuple[PlainTrigger, ...]:
    """All triggers outside direct speech, in text order; a noun that is the theme of a verb is no second one."""
    scene = telling.scene
    found: list[PlainTrigger] = []
    for token in scene.tokens:
        index = token.index
        if index in scene.named or index in scene.dated or index in telling.quoted or token.sentence in telling.asked:
            continue
        one = _verbal(telling, index) or _nominal(telling, index)
        if one is not None:
            found.append(one)
    themes = {index for one in found if one.verb is not None for index in _parts(telling, one)}
    return tuple(one for one in found if one.trigger.pattern.frame.type and not (one.verb is None and one.index in themes))


def _parts(telling: Telling, one: PlainTrigger) -> Iterable[int]:
    """The nouns that belong to a verb's own pattern: its theme, and the words it needs."""
    if one.trigger.theme is not None:
        yield one.trigger.theme.index
    if one.trigger.pattern.words:
        window = _window(telling, one.index, one.clause)
        near = window[-_NEAR_WORDS:] if telling.scene.inflection.before_verb else window
        yield from (at for at in near if telling.scene.any_of(at, one.trigger.pattern.words))


def _verbal(telling: Telling, index: int) -> PlainTrigger | None:
    scene = telling.scene
    if not telling.scene.inflection.before_verb and any(key in telling.frames.nouns for key in scene.nouns[index]) and scene.finite(index) is None:
        return None
    for verb in _acting(telling, index):
        clause = telling.clause(index)
        best: tuple[int, int] | None = None
        found: PlainTrigger | None = None
        for pattern in telling.frames.verbs.get(verb.lemma, ()):
            if best is not None and pattern.demands < best[0]:
                break
            matched, theme = _fits(telling, index, pattern, clause, verb)
            rank = (pattern.demands, -_distance(telling, index, pattern, clause, theme)) if matched else None
            if rank is not None and (best is None or rank > best):
                token = replace(scene.tokens[index], pos="VERB")
                trigger = Trigger(token=token, pattern=pattern, theme=None if theme is None else scene.tokens[theme])
                best, found = rank, PlainTrigger(trigger=trigger, verb=verb, first=clause.start, stop=clause.stop)
        if found is not None:
            return found
    return None


def _distance(telling: Telling, index: int, pattern: Pattern, clause: range, theme: int | None) -> int:
    """How far the farthest word of a pattern stands from its verb: of 'veto etmekle tehdit etti' the nearer word is meant."""
    window = _window(telling, index, clause)
    far = abs(index - theme) if theme is not None else 0
    for word in pattern.words:
        places = [abs(index - at) for at in window if word in telling.scene.keys[at] or word == telling.scene.bare[at]]
        far = max(far, min(places, default=0))
    return far


def _acting(telling: Telling, index: int) -> Iterable[Verb]:
    """The verbs that a word may be where it stands."""
    scene = telling.scene
    if scene.inflection.before_verb:
        bare_noun = any(key in telling.frames.nouns for key in scene.nouns[index])
        return [verb for verb in scene.verbs[index] if not (bare_noun and verb.tells in ("noun", "purpose"))]
    finite = scene.finite(index)
    if finite is not None:
        return [verb for verb in scene.verbs[index] if verb.tells in ("past", "present", "future", "pluperfect")]
    if index and scene.tokens[index - 1].text in _COMMAS:
        return [verb for verb in scene.verbs[index] if verb.tells == "participle"]
    return []


def _fits(telling: Telling, index: int, pattern: Pattern, clause: range, verb: Verb) -> tuple[bool, int | None]:
    window = _window(telling, index, clause)
    if not all(_follows(telling, word[1:], index) if word[0] == "~" else _has_word(telling, word, window) for word in pattern.words):
        return False, None
    theme: int | None = None
    if pattern.noun:
        reach: list[int] = list(window)
        if telling.scene.inflection.before_verb:
            reach = reach if pattern.frame.actor == "crowd" else list(range(max(window.start, index - _NEAR_THEME), index))
            if verb.tells == "participle":
                reach.extend(range(index + 1, min(index + _QUALIFIED, telling.scene.sentence(index).stop)))
        else:
            cut = next((at for at in reach if telling.scene.says(at, "asides")), clause.stop)
            reach = [at for at in reach if at < cut]
        nouns = [at for at in reach if telling.is_a(at, pattern.noun)]
        if not nouns:
            return False, None
        theme = nouns[-1] if telling.scene.inflection.before_verb else nouns[0]
    if pattern.kind and not any(_of_kind(telling, phrase, pattern) for phrase in telling.scene.between(clause.start, clause.stop)):
        return False, None
    return True, theme


def _window(telling: Telling, index: int, clause: range) -> range:
    """The words that can belong to a verb: after it, or before it where clauses end with their verb."""
    return range(clause.start, index) if telling.scene.inflection.before_verb else range(index + 1, clause.stop)


def _follows(telling: Telling, name: str, index: int) -> bool:
    """Whether the word right before the verb is of a kind that the language has a pattern for: '~infinitive'."""
    pattern = telling.scene.inflection.patterns.get(name)
    return pattern is not None and index > 0 and pattern.fullmatch(telling.scene.bare[index - 1]) is not None


def _has_word(telling: Telling, word: str, window: range) -> bool:
    scene = telling.scene
    if word.startswith("-") or word in scene.small.get("joined", ()):
        return any(word in phrase.marks for phrase in scene.between(window.start, window.stop)) or (
            not word.startswith("-") and any(scene.bare[at].startswith(word) and len(scene.nouns[at]) > 1 for at in window)
        )
    near = _beside(telling, window) if scene.inflection.before_verb else window
    return any(word in scene.keys[at] or word == scene.bare[at] for at in near) or (
        word in scene.small.get("prepositions", ()) and any(word in phrase.marks for phrase in scene.between(window.start, window.stop))
    )


def _beside(telling: Telling, window: range) -> range:
    """The last few words before a verb, back to another verb: 'takas etmeyi │ kabul etti'."""
    scene = telling.scene
    near = window[-_NEAR_WORDS:]
    for at in reversed(near):
        if scene.verbs[at] and at not in scene.named and not any(key in telling.frames.nouns for key in scene.nouns[at]):
            return range(at + 1, near.stop)
    return near


def _of_kind(telling: Telling, phrase: Phrase, pattern: Pattern) -> bool:
    """Whether a phrase answers the kind that a pattern asks for."""
    kinds = {phrase.kind, *(telling.scene.entities[one].kind for one in phrase.ids if one in telling.scene.entities)}
    if phrase.adjective or kinds.isdisjoint(_KINDS[pattern.kind]):
        return False
    if pattern.kind in ("place", "site"):
        return bool(phrase.marks & (telling.marks("places") | telling.frames.light.get("towards", frozenset()))) or pattern.kind == "site"
    if not telling.scene.inflection.before_verb:
        return party(telling.scene, phrase)
    return bool(phrase.marks & telling.frames.light.get("objects", frozenset()))


def _nominal(telling: Telling, index: int) -> PlainTrigger | None:
    scene = telling.scene
    for key in scene.nouns[index]:
        for pattern in telling.frames.nouns.get(key, ()):
            beside = [
                at
                for at in range(max(index - 2, 0), min(index + 3, len(scene.tokens)))
                if at != index and scene.tokens[at].sentence == scene.tokens[index].sentence
            ]
            if all(any(word in scene.keys[at] for at in beside) for word in pattern.words) and _owned(telling, index, pattern):
                clause = telling.clause(index)
                trigger = Trigger(token=replace(scene.tokens[index], pos="NOUN"), pattern=pattern)
                return PlainTrigger(trigger=trigger, verb=None, first=clause.start, stop=clause.stop)
    return None


def _owned(telling: Telling, index: int, pattern: Pattern) -> bool:
    """Whether what an event noun is of stands right beside it, where its pattern asks for that: 'سقوط النظام', 'rejimin çöküşü'."""
    scene = telling.scene
    near = range(max(index - _OWNER, 0), index) if scene.inflection.before_verb else range(index + 1, min(index + 1 + _OWNER, len(scene.tokens)))
    near = range(max(near.start, scene.sentence(index).start), min(near.stop, scene.sentence(index).stop))
    if pattern.noun and not any(telling.is_a(at, pattern.noun) for at in near):
        return False
    kinds = _KINDS[pattern.kind] if pattern.kind else ()
    return not kinds or any(phrase.kind in kinds and not phrase.adjective for phrase in scene.between(near.start, near.stop))
