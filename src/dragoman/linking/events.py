"""Event reports to events: one thing that happened, or is planned, is one event, in however many articles and languages it is told.

    same article, another type, a day too far, denied by one ──▶ 0
    type · date · parties · place · company in the sentence · figures · words ──▶ points ──▶ likeness

Points are evidence for and against, added up; the threshold is where they outweigh how seldom two reports that share a key are of one event.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dragoman.languages.fold import fold
from dragoman.linking import names
from dragoman.linking.grouping import Pair, joined
from dragoman.linking.happenings import Happening, facts_of, happening, keys_of, types
from dragoman.linking.items import Item, Kind, Likeness, Link, Occurrence, Signature, item_id
from dragoman.linking.parties import Accord, accord, as_features
from dragoman.linking.traits import is_one_text, traits
from dragoman.model.reading import Reading

NAME, PREFIX = "event", "v"
THRESHOLD = 0.5
# Points against two reports that share a key being of one event.
_AGAINST = 2.2
# Days apart from which two dated reports are of two events, whatever else; outlets, time zones and nights explain one.
_FAR = 3
# Of larger groups so many are compared, lest a much told event cost the square of its reports.
_COMPARED = 8
# Words of a sentence from which on their agreement counts in full, and what a sentence counts for at most.
_SENTENCE, _MOST_OF_SENTENCE = 10, 2.0
# Days by which a meeting may be put off and still be the one announced, and the least that its parties must say: two states, or a person.
_OVERDUE, _KNOWN_PARTIES = 45, 1.0


def items(reading: Reading, signature: Signature) -> tuple[tuple[Item, Occurrence], ...]:
    """One item for each event report."""
    made = []
    shared = traits(reading)
    for event in reading.events:
        identity = item_id(NAME, reading.article.id, event.id)
        facts = facts_of(event, reading, shared)
        item = Item(kind=NAME, id=identity, keys=keys_of(facts), facts=facts)
        made.append((item, Occurrence(item=identity, article=reading.article.id, local=event.id)))
    return tuple(made)


def likeness(left: Item, right: Item) -> Likeness:
    """How surely two reports, of two articles, tell one event; symmetric. Features are points, those of the parties figures too."""
    one, other = happening(left), happening(right)
    if one.article == other.article:
        return Likeness(score=0.0, features={"one article": 1.0})
    return told_alike(one, other)


def told_alike(one: Happening, other: Happening) -> Likeness:
    """The same of two reports as values, of one article or two."""
    near = types().alike.get((one.type, other.type), 0.0)
    if not near:
        return Likeness(score=0.0, features={"another type": 1.0})
    if (one.factuality == "denied") != (other.factuality == "denied"):
        return Likeness(score=0.0, features={"denied": 1.0})
    gap = one.date.gap(other.date) if one.date and other.date else 0
    if gap >= _FAR:
        return Likeness(score=0.0, features={"days apart": float(gap)})
    parties = accord(one.parties, other.parties)
    points = {
        "type": 1.2 * near - 0.7,
        "mode": _mode(one, other),
        "date": _date(one, other, gap),
        "who": _who(one, other, parties),
        "place": _place(one, other),
        "themes": 0.4 * _jaccard(one.themes, other.themes),
        "sentence": _sentence(one, other),
        "position": _position(one, other),
        "reality": _reality(one, other, gap),
    }
    total = sum(points.values()) - _AGAINST
    return Likeness(score=round(1 / (1 + math.exp(-total)), 4), features={**points, **as_features(parties)})


def _mode(one: Happening, other: Happening) -> float:
    if one.mode == other.mode:
        return 0.3 if one.mode else 0.0
    if "phone" in (one.mode, other.mode):
        # A call is said to be one, and has no place; whoever received or visited did not call.
        met = other if one.mode == "phone" else one
        return -3.0 if met.mode else -1.0 if met.place else -0.5
    return -1.0 if one.mode and other.mode else 0.0


def _date(one: Happening, other: Happening, gap: int) -> float:
    if one.date is None or other.date is None:
        return _publications(one, other)
    if gap:
        return 0.2 if gap == 1 and one.date.is_day and other.date.is_day else -1.5 * gap
    if one.date.is_day and other.date.is_day:
        return 1.2
    if one.date.is_month and other.date.is_month:
        return 1.0 if one.edtf == other.edtf else 0.6
    return 0.7 if one.edtf == other.edtf else 0.1


def _publications(one: Happening, other: Happening) -> float:
    """Where one has no date, both must be news of the same days; an undated report tells no old event that another dates."""
    if one.published is None or other.published is None:
        return -1.0
    apart = abs(one.published - other.published)
    if apart > 2:
        return -0.5 * apart
    return 0.0 if one.near and other.near else -0.4


def _who(one: Happening, other: Happening, found: Accord) -> float:
    if not one.parties or not other.parties:
        return 0.0 if one.parties or other.parties else 0.3
    if found.turned and one.type in types().directed and other.type in types().directed:
        # Where one names only one side, its part in it may be misread.
        return -2.5 if found.whole == 1.0 else -1.8
    if not found.weight:
        return _sides(one.sides, other.sides)
    points = min(3.0, 1.0 + 1.2 * found.weight) * found.share - 0.8 * (1 - found.whole) - 1.5 * (1 - found.share)
    if found.others or found.rivals:
        points -= 0.8
    if not found.persons:
        points -= 0.6 * _recurs(one, other) + 0.6 * (one.type != other.type)
    return points


def _sides(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Nobody is in both reports: a minister for his president at most, where the states are the same."""
    if len(ours) > 1 and ours == theirs:
        return -0.3
    return -1.5 if ours & theirs else -2.0


