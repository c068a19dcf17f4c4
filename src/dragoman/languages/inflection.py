"""Verbs in all their forms, for a language whose text no parser reads: which verb of the tables a word is, and what its form tells.

The table `inflection.toml` makes stems of a dictionary form (`stems`) and says what may stand before and after them (`form`), with capital letters
for those that change with the vowels around them (`letters`). `tells` is what the form says of the act: past, present, future, possible, condition,
content ('that he has met'), participle, converb, noun, purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.pack import language

_SHORTEST = 2
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Verb:
    """A word as a form of `lemma`; `before` is what was joined to its start."""

    lemma: str
    tells: str
    negated: bool = False
    passive: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    tells: str
    before: tuple[str, ...]
    after: re.Pattern[str]
    stems: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Inflection:
    """The forms of one language. `cases` has the endings of nouns by the name of their case, `endings` those that also tell it in a word without apostrophe;
    `words` are lists of small words, `patterns` what whole words of a kind look like; `before_verb` says that a clause ends with its verb."""

    code: str
    forms: tuple[_Form, ...] = ()
    cases: Mapping[str, frozenset[str]] = field(default_factory=dict)
    endings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    before_verb: bool = False
    _known: dict[str, tuple[Verb, ...]] = field(default_factory=dict, repr=False, compare=False)

    def verbs(self, folded: str) -> tuple[Verb, ...]:
        """All that a folded word may be with the longest stem, an active form before a passive one."""
        known = self._known.get(folded)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[folded] = self._analysed(plain(self.code, folded))
        return known

    def _analysed(self, word: str) -> tuple[Verb, ...]:
        found: dict[Verb, tuple[bool, int]] = {}
        for form in self.forms:
            for before in form.before:
                if not word.startswith(before):
                    continue
                for cut in range(len(before) + _SHORTEST, len(word) + 1):
                    lemmas = form.stems.get(word[len(before) : cut])
                    match = form.after.fullmatch(word, cut) if lemmas else None
                    if lemmas and match:
                        groups = match.groupdict()
                        passive, negated = bool(groups.get("passive")), bool(groups.get("negated"))
                        for lemma in lemmas:
                            found.setdefault(Verb(lemma, form.tells, negated, passive, before), (passive, -cut))
        longest = min((rank[1] for rank in found.values()), default=0)
        return tuple(sorted((verb for verb, rank in found.items() if rank[1] == longest), key=lambda verb: found[verb]))


@cache
def inflection(code: str) -> Inflection | None:
    """The forms of a language's verbs, or None where it has no table of them."""
    pack = language(code)
    table = pack.table("inflection") if pack else {}
    if not pack or not table:
        return None
    lemmas = sorted({plain(code, fold(word)) for word in _lemmas(pack.table("frames"), pack.table("speech"))})
    letters: dict[str, str] = table.get("letters", {})
    stems = {name: _stems(lemmas, rules, table.get("irregular", {}), name, code) for name, rules in table["stems"].items()}
    forms = tuple(
        _Form(
            tells=row["tells"],
            before=tuple("".join(pieces) for pieces in product(*row.get("before", [[""]]))),
            after=re.compile(_lettered(row.get("after", ""), letters)),
            stems=stems[row["stem"]],
        )
        for row in table["form"]
    )
    return Inflection(
        code=code,
        forms=forms,
        cases={name: frozenset(map(fold, rows)) for name, rows in table.get("cases", {}).items()},
        endings={name: frozenset(map(fold, rows)) for name, rows in table.get("endings", {}).items()},
        words={name: frozenset(plain(code, fold(word)) or word for word in rows) for name, rows in table.get("words", {}).items()},
        patterns={name: re.compile(_lettered(pattern, letters)) for name, pattern in table.get("patterns", {}).items()},
        before_verb=bool(table.get("before_verb", False)),
    )


def _lemmas(frames: dict[str, Any], speech: dict[str, Any]) -> Iterable[str]:
    """Every word of the tables that may be a verb."""
    for row in frames.get("frame", []):
        yield from (text.split()[0] for text in row.get("verbs", ()))
    for name in ("verbs", "happening"):
        yield from (word for phrase in frames.get("light", {}).get(name, ()) for word in phrase.split())
    for name in ("planned", "possible", "actual", "denied", "belying", "inviting"):
        yield from (word for phrase in frames.get("governors", {}).get(name, ()) for word in phrase.split())
    for rows in speech.get("verbs", {}).values():
        yield from (word for phrase in rows for word in phrase.split())


def _stems(lemmas: list[str], rules: list[list[str]], irregular: dict[str, Any], name: str, code: str) -> dict[str, tuple[str, ...]]:
    """The stems of one kind with the verbs they belong to; a verb that is listed as irregular has those stems alone."""
    own = {plain(code, fold(lemma)): [plain(code, fold(stem)) for stem in rows[name]] for lemma, rows in irregular.items() if name in rows}
    patterns = [(re.compile(pattern), instead) for pattern, instead in rules]
    found: dict[str, list[str]] = {}
    for lemma in lemmas:
        made = own.get(lemma) or [match.expand(instead) for pattern, instead in patterns if (match := pattern.fullmatch(lemma))]
        for stem in dict.fromkeys(made):
            if len(stem) >= _SHORTEST:
                found.setdefault(stem, []).append(lemma)
    return {stem: tuple(owners) for stem, owners in found.items()}


def _lettered(pattern: str, letters: dict[str, str]) -> str:
    for letter, choices in letters.items():
        pattern = pattern.replace(letter, f"[{choices}]")
    return pattern
