"""Which words of one name answer which words of another: the assignment that makes most of them one, order aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from dragoman.linking.parts import FAMILY, INITIAL, Part, particles
from dragoman.linking.spelling import Units, bare_units, cost, distance_of, is_near, is_one, share, units

ONE, NICKNAME, AN_INITIAL, NEAR = "one", "nickname", "initial", "near"
# What a pair is worth in the assignment before its nearness is added: two good pairs always beat one, a good one two near ones.
_WORTH = {ONE: 4.0, NICKNAME: 3.9, AN_INITIAL: 3.0, NEAR: 1.2}
_NEARNESS = {NICKNAME: 0.75, AN_INITIAL: 0.7}
# Words of a name that are compared; the rest of a longer one (a genealogy) is left out.
_MOST_WORDS = 8
# One letter wrong, missing, doubled or two in the wrong order is a slip in words of so many letters.
_SLIP_LENGTH = 5
# Forms of one given name have something in common, if they are to be known in other spellings than the table's.
_SHORT_FORM = 0.25
# Less than from Alexandre to Alexandra.
_SAME_FORM = 0.25
# First sounds of a name and of its initial: Юрий is Y. and J.
_SAME_INITIAL = 0.15
# A word's text, its sounds, whether it is written without vowels, whether an article stands before it.
_Word = tuple[str, Units, bool, bool]
_ARTICLE = ("al", "el", "ul")
_REMEMBERED = 32_768


@dataclass(frozen=True, slots=True)
class Pair:
    """Word `left` answers word `right`; `nearness` is 1 for equal ones."""

    left: int
    right: int
    kind: str
    nearness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words compared (neighbours that answer one word are merged) and the pairs found, by the left word."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    pairs: tuple[Pair, ...]

    @property
    def good(self) -> tuple[Pair, ...]:
        """Pairs that are spellings, short forms or initials of one word."""
        return tuple(pair for pair in self.pairs if pair.kind != NEAR)

    def left_over(self, pairs: Sequence[Pair]) -> tuple[int, ...]:
        """Words of the left name that are in none of these pairs."""
        taken = {pair.left for pair in pairs}
        return tuple(place for place in range(len(self.left)) if place not in taken)

    def right_over(self, pairs: Sequence[Pair]) -> tuple[int, ...]:
        """Words of the right name that are in none of these pairs."""
        taken = {pair.right for pair in pairs}
        return tuple(place for place in range(len(self.right)) if place not in taken)


def align(left: tuple[Part, ...], right: tuple[Part, ...]) -> Alignment:
    """The best assignment of words; where words are left over on both sides, neighbours are also tried as one word ('Abdul Hamid', 'Jong-un')."""
    left, right = left[:_MOST_WORDS], right[:_MOST_WORDS]
    best = Alignment(left, right, _assign(left, right))
    # Two names without a word in common are not mended by joining (all words as one are tried elsewhere).
    while best.pairs and len(best.left) + len(best.right) > len(best.good) * 2 and (better := _merged(best)):
        best = better
    return best


def _merged(found: Alignment) -> Alignment | None:
    """The same with two neighbours of one side joined, where the joined word is the other side's and fewer words are left over."""
    for side, other in ((found.left, found.right), (found.right, found.left)):
        for place in range(len(side) - 1):
            one, two = side[place : place + 2]
            if one.bare != two.bare or INITIAL in (one.role, two.role):
                continue
            word = _joined(one, two)
            if any(compared(word, part).kind == ONE and ONE not in (compared(one, part).kind, compared(two, part).kind) for part in other):
                words = (*side[:place], word, *side[place + 2 :])
                left, right = (words, found.right) if side is found.left else (found.left, words)
                merged = Alignment(left, right, _assign(left, right))
                if _over(merged) < _over(found):
                    return merged
    return None


def _over(found: Alignment) -> int:
    return len(found.left) + len(found.right) - 2 * len(found.good)


