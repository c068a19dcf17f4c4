"""Which articles are of one origin: translations, rewrites and excerpts of one another. They add a language or an outlet, not a witness.

Two independent reports of one event tell much the same; they do not tell it sentence by sentence, nor with the same figures. So sentences are held
against sentences (their vectors), figures against figures and runs of words against runs of words.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import cast

import numpy as np
import numpy.typing as npt

from dragoman.linking.background import WIDTHS, centred, from_base85, hold, packed, planes, unpacked
from dragoman.linking.grouping import Pair, joined
from dragoman.linking.items import Fact, Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.names import keys as name_keys
from dragoman.linking.shingles import bands, contained, marks, numbers, shared, shingles
from dragoman.model.reading import Article, Reading
from dragoman.model.record import CopyKind

_KIND = "copy"
_THRESHOLD = 0.5
# Articles of one origin are published within days of one another: windows of eight, each day in two.
_WINDOW = 8
_APART = 30
# The facts that find translations: so many of the rarest of each kind, by twos, and by one within a window of days.
_RAREST = {"numbers": 5, "persons": 4, "states": 1}
# Random planes through the vectors: articles on the same side of all of a row share a key.
_PLANES, _ROWS_OF_PLANES, _PLANES_OF_DAYS = 10, 8, 6
# Shared runs of words: of two drafts of one text, of two texts that quote the same speaker, and of an excerpt.
_DRAFT, _QUOTED, _EXCERPT = 0.2, 0.08, 0.6
_SHORTER = 0.6
# What two groups must have between them on average: a chain of half-alike articles is not one origin.
_ON_AVERAGE = 0.5

# So many facts of a kind tell all that this kind can tell.
_ENOUGH = {"numbers": 4, "persons": 6, "states": 4}
# How much of what a space lacks in a language is made good between two, as a power: all of it would lift chance likeness too. Within one language
# that the space hardly knows all sentences are alike, so what they have is cut.
_MADE_GOOD = 0.35
# Weights of a logistic function, and the value of each feature that says nothing; 'sentences' and 'order' are the means of the spaces that both are in.
# Independent reports of one event have 0.30-0.48 in 'sentences' and their sentences in any order; translations 0.52-0.82, most in the same order.
_WEIGHT = {"sentences": 22.0, "order": 2.5, "numbers": 1.5, "persons": 0.5, "states": 0.3}
_MIDDLE = {"sentences": 0.5, "order": 0.4, "numbers": 0.25, "persons": 0.5, "states": 0.5}
# Two desks that write in one language and share no run of words have written for themselves.
_FOR_THEMSELVES = 3.0


def items(reading: Reading, signature: Signature) -> tuple[tuple[Item, Occurrence], ...]:
    """The article as one item."""
    article = reading.article
    identity = item_id(_KIND, article.id)
    facts = _facts(reading, signature)
    keys, asks = _keys(article, facts, signature)
    item = Item(kind=_KIND, id=identity, keys=keys, facts=facts, asks=asks)
    return ((item, Occurrence(item=identity, article=article.id, local="")),)


def _facts(reading: Reading, signature: Signature) -> dict[str, Fact]:
    article = reading.article
    persons = {key for entity in reading.entities if entity.kind == "person" for key in name_keys(entity.name) if len(key) > 2}
    facts: dict[str, Fact] = {
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "length": len(shingles(article.text)),
        "numbers": sorted(numbers(article.text)),
        "states": sorted({entity.code for entity in reading.entities if entity.code}),
        "persons": sorted(persons),
        "digest": base64.b85encode(np.asarray(signature.shingles, dtype="<u2").tobytes()).decode("ascii"),
    }
    for space in WIDTHS:
        if f"{space}.sentences" in signature.vectors:
            facts[space] = packed(centred(space, article.language, signature.vectors[f"{space}.sentences"]))
    return facts


def _keys(article: Article, facts: Mapping[str, Fact], signature: Signature) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """For drafts runs of words, for excerpts those that stand for their window of words; for translations rare facts by one, and sides of planes.

    All but the first hold within a window of days, and without a date by twos.
    """
    rarest = _rarest(facts)
    runs = {*bands(signature.shingles)}
    days = windows(article, _WINDOW)
    near = {f"{day}&{token}" for day in days for token in rarest}
    timeless = {f"f{one}&{other}" for one, other in combinations(sorted(rarest), 2)}
    # A sentence that a desk writes again and again stands for a text among those of its days only.
    standing = marks(article.text)
    near.update(f"{days_about}&{mark}" for days_about in windows(article, 2 * _APART) for mark in standing)
    timeless.update(standing)
    space = next((space for space in ("e5", "use") if space in signature.vectors), None)
    if space:
        sides = planes(space, centred(space, article.language, signature.vectors[space]), _PLANES, _ROWS_OF_PLANES)
        timeless.update(f"{space}{row}.{side:x}" for row, side in enumerate(sides))
        near.update(f"{day}&{space}{row}.{side & (2**_PLANES_OF_DAYS - 1):x}" for day in days for row, side in enumerate(sides))
    return found_and_asked(runs | near, timeless, dated=bool(days))


def found_and_asked(near: set[str], timeless: set[str], *, dated: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys by which an article is found, and those by which it asks: by what holds without a date dated articles are asked only by undated ones."""
    of_dated, of_undated = {f"D{key}" for key in timeless}, {f"U{key}" for key in timeless}
    if dated:
        return tuple(sorted(near | of_dated)), tuple(sorted(near | of_undated))
    return tuple(sorted(near | of_undated)), tuple(sorted(near | of_dated | of_undated))


