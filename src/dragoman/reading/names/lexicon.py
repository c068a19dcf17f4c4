"""Everything the tables know by name, as phrases to be found in an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dragoman.knowledge.organisations import organisations
from dragoman.knowledge.places import regions
from dragoman.knowledge.states import states
from dragoman.languages.fold import fold
from dragoman.languages.forms import plain
from dragoman.languages.pack import language
from dragoman.model.reading import EntityKind
from dragoman.reading.words import Phrases, key_of

Form = Literal["name", "adjective", "people", "capital", "seat", "prefix"]
# An acronym is matched in its own capitals only: 'who' is not the WHO.
_ACRONYM = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name of a table: `key` is the state's code, the organisation's key or the region's English name."""

    kind: EntityKind
    key: str
    form: Form
    surface: str
    state: str | None = None
    guarded: bool = False

    def fits(self, text: str, language: str = "") -> bool:
        """Whether the article writes it so that it can be this name: acronyms in capitals, accents kept or all dropped."""
        written = text.replace("’", "'")
        if not (written[:1].isupper() or written[:1].islower()):
            return True  # a script without capitals: the phrase has matched
        if self.surface.isupper() and len(self.surface) <= _ACRONYM:
            return written == self.surface or (len(written) > 3 and written.replace(".", "") == self.surface)
        if self.form in ("adjective", "people", "prefix"):
            return written.casefold() == self.surface.casefold() or (written == fold(written) and written == fold(self.surface))
        if not written[:1].isupper() and self.surface[:1].isupper():
            return False
        return fold(written) == fold(self.surface) or key_of(written) == key_of(self.surface)


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language and the small word lists around names."""

    code: str
    phrases: Phrases[Entry]
    lists: dict[str, frozenset[str]]

    def has(self, name: str, folded: str) -> bool:
        """Whether the folded word is in the list of that name (stop, honorifics, particles, …)."""
        return folded in self.lists.get(name, frozenset())


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language; for one without a folder, names of states in that language (CLDR) and what is spelt alike everywhere."""
    pack = language(code)
    phrases: Phrases[Entry] = Phrases()
    known = pack is not None
    for entry in _entries(code if known else "en", pack.table("demonyms") if pack else {}):
        phrases.add(key_of(entry.surface, code), entry)
    if not known and code != "und":
        for entry in _foreign(code):
            phrases.add(key_of(entry.surface, code), entry)
    table = pack.table("names") if pack else {}
    lists = {name: frozenset(plain(code, fold(word)) for word in words) for name, words in table.items() if isinstance(words, list)}
    lists["title_words"] = frozenset(_title_words(code, pack.table("offices") if pack else {}))
    return Lexicon(code, phrases, lists)


def _entries(code: str, demonyms: dict[str, Any]) -> Iterable[Entry]:
    for state in states():
        for name in state.names.get(code, ()):
            yield Entry(kind="state", key=state.code, form="name", surface=name, state=state.code)
        for name in state.capitals.get(code, ()):
            yield Entry(kind="place", key=name, form="capital", surface=name, state=state.code)
        for name in state.seats.get(code, ()):
            yield Entry(kind="state", key=state.code, form="seat", surface=name, state=state.code)
    for state_code, rows in demonyms.items():
        if state_code == "prefixes":
            for prefixed, forms in rows.items():
                for form in forms:
                    yield Entry(kind="state", key=prefixed, form="prefix", surface=form, state=prefixed)
            continue
        for adjective in rows["adjectives"]:
            yield Entry(kind="state", key=state_code, form="adjective", surface=adjective, state=state_code)
        for people in rows["people"]:
            if people not in rows["adjectives"]:
                yield Entry(kind="state", key=state_code, form="people", surface=people, state=state_code)
    for organisation in organisations():
        names = dict.fromkeys((*organisation.names.get(code, ()), *organisation.names.get("en", ())))
        for name in names:
            guarded = organisation.guarded and (len(name) <= 5 or " " not in name)
            yield Entry(kind="organization", key=organisation.key, form="name", surface=name, state=organisation.state, guarded=guarded)
        for adjective in organisation.adjectives.get(code, ()):
            yield Entry(kind="organization", key=organisation.key, form="adjective", surface=adjective, state=organisation.state)
    for region in regions():
        for name in region.names.get(code, ()):
            yield Entry(kind="place", key=region.place.name, form="name", surface=name, state=region.place.country)


def _foreign(code: str) -> Iterable[Entry]:
    """Names of states in a language that has no folder, from CLDR alone."""
    from babel import Locale, UnknownLocaleError

    from dragoman.knowledge.states import alpha_3

    try:
        territories = Locale(code).territories
    except (UnknownLocaleError, ValueError):
        return
    for two, name in sorted(territories.items()):
        three = alpha_3(two)
        if three and name:
            yield Entry(kind="state", key=three, form="name", surface=str(name), state=three)


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
