"""Persons: which entities of articles are one, by their names first, then by office and state.

    entity ──fullest name, state, offices, gender──▶ Item (shared by all articles that show the same of a person) ──keys──▶ pairs ──likeness──▶ groups

Names decide as far as names can: two whole names that are spellings of one link whatever the offices say, unless much speaks against it (readings
err in offices more often than two office-holders share a name). A surname alone links to nobody without a state or an office in common.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, product, starmap
from typing import cast

from dragoman.languages.fold import fold
from dragoman.linking import names
from dragoman.linking.alignment import ONE, compared
from dragoman.linking.bare import Judge, parted
from dragoman.linking.grouping import Pair
from dragoman.linking.items import Fact, Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.offices import ONE_AT_A_TIME, office_key
from dragoman.linking.parts import FAMILY, INITIAL, PATRONYMIC, Part, readings
from dragoman.linking.scripts import is_other_script, with_sounds
from dragoman.linking.spelling import skeletons
from dragoman.model.reading import Entity, OfficeHolding, Reading

NAME = "person"
# On 29 articles in nine dossiers (benchmarks.linking) pair F1 is 0.985 from 0.56 to 0.67, 0.981 at 0.70, 0.970 at 0.76; 49 more articles, read by eye, had
# two wrong pairs below 0.655 (Han Zheng and Chang Ho-jin, Abdi Warsame and Sahra Abdi Warsame).
THRESHOLD = 0.66
# What stands for a name where it is a word alone, or a chain of names whose ends agree: less than the threshold, so that names alone never link these.
_ALONE, _ENDS, _MAYBE = 0.6, 0.55, 0.62
# Where a near name begins with another consonant: so little that no office links them (Korvin and Jorvin, both of one ministry, are two).
_BEGUN = 0.5
# A name that is one with another in part or in another order: it links, but not across states; nor at all by itself where its first word is left out
# (Abdi Warsame is no Sahra Abdi Warsame).
_LOOSE, _CUT = 0.75, 0.61
_PLAIN = frozenset({"equal", "spellings of one name", "one word, the same"})
# What an equal office of one state adds, an equal office where of one it is not said of what, and one state; to a whole name or a word alone.
_OFFICE_WHOLE, _OFFICE_ALONE, _HALF_OFFICE_WHOLE, _STATE_ALONE = 0.15, 0.25, 0.05, 0.1
# An office that many hold at once, to a whole name: there are two ambassadors Wang Fangkai and Wang Fanglei.
_OFFICE_OF_MANY = 0.02
# There too, a name that is the other with a letter left out: an ambassador Wang Fagkai is Wang Fangkai.
_LETTER = 0.05
# One state, to a name whose first word is left out.
_STATE_CUT = 0.05
# What is taken off: one office of two states, nothing in common but the name, another gender, another office of the same state for a word alone.
_RIVAL, _ELSEWHERE, _GENDER, _OTHER_OFFICE = 0.33, 0.24, 0.15, 0.2
# Words of a name that make keys: the first two and the last three.
_FIRST, _LAST = 2, 3
_TWO, _CHAIN = 2, 3
# Letters of a name from which on one more or less is no name of its own.
_LONG = 10
# A name that so few items have may be a slip of the pen; a name in use has been seen with more.
_SLIPS = 3
_REMEMBERED = 32_768
_SPACE = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "‑": "-", "‐": "-"})

Office = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Person:
    """The facts of an item: its fullest names, states and bodies it belongs to, offices held (office, of what)."""

    names: tuple[str, ...]
    bare: bool
    homes: frozenset[str]
    offices: frozenset[Office]
    gender: str | None


def items(reading: Reading, signature: Signature) -> tuple[tuple[Item, Occurrence], ...]:
    """An item of each person of the reading."""
    found = [_item(entity, reading) for entity in reading.entities if entity.kind == NAME]
    return tuple((item, Occurrence(item=item.id, article=reading.article.id, local=local)) for item, local in found)


def _item(entity: Entity, reading: Reading) -> tuple[Item, str]:
    fullest = with_sounds(fullest_names(entity), reading.article.language)
    held = sorted({_office(holding, reading) for holding in reading.offices if holding.person == entity.id})
    homes = sorted({str(home) for home in (entity.state, *(of for _, of, _ in held)) if home})
    facts: dict[str, Fact] = {
        "names": list(fullest),
        "bare": all(word_count(name) < 2 for name in fullest),
        "state": entity.state,
        "offices": [list(office) for office in held],
        "gender": entity.gender,
    }
    signature = [*fullest, "", entity.state or "", entity.gender or "", *("/".join(office) for office in held)]
    if facts["bare"] and not homes:
        # A surname of nobody known is an item of its article alone, and meets none.
        return Item(kind=NAME, id=item_id(NAME, *signature, reading.article.id, entity.id), keys=(), facts=facts), entity.id
    found = keys(fullest, homes, sorted({f"{office}/{of}" for office, of, _ in held if of}))
    return Item(kind=NAME, id=item_id(NAME, *signature), keys=found, facts=facts), entity.id


def _office(holding: OfficeHolding, reading: Reading) -> tuple[str, str, str]:
    return holding.office, office_key(holding, reading), "former" if holding.former else "acting" if holding.acting else ""


def fullest_names(entity: Entity) -> tuple[str, ...]:
    """The names with most words, as written but for spaces, apostrophes and hyphens; sorted."""
    written = {_tidy(name) for name in (entity.name, *entity.names)} - {""}
    most = max((word_count(name) for name in written), default=0)
    return tuple(sorted(name for name in written if word_count(name) == most))


def _tidy(name: str) -> str:
    """Written one way; a word in small letters before the name ('attachés Marvin Téllez') is none of it."""
    words = _SPACE.sub(" ", unicodedata.normalize("NFC", name).translate(_APOSTROPHES)).strip().split(" ")
    while len(words) > _TWO and words[0].isalpha() and words[0].islower():
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=_REMEMBERED)
def word_count(name: str) -> int:
    """Words that tell persons apart, of the way to read the name that is shown: word_count("Dr Marhaf Abu Qasra") == 2."""
    first = readings(name)[0]
    return len(first.core) + len(first.patronymics)


def keys(written: Iterable[str], homes: Iterable[str], offices: Iterable[str]) -> tuple[str, ...]:
    """Two words of a name together, its surname with an initial and with each home, and each word with each office; so 'Mohammed' alone calls nobody up."""
    found: set[str] = set()
    for name in written:
        for reading in readings(name):
            core = [part for part in reading.core if part.role != INITIAL]
            core = core if len(core) <= _FIRST + _LAST else [*core[:_FIRST], *core[-_LAST:]]
            words = [((place,), _skeletons(part)) for place, part in enumerate(core)]
            joined = [((place, place + 1), skeletons(one.sounds + other.sounds)) for place, (one, other) in enumerate(pairwise(core))]
            for (left, ours), (right, theirs) in combinations([*words, *joined], 2):
                if not set(left) & set(right):
                    found |= {"+".join(sorted(both)) for both in product(ours, theirs)}
            families = {word for part in core if part.role == FAMILY for word in _skeletons(part)}
            found |= {f"{word}@{home}" for word in families for home in homes}
            found |= {f"{word}@{office}" for _, alone in words for word in alone for office in offices}
            found |= _initials(reading.core)
    return tuple(sorted(found))


def _skeletons(part: Part) -> frozenset[str]:
    return skeletons(part.sounds) or frozenset({"".join(part.sounds)[:1].upper() + "_"})


def _initials(core: Sequence[Part]) -> set[str]:
    """'K. Annan', where the surname's neighbour may be written as a letter."""
    families = [part for part in core if part.role == FAMILY]
    letters = {part.text[:1] for part in core if part.role not in (FAMILY, PATRONYMIC) and part.text}
    return {f"{word}.{letter}" for family in families for word in _skeletons(family) for letter in letters}