def windows(article: Article, width: int) -> tuple[str, ...]:
    """The two windows of days that the day of publication lies in, half a window apart: who is nearer than half a window shares one."""
    if article.published is None:
        return ()
    day, half = article.published.toordinal(), width // 2
    return (f"d{day // width}", f"h{(day + half) // width}")


def _rarest(facts: Mapping[str, Fact]) -> list[str]:
    """What stands the same in every language: figures, the consonants of persons' names, states; of each kind the rarest.

    Of each, for a stage that finds fewer names in one language than in another must not drive out the figures.
    """
    found = []
    for name, most in _RAREST.items():
        tokens = [f"{name[0]}:{one}" for one in strings(facts, name)]
        found += sorted(tokens, key=lambda token: (-_rarity(token), token))[:most]
    return found


def _rarity(token: str) -> float:
    """A long figure or name is rare; a year or a state is in every second report."""
    kind, text = token.split(":", 1)
    if kind == "s":
        return 0.5
    if kind == "p":
        return float(len(text))
    return 1.5 if len(text) == 4 and text[:2] in ("19", "20") else float(len(text)) + 0.1


def likeness(left: Item, right: Item) -> Likeness:
    """Whether two articles are of one origin; from 0.5 up they are. A month apart only what is nearly the same word for word is."""
    left, right = sorted((left, right), key=lambda item: item.id)  # sums of floating numbers hang on their order
    days = days_between(left, right)
    features = _runs(left, right)
    if days is not None:
        features["days"] = float(days)
    if days is not None and days > _APART:
        score = _of_drafts(features) * _THRESHOLD
    else:
        features |= _told(left, right)
        score = max(_of_drafts(features), _of_translations(features))
    return Likeness(score=round(score, 4), features=features)


def _runs(left: Item, right: Item) -> dict[str, float]:
    if left.facts["language"] != right.facts["language"]:
        return {}
    share = shared(_digest(left), _digest(right))
    return {"runs": round(share, 4), "contained": round(contained(share, cast("int", left.facts["length"]), cast("int", right.facts["length"])), 4)}


