"""The words of a person's name with what each is: given, family, patronymic, initial, particle, title, suffix.

Roles are guesses from the name alone (order, script, capitals, commas, small tables); comparing names leans on them as little as it can.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from dragoman.linking.scripts import Sounded, sounded
from dragoman.linking.spelling import Units, bare_units, skeletons, units

GIVEN, FAMILY, PATRONYMIC, INITIAL, PARTICLE, TITLE, SUFFIX = "given", "family", "patronymic", "initial", "particle", "title", "suffix"
# Names remembered, some 4 KB each: the persons of some thousand articles.
_REMEMBERED = 16_384
_TOKEN = re.compile(r"[A-Za-z]+|,|-|\.")
_BARE_BOUND = {"AbW": "abu", "bW": "abu", "AbA": "abu", "AbY": "abu", "Am": "umm", "bn": "bin", "Abn": "bin", "bnt": "bin"}
# 'Abdul', 'Abdel', 'Abd al-': what is left of the article goes, also where it is written as the next letter: Abdurrahman.
_SERVANT = re.compile(r"^abd(?:[aeiou]{1,2}(?:l(?!ah)|([rsztdnj])(?=\1|h))|[aeiou]{0,2}(?=l+ah))?")
_SERVANT_ALONE = re.compile(r"abd(?:[aeou]{1,2}[lrsztdnj]?)?")
# Abulfazl, Ebulgayt, Aboulgheit.
_FATHER = re.compile(r"^(?:a|e)bo?ul(?=[a-z]{4})")
# 'Saifuddin', 'Fahretin', but not 'Tsvetin': of the word before there is a vowel; nor 'Knoten'.
_FAITH = re.compile(r"(?<=[aeiouy])([^aeiouy]*)(?:[aeou]{1,2}(?:dd?|tt|t(?=i))|[dt]{2})[iey]{1,2}ne?$")


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name in small Latin letters; `bare` if its vowels are not written; `sounds` are its units.

    `article` tells that an article stood before it, `father` that it follows 'bin' or the like, `shouted` that it alone of the name is in capitals.
    """

    text: str
    role: str
    sounds: Units = ()
    bare: bool = False
    article: bool = False
    father: bool = False
    shouted: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: all its parts in order, and of them those that tell persons apart.

    `latin` is whether it was written in Latin letters, `turned` whether the family's name is known to stand first: by capitals, a comma or the script.
    """

    all: tuple[Part, ...]
    core: tuple[Part, ...]
    patronymics: tuple[Part, ...] = ()
    generation: str = ""
    turned: bool = False
    bare: bool = False
    latin: bool = False

    @property
    def kin(self) -> bool:
        """Whether some word is a father's name after 'bin' or the like."""
        return any(part.father for part in self.core)


@dataclass(frozen=True, slots=True)
class _Particles:
    articles: frozenset[str]
    hyphened: frozenset[str]
    kin: frozenset[str]
    bound: frozenset[str]
    other: frozenset[str]
    sons: frozenset[str]
    titles: frozenset[str]
    generations: frozenset[str]
    honours: frozenset[str]
    family_first: frozenset[str]
    patronymics: tuple[str, ...]
    both: frozenset[str]
    fixed: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    surnames: tuple[frozenset[str], ...]
    own: frozenset[str]


@cache
def particles() -> _Particles:
    """The table particles.toml."""
    table = tomllib.loads((Path(__file__).parent / "particles.toml").read_text(encoding="utf-8"))
    short: dict[str, frozenset[str]] = {}
    for group in table["nicknames"]:
        for name in group:
            short[name] = short.get(name, frozenset()) | frozenset(group)
    surnames = tuple(map(frozenset, table["surnames"]))
    names = ("articles", "hyphened", "kin", "bound", "other", "sons", "titles", "generations", "honours", "family_first", "both", "fixed")
    return _Particles(
        **{name: frozenset(table[name]) for name in names},
        patronymics=tuple(table["patronymics"]),
        nicknames=short,
        surnames=surnames,
        own=frozenset(letter for letter in table["own"] + table["own"].upper() if not letter.isascii()),
    )