def _joined(one: Part, two: Part) -> Part:
    text = one.text + two.text
    role = FAMILY if FAMILY in (one.role, two.role) else one.role
    return replace(one, text=text, role=role, sounds=bare_units(text) if one.bare else units(text), soft=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two words beside each other: `kind` is empty where they are two."""

    kind: str
    nearness: float


def compared(left: Part, right: Part) -> Compared:
    """How two words of names are related."""
    if left.role == INITIAL or right.role == INITIAL:
        return _initials(left, right)
    if left.text == right.text and left.bare == right.bare:
        return Compared(ONE, 1.0)
    families = FAMILY if left.role == right.role == FAMILY else ""
    return _words((left.text, left.sounds, left.bare, left.article), (right.text, right.sounds, right.bare, right.article), families)


def _initials(left: Part, right: Part) -> Compared:
    if left.text[:1] == right.text[:1] or (left.sounds and right.sounds and cost(left.sounds[:1], right.sounds[:1]) <= _SAME_INITIAL):
        both = left.role == right.role
        return Compared(AN_INITIAL, 1.0 if both else _NEARNESS[AN_INITIAL])
    return Compared("", 0.0)


@lru_cache(maxsize=_REMEMBERED)
def _words(one: _Word, two: _Word, role: str) -> Compared:
    (left, left_sounds, left_bare, left_article), (right, right_sounds, right_bare, right_article) = one, two
    distance = distance_of(left_sounds, right_sounds, bare=(left_bare, right_bare))
    part = share(distance, left_sounds, right_sounds)
    if is_one(distance, part):
        return Compared(ONE, 1.0 - part)
    known = particles()
    if right in known.nicknames.get(left, ()) or (role != FAMILY and part <= _SHORT_FORM and _are_forms(left_sounds, right_sounds)):
        return Compared(NICKNAME, _NEARNESS[NICKNAME])
    if role == FAMILY and any(left in group and right in group for group in known.surnames):
        return Compared(ONE, 1.0)
    for word, article, other in ((left, right_article, right_sounds), (right, left_article, left_sounds)):
        # 'Albusaidi' beside 'al-Busaidi'.
        if article and not (left_bare or right_bare) and word.startswith(_ARTICLE) and len(word) > _SLIP_LENGTH:
            rest = units(word[2:])
            distance = cost(rest, other)
            if is_one(distance, share(distance, rest, other)):
                return Compared(ONE, 0.95)
    if is_near(distance, part):
        return Compared(NEAR, 1.0 - part)
    length = max(len(left), len(right))
    if not (left_bare or right_bare) and length >= _SLIP_LENGTH and OSA.distance(left, right, score_cutoff=1) == 1:
        return Compared(NEAR, 1.0 - 1.0 / length)
    return Compared("", max(0.0, 1.0 - part))


def _are_forms(left: Units, right: Units) -> bool:
    """Whether two spellings are of forms that the table of short forms has together: Mikhaïl, Mykhaïlo."""
    return any(_is_in(left, group) and _is_in(right, group) for group in _groups())


@cache
def _groups() -> tuple[tuple[Units, ...], ...]:
    return tuple({tuple(units(name) for name in sorted(group)) for group in particles().nicknames.values()})


def _is_in(word: Units, group: tuple[Units, ...]) -> bool:
    return any(cost(word, name) <= _SAME_FORM for name in group)


def _assign(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[Pair, ...]:
    """The assignment worth most, by trying all (names are short); of equally good ones the one that keeps the order."""
    table = [[compared(one, other) for other in right] for one in left]
    memory: dict[tuple[int, int], tuple[float, tuple[Pair, ...]]] = {}

    def best(place: int, taken: int) -> tuple[float, tuple[Pair, ...]]:
        if place == len(left):
            return 0.0, ()
        known = memory.get((place, taken))
        if known is not None:
            return known
        found = best(place + 1, taken)
        for other in range(len(right)):
            seen = table[place][other]
            if not seen.kind or taken >> other & 1:
                continue
            worth, pairs = best(place + 1, taken | 1 << other)
            # A father's initial or an equal place decides between equals.
            worth += _WORTH[seen.kind] + seen.nearness - abs(place - other) * 0.001
            if worth > found[0]:
                found = worth, (Pair(place, other, seen.kind, seen.nearness), *pairs)
        memory[place, taken] = found
        return found

    return best(0, 0)[1]
