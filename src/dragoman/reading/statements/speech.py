"""The language's words of reported speech, ready to be asked: which class a verb is of, what that class may govern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.pack import language

# Quotation marks where a language has no table of its own.
_PAIRS = (("“", "”"), ('"', '"'), ("«", "»"), ("»", "«"), ("„", "“"), ("„", "”"), ("「", "」"), ("『", "』"), ("‹", "›"), ("‘", "’"))


@dataclass(frozen=True, slots=True)
class Speech:
    """`verbs` maps a lemma to its classes, `takes` what may be governed to the classes that govern it, `lists` holds all other lists."""

    verbs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    takes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    particles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    compounds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sources: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[tuple[str, str], ...] = _PAIRS

    def has(self, name: str, word: str) -> bool:
        """Whether the word, folded, is in the list of that name."""
        return fold(word) in self.lists.get(name, frozenset())

    def may(self, lemma: str, what: str) -> bool:
        """Whether a verb of this lemma may govern a clause, a clause with a conjunction, words in quotation marks …"""
        return not self.takes.get(what, frozenset()).isdisjoint(self.verbs.get(fold(lemma), frozenset()))

    def reports(self, lemma: str) -> bool:
        """Whether the lemma is a verb of speech of any class."""
        return fold(lemma) in self.verbs


@cache
def speech(code: str) -> Speech | None:
    """The table of a language, or None where it has none: then quotation marks are all there is to go by."""
    pack = language(code)
    table = pack.table("speech") if pack else {}
    if not table:
        return None
    verbs: dict[str, set[str]] = {}
    for name, lemmas in table["verbs"].items():
        for lemma in lemmas:
            verbs.setdefault(_plain(code, lemma), set()).add(name)
    lists: dict[str, frozenset[str]] = {}
    for section in ("grammar", "speakers", "channels"):
        for name, words in table[section].items():
            if isinstance(words, list):
                lists[name] = frozenset(_plain(code, word) for word in words)
    return Speech(
        verbs={lemma: frozenset(names) for lemma, names in verbs.items()},
        takes={name: frozenset(classes) for name, classes in table["takes"].items()},
        lists=lists,
        particles={fold(verb): frozenset(words) for verb, words in table["grammar"].get("particles", {}).items()},
        compounds={fold(verb): frozenset(fold(word) for word in words) for verb, words in table["grammar"].get("compounds", {}).items()},
        sources=tuple(
            sorted((tuple(plain(code, word) for word in _words(phrase)) for phrase in table["phrases"]["sources"]), key=lambda words: (-len(words), words))
        ),
        pairs=tuple((first, last) for first, last in table["marks"]["pairs"]),
    )


def _plain(code: str, phrase: str) -> str:
    return " ".join(plain(code, word) for word in fold(phrase).split(" "))


def _words(phrase: str) -> list[str]:
    """A phrase as the tokens of a parser: an elided article is one with its apostrophe."""
    return fold(phrase).replace("'", "' ").split()
