"""Tenures: who held which office, as far as reports show, and who holds it on a day.

A tenure says when a person was seen in an office, never when it was taken up: days are days of publication. A gap parts it only where somebody else held
the office meanwhile; one day on which somebody else is seen in an office that has one holder ends it. What one article alone says against two others,
before and after it, is taken for a slip and left out; a second article that says it brings it back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.linking.offices import ONE_AT_A_TIME
from dragoman.model.reading import OfficeHolding
from dragoman.model.record import Place, Tenure
from dragoman.model.spans import Span

# A person, an office, and what it is an office of.
Key = tuple[str, str, str | None]

# Hardly anybody leaves an office and returns to it within so many days: who is seen in between is a slip of a report or of its reading.
_RETURN = 90
# So many articles outweigh one.
_OUTWEIGH = 2
# After so many days without being seen a holder is half as sure.
_HALF = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An office that an article says a person holds; `person` and `of` are ids of the record (or `of` a state's code), not of the article."""

    person: str
    holding: OfficeHolding
    of: str | None
    article: str
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held an office on a day: `seen` the last day up to then on which reports show it, `sure` from 0 to 1, less by half for each year since.

    `also` are persons whom reports show in the office over the same day.
    """

    tenure: Tenure
    seen: str
    sure: float
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Shown:
    """What reports show of a person in an office of something, by days of publication (ordinals).

    `plain` and `acting` are the days on which they show it so, `left` those on which they say it is over; `undated` reports have no day.
    `articles` are those that show it on a day, two of them at most: whether it is one or several is all that counts.
    """

    plain: set[int] = field(default_factory=set)
    acting: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    undated_plain: bool = False
    undated_acting: bool = False
    articles: frozenset[str] = frozenset()

    @property
    def days(self) -> list[int]:
        """All days on which the person is shown in the office."""
        return sorted(self.plain | self.acting)

    @property
    def is_now(self) -> bool:
        """Whether anything shows the person in the office, and not only that it was left."""
        return bool(self.plain or self.acting or self.undated_plain or self.undated_acting)

    def add(self, holding: OfficeHolding, article: str, day: int | None) -> None:
        """One more report of it."""
        if holding.former:
            self.left |= {day} if day is not None else set()
        elif day is None:
            self.undated_acting, self.undated_plain = self.undated_acting or holding.acting, self.undated_plain or not holding.acting
        else:
            (self.acting if holding.acting else self.plain).add(day)
            self.articles = few(self.articles, {article})

    def __or__(self, other: Shown) -> Shown:
        return Shown(
            self.plain | other.plain, self.acting | other.acting, self.left | other.left, self.undated_plain or other.undated_plain,
            self.undated_acting or other.undated_acting, few(self.articles, other.articles),
        )  # fmt: skip


def few(articles: Iterable[str], more: Iterable[str]) -> frozenset[str]:
    """The first two of both: enough to know one from several."""
    return frozenset(sorted({*articles, *more})[:_OUTWEIGH])


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


def tenures(holdings: Iterable[Holding]) -> tuple[Tenure, ...]:
    """All tenures, by office, of, first day and person. Persons of whom reports only say that they held an office once have none."""
    shown: dict[Key, Shown] = {}
    rows: dict[tuple[str, str], list[Holding]] = {}
    for row in holdings:
        day = row.published.toordinal() if row.published else None
        shown.setdefault((row.person, row.holding.office, row.of or None), Shown()).add(row.holding, row.article, day)
        rows.setdefault((row.person, row.holding.office), []).append(row)
    return tuple(replace(one.tenure, evidence=_evidence(one, rows[one.tenure.person, one.tenure.office])) for one in spells(shown))


def _evidence(spell: Spell, rows: Iterable[Holding]) -> tuple[Place, ...]:
    holding = (row for row in rows if spell.holds(row.holding, row.of or None, row.published.isoformat() if row.published else None))
    return evidence((row.article, row.holding.evidence) for row in holding)


def evidence(told: Iterable[tuple[str, Iterable[Span]]]) -> tuple[Place, ...]:
    """Each place once, in order."""
    places = {Place(article=article, start=span.start, end=span.end) for article, spans in told for span in spans}
    return tuple(sorted(places, key=lambda place: (place.article, place.start, place.end)))


def spells(shown: Mapping[Key, Shown]) -> tuple[Spell, ...]:
    """All tenures without evidence, in order.

    Those of one office of one state need only what is shown of the persons in it, of each in all that it may be of.
    """
    homes: dict[tuple[str, str], set[str]] = {}
    for person, office, of in shown:
        if of:
            homes.setdefault((person, office), set()).add(of)
    said: dict[Key, Shown] = {}
    unsaid: set[Key] = set()
    for (person, office, of), told in shown.items():
        # Holdings of nothing said ('the minister') are of what the person holds that office of elsewhere, where that is one thing.
        home = next(iter(homes[person, office])) if not of and len(homes.get((person, office), ())) == 1 else of
        key = (person, office, home)
        said[key] = said[key] | told if key in said else told
        if home != of:
            unsaid.add(key)
    slips = _slips(said)
    offices: dict[tuple[str, str | None], dict[str, tuple[Shown, bool]]] = {}
    for (person, office, of), told in said.items():
        slip = (person, office, of) in slips
        kept = replace(told, plain=set()) if slip else told
        offices.setdefault((office, of), {})[person] = (kept, slip)
    found = [replace(spell, takes_unsaid=(spell.tenure.person, *of) in unsaid) for of, held in offices.items() for spell in _of_office(*of, held)]
    return tuple(sorted(found, key=lambda one: (one.tenure.office, one.tenure.of or "", one.tenure.first_seen or "", one.tenure.person)))


def _slips(shown: Mapping[Key, Shown]) -> frozenset[Key]:
    """What a single article says of an office against several: another holder of it, or the same holder for another state."""
    by_office: dict[str, list[tuple[Key, list[int]]]] = {}
    for key, found in shown.items():
        if len(found.articles) >= _OUTWEIGH:
            by_office.setdefault(key[1], []).append((key, found.days))
    return frozenset(
        key
        for key, found in shown.items()
        if len(found.articles) == 1
        for day in found.plain
        if any(_outweighs(key, other, days, day) for other, days in by_office.get(key[1], ()))
    )


def _outweighs(own: Key, other: Key, days: Sequence[int], day: int) -> bool:
    """Whether the other holding is shown around that day, and cannot be beside this one."""
    same_person = own[0] == other[0]
    same_office = own[1] in ONE_AT_A_TIME and own[2] is not None and own[2] == other[2]
    place = bisect_right(days, day)
    if own == other or not (same_person or same_office) or not place:
        return False
    before = days[place - 1]
    if same_person:
        after = day if before == day else days[place] if place < len(days) else None
        return after is not None and after - before < _RETURN
    # The day of a change shows both: who comes may be shown once so far.
    return place < len(days) and days[place] - before < _RETURN


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
        for place, spell in enumerate(_spells(days[person], others) or [[]]):
            ends = [day for known in (others, left) if spell and (after := bisect_right(known, spell[-1])) < len(known) for day in (known[after],)]
            plain = not shown.plain.isdisjoint(spell) or (not place and shown.undated_plain)
            tenure = Tenure(
                person=person, office=office, of=of, first_seen=_day(spell[0]) if spell else None, last_seen=_day(spell[-1]) if spell else None,
                ended_before=_day(min(ends)) if ends else None, acting=not plain,
            )  # fmt: skip
            yield Spell(tenure=tenure, takes_undated=not place, takes_unsaid=False, leaves_slips=slip)


def _spells(days: Sequence[int], others: Sequence[int]) -> list[list[int]]:
    """The days of one person, parted where somebody else was seen in a gap long enough to leave and return."""
    found: list[list[int]] = []
    for day in days:
        last = found[-1][-1] if found else None
        if last is not None and not (day - last >= _RETURN and _any_between(others, last, day)):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _any_between(days: Sequence[int], first: int, last: int) -> bool:
    place = bisect_right(days, first)
    return place < len(days) and days[place] < last


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def holders(known: Iterable[Tenure], office: str, of: str, on: date) -> tuple[Holder, ...]:
    """Everybody who may have held an office on a day, the surest first: seen by then, and not ended by then."""
    day = on.isoformat()
    of_office = [tenure for tenure in known if tenure.office == office and tenure.of == of and tenure.first_seen and tenure.first_seen <= day]
    open_then = [tenure for tenure in of_office if not tenure.ended_before or day < tenure.ended_before]
    found = []
    for tenure in open_then:
        seen = min(day, tenure.last_seen or day)
        also = tuple(sorted(other.person for other in open_then if other is not tenure and (other.last_seen or day) >= seen)) if office in ONE_AT_A_TIME else ()
        sure = 0.5 ** (_between(seen, day) / _HALF) / (1 + len(also))
        found.append(Holder(tenure=tenure, seen=seen, sure=round(sure, 3), also=also))
    return tuple(sorted(found, key=lambda holder: (holder.seen, holder.tenure.first_seen or "", holder.tenure.person), reverse=True))


def holder(known: Iterable[Tenure], office: str, of: str, on: date) -> Holder | None:
    """Who was seen last in an office by that day and had not left it, or None: holder(found, "intelligence-chief", "SYR", date(2025, 3, 1))."""
    return next(iter(holders(known, office, of, on)), None)
