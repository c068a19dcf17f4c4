"""What an event's reports say together, field by field, and where independent ones contradict each other.

An origin is an article with its copies and translations: it has one vote. A less precise date, a missing place, a state in place of its minister or fewer
participants contradict nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.languages.fold import fold
from dragoman.linking import names
from dragoman.linking.days import days
from dragoman.linking.happenings import Happening, happening
from dragoman.linking.items import Item
from dragoman.linking.parties import Party, party_likeness
from dragoman.model.reading import EventReport, Factuality, Participation
from dragoman.model.record import Disputed, Version

# From here on two participants are one.
_ONE = 0.6
# What is held outweighs what is planned, however many announced it.
_REALITY: tuple[Factuality, ...] = ("actual", "planned", "possible", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of an event: its item, article and origin; `event` has the record's ids for place and participants, in the order of its reading."""

    item: Item
    article: str
    origin: str
    event: EventReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The fields of an event that its reports agree on, or most of them."""

    type: str
    mode: str | None
    date: str | None
    place: str | None
    participants: tuple[Participation, ...]
    topics: tuple[str, ...]
    contexts: tuple[str, ...]
    factuality: Factuality
    origins: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A report with its facts as values."""

    report: Report
    facts: Happening

    @property
    def event(self) -> EventReport:
        return self.report.event

    @property
    def origin(self) -> str:
        return self.report.origin


@dataclass(slots=True)
class _Participant:
    """One participant of the event, as the rows have it."""

    party: Party
    seen: list[tuple[_Row, Participation]] = field(default_factory=list)

    @property
    def origins(self) -> set[str]:
        return {row.origin for row, _ in self.seen}


def told(reports: Sequence[Report]) -> Told:
    """The version of most origins, of those the most precise, of those the smallest; of topics and contexts all."""
    rows = _rows(reports)
    kind = _most(rows, lambda row: row.event.type) or rows[0].event.type
    return Told(
        type=kind,
        mode=_most([row for row in rows if row.event.type == kind], lambda row: row.event.mode),
        date=_date(rows),
        place=_place(rows),
        participants=_participations(rows),
        topics=tuple(sorted({topic for row in rows for topic in row.event.topics})),
        contexts=tuple(sorted({context for row in rows for context in row.event.contexts})),
        factuality=next(one for one in _REALITY if any(row.event.factuality == one for row in rows)),
        origins=len({row.origin for row in rows}),
    )


def disputed(reports: Sequence[Report]) -> tuple[Disputed, ...]:
    """The fields date, participants, place and type in which origins contradict each other, each version with its articles, all sorted.

    The participants of a version are their ids with spaces between.
    """
    rows = _rows(reports)
    if len({row.origin for row in rows}) < 2:
        return ()
    fields = {"date": _dates(rows), "participants": _companies(rows), "place": _places(rows), "type": _types(rows)}
    return tuple(Disputed(field=name, versions=versions) for name, versions in fields.items() if len(versions) > 1)


def _rows(reports: Iterable[Report]) -> list[_Row]:
    return [_Row(report, happening(report.item)) for report in sorted(reports, key=lambda report: (report.article, report.item.id))]


def _by_origin(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.origin].append(row)
    return dict(sorted(found.items()))


def _most(rows: Sequence[_Row], value: Callable[[_Row], str | None]) -> str | None:
    """The value of most origins, then of most articles, then the smallest."""
    origins: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        given = value(row)
        if given is not None:
            origins[given].add(row.origin)
            articles[given].add(row.report.article)
    return min(origins, key=lambda given: (-len(origins[given]), -len(articles[given]), given), default=None)


def _versions(rows: Sequence[_Row], values: Mapping[str, str | None]) -> tuple[Version, ...]:
    """Origins' values, each with all articles of those origins."""
    articles: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        value = values.get(row.origin)
        if value is not None:
            articles[value].add(row.report.article)
    return tuple(Version(value=value, articles=tuple(sorted(articles[value]))) for value in sorted(articles))


def _date(rows: Sequence[_Row]) -> str | None:
    """The date that most origins give or allow, then most articles, of those the most precise."""
    given = [(row, row.event.date) for row in rows if row.event.date]

    def rank(value: str) -> tuple[int, int, int, str]:
        allow = [row for row, other in given if other == value or _holds(other, value)]
        span = days(value)
        width = span.width if span else 10**6
        return -len({row.origin for row in allow}), -len({row.report.article for row in allow}), width, value

    return min({value for _, value in given}, key=rank, default=None)


def _holds(outer: str, inner: str) -> bool:
    wide, narrow = days(outer), days(inner)
    return wide is not None and narrow is not None and wide.earliest <= narrow.earliest and narrow.latest <= wide.latest


def _dates(rows: Sequence[_Row]) -> tuple[Version, ...]:
    own = {origin: _date(mine) for origin, mine in _by_origin(rows).items()}
    spans = {origin: span for origin, value in own.items() if (span := days(value))}
    return _versions(rows, {one: own[one] for one, left in spans.items() if any(left.gap(right) for right in spans.values())})


def _types(rows: Sequence[_Row]) -> tuple[Version, ...]:
    """Types of what happened; that a meeting was an agreement while it was planned contradicts nobody."""
    held = [row for row in rows if row.event.factuality != "planned"]
    return _versions(held, {origin: _most(mine, lambda row: row.event.type) for origin, mine in _by_origin(held).items()})