def _place(one: Happening, other: Happening) -> float:
    if not one.place or not other.place:
        return 0.0
    # A march or an attack of which no doer is named is known by its town.
    same = 0.6 if one.parties and other.parties else 1.2
    if {fold(name) for name in one.place} & {fold(name) for name in other.place}:
        return same
    if max(names.likeness(here, there).score for here in one.place for there in other.place) >= names.SAME:
        return same
    if _recurs(one, other) and _two_towns(one, other):
        return -1.8
    if one.place_state and other.place_state:
        return -0.3 if one.place_state == other.place_state else -0.8
    return -0.2


def _recurs(one: Happening, other: Happening) -> bool:
    return bool(types().recurring & {one.type, other.type})


def _two_towns(one: Happening, other: Happening) -> bool:
    """Whether the places are two towns, of different names in one language: a name in another language may be the same town's."""
    if not one.place or not other.place or "state" in (one.place_kind, other.place_kind) or one.language != other.language:
        return False
    if {fold(name) for name in one.place} & {fold(name) for name in other.place}:
        return False
    return max(names.likeness(here, there).score for here in one.place for there in other.place) < names.SAME


def _sentence(one: Happening, other: Happening) -> float:
    """What else the two sentences name and count, in any language, and in one language their words."""
    points = 0.0
    if one.company and other.company:
        shared = sum(any(name & known for known in other.company) for name in one.company)
        shared = min(shared, sum(any(name & known for known in one.company) for name in other.company))
        points += 0.5 * min(shared, 4) * shared / max(len(one.company), len(other.company)) - 0.4
    if one.numbers and other.numbers:
        shared = len(one.numbers & other.numbers)
        points += 0.5 * min(shared, 3) * shared / max(len(one.numbers), len(other.numbers)) - 0.1
    if one.language == other.language and one.words and other.words:
        # Short sentences are alike by chance.
        length = min(1.0, len(one.words | other.words) / _SENTENCE)
        points += 3.0 * length * max(0.0, _jaccard(one.words, other.words) - 0.15)
    # Two events of one sentence have all of it in common.
    return min(points, _MOST_OF_SENTENCE)


def _position(one: Happening, other: Happening) -> float:
    """In a translation or copy an event stands where it stands in the original."""
    if not is_one_text(one.traits, other.traits):
        return 0.0
    apart = abs(one.at - other.at)
    return 1.4 if apart <= 0.03 else 0.6 if apart <= 0.06 else -0.4


def _reality(one: Happening, other: Happening, gap: int) -> float:
    """What was planned and what was held are one where the day is one."""
    if one.factuality == other.factuality:
        return 0.0
    if "planned" in (one.factuality, other.factuality):
        days = one.date is not None and other.date is not None and not gap and (one.date.is_day or other.date.is_day)
        return 0.0 if days else -1.5
    return -0.3


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    union = left | right
    return len(left & right) / len(union) if union else 0.0


def fulfils(held: Item, planned: Item) -> Likeness:
    """How surely one report tells what the other announced for another day or none: the same people in a like event, after the announcement.

    Reports that tell of one day are one event by `likeness`; this is for `planned_as`, asked of the reports of one story.
    """
    one, other = happening(held), happening(planned)
    if one.factuality != "actual" or other.factuality != "planned" or not types().alike.get((one.type, other.type), 0.0):
        return Likeness(score=0.0)
    begin = other.published if other.published is not None else other.date.earliest if other.date else None
    if one.date is None or begin is None or one.date.latest < begin:
        return Likeness(score=0.0)
    late = one.date.gap(other.date) if other.date else one.date.earliest - begin
    parties = accord(one.parties, other.parties)
    if late > _OVERDUE or parties.rivals or parties.turned or parties.weight < _KNOWN_PARTIES:
        return Likeness(score=0.0, features=as_features(parties))
    place = _place(one, other)
    score = parties.share * (1.0 - 0.5 * late / _OVERDUE) + 0.2 * place
    return Likeness(score=round(max(0.0, min(1.0, score)), 4), features={"late": float(late), "place": place, **as_features(parties)})


def part(component: Sequence[Item], links: Sequence[Link], apart: frozenset[Pair]) -> list[frozenset[str]]:
    """Groups of a component, the surest links first; no group holds reports that contradict each other, nor two of one article,
    whose reading keeps them apart."""
    values = {item.id: happening(item) for item in component}

    def may(left: Sequence[Item], right: Sequence[Item]) -> bool:
        ours, theirs = ([values[item.id] for item in side] for side in (left, right))
        if {one.article for one in ours} & {one.article for one in theirs}:
            return False
        return not any(_contradict(one, other) for one in ours[:_COMPARED] for other in theirs[:_COMPARED])

    return joined(component, links, apart, may)


def _contradict(one: Happening, other: Happening) -> bool:
    """Whether two reports cannot be of one group, though a third is like both: 'A met' joins neither 'A met B' to 'A met C' nor Monday to Thursday."""
    if not told_alike(one, other).score:
        return True
    if is_one_text(one.traits, other.traits):
        return False
    found = accord(one.parties, other.parties)
    turned = found.turned and found.whole == 1.0 and one.type in types().directed and other.type in types().directed
    return found.rivals or turned or (_recurs(one, other) and _two_towns(one, other))


KIND = Kind(name=NAME, prefix=PREFIX, threshold=THRESHOLD, items=items, likeness=likeness, part=part)