def parts(name: str) -> tuple[Part, ...]:
    """The words of a name in the order written: [part.role for part in parts("Sergey Viktorovich Lavrov")] == ["given", "patronymic", "family"]."""
    return readings(name)[0].all


@lru_cache(maxsize=_REMEMBERED)
def readings(name: str) -> tuple[Reading, ...]:
    """Every way to read a name, the one to show first."""
    return tuple(_read(way) for way in sounded(name))


@dataclass(slots=True)
class _Token:
    text: str
    capital: bool
    upper: bool
    hyphen_before: bool = False
    hyphen_after: bool = False
    dot: bool = False
    comma: bool = False


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    end, hyphen = 0, False
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark == "-":
            if found and not text[end : match.start()].strip():
                found[-1].hyphen_after = hyphen = True
        elif mark == ",":
            if found:
                found[-1].comma = True
        elif mark == ".":
            if found:
                found[-1].dot = True
        else:
            found.append(_Token(mark.lower(), mark[:1].isupper(), mark.isupper() and len(mark) > 1, hyphen_before=hyphen))
            hyphen = False
        end = match.end()
    return found


def _bare_tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for word in text.split():
        pieces = word.split("-")
        for place, piece in enumerate(pieces):
            found.append(_Token(_BARE_BOUND.get(piece, piece), capital=False, upper=False, hyphen_before=place > 0, hyphen_after=place < len(pieces) - 1))
    return found


def _read(way: Sounded) -> Reading:
    known = particles()
    tokens = _bare_tokens(way.text) if way.bare else _tokens(way.text)
    uppers = sum(token.upper for token in tokens)
    mixed = 0 < uppers < sum(len(token.text) > 1 for token in tokens) and any(len(token.text) > 3 for token in tokens if token.upper)
    found: list[Part] = []
    article = father = False
    bound, comma_at, generation = "", 0, ""
    plain = sum(token.text not in known.titles and token.text not in known.articles for token in tokens)
    for place, token in enumerate(tokens):
        text, last = token.text, place == len(tokens) - 1
        core = sum(part.role not in (PARTICLE, TITLE) for part in found)
        if token.comma and not last and tokens[place + 1].text not in known.generations | known.honours:
            comma_at = comma_at or core + 1
        if not way.bare and place and core and text in known.generations and (last or token.dot or tokens[place - 1].comma):
            found.append(Part(text, SUFFIX))
            generation = {"junior": "jr", "senior": "sr"}.get(text, text)
        elif not way.bare and place and last and core and text in known.honours:
            found.append(Part(text, SUFFIX))
        elif not way.bare and text in known.titles and not last and plain >= 2 and not core and not token.hyphen_after:
            found.append(Part(text, TITLE))
        elif not last and _is_article(token, known):
            article = True
            if not bound:
                found.append(Part(text, PARTICLE))
        elif text in known.kin and not last and core:
            father = True
            found.append(Part(text, PARTICLE))
        elif text in known.bound and not last:
            bound = "abu" if text[0] in "ae" else "umm"
        elif text in known.sons and core:
            found.append(Part(text, PARTICLE))
        elif _is_servant(token, tokens[place + 1 :], core):
            bound = "abd"
        elif text in known.other and not last and (core or len(text) > 1) and not token.upper | token.dot | (token.capital and len(text) == 1):
            # A small word that begins a name may be a word of it: Van Yi, Le Pen, La Russa.
            role = PARTICLE if core else GIVEN
            found.append(Part(text, role, *_sounds(text, way), soft=not core))
        else:
            found.extend(_pieces(bound + text, token, way, article=article, father=father, shouted=mixed and token.upper, bound=bool(bound)))
            article, father, bound = False, False, ""
    return _with_roles(found, way, comma_at, generation)


def _sounds(text: str, way: Sounded) -> tuple[Units]:
    return (bare_units(text) if way.bare else units(text),)


