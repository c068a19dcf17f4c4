"""The Latin spelling of a person's name in Arabic script, so that 'سيرغي لافروف' and 'Sergei Lavrov' can be seen to be one.

A table goes first: foreign names cannot be guessed from Arabic letters. Arabic names are then spelt by arabic_name_romanizer, whose 20 MB of data are
opened at the first name that needs them (half a second) and kept.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, cast

# Names remembered: the persons of some hundred articles.
_REMEMBERED = 20_000
# Letters that Arabic presses write either way, beside those that only differ by a mark.
_SAME = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "گ": "ك", "ٱ": "ا", "ڤ": "ف", "پ": "ب", "چ": "ج", "ـ": None})
_ARTICLE = "ال"
# Written so it is no article: Alfredo, Ilham.
_NO_ARTICLE = ("أل", "إل")


class Romanizer(Protocol):
    """What spells a name letter by letter."""

    def transliterate(self, text: str) -> str:
        """The likeliest spelling in Latin letters."""


@dataclass(frozen=True)
class _Spellings:
    """`names` hold whole names and single words of foreign ones by their key; `longest` is the number of words of the longest."""

    names: dict[tuple[str, ...], str]
    longest: int


def _key(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: without marks, and with the letters that are written either way made one."""
    base = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return _parted(base.translate(_SAME))


def _parted(name: str) -> tuple[str, ...]:
    return tuple("".join(letter if letter.isalnum() else " " for letter in name).split())


def _to_spell(name: str) -> tuple[str, ...]:
    """The words as the library gets them: bare, but 'ألفريدو' and 'إلهام' with the mark that says that no article stands there."""
    marked = _parted("".join(letter for letter in unicodedata.normalize("NFKC", name).translate(_SAME) if not unicodedata.combining(letter)))
    bare = _key(name)
    if len(marked) != len(bare):
        return bare
    return tuple(own if own.startswith(_NO_ARTICLE) else word for own, word in zip(marked, bare, strict=True))


def _is_arabic(name: str) -> bool:
    return any("\u0620" <= letter <= "\u06d3" for letter in name)


@cache
def _spellings() -> _Spellings:
    table = tomllib.loads((Path(__file__).parent / "romanised.toml").read_text(encoding="utf-8"))
    names: dict[tuple[str, ...], str] = {}
    for latin, written in (*table["foreign"].items(), *table["given"].items(), *table["arab"].items()):
        for name in written:
            names.setdefault(_key(name), latin)
    shared = {_key(word) for word in table["shared"]}
    for latin, written in table["foreign"].items():
        for name in written:
            for word, spelt in _by_words(name, latin):
                if (word,) not in shared:
                    names.setdefault((word,), spelt)
    for latin, written in table["arab"].items():
        last, spelt = _key(written[0])[-1], latin.rpartition(" ")[2]
        # 'السيسي', but no 'عون' or 'عباس' who may be anybody.
        if last.startswith(_ARTICLE) and "-" in spelt:
            names.setdefault((last,), spelt)
    return _Spellings(names, max(map(len, names)))


def _by_words(name: str, latin: str) -> Iterable[tuple[str, str]]:
    """Each word of a foreign name with its spelling, where there are as many on either side."""
    here, there = _key(name), latin.split(" ")
    return zip(here, there, strict=True) if len(here) == len(there) else ()


@cache
def _romanizer() -> Romanizer | None:
    try:
        from arabic_name_romanizer import Transliterator
    except ImportError:
        return None
    return cast("Romanizer", Transliterator())


@lru_cache(maxsize=_REMEMBERED)
def romanise(name: str) -> str | None:
    """The Latin spelling of a name in Arabic script, or None where it is in another script or nothing knows how to spell it.

    romanise("رجب طيب أردوغان") == "Recep Tayyip Erdoğan"; words that the table lacks are spelt by the library.
    """
    return spelt(name, _romanizer)


def spelt(name: str, library: Callable[[], Romanizer | None]) -> str | None:
    """The same with a library of one's own, which is opened at the first word that the table lacks."""
    if not _is_arabic(name):
        return None
    known, key, letters = _spellings(), _key(name), _to_spell(name)
    done: list[str] = []
    at = 0
    while at < len(key):
        length = _known_at(known, key, at)
        if length:
            done.append(known.names[key[at : at + length]])
            at += length
            continue
        first = at
        while at < len(key) and not _known_at(known, key, at):
            at += 1
        romanizer = library()
        if romanizer is None:
            return None
        done.append(romanizer.transliterate(" ".join(letters[first:at])))
    return " ".join(done)


def _known_at(known: _Spellings, key: tuple[str, ...], at: int) -> int:
    """Words of the longest name of the table that begins here, 0 for none."""
    return next((size for size in range(min(known.longest, len(key) - at), 0, -1) if key[at : at + size] in known.names), 0)
