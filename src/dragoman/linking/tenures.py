"""Tenures: who held which office, as far as reports show.

A tenure says when a person was seen in an office, never when it was taken up: days are days of publication. A gap parts it where somebody else held the
office meanwhile, or, in an office of many, where it is of years; one day on which somebody else is seen in an office that has one holder ends it. What one
origin alone says (an article with its copies and translations, which repeat its errors) against two others, before and after it, is taken for a slip and
left out: another holder, another state, another office of somebody who is shown in one all the time. A second origin that says it brings it back; but where
the person is in another office all the time and the office has other holders, several origins err alike, and only many are believed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf
from types import MappingProxyType
from typing import TypeVar

from dragoman.linking.offices import FULL_TIME, ONE_AT_A_TIME
from dragoman.model.reading import OfficeHolding
from dragoman.model.record import Place, Tenure
from dragoman.model.spans import Span

T = TypeVar("T", bound=Hashable)
# A day of publication and an article of it.
Dated = tuple[int, str]
# A person, an office, and what it is an office of.
Key = tuple[str, str, str | None]

# Hardly anybody leaves an office and returns to it within so many days: who is seen in between is a slip of a report or of its reading.
RETURN = 90
# Nor does anybody leave a full-time office for another of the same state, and return to it, within so many.
EXCHANGE = 365
# Of an office of many nobody else tells that it was left: who is not seen in it for so long has come back to it. Of fifteen deputies of simulated worlds who
# did, fourteen were unseen for longer, of more than a thousand others one.
SILENCE = 800
# Articles that are remembered of a holding, of each RETURN days: what so many show is not of one origin.
KNOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An office that an article says a person holds; `person` and `of` are ids of the record (or `of` a state's code), not of the article."""

    person: str
    holding: OfficeHolding
    of: str | None
    article: str
    published: date | None


@dataclass(slots=True)
class Shown:
    """What reports show of a person in an office of something, by days of publication (ordinals).

    `plain` and `acting` are the days on which they show it so, `left` those on which they say it is over; `undated` reports have no day.
    `articles` are those that show it on a day, with the day, the first KNOWN of every RETURN days: whether they are of one origin or several is all that
    counts.
    `beside` is whether one of them shows the person in another office as well: then it mistakes neither for the other.
    """

    plain: set[int] = field(default_factory=set)
    acting: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    undated_plain: bool = False
    undated_acting: bool = False
    articles: frozenset[Dated] = frozenset()
    beside: bool = False

    @property
    def days(self) -> list[int]:
        """All days on which the person is shown in the office."""
        return sorted(self.plain | self.acting)

    @property
    def is_now(self) -> bool:
        """Whether anything shows the person in the office, and not only that it was left."""
        return bool(self.plain or self.acting or self.undated_plain or self.undated_acting)

    def add(self, holding: OfficeHolding, article: str, day: int | None, offices: Collection[str]) -> None:
        """One more report of it; `offices` are all that the article shows the person in."""
        if holding.former:
            self.left |= {day} if day is not None else set()
        elif day is None:
            self.undated_acting, self.undated_plain = self.undated_acting or holding.acting, self.undated_plain or not holding.acting
        else:
            (self.acting if holding.acting else self.plain).add(day)
            self.articles = few(self.articles, {(day, article)})
            self.beside = self.beside or len(offices) > 1

    def __or__(self, other: Shown) -> Shown:
        return Shown(
            self.plain | other.plain, self.acting | other.acting, self.left | other.left, self.undated_plain or other.undated_plain,
            self.undated_acting or other.undated_acting, few(self.articles, other.articles), self.beside or other.beside,
        )  # fmt: skip


