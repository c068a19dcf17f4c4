"""Which articles tell one story: a happening and its immediate follow-up, in whatever languages, days apart and not months.

What is told (vectors), who and where (words of names, each by how rare it is in news), the same coded events, and the days between. Each pair is
judged by itself; that a chain of reports, each near the next, does not become one story is seen to when a group is parted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import cast

from dragoman.languages.fold import fold
from dragoman.linking.background import WIDTHS, centred, packed, planes, rarity, rarity_of_consonants, unpacked
from dragoman.linking.copies import days_between, found_and_asked, strings, windows
from dragoman.linking.grouping import Pair, joined
from dragoman.linking.items import Fact, Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.names import keys as name_keys
from dragoman.linking.shingles import name_words, words
from dragoman.model.reading import Article, EventReport, Reading

_KIND = "story"
_THRESHOLD = 0.5
# Reports of one story are mostly within a week: windows of fourteen days, each day in two.
_WINDOW = 14
# Words of names that are kept, the rarest first, and how many of them find others: within a window by one, without a date by twos.
_KEPT, _SINGLE, _BY_TWOS = 40, 10, 8
_PLANES, _ROWS_OF_PLANES, _PLANES_OF_DAYS = 10, 8, 6
_TITLE = 120
# What two groups must have between them on average to become one.
_ON_AVERAGE = 0.5
# Weights of a logistic function, and the evidence that is needed: at vectors of 0.5, a third of the names in common. 'vectors' is the mean of the spaces
# that both are in.
_WEIGHT = {"vectors": 10.0, "names": 8.0, "title": 2.0, "events": 1.5}
_NOTHING = 7.0
# Where nothing could compare what is told, the names must be nearly the same.
_UNTOLD = 0.2
# Days that cost nothing, and what each further one costs: a month apart no two reports are of one story.
_FREE, _DAY = 3, 0.25


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
    title = title_of(reading)
    named = Counter(name_words(article.text))
    consonants: Counter[str] = Counter()
    for entity in reading.entities:
        times = sum(mention.form == "name" for mention in entity.mentions)
        for word in {*words(entity.name)} - named.keys():
            named[word] = times
        consonants.update({key: times for key in name_keys(entity.name) if len(key) > 1})
    named.update(word for word in {*words(title)} & named.keys())
    facts: dict[str, Fact] = {
        "language": article.language,
        "published": article.published.isoformat() if article.published else None,
        "title": title,
        "names": _weighed(named, rarity),
        "consonants": _weighed(consonants, rarity_of_consonants),
        "states": sorted({entity.code for entity in reading.entities if entity.code}),
        "events": sorted({fact for event in reading.events for fact in [_event(event)] if fact}),
    }
    for space in WIDTHS:
        if space in signature.vectors:
            facts[space] = packed(centred(space, article.language, signature.vectors[space]))
    return facts


def _weighed(counted: Mapping[str, int], rarity_of: Callable[[str], float]) -> dict[str, float]:
    """The words that tell most, each with its rarity times the logarithm of how often it stands there."""
    weights = {word: round(rarity_of(word) * (1 + math.log(times)), 3) for word, times in counted.items() if times and len(word) > 1}
    chosen = sorted(weights, key=lambda word: (-weights[word], word))[:_KEPT]
    return {word: weights[word] for word in sorted(chosen)}


def _event(event: EventReport) -> str | None:
    """Type, day and sides of an event, where all are told: 'CONSULT 2025-10-12 SYR TUR'."""
    sides = sorted({part.side for part in event.participants if part.side})
    if event.date is None or len(event.date) < len("2025-10-12") or not sides:
        return None
    return " ".join((event.type, event.date[:10], *sides))


def title_of(reading: Reading) -> str:
    """The article's title, else its first sentence, cut at a word where it is long."""
    article = reading.article
    if article.title:
        return article.title
    return shortened(next((sentence.of(article.text) for sentence in reading.sentences if sentence.end - sentence.start > 16), article.text), _TITLE)


