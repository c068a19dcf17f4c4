"""Whether two names are of one person, across languages, scripts and spellings: a pure function of the two strings that says why.

    name ──scripts──▶ Latin letters ──parts──▶ words with roles ──alignment──▶ pairs of words (spelling: how far apart) ──▶ NameLikeness

A score says three things: from SAME up, the names are of one person as far as names can tell; from COMPATIBLE up they may be (a surname alone, a slip of
the pen, a name that looks alike), and office, country or date must decide; below, they are two persons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.distance import Indel

from dragoman.languages.fold import fold
from dragoman.linking.alignment import AN_INITIAL, NEAR, ONE, Alignment, Pair, align, compared
from dragoman.linking.bodies import body_likeness, is_body
from dragoman.linking.parts import FAMILY, INITIAL, Part, Reading, family_keys, particles, parts, readings
from dragoman.linking.scripts import characters
from dragoman.linking.spelling import LONGEST, Units, bare_units, cost, distance_of, is_vowel, share, skeletons, units

__all__ = ["BY_A_CONSONANT", "BY_LETTERS", "COMPATIBLE", "LEFT_OUT", "OTHER_BEGINNING", "SAME", "NameLikeness", "keys", "likeness", "parts"]

SAME = 0.75
COMPATIBLE = 0.5
_SURNAME_ALONE = 0.6
_GIVEN_ALONE = 0.5
_SLIP = 0.55
# What two persons of one surname share at most.
_TWO = 0.45
_EXTRA = 0.02
_TURNED = 0.03
# How far letters without vowels may mend what the vowelled spelling of the same name misses.
_MENDED = 0.4
# So many consonants in a row tell a word without its vowels. Of 500 names in Arabic letters against all like ones, three are too few (18 more are mistaken
# for another), four mistake none.
_TELLING = 4
_REMEMBERED = 32_768
# What inside a word may be a vowel in another spelling (Tarapyan, Karapian), and what stands for one at its beginning.
_GLIDES, _FIRST = frozenset("yAWY"), "A"
_OTHER, _NEAR_WORDS = "other words", "near spellings"
# Of near names, the reasons that may be those of two people: a pen leaves a letter out more often than it writes another, and seldom begins with it.
_OTHER_CONSONANT, OTHER_BEGINNING = "near spellings, one consonant another", "near spellings that begin otherwise"
BY_A_CONSONANT = (_OTHER_CONSONANT, OTHER_BEGINNING)
# And those that two of one office seldom have: a letter is left out, or each word is one with that of the other name by letters without vowels, too few to
# tell by themselves, or by the vowels that a library puts there.
LEFT_OUT, BY_LETTERS = "near spellings, a letter left out", "near spellings, the same letters"
# Philip and Philippe, Erik and Eric; but Marie is not Maria.
_COPIED_GIVEN = 0.975
# Of so many words without the first there is left a father's whole name.
_CHAIN = 3
# Letters of one script that may be written either way (ه and ة) leave so much.
_LETTERS = 0.97
# Names run together must be nearer than words, lest 'Martin' become 'Martina' between others.
_TOGETHER_MOST, _TOGETHER_SHARE = 0.6, 0.07


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """`score` from 0 to 1, `features` what it comes from: the reason in words, figures by part, and both names as they were read."""

    score: float
    features: Mapping[str, float | str]
    same: bool


@dataclass(frozen=True, slots=True)
class _Verdict:
    score: float
    reason: str
    found: Alignment
    order: str = "same"


def likeness(left: str, right: str) -> NameLikeness:
    """How alike two names are; symmetric, and 1.0 for names that differ in case, accents and punctuation only."""
    if left == right or (_plain(left) and _plain(left) == _plain(right)):
        return _told(1.0, {"reason": "equal"})
    ours_written, theirs_written = characters(left), characters(right)
    if ours_written and ours_written == theirs_written:
        return _told(1.0, {"reason": "equal"})
    if is_body(left) or is_body(right):
        score, features = body_likeness(left, right)
        return _told(score, features)
    if (right, left) < (left, right):
        left, right = right, left
        ours, theirs = "right", "left"
    else:
        ours, theirs = "left", "right"
    verdict = _best(readings(left), readings(right))
    if verdict.score >= SAME and particles().own & set(left) & set(right) and not _letter_by_letter(verdict.found):
        verdict = replace(verdict, score=_SLIP + 0.1, reason=_NEAR_WORDS)
    features = {"reason": verdict.reason, "order": verdict.order, ours: _shown(verdict.found.left), theirs: _shown(verdict.found.right)}
    for role, name in ((FAMILY, "family"), ("", "given")):
        near = [pair.nearness for pair in verdict.found.pairs if (verdict.found.left[pair.left].role == FAMILY) == bool(role)]
        if near:
            features[name] = round(sum(near) / len(near), 3)
    if ours_written and theirs_written:
        # 高石 and 高市 sound alike in Chinese; who writes characters tells them apart.
        return _told(min(verdict.score, _SURNAME_ALONE), features | {"reason": "other characters"})
    return _told(verdict.score, features)


@lru_cache(maxsize=_REMEMBERED)
def keys(name: str) -> frozenset[str]:
    """Blocking keys: consonants by class of each word, in Latin letters; two names of one person nearly always share one."""
    found: set[str] = set()
    for reading in readings(name):
        found |= family_keys(reading)
    return frozenset(found)


@lru_cache(maxsize=_REMEMBERED)
def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


def _told(score: float, features: Mapping[str, float | str]) -> NameLikeness:
    score = round(min(1.0, max(0.0, score)), 3)
    return NameLikeness(score, MappingProxyType(dict(features)), score >= SAME)


def _shown(words: Sequence[Part]) -> str:
    return " ".join(part.text for part in words)


def _best(left: Sequence[Reading], right: Sequence[Reading]) -> _Verdict:
    """Of all ways to read the two names the one that makes them most alike; what only letters without vowels say is trusted so far."""
    if left[-1].bare and right[-1].bare:
        # Two names in one script without vowels are compared by their letters, not by what vowels a library puts between them.
        verdict = _judged(left[-1], right[-1])
        strict = all(pair.nearness >= _LETTERS for pair in verdict.found.good)
        return verdict if strict or verdict.score < SAME else replace(verdict, score=_SLIP + 0.1, reason=_NEAR_WORDS)
    spelt = [_judged(one, other) for one in left for other in right if one.bare == other.bare]
    letters = [_judged(one, other) for one in left for other in right if one.bare != other.bare]
    vowelled = max((verdict.score for verdict in spelt), default=None)
    best = max(spelt + letters, key=lambda verdict: verdict.score)
    if vowelled is not None and best.score > vowelled + _MENDED and _keeps_letters(left) and _keeps_letters(right) and not _told_by_letters(left, right, best):
        return max(*spelt, replace(best, score=_SLIP + 0.1, reason=BY_LETTERS), key=lambda verdict: verdict.score)
    if best.reason in (_OTHER, _NEAR_WORDS, LEFT_OUT, *BY_A_CONSONANT) and _each_is_one(left, right):
        return replace(best, score=_SLIP + 0.1, reason=BY_LETTERS)
    return best


def _each_is_one(left: Sequence[Reading], right: Sequence[Reading]) -> bool:
    """Whether each word of one name is one with that of the other in some way to read them; where there is one way only, that is judged already."""
    words = [[way.core for way in named] for named in (left, right)]
    if len(left) == len(right) == 1 or len({len(core) for ways in words for core in ways}) != 1:
        return False
    return all(any(compared(one[place], other[place]).kind == ONE for one in words[0] for other in words[1]) for place in range(len(words[0][0])))


def _told_by_letters(left: Sequence[Reading], right: Sequence[Reading], best: _Verdict) -> bool:
    """Whether each word has so many consonants that they tell by themselves, or vowels that are at least near: of موفتبرغ a library makes 'Moftabragh'."""
    sides = (best.found.left, best.found.right)
    ways = [[way for way in named if not way.bare] or list(named) for named in (left, right)]
    if any(len(side) != len(way.core) for side, named in zip(sides, ways, strict=True) for way in named):
        return False
    for pair in best.found.good:
        words = (sides[0][pair.left], sides[1][pair.right])
        spelt = (compared(one.core[pair.left], other.core[pair.right]).kind for one in ways[0] for other in ways[1])
        if min(map(_consonants, words)) < _TELLING and not any(spelt):
            return False
    return True


def _consonants(word: Part) -> int:
    """Consonants of a word, as it is written; what may be a vowel in a script without them is none, and x is two."""
    return sum(not is_vowel(sound) and sound not in "AWYH" for sound in word.sounds) + word.sounds.count("x")


def _keeps_letters(ways: Sequence[Reading]) -> bool:
    """Whether the vowelled way to read a name has all the consonants of its letters; of long foreign names some are lost: ميسكيريرو becomes 'miskiro'."""
    if len(ways) == 1:
        return True
    spelt, letters = ways[0].core, ways[-1].core
    return len(spelt) == len(letters) and all(compared(one, other).kind == ONE for one, other in zip(spelt, letters, strict=True))


def _letter_by_letter(found: Alignment) -> bool:
    """Whether words that are one are so but for umlauts: Gökhan, Goekhan."""
    return all(_umlauts(found.left[pair.left].text) == _umlauts(found.right[pair.right].text) for pair in found.good if pair.kind == ONE)


def _umlauts(word: str) -> str:
    return word.replace("ue", "u").replace("oe", "o").replace("ae", "a").replace("ss", "s")


def _judged(left: Reading, right: Reading) -> _Verdict:
    found = align(left.core, right.core)
    if not left.core or not right.core:
        return _Verdict(0.0, "nothing to compare", found)
    if left.generation and right.generation and left.generation != right.generation:
        return _Verdict(_TWO, "another generation", found)
    if len(found.left) == 1 or len(found.right) == 1:
        return _single(found)
    verdict = _several(left, right, found)
    if verdict.score >= SAME or verdict.reason not in (_OTHER, _NEAR_WORDS) or len(found.pairs) == len(found.left) == len(found.right):
        return verdict
    return max(verdict, _run_together(left, right, found), key=lambda one: one.score)


def _single(found: Alignment) -> _Verdict:
    """One of the names is a single word."""
    if not found.pairs:
        nearness = max(compared(one, other).nearness for one in found.left for other in found.right)
        return _Verdict(_TWO * nearness, _OTHER, found)
    pair = found.pairs[0]
    if len(found.left) == len(found.right) == 1:
        if pair.kind == NEAR:
            return _Verdict(_SLIP + 0.1 * pair.nearness, _NEAR_WORDS, found)
        return _Verdict(SAME + (1 - SAME) * pair.nearness if pair.kind == ONE else COMPATIBLE, "one word, the same", found)
    longer = found.left[pair.left] if len(found.left) > 1 else found.right[pair.right]
    if pair.kind == NEAR:
        return _Verdict(_TWO * pair.nearness, "a single word, near to one of several", found)
    if pair.kind == ONE and longer.role == FAMILY:
        return _Verdict(_SURNAME_ALONE * pair.nearness, "surname alone", found)
    return _Verdict(_GIVEN_ALONE * pair.nearness, "a single word, no surname", found)


def _several(left: Reading, right: Reading, found: Alignment) -> _Verdict:
    """Both names have several words: all of one must be in the other, in an order that names are turned to."""
    good = found.good
    over_left = [place for place in found.left_over(good) if not found.left[place].soft]
    over_right = [place for place in found.right_over(good) if not found.right[place].soft]
    if not _fathers_agree(left.patronymics, right.patronymics):
        return _Verdict(_TWO, "another father", found)
    if (over_left and over_right) or sum(pair.kind != AN_INITIAL for pair in good) < 1 or len(good) < 2:
        return _two(found, one_script=left.latin == right.latin and left.bare == right.bare)
    if _initials_differ(found, over_left, over_right):
        return _Verdict(_TWO, "another initial", found)
    order = _order(good)
    if order == "mixed" or (order == "turned" and _another_when_turned(left, right, found, good)):
        return _Verdict(_TWO, "the same words in another order", found, order)
    if left.latin and right.latin and _copied_otherwise(found, good):
        return _Verdict(_SLIP + 0.1, _NEAR_WORDS, found, order)
    if _father_for_son(found.left, over_left) or _father_for_son(found.right, over_right):
        return _Verdict(_TWO, "a father's name alone", found, order)
    nearness = sum(pair.nearness for pair in good) / len(good)
    paid = _EXTRA * min(4, len(over_left) + len(over_right)) + (_TURNED if order == "turned" and not left.turned | right.turned else 0.0)
    reason = "spellings of one name" if not (over_left or over_right) else "one name, longer and shorter"
    return _Verdict(max(SAME, SAME + (1 - SAME) * nearness - paid), reason, found, order)


def _two(found: Alignment, *, one_script: bool) -> _Verdict:
    """Words are left over on both sides: a slip or a name that looks alike where each of them is near to one of the other name, else two persons."""
    over = min(len(found.left_over(found.pairs)), len(found.right_over(found.pairs)))
    words = max(len(found.left), len(found.right))
    total = sum(pair.nearness for pair in found.pairs) / words
    slips = [pair for pair in found.pairs if pair.kind == NEAR]
    if found.good and not over and len(slips) == 1 and len(found.pairs) > 1 and _order(found.pairs) == "same":
        reason = _how_near(found.left[slips[0].left], found.right[slips[0].right], one_script=one_script)
        return _Verdict(_SLIP + 0.15 * slips[0].nearness, reason, found)
    return _Verdict(_TWO * total, _OTHER, found)


def _how_near(left: Part, right: Part, *, one_script: bool) -> str:
    """What is amiss between two near words: one consonant, or the first of them, is plainly another (Korvin, Jorvin), or a letter before the last is left
    out; else vowels.
    """

    def differ(one: str, two: str) -> bool:
        # A letter that one script lacks is another of its class there: Arabic has no p.
        return cost((one,), (two,)) >= 1 and (one_script or skeletons((one,)).isdisjoint(skeletons((two,))))

    if left.bare == right.bare and left.text[-1:] == right.text[-1:] and Indel.distance(left.text, right.text, score_cutoff=1) == 1:
        return LEFT_OUT
    ours, theirs = (_consonants_of(word, _GLIDES if one_script else _GLIDES | {"w"}) for word in (left, right))
    shorter, longer = sorted((ours, theirs), key=len)
    if len(longer) == len(shorter) + 1 and any(not any(map(differ, shorter, (*longer[:place], *longer[place + 1 :]))) for place in range(len(shorter))):
        return LEFT_OUT
    if ours and theirs and left.sounds[0] == ours[0] and right.sounds[0] == theirs[0] and differ(ours[0], theirs[0]):
        return OTHER_BEGINNING
    return _OTHER_CONSONANT if len(ours) == len(theirs) and sum(map(differ, ours, theirs)) == 1 else _NEAR_WORDS


def _consonants_of(word: Part, glides: frozenset[str]) -> Units:
    return tuple(sound for place, sound in enumerate(word.sounds) if not is_vowel(sound) and not (sound in glides if place else sound == _FIRST))


def _fathers_agree(left: Sequence[Part], right: Sequence[Part]) -> bool:
    return not left or not right or any(compared(one, other).kind in (ONE, AN_INITIAL) for one in left for other in right)


def _initials_differ(found: Alignment, over_left: Sequence[int], over_right: Sequence[int]) -> bool:
    """'George W. Bush' and 'George H. W. Bush': both have initials beside a whole given name, and one has another."""
    if not any(found.left[place].role == INITIAL for place in over_left) and not any(found.right[place].role == INITIAL for place in over_right):
        return False
    has = all(any(part.role == INITIAL for part in side) for side in (found.left, found.right))
    return has and sum(pair.kind == ONE for pair in found.good) > 1


def _order(pairs: Sequence[Pair]) -> str:
    """'same', 'turned' (first words last, or last first), or 'mixed'."""
    places = [pair.right for pair in sorted(pairs, key=lambda pair: pair.left)]
    falls = sum(one > other for one, other in pairwise(places))
    if not falls:
        return "same"
    return "turned" if falls == 1 and places[-1] < places[0] else "mixed"


def _another_when_turned(left: Reading, right: Reading, found: Alignment, good: Sequence[Pair]) -> bool:
    """'Hassan Ali' is not 'Ali Hassan', nor a son his father; a name in capitals or before a comma says itself which is the family's."""
    if left.turned != right.turned:
        return False
    if left.kin or right.kin:
        return True
    if all(any(part.article for part in side) for side in (found.left, found.right)) and any(
        found.left[pair.left].article != found.right[pair.right].article for pair in good
    ):
        return True
    known = particles().both
    return all(found.left[pair.left].text in known or found.right[pair.right].text in known for pair in good)