def _person(item: Item) -> _Person:
    facts = cast("Mapping[str, object]", item.facts)
    offices = frozenset((row[0], row[1]) for row in cast("Sequence[Sequence[str]]", facts["offices"]))
    state = cast("str | None", facts["state"])
    return _Person(
        names=tuple(cast("Sequence[str]", facts["names"])),
        bare=bool(facts["bare"]),
        homes=frozenset({home for home in (state, *(of for _, of in offices)) if home}),
        offices=offices,
        gender=cast("str | None", facts["gender"]),
    )


def likeness(left: Item, right: Item) -> Likeness:
    """How far two items are one person; symmetric. `name` is what the names say, every other feature what it added or took."""
    one, other = _person(left), _person(right)
    name, cut = _name(one, other)
    if name < names.COMPATIBLE:
        return Likeness(score=round(name, 3), features={"name": round(name, 3)})
    bare = one.bare or other.bare
    features = {"name": round(min(name, _ALONE) if bare else name, 3)}
    both = {office for office, of in one.offices & other.offices if of}
    if both:
        features["office"] = _OFFICE_ALONE if bare else _OFFICE_WHOLE if both & ONE_AT_A_TIME or cut else _OFFICE_OF_MANY
        if not bare and not both & ONE_AT_A_TIME and name < names.SAME and _nearly_same(one, other):
            features["but for a letter"] = _LETTER
    elif one.homes & other.homes:
        features |= {"state": _STATE_ALONE} if bare else {"state": _STATE_CUT} if cut else {}
        if bare and _other_office(one, other):
            features["another office"] = -_OTHER_OFFICE
    elif not bare and _half_office(one, other):
        features["office, of what not said"] = _HALF_OFFICE_WHOLE
    elif one.homes and other.homes:
        features["elsewhere"] = -_RIVAL if _rivals(one, other) else -_ELSEWHERE
    if one.gender and other.gender and one.gender != other.gender:
        features["gender"] = -_GENDER
    return Likeness(score=round(min(1.0, max(0.0, sum(features.values()))), 3), features=features)


