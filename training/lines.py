"""Lines that sports, market and local pages print, filled with names: tables of results, line-ups, datelines, clubs called by their town.

Frames lie in `lines/`, a file a language, and the words of their slots in `lines/words.toml`; sentences of other sources teach none of it, and a reader
that has never seen a table of results takes its teams for places. `word|` in a frame is a place.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from dragoman_encoder.layers import coded
from dragoman_encoder.pieces import WORD
from training.corpora import Example
from training.worlds.people import PersonName, draw_name

FRAMES = Path(__file__).parent / "lines"
_SLOT = re.compile(r"\{(\w+)\}")
_INITIALS = "ABCDEFGHJKLMNPRSTW"
# Letters that Arabic joins to the name of a place.
_JOINED = {"B": "ب", "W": "و"}
# Of teams so many are called by their town alone; of lines so many are printed in capitals, as headlines and datelines are.
_TOWN, _SHOUTED = 0.85, 1 / 7
_BODIES = frozenset({"CLUB", "LEAGUE", "BODY", "PARTY", "ORG", "AGENCY", "PAPER"})
_PLACES = frozenset({"STREET", "PLACE"})


@lru_cache(maxsize=16)
def _words(language: str) -> Mapping[str, Sequence[str]]:
    tables = tomllib.loads((FRAMES / "words.toml").read_text(encoding="utf-8"))
    return tables["any"] | tables[language]


@lru_cache(maxsize=16)
def frames(language: str) -> tuple[str, ...]:
    return tuple(line for line in (FRAMES / f"{language}.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))


class Desk:
    """Fills frames of one language; `towns` are listed by country."""

    def __init__(self, language: str, towns: Mapping[str, Sequence[str]], drawn: random.Random) -> None:
        self.language, self.towns, self.drawn = language, towns, drawn
        self.words = _words(language)

    def town(self) -> str:
        return self.drawn.choice(self.words["LOC"] if "LOC" in self.words else self.towns[self.drawn.choice(self.words["countries"])])

    def person(self) -> PersonName:
        return draw_name(self.drawn, self.drawn.choice(self.words["cultures"]), self.drawn.choice("mf"), self.language)

    def listed(self, slot: str) -> str:
        """One of the words of a slot, with a town, or for a company a name, where it has a gap."""
        fill = self.drawn.choice([self.person().last, self.drawn.choice(self.words["STEM"]), self.town()]) if slot == "ORG" else self.town()
        return self.drawn.choice(self.words[slot]).replace("{}", fill)

    def filled(self, slot: str) -> tuple[str, str]:
        """What stands in a slot and its class, empty for none."""
        drawn = self.drawn
        match slot:
            case "PER":
                return self.person().full, "PER"
            case "SUR":
                return self.person().last, "PER"
            case "GENITIVE":
                return f"{self.person().last}s", "PER"
            case "INITIAL":
                return f"{drawn.choice(_INITIALS)}. {self.person().last}", "PER"
            case "BYLINE":
                one = self.person()
                return f"{one.given} {self.capitals(one.last)}", "PER"
            case "WPER":
                return _JOINED["W"] + self.person().full, "PER"
            case "LOC":
                return self.town(), "LOC"
            case "B" | "W":
                return _JOINED[slot] + self.town(), "LOC"
            case "TEAM" if drawn.random() < _TOWN:
                return self.town(), "ORG"
            case "TEAM":
                return self.listed("CLUB"), "ORG"
            case "NICK":
                return f"{self.listed(slot)} de {self.town()}", "ORG"
            case "ADJ":
                return self.town().split()[0].removesuffix("en").removesuffix("e") + ("er" if self.language == "de" else "se"), ""
            case "COMPOUND":
                return f"{drawn.choice([*self.words['COMPOUNDED'], self.town()])}-{drawn.choice(self.words['COMPOUND'])}", ""
        return self.listed(slot), "ORG" if slot in _BODIES else "LOC" if slot in _PLACES else ""

    def capitals(self, word: str) -> str:
        return (word.replace("i", "İ") if self.language == "tr" else word).upper()

    def line(self, frame: str) -> tuple[list[str], list[tuple[int, int, str]]]:
        """The words of a frame and the spans of its names."""
        words: list[str] = []
        spans: list[tuple[int, int, str]] = []
        for number, part in enumerate(_SLOT.split(frame)):
            for piece, kind in [self.filled(part)] if number % 2 else _marked(part):
                found = [match[0] for match in WORD.finditer(piece)]
                if kind and found:
                    spans.append((len(words), len(words) + len(found), kind))
                words.extend(found)
        return words, spans


def _marked(text: str) -> Iterator[tuple[str, str]]:
    for token in re.split(r"(\S+\|)", text):
        yield (token[:-1], "LOC") if token.endswith("|") else (token, "")


def lines(counts: Mapping[str, int], towns: Mapping[str, Sequence[str]], drawn: random.Random) -> Iterator[Example]:
    """`counts` examples a language."""
    for language, count in counts.items():
        desk = Desk(language, towns, drawn)
        for _ in range(count):
            words, spans = desk.line(drawn.choice(frames(language)))
            if drawn.random() < _SHOUTED:
                words = [desk.capitals(word) for word in words]
            yield Example(language, tuple(words), {"name": tuple(coded("name", len(words), spans))}, "lines")