def _told(left: Item, right: Item) -> dict[str, float]:
    """Sentences, figures and persons of the two held against one another."""
    features = {}
    for space in WIDTHS:
        if space not in left.facts or space not in right.facts:
            continue
        ours, theirs = (unpacked(cast("str", item.facts[space]), WIDTHS[space]) for item in (left, right))
        found = ours @ theirs.T
        near = float(found.max(axis=0).mean() + found.max(axis=1).mean()) / 2
        if space == "e5":
            one, other = cast("str", left.facts["language"]), cast("str", right.facts["language"])
            near *= hold(one) if one == other else (hold(one) * hold(other)) ** -_MADE_GOOD
        features[f"sentences.{space}"] = round(near, 4)
        features[f"order.{space}"] = _order(found)
    for name in ("numbers", "persons", "states"):
        mine, others = set(strings(left.facts, name)), set(strings(right.facts, name))
        fewer = min(len(mine), len(others))
        if fewer:
            features[name] = round((2 * len(mine & others) / fewer - 1) * min(1.0, fewer / _ENOUGH[name]), 4)
    return features


def _of_translations(features: Mapping[str, float]) -> float:
    spaces = [space for space in WIDTHS if f"sentences.{space}" in features]
    if not spaces:
        return 0.0
    means = {name: sum(features[f"{name}.{space}"] for space in spaces) / len(spaces) for name in ("sentences", "order")}
    evidence = sum(weight * (means.get(name, features.get(name, _MIDDLE[name])) - _MIDDLE[name]) for name, weight in _WEIGHT.items())
    if features.get("runs", 1.0) < _QUOTED:
        evidence -= _FOR_THEMSELVES
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, evidence))))


def _of_drafts(features: Mapping[str, float]) -> float:
    """By runs of words alone: 0.5 where a fifth is shared, or six tenths of the shorter text."""
    runs = features.get("runs", 0.0)
    whole = runs / (2 * _DRAFT)
    part = features.get("contained", 0.0) / (2 * _EXCERPT) if runs >= _QUOTED else 0.0
    return min(1.0, max(whole, part))


def _order(found: npt.NDArray[np.float32]) -> float:
    """How many of the neighbouring sentences of the one have their fellows in the same order in the other, from -1 to 1; the mean of both ways."""
    steps = [float(np.sign(np.diff(fellows)).mean()) for fellows in (found.argmax(axis=1), found.argmax(axis=0)) if len(fellows) > 1]
    return round(sum(steps) / 2, 4)


def copy_kind(left: Item, right: Item, likeness: Likeness) -> CopyKind:
    """A translation is of two languages; an excerpt is in one, and much shorter than what it is from."""
    if left.facts["language"] != right.facts["language"]:
        return "translation"
    shorter, longer = sorted((cast("int", left.facts["length"]), cast("int", right.facts["length"])))
    held = likeness.features.get("contained", 0.0)
    return "excerpt" if held >= _EXCERPT and shorter < _SHORTER * longer else "near-duplicate"


def part(group: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """Grown along the strongest links, as long as two groups are alike on average."""

    def may(left: Sequence[Item], right: Sequence[Item]) -> bool:
        scores = [likeness(one, other).score for one in left for other in right]
        return sum(scores) >= _ON_AVERAGE * len(scores)

    return joined(group, links, apart, may)


def days_between(left: Item, right: Item) -> int | None:
    """Days from one publication to the other; None where one is not dated."""
    ours, theirs = left.facts.get("published"), right.facts.get("published")
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return None
    return abs((date.fromisoformat(ours) - date.fromisoformat(theirs)).days)


def strings(facts: Mapping[str, Fact], name: str) -> Sequence[str]:
    """The strings of a fact that is a list of them."""
    return cast("Sequence[str]", facts.get(name) or ())


@lru_cache(maxsize=4_096)
def _numbers_of(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in np.frombuffer(from_base85(text), dtype="<u2"))


def _digest(item: Item) -> tuple[int, ...]:
    return _numbers_of(cast("str", item.facts["digest"]))


KIND = Kind(name=_KIND, prefix="c", threshold=_THRESHOLD, items=items, likeness=likeness, part=part)