def _copied_otherwise(found: Alignment, good: Sequence[Pair]) -> bool:
    """Words that differ in sound where a given name is of a language that writes Latin letters: Michel Barnier, Michel Bernier."""
    fixed = particles().fixed
    surnames = [pair for pair in good if found.left[pair.left].role == found.right[pair.right].role == FAMILY]
    given = [pair for pair in good if pair not in surnames and fixed & {found.left[pair.left].text, found.right[pair.right].text}]
    others = [pair for pair in good if pair.kind == ONE and pair not in given]
    left, right = found.left, found.right
    if any(pair.kind == ONE and pair.nearness < _COPIED_GIVEN for pair in given):
        return True
    return bool(given) and any(_umlauts(left[pair.left].text) != _umlauts(right[pair.right].text) for pair in others)


def _father_for_son(words: Sequence[Part], over: Sequence[int]) -> bool:
    """The first word is left over and a father's name follows, said by 'bin' or by a chain of names: Mohammed bin Salman is not Salman."""
    return 0 in over and len(words) > 1 and (words[1].father or len(words) > _CHAIN)


def _run_together(left: Reading, right: Reading, found: Alignment) -> _Verdict:
    """All words of each name as one, also turned: 'JanDaniel Bothma', 'Patr ushev'."""
    if any(part.role == INITIAL for part in (*left.core, *right.core)) or left.kin != right.kin:
        return _Verdict(0.0, "", found)
    ours = "".join(part.text for part in left.core)
    if len(ours) > LONGEST:
        return _Verdict(0.0, "", found)
    for turn in {0, 1, len(right.core) - 1} if len(left.core) != len(right.core) else {0}:
        words = right.core[turn:] + right.core[:turn]
        theirs = "".join(part.text for part in words)
        sounds = bare_units(ours) if left.bare else units(ours), bare_units(theirs) if right.bare else units(theirs)
        distance = distance_of(*sounds, bare=(left.bare, right.bare))
        part = share(distance, *sounds)
        if distance <= _TOGETHER_MOST and part <= _TOGETHER_SHARE:
            return _Verdict(SAME + (1 - SAME) * (1 - part) - _TURNED, "spellings of one name, words joined otherwise", found, "turned" if turn else "same")
    return _Verdict(0.0, "", found)
