"""How well a record was linked, held against what is so in the world its articles are from.

Persons, events, statements and copies are partitions: F1 of the pairs that are together, and B-cubed beside it, which weighs each mention alike. A tenure is
right where person, office and state are, and its first and last days are those on which reports show it, within three days; who returns to an office has
two. What a report mistakes shows nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from benchmarks.linking import Groups
from benchmarks.simulation import Term, Truth, terms, texts
from dragoman.linking.persons import KIND
from dragoman.linking.tenures import Holding, tenures
from dragoman.model.reading import Reading
from dragoman.model.record import Tenure
from dragoman.store.protocol import Store

_AT_ONCE = 5_000
_NEAR = 3
Place = tuple[str, str]
# Person, office, state, which of the office's terms.
_Tenure = tuple[int, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and F1, with B-cubed F1 where it is a partition; `of` is how many are so."""

    precision: float
    recall: float
    f1: float
    b_cubed: float | None = None
    of: int = 0


def score(store: Store, seed: int, articles: int) -> dict[str, Score]:
    """The scores of a record that holds the first so many reports of a seed's world."""
    return _scored({kind: _found(store, kind) for kind in ("person", "event", "statement", "copy", "story")}, seed, texts(seed, articles))


def score_persons(seed: int, articles: int) -> dict[str, Score]:
    """The scores of persons and tenures alone, linked in memory: no store, no pairs but those of a key. Copies are those that are so."""
    reports = list(texts(seed, articles))
    persons = Groups(KIND, (reading for reading, _ in reports)).of
    copies = {(reading.article.id, ""): str(truth.origin) for reading, truth in reports}
    found = _scored({"person": persons, "copy": copies}, seed, reports)
    return {name: found[name] for name in ("persons", "tenures")}


def _scored(linked: Mapping[str, Mapping[Place, str]], seed: int, reports: Iterable[tuple[Reading, Truth]]) -> dict[str, Score]:
    persons, events, statements, copies, stories = (linked.get(kind, {}) for kind in ("person", "event", "statement", "copy", "story"))
    so: dict[str, dict[Place, int]] = defaultdict(dict)
    holdings: list[Holding] = []
    held = terms(seed)
    shown: dict[_Tenure, list[date]] = defaultdict(list)
    for reading, truth in reports:
        article = reading.article.id
        for name, local_truth in (("persons", truth.persons), ("events", truth.events), ("statements", truth.statements)):
            so[name].update({(article, local): number for local, number in local_truth.items()})
        so["copies"][article, ""] = truth.origin
        so["stories"][article, ""] = truth.happening
        for one in _holdings(reading, persons):
            holdings.append(one)
            if one.holding.person != truth.wrong and one.published is not None and one.of is not None:
                number = truth.persons[one.holding.person]
                shown[number, one.holding.office, one.of, term_of(held[one.of, one.holding.office], number, one.published)].append(one.published)
    return {
        "persons": partition(persons, so["persons"]),
        "events": partition(events, so["events"]),
        "copies": partition(copies, so["copies"]),
        "tenures": _tenures(holdings, _origins(found_copies=copies, so=so["copies"]), shown, persons, so["persons"]),
        "statements": partition(statements, so["statements"]),
        "stories": partition(stories, so["stories"]),
    }


def _found(store: Store, kind: str) -> dict[Place, str]:
    """From article and local id to the group."""
    group_of = {item: min(group) for group in store.groups(kind) for item in group}
    items = sorted(group_of)
    found: dict[Place, str] = {}
    for at in range(0, len(items), _AT_ONCE):
        found.update({(one.article, one.local): group_of[one.item] for one in store.occurrences(items=items[at : at + _AT_ONCE])})
    return found


def partition(found: Mapping[Place, str], so: Mapping[Place, int]) -> Score:
    """Pairs and B-cubed from the table of groups against what is so; what was not found at all is a group of its own."""
    cells: Counter[tuple[Hashable, int]] = Counter((found.get(place, place), number) for place, number in so.items())
    ours: Counter[Hashable] = Counter()
    truly: Counter[int] = Counter()
    for (group, number), count in cells.items():
        ours[group] += count
        truly[number] += count
    right, said, are = (sum(count * (count - 1) // 2 for count in table.values()) for table in (cells, ours, truly))
    precision, recall = right / said if said else 1.0, right / are if are else 1.0
    every = len(so) or 1
    near = sum(count * count / ours[group] for (group, _), count in cells.items()) / every
    whole = sum(count * count / truly[number] for (_, number), count in cells.items()) / every
    return Score(precision=precision, recall=recall, f1=_f1(precision, recall), b_cubed=_f1(near, whole), of=len(truly))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _holdings(reading: Reading, persons: Mapping[Place, str]) -> list[Holding]:
    article = reading.article
    return [
        Holding(
            person=persons.get((article.id, one.person), f"{article.id} {one.person}"), holding=one, of=one.of, article=article.id, published=article.published
        )
        for one in reading.offices
    ]


def term_of(own: list[Term], number: int, day: date) -> int:
    """Which of the terms of an office: that of the person which the day is in or nearest to; a report may bear a day before its term began."""
    terms_of = [at for at, term in enumerate(own) if term.person.number == number]
    return min(terms_of, key=lambda at: max((own[at].begin - day).days, (day - own[at].end).days, 0))


def _origins(found_copies: Mapping[Place, str], so: Mapping[Place, int]) -> dict[str, str]:
    """From article to what it is a copy of, as linking has it."""
    return {article: found_copies.get((article, ""), article) for article, _ in so}


def _tenures(
    holdings: list[Holding], origins: Mapping[str, str], shown: Mapping[_Tenure, list[date]], persons: Mapping[Place, str], so: Mapping[Place, int]
) -> Score:
    meant: dict[str, Counter[int]] = defaultdict(Counter)
    for place, number in so.items():
        meant[persons.get(place, " ".join(place))][number] += 1
    number_of = {group: counted.most_common(1)[0][0] for group, counted in meant.items()}
    found = tenures(holdings, origins)
    left: dict[tuple[int, str, str | None], list[list[date]]] = defaultdict(list)
    for (person, office, of, _), days in shown.items():
        left[person, office, of].append(days)
    right = 0
    for one in found:
        terms_left = left[number_of.get(one.person, -1), one.office, one.of]
        as_shown = [days for days in terms_left if _is_seen(one, days)]
        if as_shown:
            right += 1
            terms_left.remove(as_shown[0])
    precision, recall = right / len(found) if found else 1.0, right / len(shown) if shown else 1.0
    return Score(precision=precision, recall=recall, f1=_f1(precision, recall), of=len(shown))


def _is_seen(one: Tenure, days: list[date]) -> bool:
    return bool(one.first_seen and one.last_seen and _near(one.first_seen, min(days)) and _near(one.last_seen, max(days)))


def _near(day: str, other: date) -> bool:
    return abs((date.fromisoformat(day) - other).days) <= _NEAR