def _name(one: _Person, other: _Person) -> tuple[float, bool]:
    return max(_name_of(*sorted(pair)) for pair in product(one.names, other.names))


_likeness = lru_cache(maxsize=_REMEMBERED)(names.likeness)


@lru_cache(maxsize=_REMEMBERED)
def _name_of(left: str, right: str) -> tuple[float, bool]:
    """The likeness of two names, less where they are one in part only, and whether the first word of one is left out in the other."""
    found = _likeness(left, right)
    if found.score < names.COMPATIBLE:
        return (max(found.score, _ENDS) if _ends_agree(left, right) else found.score), False
    if not found.same:
        return min(found.score, _BEGUN if found.features["reason"] == names.OTHER_BEGINNING else _MAYBE), False
    turned = found.features.get("order") == "turned"
    if found.features["reason"] in _PLAIN and not turned:
        return found.score, False
    first = any(compared(one.core[0], other.core[0]).kind for one, other in product(readings(left), readings(right)) if one.core and other.core)
    return (min(found.score, _LOOSE), False) if first or turned else (_CUT, True)


def _nearly_same(one: _Person, other: _Person) -> bool:
    """Whether two names, long enough to tell, differ by a letter that one of them lacks, or have the same letters in a script without vowels."""
    pairs = (pair for pair in product(one.names, other.names) if max(map(len, pair)) >= _LONG)
    return any(_likeness(*sorted(pair)).features["reason"] in (names.LEFT_OUT, names.BY_LETTERS) for pair in pairs)


def _ends_agree(left: str, right: str) -> bool:
    """Ahmed Moallim Fiqi, Ahmed Macalin Fiqi: of two chains of names the first and the last are one."""
    return any(
        len(one.core) >= _CHAIN
        and len(other.core) >= _CHAIN
        and compared(one.core[0], other.core[0]).kind == ONE
        and compared(one.core[-1], other.core[-1]).kind == ONE
        for one, other in product(readings(left), readings(right))
    )


def _half_office(one: _Person, other: _Person) -> bool:
    """Both hold an office that few hold, one of them of nothing said."""
    return any(mine == theirs and mine in ONE_AT_A_TIME and bool(here) != bool(there) for (mine, here), (theirs, there) in product(one.offices, other.offices))


