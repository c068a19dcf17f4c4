"""What was said and what was promised, across articles, copies and languages: one statement, and one commitment, with every report of it.

In one language words decide. Between languages it is who speaks, and what the words name and count; in a translation also where it stands and the
how-manieth saying of its speaker it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from dragoman.linking.days import days
from dragoman.linking.grouping import Pair, joined
from dragoman.linking.happenings import buckets
from dragoman.linking.items import Fact, Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.parties import Party, company_of, name_keys, party_likeness, party_of, party_row
from dragoman.linking.traits import content_words, figures, is_one_text, text_keys, traits
from dragoman.model.reading import Reading
from dragoman.model.spans import Span

THRESHOLD = 0.5
# Points against two sayings that share a key being one.
_AGAINST = 2.2
# A speaker of one report is the other's from here on; a state and its minister are, a surname alone is where office or state agree.
_SPEAKER = 0.6
# The share of the shorter one's words, in one language, below which two sayings are two, and that of free retellings.
_OTHER_WORDS, _RETOLD = 0.34, 0.5
_FEW_WORDS = 3
_MOST_WORDS = 60
_WINDOW = 4
# Sayings of one speaker that are noted, and those from which on their lengths tell a translation: languages differ by a third.
_MOST_SAID, _SPEECH, _AS_LONG = 20, 4, 0.66
# Of larger groups so many are compared.
_COMPARED = 8
# Words from which on nobody says the same twice, and the share of them by which a quotation is known: 'Only dialogue can settle this' is said every year.
_TELLING, _VERY_WORDS = 8, 0.8
# Hashes of pairs of words by which a quotation is found again after months.
_QUOTED = 3
# Words of a name from which on it is a whole one.
_WHOLE = 2
# Acts that outlets put for one another: what two sides agreed each has pledged, and plans.
_PROMISES = frozenset({"pledge", "agreement", "plan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The facts of a statement or commitment as values; it is the `index`-th of its speakers' in the article, and `profile` the lengths of all of those."""

    article: str
    language: str
    published: int | None
    act: str
    speakers: tuple[Party, ...]
    due: str | None
    words: frozenset[str]
    figures: frozenset[str]
    company: tuple[frozenset[str], ...]
    traits: frozenset[str]
    at: float
    index: int
    size: int
    profile: tuple[int, ...]


def statements(reading: Reading, signature: Signature) -> tuple[tuple[Item, Occurrence], ...]:
    """One item for each statement."""
    order = _order([((one.speaker or "",), len(one.text)) for one in reading.statements])
    made = []
    shared = traits(reading)
    for place, one in zip(order, reading.statements, strict=True):
        span = Span(one.start, one.end)
        speakers = (one.speaker,) if one.speaker else ()
        facts = _facts(reading, span, one.text, speakers, place, shared) | {"act": one.kind, "due": None}
        made.append(_made("statement", reading, one.id, facts, "say"))
    return tuple(made)


def commitments(reading: Reading, signature: Signature) -> tuple[tuple[Item, Occurrence], ...]:
    """One item for each commitment."""
    order = _order([(one.by, len(one.what)) for one in reading.commitments])
    made = []
    shared = traits(reading)
    for place, one in zip(order, reading.commitments, strict=True):
        span = one.evidence[0] if one.evidence else Span(0, 0)
        facts = _facts(reading, span, one.what, one.by, place, shared) | {"act": one.act, "due": one.due}
        made.append(_made("commitment", reading, one.id, facts, "promise" if one.act in _PROMISES else one.act))
    return tuple(made)


def _made(kind: str, reading: Reading, local: str, facts: dict[str, Fact], family: str) -> tuple[Item, Occurrence]:
    identity = item_id(kind, reading.article.id, local)
    return Item(kind=kind, id=identity, keys=_keys(saying_of(facts), family), facts=facts), Occurrence(item=identity, article=reading.article.id, local=local)


def _order(said: Sequence[tuple[tuple[str, ...], int]]) -> list[tuple[int, tuple[int, ...]]]:
    """For each saying, given its speakers and length, its number among those of the same speakers, and the lengths of all of them."""
    profiles: dict[tuple[str, ...], list[int]] = {}
    numbers = []
    for speakers, size in said:
        profile = profiles.setdefault(speakers, [])
        numbers.append(len(profile))
        profile.append(size)
    return [(number, tuple(profiles[speakers][:_MOST_SAID])) for number, (speakers, _) in zip(numbers, said, strict=True)]


