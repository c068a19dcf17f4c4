"""PLOVER's codes for whoever acts: 'the French foreign minister' is of FRA, GOV; 'Rakhine rebels' of MMR, REB; 'farmers' AGR.

The state comes from a body of that name, an organisation of states, a person known to govern on that day, the state or its adjective, or else a town or
province; the sector from the longest words of actors.toml, those sectors first that say more. Tables are English, and made for this program.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.knowledge.geoparse import Geoparser
from dragoman.knowledge.organisations import organisations

# Sectors of the organisations of organisations.toml, by their kind.
_KINDS = {"armed-group": "REB", "government": "GOV", "agency": "GOV", "media": "JRN", "platform": "BUS", "company": "BUS", "party": "PTY"}
# Sectors that the name of a body of many states does tell: an international court, a parliament.
_IN_NAMES = ("JUD", "LEG")
_MANY = ("EUR", "UNO", "IGO", "NGO", "MNC")
_WORD = re.compile(r"[^\W_]+(?:['.&+][^\W_]+)*\+?")
_LONGEST = 6
# A name of one word is a surname of somebody in leaders.toml only with a title before it.
_TITLES = frozenset({"president", "minister", "chancellor", "premier", "secretary", "king", "queen", "general", "mr", "mrs", "ms", "governor", "senator"})


@dataclass(frozen=True, slots=True)
class ActorCode:
    """`country` is ISO 3166-1 alpha-3, or IGO, UNO, EUR, NGO, MNC or IMG; `sector` one of PLOVER's; '' where the words do not say."""

    country: str = ""
    sector: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class ActorCoder:
    """`fold` folds case and accents and keeps lengths; the geoparser knows states, their adjectives, and towns."""

    geoparser: Geoparser
    fold: Callable[[str], str]

    def code(self, words: str, on: date | None = None, hint: str | None = None) -> ActorCode:
        """The codes of one phrase; `on` is the day that it was said, `hint` a state or adjective that the text around it speaks of."""
        tokens = [token.removesuffix("'s").rstrip("'") for token in _WORD.findall(self.fold(words.replace("-", " ").replace("’", "'")))]
        known = _known(self.fold)
        body, rest = self._longest(tokens, known)
        person = self._person(tokens, on)
        sector, second = self._sector(rest)
        if not sector and rest is not tokens and (own := self._sector(tokens)[0]) in _IN_NAMES:
            sector = own
        many = next((one for one in _MANY if body and body[0] == one), "")
        country = many or self._state(words, tokens) or (body[0] if body else "") or (person[0] if person else "") or self._town(words)
        if not country and hint:
            country = self._state(hint, self.fold(hint).split())
        if body and body[1] and (not sector or sector in ("GOV", "PTY", "UAF", "CVL", "LAB", "MIL", "UNK", "JRN") or body[1] in ("REB", "SPY", "JUD")):
            sector = body[1] if sector != "ELI" else sector
        if person and sector in ("", "UNK"):
            sector = person[1]
        if not country and body and body[0] not in _MANY:
            country = body[0]
        return ActorCode(country, sector, second if second != sector else "")

    def _longest(self, tokens: list[str], known: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str] | None, list[str]]:
        """The body with the longest name, and the words that are left to tell a sector: a union of states is no trade union."""
        for length in range(min(_LONGEST, len(tokens)), 0, -1):
            for at in range(len(tokens) - length + 1):
                if found := known.get(" ".join(tokens[at : at + length])):
                    return found, [*tokens[:at], *tokens[at + length :]] if found[0] in _MANY else tokens
        return None, tokens

    def _person(self, tokens: list[str], on: date | None) -> tuple[str, str] | None:
        titled = bool(_TITLES & set(tokens))
        for name, rows in _leaders(self.fold).items():
            surname = name.split()[-1]
            if not (_holds(tokens, name.split()) or (titled and surname in tokens and len(surname) > 3 and len(tokens) <= 4)):
                continue
            if on is None:
                return rows[0][0], "GOV"
            now = [row for row in rows if row[1] <= on.year <= row[2]]
            return (now[0][0], "GOV") if now else (rows[-1][0], "ELI")
        return None

    def _state(self, words: str, tokens: list[str]) -> str:
        """A state or its adjective or people, the first in the phrase; provinces and towns of more than one word that hold it are none."""
        for length in range(min(_LONGEST, len(tokens)), 0, -1):
            for at in range(len(tokens) - length + 1):
                form = " ".join(tokens[at : at + length])
                if len(form) < 4 and form.upper() not in words:  # 'CAR' is a state, 'car' is none
                    continue
                if code := self.geoparser.adjectives.get(form):
                    return code
                state = next((one.country for one in self.geoparser.candidates(form.title()) if one.kind == "state"), None)
                if state:
                    return state
        return ""

    def _town(self, words: str) -> str:
        """The state of a province or a large town in the phrase, of those written with a capital."""
        named = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", words)
        for length in range(min(4, len(named)), 0, -1):
            for at in range(len(named) - length + 1):
                chosen = named[at : at + length]
                alone = length == len(named)
                if not (chosen[0][:1].isupper() or alone) or self.fold(chosen[0]) in _plain(self.fold):
                    continue
                for one in sorted(self.geoparser.candidates(" ".join(chosen)), key=lambda place: -place.score):
                    if one.country and (one.kind == "province" or (one.kind == "town" and one.population > (20_000 if alone else 100_000))):
                        return one.country
        return ""

    def _sector(self, tokens: list[str]) -> tuple[str, str]:
        found: set[str] = set()
        second = ""
        weak = False
        at = 0
        table = _words(self.fold)
        while at < len(tokens):
            for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
                phrase = " ".join(tokens[at : at + length])
                if hit := table.get(phrase) or table.get(phrase.removesuffix("s")):
                    if hit == "TITLE":
                        weak = True
                    else:
                        found.add(hit)
                    second = second or _seconds(self.fold).get(phrase, "")
                    at += length
                    break
            else:
                at += 1
        for sector in _order():
            if sector in found:
                return sector, second
        return ("GOV" if weak else ""), second