def _other_office(one: _Person, other: _Person) -> bool:
    """Both hold an office of one state, and not the same."""
    return bool({of for _, of in one.offices if of} & {of for _, of in other.offices if of})


def _rivals(one: _Person, other: _Person) -> bool:
    """One holds the office of one state that the other holds of another: no career has both."""
    return any(mine == theirs and mine in ONE_AT_A_TIME for (mine, here), (theirs, there) in product(one.offices, other.offices) if here and there)


def _is_bare(item: Item) -> bool:
    return bool(item.facts["bare"])


def _differ(one: _Person, other: _Person) -> bool:
    if one.bare and other.bare:
        return _name(one, other)[0] < names.COMPATIBLE or (not one.offices & other.offices and _other_office(one, other))
    return _name(one, other)[0] < names.COMPATIBLE


def _vaguer(left: Item, right: Item) -> bool:
    return _is_bare(left) and not _is_bare(right)


def _clash(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Most whole names of one group differ from those of the other; most, because likeness of spellings is not transitive."""
    sides = [[_person(item) for item in side] for side in (left, right)]
    whole = [[one for one in side if not one.bare] for side in sides]
    if not whole[0] and not whole[1]:
        whole = sides
    if _only_sound_alike(*whole):
        return True
    pairs = list(product(*whole))
    few = not all(map(_is_in_use, whole))
    # What two names are in Latin letters is not outvoted by what they may be in others.
    latin = [pair for pair in pairs if all(map(_is_latin, pair))]
    if not few and (_are_most(_is_another, pairs) or _are_most(_has_other_consonant, latin)):
        return True
    return _are_most(_differ, pairs) and not (few and any(starmap(_slip, pairs)))


def _only_sound_alike(left: Sequence[_Person], right: Sequence[_Person]) -> bool:
    """Whether two groups have no state in common, though both have some, and no name written the same, though both have some in Latin letters: Marten
    Jindanard of Belgium, as Spanish may write a Hindanard, is not the Marten Hindanard of Italy. Where both are small and one in one script, a state may be
    misread.
    """
    if max(len(left), len(right)) <= _SLIPS and not (_is_in_use(left) and _is_in_use(right)):
        return False
    homes = [frozenset().union(*(one.homes for one in side)) for side in (left, right)]
    if not all(homes) or homes[0] & homes[1]:
        return False
    written = [{fold(name) for one in side for name in one.names if not is_other_script(name)} for side in (left, right)]
    return all(written) and not written[0] & written[1]


def _is_latin(one: _Person) -> bool:
    return not all(map(is_other_script, one.names))


def _is_in_use(side: Sequence[_Person]) -> bool:
    """Whether a name is written by so many, or in more than one script, that it is no slip of one pen."""
    return len(side) > _SLIPS or len({is_other_script(name) for one in side for name in one.names}) > 1


def _are_most(of: Callable[[_Person, _Person], bool], pairs: Sequence[Sequence[_Person]]) -> bool:
    return 2 * sum(starmap(of, pairs)) > len(pairs)


def _is_another(one: _Person, other: _Person) -> bool:
    """Whether names differ, or are near but for a consonant that is another: a slip is in few reports, not in most."""
    return _name(one, other)[0] < names.COMPATIBLE or _has_other_consonant(one, other)


def _has_other_consonant(one: _Person, other: _Person) -> bool:
    best = max((_likeness(*sorted(pair)) for pair in product(one.names, other.names)), key=lambda found: found.score)
    return best.features["reason"] in names.BY_A_CONSONANT


def _slip(one: _Person, other: _Person) -> bool:
    """Whether one name is the other but for a slip, in an office of both: the other ways to write it need not be near the slip."""
    both = {office for office, of in one.offices & other.offices if of}
    return bool(both) and _name(one, other)[0] >= _MAYBE and (bool(both & ONE_AT_A_TIME) or _nearly_same(one, other))


def part(component: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """Groups of item ids; two whole names that are plainly two stay two, and a surname goes to the strongest of them or to none."""
    return parted(component, links, apart, Judge(vaguer=_vaguer, clash=_clash))


KIND = Kind(name=NAME, prefix="p", threshold=THRESHOLD, items=items, likeness=likeness, part=part)
