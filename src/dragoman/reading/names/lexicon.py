"""Everything the tables know by name, as phrases to be found in an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.places import regions
from dragoman.knowledge.states import alpha_3, states
from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.pack import language, tables
from dragoman.model.reading import EntityKind
from dragoman.reading.words import Phrases, key_of

Form = Literal["name", "adjective", "people", "capital", "seat", "prefix", "none"]
# An acronym is matched in its own capitals only: 'who' is not the WHO.
_ACRONYM = 6
# A name as short as this keeps its accents: 'Şam' is Damascus, 'Sam' is a person.
_TINY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name of a table: `key` is the state's code, the organisation's key or the region's English name; `form` "none" of what is no name at all.

    `guarded` names need a cue near, `doubtful` ones a sign that they are meant: 'مالي' is Mali and 'financial'.
    """

    kind: EntityKind
    key: str
    form: Form
    surface: str
    state: str | None = None
    guarded: bool = False
    doubtful: bool = False
    capital: bool = False

    def fits(self, text: str, language: str = "") -> bool:
        """Whether the article writes it so that it can be this name: acronyms in capitals, accents kept or all dropped."""
        written = text.replace("’", "'")
        if not (written[:1].isupper() or written[:1].islower()):
            return True  # a script without capitals: the phrase has matched
        if self.surface.isupper() and len(self.surface) <= _ACRONYM:
            return written == self.surface or (len(written) > 3 and written.replace(".", "") == self.surface)
        if self.form in ("adjective", "people", "prefix"):
            if self.capital and written[:1].islower():
                return False
            return written.casefold() == self.surface.casefold() or (written == fold(written) and written == fold(self.surface))
        if not written[:1].isupper() and self.surface[:1].isupper():
            return False
        if len(written) <= _TINY:
            return written.casefold() == self.surface.casefold()
        return fold(written) == fold(self.surface) or key_of(written) == key_of(self.surface)


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language and the small word lists around names; `singles` are the phrases of one word in scripts without capital letters."""

    code: str
    phrases: Phrases[Entry]
    lists: dict[str, frozenset[str]]
    singles: frozenset[str] = frozenset()

    def has(self, name: str, folded: str) -> bool:
        """Whether the folded word is in the list of that name (stop, honorifics, particles, …)."""
        return folded in self.lists.get(name, frozenset())


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language; without a complete folder, names of states and capitals in it (CLDR), what is spelt alike everywhere, and its own tables."""
    pack = tables(code)
    phrases: Phrases[Entry] = Phrases()
    table = pack.table("names") if pack else {}
    lists = {name: frozenset(plain(code, fold(word)) for word in words) for name, words in table.items() if isinstance(words, list)}
    lists["title_words"] = frozenset(_title_words(code, pack.table("offices") if pack else {}))
    singles = set()
    for entry in _every(code, table, pack.table("demonyms") if pack else {}):
        key = key_of(entry.surface, code)
        if len(key) == 1 and key[0].upper() == key[0].lower():
            singles.add(key[0])
        phrases.add(key, replace(entry, doubtful=" ".join(key) in lists.get("doubtful", ()), capital=bool(table.get("capital_adjectives"))))
    return Lexicon(code, phrases, lists, frozenset(singles))


def _every(code: str, table: dict[str, Any], demonyms: dict[str, Any]) -> Iterable[Entry]:
    for words in table.get("no_names", ()):
        yield Entry(kind="place", key="", form="none", surface=words)
    if code == "und" or language(code) is not None:
        yield from _entries(code if code != "und" else "en", demonyms, frozenset(table.get("own_words", ())))
        return
    endings = {kind: tuple(rows) for kind, rows in demonyms.get("endings", {}).items()}
    for entry in foreign(code):
        yield entry
        if entry.form == "name" and entry.surface[-1:].isalpha() and not entry.surface.isupper():
            yield from (replace(entry, surface=entry.surface + ending) for ending in endings.get("names", ()) if entry.surface[-1] not in "sxzß")
    yield from _demonyms(demonyms)
    yield from _entries("en", {}, frozenset())