def _facts(reading: Reading, span: Span, text: str, speakers: Iterable[str], place: tuple[int, tuple[int, ...]], shared: Sequence[str]) -> dict[str, Fact]:
    article = reading.article
    return {
        "article": article.id,
        "language": article.language,
        "published": article.published.toordinal() if article.published else None,
        "speakers": [party_row(one, "actor", reading) for one in speakers],
        "words": content_words(text)[:_MOST_WORDS],
        "figures": sorted(figures(text)),
        "company": company_of(span, reading),
        "traits": list(shared),
        "at": round(span.start / max(1, len(article.text)), 3),
        "index": place[0],
        "profile": list(place[1]),
        "size": len(text),
    }


def saying_of(facts: Mapping[str, Any]) -> Saying:
    """The facts of an item as values."""
    return Saying(
        **{key: facts[key] for key in ("article", "language", "published", "act", "due", "at", "index", "size")},
        speakers=tuple(party_of(one) for one in facts["speakers"]),
        words=frozenset(facts["words"]),
        figures=frozenset(facts["figures"]),
        company=tuple(frozenset(keys) for keys in facts["company"]),
        traits=frozenset(facts["traits"]),
        profile=tuple(facts["profile"]),
    )


def _keys(said: Saying, family: str) -> tuple[str, ...]:
    """The speaker in the days of publication; the text, where it is a copy or translation; and words that only the same quotation has, with the speaker.

    Without the whole name of the speaker a phrase that everybody uses would bring up more with every year.
    """
    found: set[str] = set()
    who = {key for one in said.speakers for key in _speaker_keys(one)}
    if said.published is not None:
        found |= {f"{family}|p{bucket}|{key}" for bucket in buckets(said.published, _WINDOW) for key in (*who, *text_keys(said.traits))}
    ordered = sorted(said.words)
    if len(ordered) >= _TELLING:
        hashes = sorted(item_id("words", left, right) for left, right in pairwise(ordered))
        quoted = {key for one in said.speakers for key in _quoted_keys(one)}
        found |= {f"{family}|q{one}|{key}" for one in hashes[:_QUOTED] for key in (quoted or {""})}
    return tuple(sorted(found))


def _speaker_keys(speaker: Party) -> Iterable[str]:
    if speaker.code:
        return (speaker.code,)
    return (*(f"n:{key}" for key in name_keys(speaker.names)), *((speaker.side,) if speaker.side and not speaker.names else ()))


def _quoted_keys(speaker: Party) -> Iterable[str]:
    """By first and last name together: whoever is quoted after months is named in full."""
    words = speaker.names[0].split() if speaker.names and not speaker.code else []
    if len(words) < _WHOLE:
        return _speaker_keys(speaker)
    return sorted({"+".join(sorted(both)) for both in product(name_keys(words[:1]), name_keys(words[-1:]))})


def likeness(left: Item, right: Item) -> Likeness:
    """How surely two sayings, of two articles, are one; symmetric. Features are points."""
    return alike(saying_of(left.facts), saying_of(right.facts))


def alike(one: Saying, other: Saying) -> Likeness:
    """The same of values."""
    if one.article == other.article:
        return Likeness(score=0.0, features={"one article": 1.0})
    if not _acts_agree(one.act, other.act):
        return Likeness(score=0.0, features={"another act": 1.0})
    text = is_one_text(one.traits, other.traits) or _one_speech(one.profile, other.profile)
    speaker = _speakers(one, other)
    if speaker < _SPEAKER and not (text and _place(one, other) > 0):
        return Likeness(score=0.0, features={"another speaker": speaker})
    words = _words(one, other)
    if words is not None and words < _OTHER_WORDS:
        return Likeness(score=0.0, features={"other words": words})
    points = {
        "speaker": speaker - 0.2 if speaker >= _SPEAKER else -0.8,
        "days": _days(one, other, words),
        "words": 0.0 if words is None else 5.0 * (words - _RETOLD),
        "place": _place(one, other) if text else 0.0,
        "names": _names(one, other),
        "figures": _figures(one, other),
        "size": _size(one, other),
        "act": 0.2 if one.act == other.act else -0.1,
    }
    score = 1 / (1 + math.exp(_AGAINST - sum(points.values())))
    return Likeness(score=round(score, 4), features={name: round(value, 4) for name, value in points.items()})


