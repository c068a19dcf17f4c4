"""A record opened to be looked things up in: its parts by id, ids that redirect, and the sentences that its facts rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dragoman.linking.given import Given
from dragoman.linking.record import composed
from dragoman.model.config import Config
from dragoman.model.record import ArticleOf, Event, Record, RecordEntity, ReportOf, Story
from dragoman.model.spans import Span
from dragoman.service.record import given_of
from dragoman.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something of the record as others speak of it; `code` is a state's, in whose place a reader's own language has a name."""

    id: str
    name: str
    kind: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Characters start:end of an article, with what says where the words come from; `name` is the article's file name or id."""

    article: str
    name: str
    language: str
    published: str | None
    outlet: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Book:
    """A record with what it is made of; it is composed only when something of it is asked for."""

    given: Given

    @cached_property
    def record(self) -> Record:
        return composed(self.given)

    @cached_property
    def entities(self) -> Mapping[str, RecordEntity]:
        return {one.id: one for one in self.record.entities}

    @cached_property
    def articles(self) -> Mapping[str, ArticleOf]:
        return {one.id: one for one in self.record.articles}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        return {one.id: one for one in self.record.events}

    @cached_property
    def stories(self) -> Mapping[str, Story]:
        return {one.id: one for one in self.record.stories}

    @cached_property
    def told_in(self) -> Mapping[str, Sequence[Event]]:
        """The events that each article reports."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.record.events:
            for article in dict.fromkeys(report.article for report in event.reports):
                found[article].append(event)
        return found

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """The items behind each id of the record, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for item, identity in sorted(self.given.record_ids.items()):
            found[identity].append(item)
        return found

    @cached_property
    def newest(self) -> date:
        """The last day on which an article was published; today where none is dated."""
        days = [article.published for article in self.given.articles if article.published]
        return max(days, default=date.today())

    def current(self, typed: str) -> str | None:
        """What an id is in the record now: one of a thing that was merged into another leads to that; None where it is no id."""
        return self.given.record_ids.get(typed[1:]) if self.item(typed) else None

    def item(self, typed: str) -> str | None:
        """The item that an id is made of: the letter of a kind and the item's own."""
        item = self.given.items.get(typed[1:])
        prefixes = {kind.name: kind.prefix for kind in self.given.kinds}
        return item.id if item is not None and prefixes.get(item.kind) == typed[:1] else None

    def named(self, identity: str) -> Named:
        """The entity of an id, or of a state's code."""
        entity = self.entities.get(identity) or self._states.get(identity)
        if entity is None:
            return Named(id=identity, name=identity, kind="state" if len(identity) == 3 else "", code=identity if len(identity) == 3 else None)
        return Named(id=entity.id, name=entity.name, kind=entity.kind, code=entity.code)

    @cached_property
    def _states(self) -> Mapping[str, RecordEntity]:
        return {one.code: one for one in self.record.entities if one.kind == "state" and one.code}

    def side_of(self, identity: str | None) -> str | None:
        """For whom an entity acts: a state's code, an organisation's id."""
        entity = self.entities.get(identity or "")
        if entity is None:
            return None
        return entity.id if entity.kind == "organization" else entity.code or entity.state

    def quote(self, article: str, span: Span) -> Quote:
        """Characters of an article."""
        of = self.articles[article]
        text = self.given.readings[article].article.text[span.start : span.end]
        return Quote(
            article=article, name=of.name, language=of.language, published=of.published, outlet=of.outlet, start=span.start, end=span.end, quote=text
        )  # fmt: skip

    def sentences(self, article: str, spans: Iterable[Span]) -> tuple[Quote, ...]:
        """The sentences that spans of an article lie in, in the order of the text; a span outside all sentences stands for itself."""
        reading = self.given.readings[article]
        found: set[Span] = set()
        for span in spans:
            inside = [sentence for sentence in reading.sentences if sentence.overlaps(span)]
            found.update(inside or [span])
        return tuple(self.quote(article, span) for span in sorted(found))

    def by_day(self, reports: Iterable[ReportOf]) -> list[ReportOf]:
        """The reports of an event as they were published, the first first; originals before their copies."""

        def rank(report: ReportOf) -> tuple[str, bool, str, str]:
            article = self.articles[report.article]
            return article.published or "9999", article.copy_of is not None, report.article, report.event

        return sorted(reports, key=rank)


def open_book(store: Store, config: Config, *, until: date | None = None) -> Book:
    """The book of a store; with `until` as the articles published by that day make it."""
    return Book(given_of(store, config, until=until))