def shortened(text: str, most: int) -> str:
    """The text on one line, cut between words where it is longer than so many code points, and marked so."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    place = plain.rfind(" ", 0, most)
    return plain[: place if place > 0 else most].rstrip(" ,;:،") + " …"


def _keys(article: Article, facts: Mapping[str, Fact], signature: Signature) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rare names, and sides of planes, within a window of days; without a date by twos."""
    weights = dict(_weights(facts, "consonants"))
    for word, weight in _weights(facts, "names").items():
        for key in name_keys(word):
            weights[key] = max(weight, weights.get(key, 0.0)) if len(key) > 1 else 0.0
    rare = sorted(weights, key=lambda key: (-weights[key], key))
    days = windows(article, _WINDOW)
    near = {f"{day}&{key}" for day in days for key in rare[:_SINGLE]}
    timeless = {f"n{one}&{other}" for one, other in combinations(sorted(rare[:_BY_TWOS]), 2)}
    space = next((space for space in ("e5", "use") if space in signature.vectors), None)
    if space:
        sides = planes(space, centred(space, article.language, signature.vectors[space]), _PLANES, _ROWS_OF_PLANES)
        timeless.update(f"{space}{row}.{side:x}" for row, side in enumerate(sides))
        near.update(f"{day}&{space}{row}.{side & (2**_PLANES_OF_DAYS - 1):x}" for day in days for row, side in enumerate(sides))
    return found_and_asked(near, timeless, dated=bool(days))


def likeness(left: Item, right: Item) -> Likeness:
    """Whether two articles tell one story; from 0.5 up they do."""
    left, right = sorted((left, right), key=lambda item: item.id)  # sums of floating numbers hang on their order
    features: dict[str, float] = {}
    for space in WIDTHS:
        if space in left.facts and space in right.facts:
            ours, theirs = (unpacked(cast("str", item.facts[space]), WIDTHS[space])[0] for item in (left, right))
            features[f"vectors.{space}"] = round(float(ours @ theirs), 4)
    features["names"] = round(max(_cosine(left, right, "names"), _cosine(left, right, "consonants")), 4)
    features["title"] = round(_common_words(cast("str", left.facts["title"]), cast("str", right.facts["title"])), 4)
    features["events"] = float(bool(set(strings(left.facts, "events")) & set(strings(right.facts, "events"))))
    days = days_between(left, right)
    if days is not None:
        features["days"] = float(days)
    told = [value for name, value in features.items() if name.startswith("vectors.")]
    means = features | {"vectors": sum(told) / len(told) if told else _UNTOLD}
    evidence = sum(weight * means[name] for name, weight in _WEIGHT.items()) - _NOTHING
    evidence -= _DAY * max(0.0, features.get("days", 0.0) - _FREE)
    return Likeness(score=round(1 / (1 + math.exp(-max(-50.0, min(50.0, evidence)))), 4), features=features)


def _cosine(left: Item, right: Item, name: str) -> float:
    ours, theirs = _weights(left.facts, name), _weights(right.facts, name)
    both = sorted(ours.keys() & theirs.keys())
    return sum(ours[word] * theirs[word] for word in both) / (_length(ours) * _length(theirs)) if both else 0.0


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))


def _weights(facts: Mapping[str, Fact], name: str) -> Mapping[str, float]:
    return cast("Mapping[str, float]", facts[name])


def _common_words(left: str, right: str) -> float:
    ours, theirs = _long_words(left), _long_words(right)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


@lru_cache(maxsize=8_192)
def _long_words(title: str) -> frozenset[str]:
    """Words of four letters and more: what is shorter is mostly grammar."""
    return frozenset(word for word in words(fold(title)) if len(word) > 3)


def part(group: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """Grown along the strongest links, as long as the articles of two groups are alike on average."""
    known = {(link.left, link.right): link.score for link in links}

    def score(one: Item, other: Item) -> float:
        ends = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        if ends not in known:
            known[ends] = likeness(one, other).score
        return known[ends]

    def may(left: Sequence[Item], right: Sequence[Item]) -> bool:
        return sum(score(one, other) for one in left for other in right) >= _ON_AVERAGE * len(left) * len(right)

    return joined(group, links, apart, may)


KIND = Kind(name=_KIND, prefix="t", threshold=_THRESHOLD, items=items, likeness=likeness, part=part)
