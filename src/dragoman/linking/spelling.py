"""How far two spellings of one word of a name are apart: a weighted edit distance over sounds, not letters.

A word is cut into units ('sh', 'ou', 'k'); the table spelling.toml says what one unit costs in the place of another and what a unit costs that only one
spelling has. A consonant that is plainly another costs 1, more than any word may: no change of vowels makes Kalın of Kalim.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import accumulate, pairwise, permutations
from pathlib import Path
from typing import Any, NamedTuple

Units = tuple[str, ...]
VOWELS = frozenset("aeiou")
# Up to this cost, and this share of the word's length, two spellings are of one word.
MOST = 0.85
SHARE = 0.12
# A slip of the pen, or a near name: one consonant apart and not more than a third of the word.
NEAR_MOST = 1.6
NEAR_SHARE = 0.34
# Short words are not measured by their own length: 'Yi' and 'Li' share a half.
_SHORTEST = 3.0
_REMEMBERED = 32_768
# Places after the first in words of one syllable: Li, Liu, Hui.
SHORT = 2
# Of two letters, vowels that differ by more are two: Li and Lei, but Un and Eun.
CLEAR = 0.1
# So many more consonants in one spelling (of which kh and f may be h and ch elsewhere) cost more than NEAR_MOST.
FEW = 2
# First vowels may differ as o and u do, a and e.
UNLIKE = 0.15
# Two words that begin with one consonant may have it differ by so much: Ghanem and Ranem are two, Boughali and Bourali may be one.
BEGINS = 0.5
# Written words that are longer are cut: none is a name.
LONGEST = 40


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "spelling.toml").read_text(encoding="utf-8"))


@cache
def _pattern() -> re.Pattern[str]:
    units = sorted(_table()["units"], key=len, reverse=True)
    return re.compile("|".join(f"{unit}(?![aeiou]|$)" if unit == "ew" else f"{unit}(?![aeiou])" if unit == "aw" else unit for unit in units) + "|[a-z]")


_NONE: dict[str, float] = {}


@cache
def _costs() -> dict[str, dict[str, float]]:
    """What a unit costs in the place of another, by either of them; pairs that are missing cost 1."""
    costs: dict[str, dict[str, float]] = {}
    for row in _table()["cheap"]:
        for group in row["groups"]:
            for left, right in permutations(group, 2):
                known = costs.setdefault(left, {})
                known[right] = min(row["cost"], known.get(right, 1.0))
    return costs


_Y_SOUNDS = re.compile(r"(?:ii|iy|yi|yj|ij|iyy|yy)(?![aeou])")
_Y_VOWEL = re.compile(r"(?<![aeiou])y(?![aeiou])")
_W_FIRST = re.compile(r"^u(?=[aeio])")
# French has 'ou' for w: Oualid Mahouaraoui, Walid Mahwarawi.
_W_FRENCH = re.compile(r"(?:(?<=[aeh])|^)ou(?=[aei])")
_W_VOWEL = re.compile(r"([ae])v(?=[bcdfgjklmnpqrstvxz])|(a)v$")
_HARD_G = re.compile(r"gu(?=[ei])")
_I_FIRST = re.compile(r"^i(?=[aeou])")
_J_VOWEL = re.compile(r"(?<=[eo])j(?![aeiou])")
_J_GLIDE = re.compile(r"ij(?=[aeou]$)")
_DOUBLE = re.compile(r"([^aeio])\1+")


@lru_cache(maxsize=_REMEMBERED)
def units(word: str) -> Units:
    """The sounds of a word in small Latin letters: units("cheikh") == ("ch", "ei", "kh")."""
    word = word[:LONGEST]
    word = _Y_SOUNDS.sub("i", word)
    word = _Y_VOWEL.sub("i", word)
    word = _W_FRENCH.sub("w", _HARD_G.sub("g", word))
    word = _W_FIRST.sub("w", _I_FIRST.sub("y", _J_VOWEL.sub("y", _J_GLIDE.sub("iy", word))))
    # 'Avn', 'Tevfik': what Turkish and Slavic write v before a consonant is u elsewhere.
    word = _W_VOWEL.sub(lambda found: f"{found[1] or found[2]}w", word)
    word = _DOUBLE.sub(r"\1", word)
    same = _table()["same"]
    found = [same.get(unit, unit) for unit in _pattern().findall(word)]
    return tuple(unit for place, unit in enumerate(found) if place == 0 or unit != found[place - 1])


def bare_units(word: str) -> Units:
    """The letters of a word of a script without vowels, as scripts.toml gives them."""
    return tuple(re.findall(r"[A-Z]|tsh|sh|kh|gh|th|dh|zh|ch|ts|dz|[a-z]", word))


def is_vowel(unit: str) -> bool:
    """Whether a unit is a vowel or a diphthong."""
    return unit[0] in VOWELS


@lru_cache(maxsize=_REMEMBERED)
def _weight(word: Units) -> int:
    """How many consonants a word has that few spellings leave out."""
    return sum(unit[0] not in "aeiouhywvcjgtd" for unit in word)


@lru_cache(maxsize=_REMEMBERED)
def _syllables(word: Units) -> int:
    return sum(map(is_vowel, word))


@lru_cache(maxsize=_REMEMBERED)
def cost(left: Units, right: Units) -> float:
    """What it costs to make one spelling the other; symmetric, 0 for equal, the length of the longer where it is more than NEAR_MOST."""
    if left == right:
        return 0.0
    if (len(left), left) > (len(right), right):
        left, right = right, left
    if abs(_weight(left) - _weight(right)) > FEW:
        return float(len(right))
    gaps_left, gaps_right = _gaps_beside(left, right), _gaps_beside(right, left)
    ends = {(0, 0), (len(left) - 1, len(right) - 1)}
    short = _syllables(left) == _syllables(right) == 1
    row, before = list(accumulate(gaps_right, initial=0.0)), [0.0]
    for i, one in enumerate(left):
        cheap, gap = _costs().get(one, _NONE), gaps_left[i]
        step = row[0] + gap
        following = [step]
        for j, other in enumerate(right):
            if one == other:
                change = row[j]
            elif short or (i, j) in ends:
                change = row[j] + _change(one, other, Place(first=not i and not j, last=(i, j) != (0, 0) and (i, j) in ends, short=len(right) if short else 0))
            else:
                change = row[j] + cheap.get(other, 1.0)
                if i and j and one == right[j - 1] and other == left[i - 1]:
                    change = min(change, before[j - 1] + 1.0)
            step = min(change, row[j + 1] + gap, step + gaps_right[j])
            following.append(step)
        before, row = row, following
        if min(row) > NEAR_MOST:
            return float(len(right))
    return row[-1]


class Place(NamedTuple):
    """Where two units stand: at the beginning of both words, at the end of both, in words of one syllable (with the length of the longer)."""

    first: bool
    last: bool
    short: int


@lru_cache(maxsize=_REMEMBERED)
def _change(one: str, other: str, place: Place) -> float:
    """What a unit costs in the place of another where more hangs on it: in first and last places, and in short words."""
    table = _table()
    gaps, pair = table["gaps"], "".join(sorted(one + other))
    change = _costs().get(one, _NONE).get(other, 1.0)
    if place.last:
        change = max(min(change, table["end"].get(pair, 1.0)), table["last"].get(pair, 0.0))
    plain = one in VOWELS and other in VOWELS
    if place.first and change > UNLIKE:
        change = change + gaps["begins"] if plain else 1.0 if change > BEGINS else change
    if place.short and {one, other} == {"j", "y"}:
        return float(gaps["glide"])
    if place.short and (plain or (is_vowel(one) and is_vowel(other) and place.short <= SHORT and change > CLEAR)):
        return float(max(change, gaps["syllable"]))
    return float(change)


# Khattabawi is no Khattabi: of this ending no letter is left out. بدوي has it too, its a unwritten.
_AWI, _BARE_AWI = (("a", "w", "i"), ("a", "v", "i")), ("A", "W", "Y")


@lru_cache(maxsize=_REMEMBERED)
def _gaps(word: Units) -> list[float]:
    """What each unit costs where the other spelling lacks it."""
    table: dict[str, float] = _table()["gaps"]
    end, found = len(word) - 1, []
    for place, unit in enumerate(word):
        before = word[place - 1] if place else ""
        if is_vowel(unit):
            beside = (before and (is_vowel(before) or before in "yw")) or (place < end and is_vowel(word[place + 1]))
            if place == end > 1 and (not beside or unit == "a"):
                found.append(table["e_last"] if unit == "e" else table["a_last"] if unit == "a" else table["vowel_last"])
            elif beside:
                found.append(table["short"] if end <= SHORT or (place == 1 and end == SHORT + 1) else table["beside"])
            else:
                found.append(table["first"] if place == 0 else table["epenthesis"] if place in (1, end - 1) else table["vowel"])
        elif unit == "h":
            found.append(table["h_last"] if place == end else table["h"])
        elif unit in "yj" and place == 0 and word[1:2] and word[1][0] == "e":
            found.append(table["y_first"])
        elif unit in "td" and place == end and before in ("o", "au", "u"):
            found.append(table["silent_last"])
        elif place + 1 == end and word[-3:] in _AWI:
            found.append(table["consonant"])
        elif (unit in ("y", "gh") and place) or (unit == "j" and before == "i") or (unit == "w" and is_vowel(before or "-")):
            found.append(table[unit])
        else:
            found.append(table["consonant"])
    return found


def _gaps_beside(word: Units, other: Units) -> list[float]:
    """The same beside another word: the first letter of Yeltsin is left out of one that begins with its vowel, Eltsine, and of no Beltsin."""
    gaps = _gaps(word)
    if word and other and word[0] in "yj" and not (is_vowel(other[0]) or other[0] == "A"):
        return [float(_table()["gaps"]["consonant"]), *gaps[1:]]
    return gaps


def _read_ts(unit: str, word: Units) -> Units:
    """What تس or تش is in a word: Tesfa and Tashdi, but Tsvetin and Çelik."""
    parts = (unit[0], unit[1:])
    if parts in pairwise(other for other in word if not is_vowel(other)):
        return parts
    return next(((other,) for other in (unit, "tch", "ch") if other in word), ("ts", "h") if unit == "tsh" else (unit,))


@lru_cache(maxsize=_REMEMBERED)
def bare_cost(bare: Units, word: Units) -> float:
    """The same where one side is written without vowels."""
    table = _table()["bare"]
    bare = tuple(letter for unit in bare for letter in (_read_ts(unit, word) if unit in ("ts", "tsh") else (unit,)))
    kept = range(len(bare) - 3, len(bare) - 1) if bare[-3:] == _BARE_AWI and word[-1:] == ("i",) else ()
    if ("W", "Y") in pairwise(bare):
        # 'Ersoy' is إرسوي: there the letters are two.
        word = tuple(letter for unit in word for letter in (unit if unit in ("oi", "ui") else (unit,)))
    short, long = table["short"], table["long"]
    gaps_word = [(short if unit in table["shorts"] else long) if is_vowel(unit) else gap for unit, gap in zip(word, _gaps_beside(word, bare), strict=True)]
    for place, unit in enumerate(word):
        if unit == "w" and place and place + 1 < len(word):
            gaps_word[place] = table["w"]
    if word[-3:] in _AWI and bare[-2:] != _BARE_AWI[-2:]:
        gaps_word[-3:-1] = [1.0, 1.0]
    if word[-1:] and word[-1] in table["written"]:
        gaps_word[-1] = long
    row = [0.0]
    for gap in gaps_word:
        row.append(row[-1] + gap)
    for i, one in enumerate(bare):
        own = table.get(one) if one.isupper() or one in "bf" else None
        gap = 1.0 if i in kept else own["gap"] if own else 0.1 if one == "h" else 1.0
        cheap, following = _costs().get(one, _NONE), [row[0] + gap]
        for j, other in enumerate(word):
            written = own["cost"] if own and other in own["may"] else 1.0
            change = written if own else 0.0 if one == other else cheap.get(other, 1.0)
            change = 1.0 if not i and not j and change > BEGINS else change
            following.append(min(row[j] + change, row[j + 1] + gap, following[j] + gaps_word[j]))
        row = following
        if min(row) > NEAR_MOST:
            return float(max(len(bare), len(word)))
    return row[-1]


def distance_of(left: Units, right: Units, *, bare: tuple[bool, bool]) -> float:
    """The cost of two words of which either may be written without vowels."""
    if bare[0] == bare[1]:
        return cost(left, right)
    return bare_cost(left, right) if bare[0] else bare_cost(right, left)


def share(distance: float, left: Units, right: Units) -> float:
    """A cost as a share of the length of the words."""
    return distance / max(_SHORTEST, (len(left) + len(right)) / 2)


def is_one(distance: float, part: float) -> bool:
    """Whether a cost and its share are those of two spellings of one word."""
    return distance <= MOST and part <= SHARE


def is_near(distance: float, part: float) -> bool:
    """Whether they are those of a slip, or of a name that looks alike."""
    return distance <= NEAR_MOST and part <= NEAR_SHARE


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    classes: dict[str, tuple[str, ...]] = {}
    for name, members in _table()["classes"].items():
        for member in members:
            classes[member] = (*classes.get(member, ()), "" if name == "unseen" else name)
    return classes


# Ambiguous units of one word that are followed up; two readings of three make eight keys.
_FOLLOWED = 3
_KEPT = 4


@lru_cache(maxsize=_REMEMBERED)
def skeletons(word: Units) -> frozenset[str]:
    """The consonants of a word by class, at most four, vowels, h, w, y and doubles left out: skeletons(("k", "a", "l", "i", "n")) == {"KLN"}."""
    found, followed = [""], 0
    for unit in word:
        own = _classes().get(unit, ())
        if not own:
            continue
        if len(own) > 1:
            followed += 1
            own = own if followed <= _FOLLOWED else own[:1]
        found = list(dict.fromkeys(key if key.endswith(name) else key + name for key in found for name in own))
    return frozenset(key[:_KEPT] for key in found if key)