def _is_article(token: _Token, known: _Particles) -> bool:
    if token.text not in known.articles or (token.upper and len(token.text) > 2):
        return False
    if token.text in known.hyphened:
        return token.hyphen_after
    return True


def _is_servant(token: _Token, rest: list[_Token], core: int) -> bool:
    """'Abd' and 'Abdul' before more words; the first of two words is a name by itself ('Abdu Salam')."""
    if not rest or not _SERVANT_ALONE.fullmatch(token.text):
        return False
    return core > 0 or token.hyphen_after or len(rest) > 1


def _pieces(text: str, token: _Token, way: Sounded, *, article: bool, father: bool, shouted: bool, bound: bool) -> list[Part]:
    initial = len(text) == 1 and not way.bare and not way.own
    if not way.bare and not initial and not bound:
        text = _FATHER.sub("abu", text)
    if not way.bare and not initial:
        text = _FAITH.sub(r"\1din", _SERVANT.sub("abd", text, count=1) if text.startswith("abd") and len(text) > 5 else text) if len(text) > 4 else text
    role = INITIAL if initial else GIVEN
    return [Part(text, role, *_sounds(text, way), bare=way.bare, article=article and not bound, father=father, shouted=shouted)]


def _joined_faith(core: list[Part]) -> list[Part]:
    """'Saif al-Din' is one word with 'Saifuddin'."""
    done: list[Part] = []
    for part in core:
        if done and part.article and part.text in ("din", "dine", "deen", "dyn", "dYn") and not part.father:
            text = done[-1].text + ("dYn" if part.bare else "din")
            done[-1] = replace(done[-1], text=text, sounds=bare_units(text) if part.bare else units(text))
        else:
            done.append(part)
    return done


def _with_roles(found: list[Part], way: Sounded, comma_at: int, generation: str) -> Reading:
    known = particles()
    core = _joined_faith([part for part in found if part.role in (GIVEN, INITIAL)])
    words = [part for part in core if part.role == GIVEN]
    names = [part for part in words if not (not part.bare and len(words) >= 3 and _is_patronymic(part, words, known))]
    fathers = [part for part in words if part not in names]
    turned = way.own or bool(comma_at) or bool(names and names[0].shouted and not all(part.shouted for part in names))
    family: list[Part] = []
    if len(names) == 1:
        family = names
    elif comma_at:
        family = names[:comma_at] if comma_at < len(names) else names[:1]
    elif any(part.shouted for part in names) and not all(part.shouted for part in names):
        family = [part for part in names if part.shouted]
    elif names and (way.own or (names[0].text in known.family_first and names[-1].text not in known.family_first and len(names) <= 3)):
        family = names[:1]
    elif names:
        family = names[-1:]
    roles = {id(part): FAMILY for part in family} | {id(part): PATRONYMIC for part in fathers}
    core_roles = [replace(part, role=roles.get(id(part), part.role)) for part in core]
    shown = tuple(replace(part, role=roles.get(id(part), part.role)) for part in found)
    kept = tuple(part for part in core_roles if part.role != PATRONYMIC)
    return Reading(shown, kept, tuple(part for part in core_roles if part.role == PATRONYMIC), generation, turned, way.bare, way.latin)


def _is_patronymic(part: Part, words: list[Part], known: _Particles) -> bool:
    """'Viktorovich' between two other words or at the end; a name of three words never begins with one."""
    return part is not words[0] and part.text.endswith(known.patronymics) and len(part.text) > 6 and (part is not words[-1] or len(words) == 3)


def family_keys(reading: Reading) -> frozenset[str]:
    """The consonant skeletons of all words of a reading, and of neighbours written as one."""
    found: set[str] = set()
    core = [part for part in reading.core if part.role != INITIAL]
    for part in core:
        found |= skeletons(part.sounds) or {"".join(part.sounds)[:1].upper() + "_"}
    for left, right in pairwise(core):
        found |= skeletons(left.sounds + right.sounds)
    return frozenset(found)