def _holds(tokens: list[str], wanted: list[str]) -> bool:
    """Whether the words stand in the phrase in that order, one right after the other."""
    return any(tokens[at : at + len(wanted)] == wanted for at in range(len(tokens) - len(wanted) + 1))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "actors.toml").read_text(encoding="utf-8"))


@cache
def _order() -> tuple[str, ...]:
    return tuple(_table()["sectors"])


def _form(fold: Callable[[str], str], words: str) -> str:
    return " ".join(token.removesuffix("'s").rstrip("'") for token in _WORD.findall(fold(words.replace("-", " "))))


@cache
def _words(fold: Callable[[str], str]) -> Mapping[str, str]:
    """Words to their sector; the first sector of the table has a word that stands under two."""
    found: dict[str, str] = {}
    for sector, many in _table()["sectors"].items():
        for words in many:
            found.setdefault(_form(fold, words), sector)
    for words in _table()["titles"]["GOV"]:
        found.setdefault(_form(fold, words), "TITLE")
    return found


@cache
def _plain(fold: Callable[[str], str]) -> frozenset[str]:
    """Every single word of the table: 'Police' is a town too."""
    return frozenset(word for phrase in _words(fold) for word in phrase.split())


@cache
def _seconds(fold: Callable[[str], str]) -> Mapping[str, str]:
    return {_form(fold, words): sector for sector, many in _table()["second"].items() for words in many}


@cache
def _known(fold: Callable[[str], str]) -> Mapping[str, tuple[str, str]]:
    """Names of bodies to (country, sector); the table of this room before that of all organisations."""
    found: dict[str, tuple[str, str]] = {}
    for country, many in _table()["elsewhere"].items():
        for words in many:
            found[_form(fold, words)] = (country, "")
    for key, many in _table()["bodies"].items():
        country, sector = key.split()
        for words in many:
            found.setdefault(_form(fold, words), (country, sector))
    for one in organisations():
        for name in one.names.get("en", ()):
            if not (one.guarded and len(name) < 4):
                country = "IGO" if one.kind == "international" else one.state or ""
                found.setdefault(_form(fold, name), (country, _KINDS.get(one.kind, "")))
    return found


@cache
def _leaders(fold: Callable[[str], str]) -> Mapping[str, tuple[tuple[str, int, int], ...]]:
    """Names, the longest first, to (country, first year, last year), in order of years."""
    rows: dict[str, list[tuple[str, int, int]]] = {}
    for country, name, first, last in _persons():
        rows.setdefault(_form(fold, name), []).append((country, first, last))
    return {name: tuple(sorted(rows[name], key=lambda row: row[1:])) for name in sorted(rows, key=lambda name: (-len(name), name))}


def _persons() -> Iterator[tuple[str, str, int, int]]:
    table = tomllib.loads((Path(__file__).parent / "leaders.toml").read_text(encoding="utf-8"))
    for country, many in table.items():
        for row in many:
            name, _, years = row.rpartition(" ")
            first, _, last = years.partition("-")
            yield country, name, int(first), int(last or 9999)
