"""A record in memory as a shelf: composed whole, then asked. For the record as a day knew it, and to hold the kept shelf against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any, cast

from dragoman.linking.given import Given
from dragoman.linking.holders import tenures_on
from dragoman.linking.record import composed
from dragoman.model.reading import Article, EntityKind, Reading
from dragoman.model.record import ArticleOf, CommitmentOf, Copies, Correction, Event, Place, Record, RecordEntity, StatementOf, Story, Tenure
from dragoman.model.record_codec import plain as plain_row
from dragoman.model.shelf import Articles, Commitments, Cut, DoubtfulLink, Events, Member, Met, Month, Named, Page, Part, Passage, Statements
from dragoman.service import asking, marks
from dragoman.service.doubts import doubtful
from dragoman.service.plain import plain
from dragoman.service.sums import facets_of, months_of, most, named_as
from dragoman.store.protocol import Store
from dragoman.store.rows import LISTINGS, Row, Wanted, checked_limit, cursor, values_of

PARTS: tuple[Part, ...] = ("articles", "entities", "tenures", "events", "statements", "commitments", "stories", "copies")


@dataclass(frozen=True)
class Remembered:
    """A `Shelf` (model/shelf.py tells what each method promises) over a record that is composed when something of it is first asked for."""

    store: Store
    given: Given
    known_on: date | None = None

    # ---- what it is made of
    @cached_property
    def record(self) -> Record:
        return composed(self.given)

    @cached_property
    def _entities(self) -> Mapping[str, RecordEntity]:
        return {one.id: one for one in self.record.entities}

    @cached_property
    def _states(self) -> Mapping[str, str]:
        return {one.code: one.id for one in self.record.entities if one.kind == "state" and one.code}

    @cached_property
    def _rows(self) -> Mapping[Part, Mapping[str, tuple[Row, Any]]]:
        known = marks.Known(
            sides={one.id: marks.side_of(one) for one in self.record.entities}, articles={one.id: one for one in self.record.articles}
        )  # fmt: skip
        record = self.record
        rows: dict[Part, list[tuple[Row, Any]]] = {
            "articles": [(self._with_entities(marks.article_row(one)), one) for one in record.articles],
            "entities": [(marks.entity_row(one), one) for one in record.entities],
            "tenures": [(marks.tenure_row(one), one) for one in record.tenures],
            "events": [(marks.event_row(one, known), one) for one in record.events],
            "statements": [(marks.statement_row(one, known), one) for one in record.statements],
            "commitments": [(marks.commitment_row(one, known), one) for one in record.commitments],
            "stories": [(marks.story_row(one), one) for one in record.stories],
            "copies": list(zip(marks.copies_rows(record.copies), record.copies, strict=True)),
        }
        return {part: {row.id: (row, one) for row, one in found} for part, found in rows.items()}

    def _with_entities(self, row: Row) -> Row:
        return replace(row, marks=(*row.marks, *(("entity", one) for one in self._in_article.get(row.id, ()))))

    @cached_property
    def _in_article(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.given.occurrences:
            item = self.given.items.get(one.item)
            if item is not None and item.kind in marks.KINDS:
                found[one.article].add(self.given.record_ids[one.item])
        return {article: sorted(ids) for article, ids in found.items()}

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        return {kind.name: kind.prefix for kind in self.given.kinds}

    # ---- the record
    def version(self) -> str:
        rules, version = self.store.shelving.state()
        return f"{rules}.{version}{f'@{self.known_on}' if self.known_on else ''}"

    def counts(self) -> Mapping[str, int]:
        kinds = Counter[str](one.kind for one in self.record.entities)
        return marks.counted({part: len(getattr(self.record, part)) for part in PARTS}, kinds, len(self.corrections()))

    def current(self, id: str) -> str | None:
        item = self.given.items.get(id[1:])
        if item is not None and self._prefixes.get(item.kind) == id[:1]:
            return self.given.record_ids.get(item.id)
        return id if id in self.given.readings else None

    def newest(self) -> str | None:
        return max((one.published for one in self.record.articles if one.published), default=None)

    def _leads(self, asked: str) -> str:
        return self.current(asked) or self._states.get(asked) or asked

    # ---- one thing
    def _one(self, part: Part, id: str) -> Any:
        found = self._rows[part].get(self.current(id) or id)
        return found[1] if found else None

    def article(self, id: str) -> ArticleOf | None:
        return cast("ArticleOf | None", self._one("articles", id))

    def text(self, article: str) -> Article | None:
        reading = self.given.readings.get(article)
        return reading.article if reading else None

    def reading(self, article: str) -> Reading | None:
        return self.given.readings.get(article)

    def entity(self, id: str) -> RecordEntity | None:
        found = self._entities.get(self._leads(id))
        return replace(found, mentions=()) if found else None

    def event(self, id: str) -> Event | None:
        return cast("Event | None", self._one("events", id))

    def statement(self, id: str) -> StatementOf | None:
        return cast("StatementOf | None", self._one("statements", id))

    def commitment(self, id: str) -> CommitmentOf | None:
        return cast("CommitmentOf | None", self._one("commitments", id))

    def story(self, id: str) -> Story | None:
        return cast("Story | None", self._one("stories", id))

    def copies(self, article: str) -> tuple[Copies, ...]:
        return tuple(one for one in self.record.copies if article in one.articles)

    # ---- many things
    def heads(self, articles: Iterable[str]) -> Mapping[str, ArticleOf]:
        return {id_: found[1] for id_ in articles if (found := self._rows["articles"].get(id_))}

    def texts(self, articles: Iterable[str]) -> Mapping[str, str]:
        return {id_: reading.article.text for id_, reading in self.readings(articles).items()}

    def readings(self, articles: Iterable[str]) -> Mapping[str, Reading]:
        return {id_: reading for id_ in articles if (reading := self.given.readings.get(id_))}

    def entries(self, ids: Iterable[str]) -> Mapping[str, RecordEntity]:
        return {id_: replace(found, mentions=()) for id_ in ids if (found := self._entities.get(id_))}

    # ---- names for ids
    def named(self, ids: Sequence[str]) -> Mapping[str, Named]:
        found = {id_: entity for id_ in ids if (entity := self._entities.get(self._leads(id_)))}
        return named_as(ids, {id_: plain_row(replace(one, mentions=())) for id_, one in found.items()})

    def at(self, article: str, local: str) -> str | None:
        item = self._item_at(article, local)
        return self.given.record_ids.get(item) if item else None

    def member(self, article: str, local: str) -> str | None:
        item = self._item_at(article, local)
        return self._prefixes[self.given.items[item].kind] + item if item else None

    def _item_at(self, article: str, local: str) -> str | None:
        kinds = (kind.name for kind in self.given.kinds if local or kind.name == "story")
        return next((item for kind in kinds if (item := self.given.at.get((kind, article, local)))), None)

    def standing(self, article: str) -> Mapping[str, str]:
        kinds = {kind.name: number for number, kind in enumerate(self.given.kinds)}
        here = [one for one in self._standing.get(article, ()) if one[1] or one[0] == "story"]
        return {local: id_ for _, local, id_ in sorted(here, key=lambda one: -kinds[one[0]])}

    def standings(self, articles: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        return {article: self.standing(article) for article in articles}

    @cached_property
    def _standing(self) -> Mapping[str, Sequence[tuple[str, str, str]]]:
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for one in self.given.occurrences:
            found[one.article].append((self.given.items[one.item].kind, one.local, self.given.record_ids[one.item]))
        return found

    def members(self, id: str) -> tuple[Member, ...]:
        current = self.current(id)
        group = self._members.get(current or "", ())
        return tuple(self._member(id[0], item) for item in group)

    def _member(self, letter: str, item: str) -> Member:
        where = tuple((one.article, one.local) for one in self.given.where.get(item, ()))
        entity = self.given.items[item].kind in marks.KINDS
        names = {found.name for article, local in where if entity and (found := self.given.readings[article].entity(local))}
        return Member(id=letter + item, names=tuple(sorted(names)), where=where)

    @cached_property
    def _members(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for item, identity in sorted(self.given.record_ids.items()):
            found[identity].append(item)
        return found

    def beginning(self, part: Part, letters: str, *, limit: int = 50) -> tuple[str, ...]:
        return tuple(sorted(id_ for id_ in self._rows[part] if id_.startswith(letters))[:limit])

    def spelt(self, kind: EntityKind, typed: str) -> tuple[RecordEntity, ...]:
        return tuple(replace(one, mentions=()) for one in self.record.entities if one.kind == kind)

    # ---- lists
    def _page(self, part: Part, wanted: Wanted, cut: Cut) -> Page[Any]:
        order = LISTINGS[wanted.listing]
        rows = [(row, one) for row, one in self._rows[part].values() if meets(row, wanted)]
        for column, way in reversed(order):
            rows.sort(key=lambda pair: getattr(pair[0], column), reverse=way < 0)
        total = len(rows)
        if cut.after is not None:
            after = values_of(cut.after, wanted.listing)
            rows = [pair for pair in rows if _beyond(pair[0], after, order)]
        limit = checked_limit(cut.limit)
        last = rows[limit - 1][0] if len(rows) > limit else None
        after_last = cursor(wanted.listing, [getattr(last, column) for column, _ in order]) if last else None
        return Page(rows=tuple(one for _, one in rows[:limit]), after=after_last, total=total)

    def articles(self, wanted: Articles = Articles(), cut: Cut = Cut()) -> Page[ArticleOf]:
        return self._page("articles", asking.articles(wanted, self._leads), cut)

    def entities(self, kind: EntityKind, *, words: str | None = None, state: str | None = None, cut: Cut = Cut()) -> Page[RecordEntity]:
        page = self._page("entities", asking.entities(kind, words, state), cut)
        return replace(page, rows=tuple(replace(one, mentions=()) for one in page.rows))

    def mentions(self, entity: str, cut: Cut = Cut()) -> Page[Place]:
        found = self._entities.get(self._leads(entity))
        places = found.mentions if found else ()
        start = asking.place_after(cut.after)
        rows = [one for one in places if start is None or (one.article, one.start, one.end) > start]
        limit = checked_limit(cut.limit)
        return Page(rows=tuple(rows[:limit]), after=asking.after_place(rows[limit - 1]) if len(rows) > limit else None, total=len(places))

    def events(self, wanted: Events = Events(), cut: Cut = Cut()) -> Page[Event]:
        return self._page("events", asking.events(wanted, self._leads), cut)

    def statements(self, wanted: Statements = Statements(), cut: Cut = Cut()) -> Page[StatementOf]:
        return self._page("statements", asking.statements(wanted, self._leads), cut)

    def commitments(self, wanted: Commitments = Commitments(), cut: Cut = Cut()) -> Page[CommitmentOf]:
        return self._page("commitments", asking.commitments(wanted, self._leads), cut)

    def stories(self, cut: Cut = Cut(), *, words: str | None = None) -> Page[Story]:
        return self._page("stories", Wanted(words=plain(words) if words else None, listing="newest"), cut)

    def passages(self, words: str, *, limit: int = 20) -> tuple[Passage, ...]:
        found = ((self.article(one.article), one) for one in self.store.search(words, limit=limit))
        return tuple(Passage(article=article, start=one.start, end=one.end, text=one.text, rank=one.rank) for article, one in found if article)

    def tenures(self, *, person: str | None = None, office: str | None = None, of: str | None = None, on: str | None = None) -> tuple[Tenure, ...]:
        wanted = asking.tenures(person, office, of, self._leads)
        return tenures_on([one for row, one in self._rows["tenures"].values() if meets(row, wanted)], on)

    def terms(self, *, person: str | None = None, office: str | None = None, of: str | None = None, on: str | None = None) -> tuple[Tenure, ...]:
        return tuple(replace(one, evidence=()) for one in self.tenures(person=person, office=office, of=of, on=on))

    # ---- sums
    def months(self, wanted: Events = Events()) -> tuple[Month, ...]:
        asked = asking.events(wanted, self._leads)
        held = [row for row, _ in self._rows["events"].values() if meets(row, asked)]
        return months_of(Counter(value for row in held for name, value in row.marks if name == "month"))

    def met(self, entity: str | None, wanted: Events = Events(), *, limit: int = 50) -> tuple[Met, ...]:
        return self._beside("entity", self._leads(entity) if entity else None, wanted, limit)

    def partners(self, side: str, wanted: Events = Events(), *, limit: int = 50) -> tuple[Met, ...]:
        return self._beside("side", side, wanted, limit)

    def _beside(self, mark: str, own: str | None, wanted: Events, limit: int) -> tuple[Met, ...]:
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row, parties in self._parties(mark, wanted):
            if own is None or own in parties:
                for other in parties - {own}:
                    spans[other].append((row.earliest, row.latest))
        ranked = sorted(spans.items(), key=lambda row: (-len(row[1]), row[0]))[:limit]
        names = self.named([other for other, _ in ranked])
        found = []
        for other, days in ranked:
            dated = [span for span in days if span[0]]
            first, last = (min(span[0] for span in dated), max(span[1] for span in dated)) if dated else (0, 0)
            found.append(Met(entity=names[other], events=len(days), first=marks.day_of(first), last=marks.day_of(last)))
        return tuple(found)

    def _parties(self, mark: str, wanted: Events) -> Iterator[tuple[Row, set[str]]]:
        """Events, and what they have of a mark."""
        asked = asking.events(wanted, self._leads)
        return ((row, {value for name, value in row.marks if name == mark}) for row, _ in self._rows["events"].values() if meets(row, asked))

    def pairs(self, wanted: Events = Events(), *, kind: EntityKind = "person", limit: int = 200) -> tuple[tuple[str, str, int], ...]:
        return self._pairs("entity", self._prefixes[kind], wanted, limit)

    def side_pairs(self, wanted: Events = Events(), *, limit: int = 200) -> tuple[tuple[str, str, int], ...]:
        return self._pairs("side", "", wanted, limit)

    def _pairs(self, mark: str, prefix: str, wanted: Events, limit: int) -> tuple[tuple[str, str, int], ...]:
        seen: Counter[tuple[str, str]] = Counter()
        for _, parties in self._parties(mark, wanted):
            seen.update(combinations(sorted(one for one in parties if one.startswith(prefix)), 2))
        return tuple((one, other, count) for (one, other), count in sorted(seen.items(), key=lambda row: (-row[1], row[0]))[:limit])

    def scenes(self, wanted: Events = Events(), *, limit: int = 250) -> tuple[tuple[str, int], ...]:
        return most(Counter(place for _, places in self._parties("place", wanted) for place in places).items(), limit)

    def voices(self, wanted: Statements = Statements()) -> tuple[tuple[str, int], ...]:
        asked = asking.statements(wanted, self._leads)
        rows = [row for row, _ in self._rows["statements"].values() if meets(row, asked)]
        return most(Counter(value for row in rows for name, value in row.marks if name == "speaker").items())

    def facets(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        seen: Counter[tuple[str, str]] = Counter(mark for row, _ in self._rows["events"].values() for mark in row.marks)
        said = Counter(value for row, _ in self._rows["statements"].values() for name, value in row.marks if name == "channel")
        return facets_of([(name, value, count) for (name, value), count in seen.items()], list(said.items()))

    # ---- people's work
    def corrections(self) -> tuple[Correction, ...]:
        return self.store.corrections()

    def doubtful(self, *, kind: str | None = None, limit: int = 50) -> tuple[DoubtfulLink, ...]:
        links = {one.name: self.given.links.get(one.name, ()) for one in self.given.kinds}
        return doubtful(self.store, self.given.kinds, links, kind=kind, limit=limit)

    # ---- all of it
    def each(self, part: Part) -> Iterator[object]:
        return iter(getattr(self.record, part))


def meets(row: Row, wanted: Wanted) -> bool:
    """Whether a row is one of those."""
    if wanted.ids is not None and row.id not in wanted.ids:
        return False
    have = set(row.marks)
    if not all(any((name, value) in have for value in values) for name, values in wanted.marks):
        return False
    if wanted.since is not None and not (row.earliest and row.latest >= wanted.since):
        return False
    if wanted.until is not None and not (row.earliest and row.earliest <= wanted.until):
        return False
    if wanted.dated is not None and wanted.dated != bool(row.earliest):
        return False
    return row.number >= wanted.least and (not wanted.words or wanted.words in row.words)


def _beyond(row: Row, after: Sequence[Any], order: Sequence[tuple[str, int]]) -> bool:
    for value, (column, way) in zip(after, order, strict=True):
        own = getattr(row, column)
        if own != value:
            return bool(own > value) if way > 0 else bool(own < value)
    return False
