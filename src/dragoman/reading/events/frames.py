"""The language's table of frames, ready to be asked: which words tell of an event, and what must stand with them.

A political scientist reads and extends the table, `languages/xx/frames.toml`; its head explains the patterns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.pack import language
from dragoman.model.parse import Token

Needs = Literal["actor", "both", "any", "none"]
# Before the class of an object, before a kind, and before the class of a subject.
_SIGNS = "@#<"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One kind of event. `needs` says who must be known for it to be coded, `actor` what its subject must be: '', 'person' or 'crowd'.

    A frame without type marks words that are no event; one that `joins` only adds to an event of its type told before;
    one that happens `once` is one event for all that share a party in it;
    one with a `modal` has no words of its own: 'refusal' for what somebody will not do, 'demand' for what another must;
    `real` is what its words themselves say of the event: 'planned' for 'is due in Paris'; `act` the commitment its words make.
    """

    name: str
    type: str
    mode: str | None = None
    needs: Needs = "actor"
    actor: str = ""
    joins: bool = False
    once: bool = False
    modal: str = ""
    real: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One row of a frame: `words` below the trigger, an object of the class `noun`, a party or place of `kind` among what depends on it,
    a subject of the class `subject`."""

    frame: Frame
    text: str
    lemma: str
    words: tuple[str, ...] = ()
    noun: str = ""
    kind: str = ""
    subject: str = ""

    @property
    def demands(self) -> int:
        """How much the pattern asks for: of two that fit, the more demanding one is meant."""
        return 2 * len(self.words) + 2 * bool(self.noun) + bool(self.kind) + 2 * bool(self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word with the pattern that fits it; `theme` is the noun that the pattern's class or kind was found in.

    Of what is told by a modal verb alone, `speaker` is who says it and `cue` the verb of saying, where there is one.
    """

    token: Token
    pattern: Pattern
    theme: Token | None = None
    speaker: str | None = None
    cue: Token | None = None

    @property
    def nominal(self) -> bool:
        return self.token.pos in ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Patterns by lemma and by modal, and the word lists of the table by name."""

    verbs: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    nouns: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    modals: Mapping[str, Pattern] = field(default_factory=dict)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    light: Mapping[str, frozenset[str]] = field(default_factory=dict)
    governors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    commitments: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def governs(self, name: str, word: str) -> bool:
        """Whether the word, folded, is in the list of governors of that name."""
        return fold(word) in self.governors.get(name, frozenset())

    def carries(self, name: str, word: str) -> bool:
        """Whether a verb of this lemma only carries an event noun, as its object ('verbs') or subject ('happening')."""
        return fold(word) in self.light.get(name, frozenset())


@cache
def frames(code: str) -> Frames | None:
    """The frames of a language, or None where it has no table of them."""
    pack = language(code)
    table = pack.table("frames") if pack else {}
    if not table:
        return None
    verbs: dict[str, list[Pattern]] = {}
    nouns: dict[str, list[Pattern]] = {}
    modals: dict[str, Pattern] = {}
    for row in table["frame"]:
        frame = Frame(**{key: value for key, value in row.items() if key not in ("verbs", "nouns")})
        if frame.modal:
            modals[frame.modal] = Pattern(frame=frame, text=frame.modal, lemma="")
        for text in row.get("verbs", ()):
            pattern = _pattern(frame, text.split(), text, code)
            verbs.setdefault(pattern.lemma, []).append(pattern)
        for text in row.get("nouns", ()):
            words = text.split()
            # Either word may be the head: 'phone call', 'appel téléphonique'; not what it is to be of.
            for number, word in enumerate(words):
                if word[0] in _SIGNS:
                    continue
                pattern = _pattern(frame, [word, *words[:number], *words[number + 1 :]], text, code)
                nouns.setdefault(pattern.lemma, []).append(pattern)
    return Frames(
        verbs=_sorted(verbs),
        nouns=_sorted(nouns),
        modals=modals,
        classes=_lists(table["classes"], code),
        light=_lists(table["light"], code),
        governors=_lists(table["governors"], code),
        commitments=_lists(table["commitments"], code),
    )


def _pattern(frame: Frame, words: list[str], text: str, code: str) -> Pattern:
    beside = [plain(code, fold(word)) for word in words[1:] if word[0] not in _SIGNS]
    noun, kind, subject = (next((word[1:] for word in words[1:] if word[0] == sign), "") for sign in _SIGNS)
    return Pattern(frame=frame, text=text, lemma=plain(code, fold(words[0])), words=tuple(beside), noun=noun, kind=kind, subject=subject)


def _sorted(rows: dict[str, list[Pattern]]) -> dict[str, tuple[Pattern, ...]]:
    """The most demanding first; the order of the table among equals."""
    return {lemma: tuple(sorted(patterns, key=lambda pattern: -pattern.demands)) for lemma, patterns in rows.items()}


def _lists(section: dict[str, Any], code: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(" ".join(plain(code, part) for part in fold(word).split(" ")) for word in words) for name, words in section.items()}
