"""Whether two names are of one company or body: legal forms and small words set aside, every other word must be in both names.

Names of states' bodies in several languages are matched by knowledge, not here; this only keeps 'Bank of Armenia' from being read as a person's name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from dragoman.languages.fold import fold
from dragoman.linking.scripts import sounded

# A word of four letters and more may have one slip in four.
_SLIP_SHARE, _SLIP_LENGTH = 0.7, 4
# As in names.py: what slips, what an unlike form and what other words leave of the score.
_SLIPPED, _SLIPS_NEAR, _OTHER_FORM, _OTHER_WORDS = 0.66, 0.1, 0.6, 0.6
_DOTTED = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_WORD = re.compile(r"[^\W_]+")
# A legal form of more letters is no initials.
_LONG = 2
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class _Words:
    forms: tuple[tuple[tuple[str, ...], str], ...]
    plain: frozenset[str]
    body: frozenset[str]
    small: frozenset[str]
    alike: dict[str, str]


@cache
def _table() -> _Words:
    table = tomllib.loads((Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8"))
    forms = sorted(((tuple(spelt.split()), form) for form, spellings in table["forms"].items() for spelt in spellings), key=lambda row: -len(row[0]))
    return _Words(tuple(forms), frozenset(table["plain"]), frozenset(table["words"]["body"]), frozenset(table["words"]["small"]), table["alike"])


@dataclass(frozen=True, slots=True)
class _Body:
    core: tuple[str, ...]
    whole: str
    forms: frozenset[str]
    sure: bool


@lru_cache(maxsize=_REMEMBERED)
def _read(name: str) -> _Body:
    """The words of a name without its legal form; `sure` is whether form or words say that it is a body."""
    table = _table()
    # "Int'l", "Bank's" and 'p.l.c.' are a word each.
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), name.replace("’", "'")).replace("'", "").replace("&", " and ")
    words = [table.alike.get(word, word) for word in _WORD.findall(fold(sounded(text)[0].text))]
    found: set[str] = set()
    core: list[str] = []
    at, long = 0, False
    while at < len(words):
        row = next((row for row in table.forms if _stands(row[0], words, at)), None)
        if row:
            found.add(row[1])
            long = long or len(row[0][0]) > _LONG
            at += len(row[0])
            continue
        if words[at] not in table.small:
            core.append(words[at])
        at += 1
    kept = tuple(word for word in core if word not in table.plain) or tuple(core) or tuple(words)
    long = long or any(word in table.plain for word in core)
    sure = bool(table.body & set(words)) or (long and len(words) > 1) or any(word.isdigit() for word in words)
    return _Body(kept, "".join(word for word in words if word not in table.plain), frozenset(found), sure)


def _stands(spelt: tuple[str, ...], words: list[str], at: int) -> bool:
    """Whether a legal form stands here; one of two letters only at either end."""
    end = at + len(spelt)
    return tuple(words[at:end]) == spelt and (len(spelt[0]) > _LONG or end == len(words) or not at)


def is_body(name: str) -> bool:
    """Whether a name is plainly a company's or a body's: is_body("Deutsche Bank AG")."""
    return _read(name).sure


def body_likeness(left: str, right: str) -> tuple[float, dict[str, float | str]]:
    """The score of two names of bodies, on the scale of names.likeness, and what it comes from."""
    one, other = _read(left), _read(right)
    forms = "other" if one.forms and other.forms and not one.forms & other.forms else "same"
    near, kinds = (1.0, "equal") if one.whole == other.whole else _nearness(one.core, other.core)
    features: dict[str, float | str] = {"kind": "body", "words": round(near, 3), "forms": forms, "left": " ".join(one.core), "right": " ".join(other.core)}
    if kinds == "other":
        return _OTHER_WORDS * near, features | {"reason": "other words"}
    if kinds == "slip":
        return _SLIPPED + _SLIPS_NEAR * (near - 1.0), features | {"reason": "near spellings"}
    if forms == "other":
        return _OTHER_FORM, features | {"reason": "another legal form"}
    return 0.95, features | {"reason": "spellings of one name"}


def _nearness(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[float, str]:
    """The share of words that both have, and whether all of them are equal, some slipped, or some are others."""
    if "".join(left) == "".join(right) or "".join(word[0] for word in right) in left[:1] or "".join(word[0] for word in left) in right[:1]:
        return 1.0, "equal"
    rest = list(right)
    total, slips, over = 0.0, 0, 0
    for word in left:
        best = max(rest, key=lambda other: (OSA.normalized_similarity(word, other), other), default="")
        near = OSA.normalized_similarity(word, best) if best else 0.0
        if near == 1.0 or (near >= _SLIP_SHARE and len(word) >= _SLIP_LENGTH and not word.isdigit()):
            rest.remove(best)
            total += near
            slips += near < 1.0
        else:
            over += 1
    share = 2 * total / (len(left) + len(right))
    return share, "other" if over or rest else "slip" if slips else "equal"