def few(articles: Iterable[Dated], more: Iterable[Dated]) -> frozenset[Dated]:
    """The first KNOWN of both in every RETURN days: enough to know one origin from several, at any time."""
    found = {*articles, *more}
    if len(found) <= KNOWN:
        return frozenset(found)
    counted: Counter[int] = Counter()
    kept = set()
    for one in sorted(found):
        counted[one[0] // RETURN] += 1
        if counted[one[0] // RETURN] <= KNOWN:
            kept.add(one)
    return frozenset(kept)


def offices_shown(rows: Iterable[tuple[T, OfficeHolding]]) -> Mapping[T, set[str]]:
    """The offices that an article shows a person in, by whatever names the two; those that were left are none."""
    found: dict[T, set[str]] = {}
    for who, holding in rows:
        found.setdefault(who, set()).update(() if holding.former else (holding.office,))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A tenure without its evidence, and which reports are that: undated ones too, ones that do not say of what, and not those taken for slips."""

    tenure: Tenure
    takes_undated: bool
    takes_unsaid: bool
    leaves_slips: bool

    def holds(self, holding: OfficeHolding, of: str | None, day: str | None) -> bool:
        """Whether a report of the same person in the same office is evidence of it."""
        if holding.former or not (of == self.tenure.of or (of is None and self.takes_unsaid)):
            return False
        if day is None:
            return self.takes_undated
        inside = self.tenure.first_seen is not None and self.tenure.last_seen is not None and self.tenure.first_seen <= day <= self.tenure.last_seen
        return inside and (holding.acting or not self.leaves_slips)


def tenures(holdings: Iterable[Holding], origins: Mapping[str, str] = MappingProxyType({})) -> tuple[Tenure, ...]:
    """All tenures, by office, of, first day and person. Persons of whom reports only say that they held an office once have none.

    `origins` leads from an article to the one it goes back to, where it is a copy.
    """
    shown: dict[Key, Shown] = {}
    rows: dict[tuple[str, str], list[Holding]] = {}
    every = list(holdings)
    offices = offices_shown(((row.article, row.holding.person), row.holding) for row in every)
    for row in every:
        day = row.published.toordinal() if row.published else None
        own = shown.setdefault((row.person, row.holding.office, row.of or None), Shown())
        own.add(row.holding, row.article, day, offices[row.article, row.holding.person])
        rows.setdefault((row.person, row.holding.office), []).append(row)
    return tuple(replace(one.tenure, evidence=_evidence(one, rows[one.tenure.person, one.tenure.office])) for one in spells(shown, origins))


def _evidence(spell: Spell, rows: Iterable[Holding]) -> tuple[Place, ...]:
    holding = (row for row in rows if spell.holds(row.holding, row.of or None, row.published.isoformat() if row.published else None))
    return evidence((row.article, row.holding.evidence) for row in holding)


def evidence(told: Iterable[tuple[str, Iterable[Span]]]) -> tuple[Place, ...]:
    """Each place once, in order."""
    places = {Place(article=article, start=span.start, end=span.end) for article, spans in told for span in spans}
    return tuple(sorted(places, key=lambda place: (place.article, place.start, place.end)))


def spells(shown: Mapping[Key, Shown], origins: Mapping[str, str]) -> tuple[Spell, ...]:
    """All tenures without evidence, in order.

    Those of one office of one state need only what is shown of the persons in it, of each in all offices, and of what the articles `in_question` are copies.
    """
    said, unsaid = _at_home(shown)
    slips = _slips(said, origins)
    offices: dict[tuple[str, str | None], dict[str, tuple[Shown, bool]]] = {}
    for (person, office, of), told in said.items():
        plain = told.plain - slips.get((person, office, of), frozenset())
        offices.setdefault((office, of), {})[person] = (replace(told, plain=plain), not plain and bool(told.plain))
    found = [replace(spell, takes_unsaid=(spell.tenure.person, *of) in unsaid) for of, held in offices.items() for spell in _of_office(*of, held)]
    return tuple(sorted(found, key=lambda one: (one.tenure.office, one.tenure.of or "", one.tenure.first_seen or "", one.tenure.person)))


def in_question(shown: Mapping[Key, Shown]) -> frozenset[str]:
    """The articles of which `spells` asks what they are copies of."""
    said, _ = _at_home(shown)
    few_articles = {article for one in said.values() if 1 < len(one.articles) < KNOWN for _, article in one.articles}
    return frozenset(few_articles.union(*(near for _, _, near, _ in _suspected(said, lambda articles: True))))


def _at_home(shown: Mapping[Key, Shown]) -> tuple[dict[Key, Shown], set[Key]]:
    """The same where holdings of nothing said ('the minister') are of what the person holds that office of elsewhere, where that is one thing, and which."""
    homes: dict[tuple[str, str], set[str]] = {}
    for person, office, of in shown:
        if of:
            homes.setdefault((person, office), set()).add(of)
    said: dict[Key, Shown] = {}
    unsaid: set[Key] = set()
    for (person, office, of), told in shown.items():
        home = next(iter(homes[person, office])) if not of and len(homes.get((person, office), ())) == 1 else of
        key = (person, office, home)
        said[key] = said[key] | told if key in said else told
        if home != of:
            unsaid.add(key)
    return said, unsaid


@dataclass(frozen=True, slots=True)
class _Other:
    """A holding that may tell another from a slip: `days` in order, `origins` whether it is of several origins or only of several articles."""

    key: Key
    days: Sequence[int]
    origins: bool


def _slips(shown: Mapping[Key, Shown], origins: Mapping[str, str]) -> Mapping[Key, frozenset[int]]:
    """The days on which a single origin says of an office, against several: another holder, the same holder for another state or in another office.

    Single is what no other origin says within RETURN days of it: two papers may err alike in two years. One article is single against copies, too: what is
    amiss then is how it was read. Fewer than KNOWN that say so against both, another holder and another office all the time, err alike.
    """
    slips: dict[Key, set[int]] = {}
    for key, day, near, both in _suspected(shown, lambda articles: several(articles, origins)):
        if both or not several(near, origins):
            slips.setdefault(key, set()).add(day)
    return {key: frozenset(days) for key, days in slips.items()}


def _suspected(shown: Mapping[Key, Shown], are_several: Callable[[Collection[str]], bool]) -> Iterator[tuple[Key, int, set[str], bool]]:
    """The days that another holding speaks against, with the articles that show the office within RETURN days of them, fewer than KNOWN, and whether both
    another holder and another office of several origins do.
    """
    by_office: dict[str, list[_Other]] = {}
    by_person: dict[tuple[str, str | None], list[_Other]] = {}
    for key, found in shown.items():
        articles = {one for _, one in found.articles}
        if len(articles) > 1:
            other = _Other(key, found.days, are_several(articles))
            by_office.setdefault(key[1], []).append(other)
            by_person.setdefault((key[0], key[2]), []).append(other)
    for key, found in shown.items():
        dated = sorted(found.articles)
        for day in found.plain:
            near = {one for _, one in dated[bisect_left(dated, (day - RETURN + 1, "")) : bisect_left(dated, (day + RETURN, ""))]}
            if len(near) >= KNOWN:
                continue
            same = [one for one in by_office.get(key[1], ()) if one.origins or len(near) == 1]
            beside = () if found.beside else by_person.get((key[0], key[2]), ())
            elsewhere = [
                one
                for one in beside
                if (one.origins or len(near) == 1) and _leaves_no_time(key, one.key) and _any_between(one.days, day - EXCHANGE, day + EXCHANGE)
            ]
            around = any(_around(one.days, day, EXCHANGE) for one in elsewhere)
            rivals = bool(elsewhere) and _has_holders_meanwhile(key, same, day)
            # Around an office of their own, or beside holders who stay, the person was hardly in another for a while.
            if around or (rivals and not _goes_on(dated, near, elsewhere, day)) or any(_outweighs(key, one, day) for one in same):
                yield key, day, near, around and rivals


def several(articles: Collection[str], origins: Mapping[str, str]) -> bool:
    """Whether articles are of several origins."""
    return len(articles) >= KNOWN or len({origins.get(one, one) for one in articles}) > 1


def _outweighs(own: Key, other: _Other, day: int) -> bool:
    """Whether the other holding, of the same office, is shown around that day, and cannot be beside this one."""
    if own[0] == other.key[0]:
        return own != other.key and _around(other.days, day, RETURN)
    if not _is_of_another(own, other):
        return False
    place = bisect_right(other.days, day)
    # The day of a change shows both: who comes may be shown once so far.
    return 0 < place < len(other.days) and other.days[place] - other.days[place - 1] < RETURN


def _is_of_another(own: Key, other: _Other) -> bool:
    """Whether it is somebody else's holding of the same office, one that few hold."""
    return own[0] != other.key[0] and own[1] in ONE_AT_A_TIME and own[2] is not None and own[2] == other.key[2]


def _has_holders_meanwhile(own: Key, others: Iterable[_Other], day: int) -> bool:
    """Whether one other is shown in the office before that day and after it, or any within EXCHANGE days before and any within as many after."""
    rivals = [one.days for one in others if _is_of_another(own, one)]
    if any(known[0] <= day < known[-1] for known in rivals):
        return True
    before = any(_any_between(known, day - EXCHANGE, day + 1) for known in rivals)
    return before and any(_any_between(known, day, day + EXCHANGE) for known in rivals)


def _goes_on(own: Sequence[Dated], near: Collection[str], elsewhere: Iterable[_Other], day: int) -> bool:
    """Whether reports that are not near show the person in the office within EXCHANGE days on one side of that day, and in another on the other side alone."""
    kept = [one for one, article in own if article not in near]
    others = sorted(one for other in elsewhere for one in other.days)
    return any(_any_between(kept, *side) and not _any_between(others, *side) for side in ((day - EXCHANGE, day), (day, day + EXCHANGE)))


def _leaves_no_time(own: Key, other: Key) -> bool:
    """Whether one person cannot hold both: two full-time offices of one state or body."""
    return own[2] is not None and own[1] != other[1] and {own[1], other[1]} <= FULL_TIME


def _around(days: Sequence[int], day: int, most: int) -> bool:
    """Whether somebody was shown by that day and again from it on, within so many days."""
    place = bisect_right(days, day)
    if not place:
        return False
    before = days[place - 1]
    after = day if before == day else days[place] if place < len(days) else None
    return after is not None and after - before < most


def _of_office(office: str, of: str | None, held: Mapping[str, tuple[Shown, bool]]) -> Iterator[Spell]:
    """The tenures of one office of one state or body."""
    single = office in ONE_AT_A_TIME and of is not None
    days = {person: shown.days for person, (shown, _) in held.items()}
    for person in sorted(held):
        shown, slip = held[person]
        if not shown.is_now:
            continue
        others = sorted({day for one, theirs in days.items() if one != person for day in theirs}) if single else []
        left = sorted(shown.left)
        for place, spell in enumerate(_spells(days[person], others, inf if single else SILENCE) or [[]]):
            ends = [day for known in (others, left) if spell and (after := bisect_right(known, spell[-1])) < len(known) for day in (known[after],)]
            plain = not shown.plain.isdisjoint(spell) or (not place and shown.undated_plain)
            tenure = Tenure(
                person=person, office=office, of=of, first_seen=_day(spell[0]) if spell else None, last_seen=_day(spell[-1]) if spell else None,
                ended_before=_day(min(ends)) if ends else None, acting=not plain,
            )  # fmt: skip
            yield Spell(tenure=tenure, takes_undated=not place, takes_unsaid=False, leaves_slips=slip)


def _spells(days: Sequence[int], others: Sequence[int], most: float) -> list[list[int]]:
    """The days of one person, parted where somebody else was seen in a gap long enough to leave and return, and where a gap is of so many days."""
    found: list[list[int]] = []
    for day in days:
        last = found[-1][-1] if found else None
        if last is None or day - last >= most or (day - last >= RETURN and _any_between(others, last, day)):
            found.append([day])
        else:
            found[-1].append(day)
    return found


def _any_between(days: Sequence[int], first: int, last: int) -> bool:
    place = bisect_right(days, first)
    return place < len(days) and days[place] < last


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