def _entries(code: str, demonyms: dict[str, Any], own_words: frozenset[str]) -> Iterable[Entry]:
    for state in states():
        for name in state.names.get(code, ()):
            yield Entry(kind="state", key=state.code, form="name", surface=name, state=state.code)
        for name in state.capitals.get(code, ()):
            yield Entry(kind="place", key=name, form="capital", surface=name, state=state.code)
        for name in state.seats.get(code, ()):
            yield Entry(kind="state", key=state.code, form="seat", surface=name, state=state.code)
    yield from _demonyms(demonyms)
    for organisation in organisations():
        english = (name for name in organisation.names.get("en", ()) if name not in own_words)
        names = dict.fromkeys((*organisation.names.get(code, ()), *english))
        for name in names:
            guarded = organisation.guarded and (len(name) <= 5 or " " not in name)
            yield Entry(kind="organization", key=organisation.key, form="name", surface=name, state=organisation.state, guarded=guarded)
        for adjective in organisation.adjectives.get(code, ()):
            yield Entry(kind="organization", key=organisation.key, form="adjective", surface=adjective, state=organisation.state)
    for region in regions():
        for name in region.names.get(code, ()):
            yield Entry(kind="place", key=region.place.name, form="name", surface=name, state=region.place.country)


def _demonyms(demonyms: dict[str, Any]) -> Iterable[Entry]:
    """The adjectives and peoples of the table, each with the endings it gives for its kind."""
    endings = demonyms.get("endings", {})
    for state_code, rows in demonyms.items():
        if state_code == "prefixes":
            for prefixed, forms in rows.items():
                for form in forms:
                    yield Entry(kind="state", key=prefixed, form="prefix", surface=form, state=prefixed)
        elif state_code != "endings":
            adjectives = [word + ending for word in rows["adjectives"] for ending in ("", *endings.get("adjectives", ()))]
            for adjective in adjectives:
                yield Entry(kind="state", key=state_code, form="adjective", surface=adjective, state=state_code)
            for people in (word + ending for word in rows["people"] for ending in ("", *endings.get("people", ()))):
                if people not in adjectives:
                    yield Entry(kind="state", key=state_code, form="people", surface=people, state=state_code)


def foreign(code: str) -> Iterable[Entry]:
    """Names of states and of those capitals that a time zone is called after, in a language that has no folder, from CLDR alone."""
    from babel import Locale, UnknownLocaleError

    try:
        there, english = Locale.parse(code), Locale("en")
    except (UnknownLocaleError, ValueError):
        return
    for two, name in sorted(there.territories.items()):
        three = alpha_3(two)
        if three and name and not _bracketed(name):
            yield Entry(kind="state", key=three, form="name", surface=str(name), state=three)
        elif three and name:
            # 'Myanmar (Birmanie)', '刚果（金）': what stands before the bracket, where it is no other state's name.
            before = re.split(r"[(（]", str(name))[0].strip()
            if before and sum(str(other).startswith(before) for other in there.territories.values()) == 1:
                yield Entry(kind="state", key=three, form="name", surface=before, state=three)
    for one in states():
        for name in one.elsewhere.get(there.language, ()):
            yield Entry(kind="state", key=one.code, form="name", surface=name, state=one.code)
    seats = {name: state.code for state in states() for name in state.capitals.get("en", ())}
    for zone, row in sorted(there.time_zones.items()):
        known = english.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if known in seats and row.get("city"):
            yield Entry(kind="place", key=str(row["city"]), form="capital", surface=str(row["city"]), state=seats[known])


def _bracketed(name: str) -> bool:
    return "(" in name or "（" in name


def _title_words(code: str, offices: dict[str, Any]) -> Iterable[str]:
    """Every word of an office title, which no personal name begins with: 'Foreign', 'Minister', 'General'."""
    for phrases in offices.get("titles", {}).values():
        for phrase in phrases:
            for word in key_of(phrase, code):
                yield from (word, f"{word}s")
    for words in offices.get("modifiers", {}).values():
        for word in words:
            yield from key_of(word, code)
    for group in offices.get("counterpart", {}).values():
        yield from group