def _place(rows: Sequence[_Row]) -> str | None:
    """A town before its state."""
    towns = [row for row in rows if row.facts.place_kind != "state"]
    return _most(towns, lambda row: row.event.place) or _most(rows, lambda row: row.event.place)


def _places(rows: Sequence[_Row]) -> tuple[Version, ...]:
    saying: dict[str, list[_Row]] = {}
    for origin, mine in _by_origin(rows).items():
        place = _place(mine)
        if place is not None:
            saying[origin] = [row for row in mine if row.event.place == place]
    # A translation that says the same keeps the original's word: any two rows that can be compared decide.
    every = [row for mine in saying.values() for row in mine]
    opposed = {one: mine[0].event.place for one, mine in saying.items() if any(_elsewhere(row, other) for row in mine for other in every)}
    return _versions(rows, opposed)


def _elsewhere(left: _Row, right: _Row) -> bool:
    """Whether two places are two: not where the names may be of one town in two languages, nor where one is the state around the other."""
    one, other = left.facts, right.facts
    if left.event.place == right.event.place or {fold(name) for name in one.place} & {fold(name) for name in other.place}:
        return False
    if max((names.likeness(here, there).score for here in one.place for there in other.place), default=1.0) >= names.COMPATIBLE:
        return False
    states = one.place_state, other.place_state
    if all(states):
        return states[0] != states[1] or ("state" not in (one.place_kind, other.place_kind) and one.language == other.language)
    return one.language == other.language


def _gathered(rows: Sequence[_Row]) -> list[_Participant]:
    """Who takes part, each once, in the order of rows; a state for which another report has a person is that person's."""
    found: list[_Participant] = []
    for row in rows:
        for party, part in _paired(row):
            known = [one for one in found if all(seen is not row for seen, _ in one.seen)]
            home = next((one for one in known if any(part.entity == other.entity for _, other in one.seen)), None)
            if home is None:
                alike = [(party_likeness(one.party, party)[0], one) for one in known if (one.party.kind == "person") == (party.kind == "person")]
                near, home = max(alike, key=lambda pair: pair[0], default=(0.0, None))
                home = home if near >= _ONE else None
            if home is None:
                home = _Participant(party)
                found.append(home)
            home.seen.append((row, part))
    spoken = {one.party.side for one in found if one.party.kind == "person"}
    return [one for one in found if not (one.party.kind == "state" and one.party.code in spoken and not _beside_its_person(one, found))]


def _paired(row: _Row) -> Iterator[tuple[Party, Participation]]:
    """Each participant with what is compared of it; where the record lacks an id for one, by their order and role."""
    parties, parts = row.facts.parties, row.event.participants
    if len(parties) <= len(parts):
        yield from zip(parties, parts, strict=False)
        return
    waiting = iter(parties)
    for part in parts:
        party = next((one for one in waiting if one.role == part.role), None)
        if party is not None:
            yield party, part


def _beside_its_person(state: _Participant, found: Sequence[_Participant]) -> bool:
    rows = [row for row, _ in state.seen]
    return any(row is seen for one in found if one.party.kind == "person" and one.party.side == state.party.code for seen, _ in one.seen for row in rows)


def _participations(rows: Sequence[_Row]) -> tuple[Participation, ...]:
    """All who are named; where origins name others, those whom half of the origins that name anybody have."""
    gathered = _gathered(rows)
    naming = {row.origin for row in rows if row.facts.parties}
    if len(_companies(rows)) > 1:
        gathered = [one for one in gathered if 2 * len(one.origins) >= len(naming)]
    return tuple(sorted((_participation(one) for one in gathered), key=lambda part: (part.entity, part.role)))


def _participation(one: _Participant) -> Participation:
    parts = {id(row): part for row, part in one.seen}
    rows = [row for row, _ in one.seen]
    lead = _most(rows, lambda row: parts[id(row)].entity)
    role = _most(rows, lambda row: parts[id(row)].role)
    chosen = next(part for part in parts.values() if part.entity == lead)
    like = next(part for part in parts.values() if part.role == role)
    return Participation(
        entity=chosen.entity, role=like.role, side=_most(rows, lambda row: parts[id(row)].side), office=_most(rows, lambda row: parts[id(row)].office)
    )


def _companies(rows: Sequence[_Row]) -> tuple[Version, ...]:
    """Companies of origins each of which has somebody that the other lacks: a person against a person, a state or body against another."""
    gathered = _gathered(rows)
    own = {origin: [one for one in gathered if origin in one.origins] for origin in {row.origin for row in rows}}
    opposed = [one for one, mine in own.items() if any(_other_company(mine, theirs) for theirs in own.values())]
    return _versions(rows, {origin: " ".join(sorted(_participation(one).entity for one in own[origin])) for origin in opposed})


def _other_company(ours: Sequence[_Participant], theirs: Sequence[_Participant]) -> bool:
    left = [one for one in ours if one not in theirs and not _stood_for(one, theirs)]
    right = [one for one in theirs if one not in ours and not _stood_for(one, ours)]
    kinds = [{one.party.kind == "person" for one in side} for side in (left, right)]
    return bool(kinds[0] & kinds[1])


def _stood_for(one: _Participant, company: Sequence[_Participant]) -> bool:
    """Whether the company has the person's state, or a person of the state."""
    if one.party.kind == "person":
        return any(other.party.kind != "person" and other.party.code and other.party.code == one.party.side for other in company)
    return any(other.party.side and other.party.side in (one.party.code, one.party.side) for other in company)