def _one_speech(left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether a speaker says as many things in both articles, each as long as its fellow but for what languages differ."""
    if len(left) != len(right) or len(left) < _SPEECH:
        return False
    return all(min(one, other) >= _AS_LONG * max(one, other) for one, other in zip(left, right, strict=True))


def _acts_agree(left: str, right: str) -> bool:
    return left == right or {left, right} == {"direct", "indirect"} or {left, right} <= _PROMISES


def _speakers(one: Saying, other: Saying) -> float:
    """How surely a speaker is the same: of several the best; unknown beside unknown is half known."""
    if not one.speakers or not other.speakers:
        return 0.0 if one.speakers or other.speakers else 0.3
    return max(party_likeness(left, right)[0] for left in one.speakers for right in other.speakers)


def _words(one: Saying, other: Saying) -> float | None:
    """The share of the shorter one's words that both have; None between languages and where there are too few."""
    fewest = min(len(one.words), len(other.words))
    if one.language == other.language and fewest and not one.words & other.words:
        return 0.0
    if one.language != other.language or fewest < _FEW_WORDS:
        return 1.0 if one.language == other.language and one.words and one.words == other.words else None
    return len(one.words & other.words) / fewest


def _days(one: Saying, other: Saying, words: float | None) -> float:
    """Reports of one saying come out together; the very words may be quoted again at any time, unless they are so few that they are said again."""
    points = 0.0
    if one.due and other.due:
        left, right = days(one.due), days(other.due)
        points += -1.0 if left and right and left.gap(right) else 0.4
    if one.published is None or other.published is None:
        return points - 0.5
    apart = abs(one.published - other.published)
    again = words is not None and words > _VERY_WORDS and min(len(one.words), len(other.words)) >= _TELLING
    return points - min(0.5 * max(0, apart - 1), 0.8 if again else 5.0)


def _place(one: Saying, other: Saying) -> float:
    """In a translation: the same number among its speaker's sayings, where they are equally many, and the same part of the text."""
    apart = abs(one.at - other.at)
    points = 1.0 if apart <= 0.02 else 0.7 if apart <= 0.05 else 0.0 if apart <= 0.08 else -2.0
    if len(one.profile) == len(other.profile):
        points += 0.8 if one.index == other.index else -1.2
    return points


def _names(one: Saying, other: Saying) -> float:
    most, fewest = max(len(one.company), len(other.company)), min(len(one.company), len(other.company))
    if not fewest:
        return -0.2 * most
    shared = min(sum(any(name & known for known in there.company) for name in here.company) for here, there in ((one, other), (other, one)))
    return 0.8 * min(shared, 3) * shared / most - 0.4 if shared else -0.8


def _figures(one: Saying, other: Saying) -> float:
    if not one.figures and not other.figures:
        return 0.0
    shared = len(one.figures & other.figures)
    return 0.8 * min(shared, 2) if shared else -0.7


def _size(one: Saying, other: Saying) -> float:
    ratio = min(one.size, other.size) / max(one.size, other.size, 1)
    return 0.4 if ratio >= 0.7 else 0.0 if ratio >= 0.4 else -0.5


def part(component: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """Groups of a component, the surest links first; an article has a saying once, and sayings that contradict each other stay two."""
    values = {item.id: saying_of(item.facts) for item in component}

    def may(left: Sequence[Item], right: Sequence[Item]) -> bool:
        ours, theirs = ([values[item.id] for item in side] for side in (left, right))
        return not {one.article for one in ours} & {one.article for one in theirs} and all(
            alike(one, other).score > 0 for one in ours[:8] for other in theirs[:8]
        )

    return joined(component, links, apart, may)


STATEMENT = Kind(name="statement", prefix="s", threshold=THRESHOLD, items=statements, likeness=likeness, part=part)
COMMITMENT = Kind(name="commitment", prefix="k", threshold=THRESHOLD, items=commitments, likeness=likeness, part=part)
