"""The shelf as it is kept in a store: every answer is a query or a few, whatever the record's size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from dragoman.linking import names
from dragoman.linking.holders import tenures_on
from dragoman.linking.items import Kind, Link
from dragoman.linking.tenures import evidence
from dragoman.model.reading import Article, EntityKind, Reading
from dragoman.model.record import ArticleOf, CommitmentOf, Copies, Correction, Event, Place, RecordEntity, StatementOf, Story, Tenure
from dragoman.model.record_codec import row_of
from dragoman.model.shelf import Articles, Commitments, Cut, DoubtfulLink, Events, Member, Met, Month, Named, Page, Part, Passage, Statements
from dragoman.model.spans import Span
from dragoman.service import asking, marks
from dragoman.service.doubts import LOOKED_AT, doubtful
from dragoman.service.neighbourhood import batches, decoded
from dragoman.service.plain import plain
from dragoman.service.sums import FACET_MARKS, facets_of, months_of, most, named_as
from dragoman.service.tenancy import holding_of, spells_kept
from dragoman.store.asked import Beside
from dragoman.store.protocol import Store
from dragoman.store.rows import Wanted, checked_limit, from_json
from dragoman.store.summed import Said

# Tenures whose evidence is looked up together where all are asked for.
_TOGETHER = 200


@dataclass(frozen=True)
class KeptShelf:
    """A `Shelf` (model/shelf.py tells what each method promises) over a store whose shelf is current (service/shelf.py sees to that)."""

    store: Store
    kinds: Sequence[Kind]

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        return {kind.name: kind.prefix for kind in self.kinds}

    # ---- the record
    def version(self) -> str:
        rules, version = self.store.shelving.state()
        return f"{rules}.{version}"

    def counts(self) -> Mapping[str, int]:
        sizes = self.store.shelving.sizes()
        parts = {part: count for (part, kind), count in sizes.items() if not kind}
        return marks.counted(parts, {kind: count for (_, kind), count in sizes.items() if kind}, len(self.corrections()))

    def current(self, id: str) -> str | None:
        found = self.store.shelving.kind_of(id[1:])
        if found is not None and self._prefixes.get(found[0]) == id[:1]:
            return id[0] + found[1]
        return id if self.store.shelving.rows("articles", [id]) else None

    def newest(self) -> str | None:
        return marks.day_of(self.store.asked.newest())

    def _leads(self, asked: str) -> str:
        if len(asked) == marks.CODE:
            return next(iter(self._states([asked]).values()), asked)
        return self.current(asked) or asked

    def _leading(self, asked: Iterable[str]) -> Callable[[str], str]:
        """`_leads` of these, looked up together; it takes the letter of an id on trust, for one that is another's meets nothing."""
        every = list(dict.fromkeys(asked))
        states = self._states([one for one in every if len(one) == marks.CODE])
        groups = self.store.group_of([one[1:] for one in every if len(one) != marks.CODE])
        found = {one: states.get(one, one) if len(one) == marks.CODE else one[0] + groups[one[1:]] if one[1:] in groups else one for one in every}
        return lambda one: found[one]

    def _states(self, codes: Sequence[str]) -> dict[str, str]:
        """The ids of states by code."""
        ids = self.store.shelving.marked("entities", "code", codes)
        found = self.store.shelving.marks("entities", ids, ("code", "kind"))
        return {dict(own)["code"]: id_ for id_, own in found.items() if ("kind", "state") in own}

    # ---- one thing
    def _one(self, part: Part, id: str) -> Any:
        text = self.store.shelving.rows(part, [id]).get(id)
        if text is None and (current := self.current(id)) not in (None, id):
            text = self.store.shelving.rows(part, [str(current)]).get(str(current))
        return row_of(part, from_json(text)) if text is not None else None

    def article(self, id: str) -> ArticleOf | None:
        return cast("ArticleOf | None", self._one("articles", id))

    def text(self, article: str) -> Article | None:
        reading = self.reading(article)
        return reading.article if reading else None

    def reading(self, article: str) -> Reading | None:
        text = self.store.reading(article)
        return decoded(text) if text is not None else None

    def entity(self, id: str) -> RecordEntity | None:
        return cast("RecordEntity | None", self._one("entities", self._leads(id) if len(id) == marks.CODE else id))

    def event(self, id: str) -> Event | None:
        return cast("Event | None", self._one("events", id))

    def statement(self, id: str) -> StatementOf | None:
        return cast("StatementOf | None", self._one("statements", id))

    def commitment(self, id: str) -> CommitmentOf | None:
        return cast("CommitmentOf | None", self._one("commitments", id))

    def story(self, id: str) -> Story | None:
        return cast("Story | None", self._one("stories", id))

    def copies(self, article: str) -> tuple[Copies, ...]:
        ids = self.store.shelving.marked("copies", "article", [article])
        found = [cast("Copies", row_of("copies", from_json(text))) for text in self.store.shelving.rows("copies", ids).values()]
        return tuple(sorted(found, key=lambda one: (one.articles, one.kind)))

    # ---- many things
    def heads(self, articles: Iterable[str]) -> Mapping[str, ArticleOf]:
        asked = list(dict.fromkeys(articles))
        rows = self.store.shelving.rows("articles", asked)
        return {id_: row_of("articles", from_json(rows[id_])) for id_ in asked if id_ in rows}

    def texts(self, articles: Iterable[str]) -> Mapping[str, str]:
        asked = list(dict.fromkeys(articles))
        found = self.store.asked.texts(asked)
        return {id_: found[id_] for id_ in asked if id_ in found}

    def readings(self, articles: Iterable[str]) -> Mapping[str, Reading]:
        asked = list(dict.fromkeys(articles))
        found = dict(self.store.readings(asked)) if asked else {}
        return {id_: decoded(found[id_]) for id_ in asked if id_ in found}

    def entries(self, ids: Iterable[str]) -> Mapping[str, RecordEntity]:
        asked = list(dict.fromkeys(ids))
        rows = self.store.shelving.rows("entities", asked)
        return {id_: row_of("entities", from_json(rows[id_])) for id_ in asked if id_ in rows}

    # ---- names for ids
    def named(self, ids: Sequence[str]) -> Mapping[str, Named]:
        leads = {id_: id_ for id_ in ids} | self._states([id_ for id_ in ids if len(id_) == marks.CODE])
        rows = self.store.shelving.rows("entities", leads.values())
        if lost := [id_ for id_, lead in leads.items() if lead not in rows and len(id_) != marks.CODE]:
            lead_of = self._leading(lost)
            leads |= {id_: lead_of(id_) for id_ in lost}
            rows |= self.store.shelving.rows("entities", set(leads.values()) - rows.keys())
        return named_as(ids, {id_: from_json(rows[lead]) for id_, lead in leads.items() if lead in rows})

    def at(self, article: str, local: str) -> str | None:
        found = self._standing(article, local)
        return self._prefixes[found[0]] + found[2] if found else None

    def member(self, article: str, local: str) -> str | None:
        found = self._standing(article, local)
        return self._prefixes[found[0]] + found[1] if found else None

    def standing(self, article: str) -> Mapping[str, str]:
        return self.standings([article])[article]

    def standings(self, articles: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        order = {kind.name: number for number, kind in enumerate(self.kinds)}
        found: dict[str, dict[str, str]] = {article: {} for article in articles}
        here = [one for one in self.store.shelving.standing(found) if one.local or one.kind == "story"]
        for one in sorted(here, key=lambda one: -order[one.kind]):
            found[one.article][one.local] = self._prefixes[one.kind] + one.smallest
        return found

    def _standing(self, article: str, local: str) -> tuple[str, str, str] | None:
        """Kind, item and smallest of the group of what an article calls so."""
        here = {one.kind: (one.kind, one.item, one.smallest) for one in self.store.shelving.standing([article]) if one.local == local}
        return next((here[kind.name] for kind in self.kinds if kind.name in here and (local or kind.name == "story")), None)

    def _items(self, id: str) -> tuple[str, ...]:
        """The items that a thing was linked from."""
        found = self.store.shelving.kind_of(id[1:])
        if found is None or self._prefixes.get(found[0]) != id[:1]:
            return ()
        return tuple(sorted(self.store.shelving.grouped(found[0], [found[1]]).get(found[1], ())))

    def members(self, id: str) -> tuple[Member, ...]:
        items = self._items(id)
        where: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in self.store.occurrences(items=items):
            where[one.item].append((one.article, one.local))
        names = self.store.summed.called(items)
        return tuple(Member(id=id[0] + item, names=names.get(item, ()), where=tuple(where[item])) for item in items)

    def beginning(self, part: Part, letters: str, *, limit: int = 50) -> tuple[str, ...]:
        return self.store.asked.beginning(part, letters, limit)

    def spelt(self, kind: EntityKind, typed: str) -> tuple[RecordEntity, ...]:
        wanted = plain(typed)
        texts = self.store.asked.spelt(kind, wanted.split(), wanted, sorted(names.keys(typed)))
        return tuple(row_of("entities", from_json(text)) for text in texts)

    # ---- lists
    def _page(self, part: Part, wanted: Wanted, cut: Cut) -> Page[Any]:
        found = self.store.asked.page(part, wanted, cut.limit, cut.after)
        return Page(rows=tuple(row_of(part, from_json(text)) for text in found.texts), after=found.after, total=found.total)

    def articles(self, wanted: Articles = Articles(), cut: Cut = Cut()) -> Page[ArticleOf]:
        return self._page("articles", asking.articles(wanted, self._leads), cut)

    def entities(self, kind: EntityKind, *, words: str | None = None, state: str | None = None, cut: Cut = Cut()) -> Page[RecordEntity]:
        return self._page("entities", asking.entities(kind, words, state), cut)

    def mentions(self, entity: str, cut: Cut = Cut()) -> Page[Place]:
        items = self._items(self._leads(entity))
        limit = checked_limit(cut.limit)
        places = self.store.summed.mentions(items, asking.place_after(cut.after), limit + 1)
        after = asking.after_place(places[limit - 1]) if len(places) > limit else None
        return Page(rows=places[:limit], after=after, total=self.store.summed.mentioned(items))

    def events(self, wanted: Events = Events(), cut: Cut = Cut()) -> Page[Event]:
        return self._page("events", self._events(wanted), cut)

    def _events(self, wanted: Events) -> Wanted:
        return asking.events(wanted, self._leading((*wanted.entities, *wanted.sides, *wanted.places, *wanted.stories, *wanted.planned_as)))

    def _statements(self, wanted: Statements) -> Wanted:
        return asking.statements(wanted, self._leading((*wanted.speakers, *wanted.sides)))

    def statements(self, wanted: Statements = Statements(), cut: Cut = Cut()) -> Page[StatementOf]:
        return self._page("statements", self._statements(wanted), cut)

    def commitments(self, wanted: Commitments = Commitments(), cut: Cut = Cut()) -> Page[CommitmentOf]:
        return self._page("commitments", asking.commitments(wanted, self._leading((*wanted.by, *wanted.to))), cut)

    def stories(self, cut: Cut = Cut(), *, words: str | None = None) -> Page[Story]:
        return self._page("stories", Wanted(words=plain(words) if words else None, listing="newest"), cut)

    def passages(self, words: str, *, limit: int = 20) -> tuple[Passage, ...]:
        found = self.store.search(words, limit=limit)
        rows = self.store.shelving.rows("articles", [one.article for one in found])
        return tuple(
            Passage(article=row_of("articles", from_json(rows[one.article])), start=one.start, end=one.end, text=one.text, rank=one.rank)
            for one in found
            if one.article in rows
        )

    def _terms(self, person: str | None, office: str | None, of: str | None, on: str | None) -> dict[Tenure, str]:
        """Tenures without their evidence, and the ids of their rows."""
        wanted = asking.tenures(person, office, of, self._leads)
        ids: set[str] | None = None
        for name, values in wanted.marks:
            found = set(self.store.shelving.marked("tenures", name, values))
            ids = found if ids is None else ids & found
        rows = self.store.shelving.rows("tenures", ids) if ids is not None else dict(self.store.shelving.each("tenures"))
        every: dict[Tenure, str] = {row_of("tenures", from_json(rows[id_])): id_ for id_ in sorted(rows)}
        return {one: every[one] for one in tenures_on(every, on)}

    def terms(self, *, person: str | None = None, office: str | None = None, of: str | None = None, on: str | None = None) -> tuple[Tenure, ...]:
        return tuple(self._terms(person, office, of, on))

    def tenures(self, *, person: str | None = None, office: str | None = None, of: str | None = None, on: str | None = None) -> tuple[Tenure, ...]:
        return tuple(self._with_evidence(self._terms(person, office, of, on)))

    def _with_evidence(self, terms: Mapping[Tenure, str]) -> Iterator[Tenure]:
        """The tenures with what articles say of them: what they say of one office in one query."""
        groups = self.store.shelving.grouped("person", {one.person[1:] for one in terms})
        persons = {item: one.person for one in terms for item in groups.get(one.person[1:], ())}
        said: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for office in sorted({one.office for one in terms}):
            items = [item for one in terms if one.office == office for item in groups.get(one.person[1:], ())]
            for each in self.store.summed.said(items, office):
                said[persons[each.person], office].append(each)
        bodies = self.store.group_of(sorted({one.body for every in said.values() for one in every if one.body}))
        letter = self._prefixes["organization"]
        for spell in spells_kept(self.store, terms):
            one = spell.tenure
            held = [
                each
                for each in said[one.person, one.office]
                if spell.holds(holding_of(each), each.of or (letter + bodies[each.body] if each.body in bodies else None), marks.day_of(each.day))
            ]
            yield replace(one, evidence=evidence((each.article, (Span(*place) for place in each.evidence)) for each in held))

    # ---- sums
    def months(self, wanted: Events = Events()) -> tuple[Month, ...]:
        return months_of({value: count for _, value, count in self.store.asked.counted("events", ("month",), self._events(wanted))})

    def met(self, entity: str | None, wanted: Events = Events(), *, limit: int = 50) -> tuple[Met, ...]:
        return self._met(self.store.asked.beside(self._leads(entity) if entity else None, self._events(wanted), limit))

    def partners(self, side: str, wanted: Events = Events(), *, limit: int = 50) -> tuple[Met, ...]:
        return self._met(self.store.asked.beside(side, self._events(wanted), limit, mark="side"))

    def _met(self, found: Sequence[Beside]) -> tuple[Met, ...]:
        named = self.named([one.value for one in found])
        return tuple(
            Met(entity=named[one.value], events=one.events, first=marks.day_of(one.first), last=marks.day_of(one.last)) for one in found if one.value in named
        )

    def pairs(self, wanted: Events = Events(), *, kind: EntityKind = "person", limit: int = 200) -> tuple[tuple[str, str, int], ...]:
        return self.store.asked.pairs(self._prefixes[kind], self._events(wanted), limit)

    def side_pairs(self, wanted: Events = Events(), *, limit: int = 200) -> tuple[tuple[str, str, int], ...]:
        return self.store.asked.pairs("", self._events(wanted), limit, mark="side")

    def scenes(self, wanted: Events = Events(), *, limit: int = 250) -> tuple[tuple[str, int], ...]:
        return most(((value, count) for _, value, count in self.store.asked.counted("events", ("place",), self._events(wanted))), limit)

    def voices(self, wanted: Statements = Statements()) -> tuple[tuple[str, int], ...]:
        return most((value, count) for _, value, count in self.store.asked.counted("statements", ("speaker",), self._statements(wanted)))

    def facets(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        channels = [(value, count) for _, value, count in self.store.asked.counted("statements", ("channel",))]
        return facets_of(self.store.asked.counted("events", FACET_MARKS), channels)

    # ---- people's work
    def corrections(self) -> tuple[Correction, ...]:
        return self.store.corrections()

    def doubtful(self, *, kind: str | None = None, limit: int = 50) -> tuple[DoubtfulLink, ...]:
        looked_at = limit * LOOKED_AT + len(self.corrections())
        links = {
            one.name: [Link(*row) for row in self.store.asked.weakest(one.name, looked_at)] for one in self.kinds if kind in (None, one.name)
        }  # fmt: skip
        return doubtful(self.store, self.kinds, links, kind=kind, limit=limit)

    # ---- all of it
    def each(self, part: Part) -> Iterator[object]:
        rows = ((id_, row_of(part, from_json(text))) for id_, text in self.store.shelving.each(part))
        if part == "tenures":
            for some in batches(rows, _TOGETHER):
                yield from self._with_evidence({one: id_ for id_, one in some})
            return
        for id_, one in rows:
            yield replace(one, mentions=tuple(self.store.summed.all_mentions(self._items(id_)))) if isinstance(one, RecordEntity) else one
