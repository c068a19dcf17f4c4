"""A shelf opened to be quoted from: names for ids, and the sentences that facts rest on; what was looked up once is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.model.config import Config
from dragoman.model.reading import Reading
from dragoman.model.record import ArticleOf, Event, ReportOf
from dragoman.model.shelf import Articles, Cut, Shelf
from dragoman.model.shelf import Named as Known
from dragoman.model.spans import Span
from dragoman.service.marks import CODE
from dragoman.service.shelf import open_shelf
from dragoman.store.protocol import Store

# Articles looked up at once.
_TOGETHER = 500
# Readings that stay in memory.
_READINGS = 32


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
    """A shelf with what was looked up on it: for one answer, not for long."""

    shelf: Shelf
    _known: dict[str, Known | None] = field(default_factory=dict)
    _articles: dict[str, ArticleOf] = field(default_factory=dict)
    _readings: dict[str, Reading] = field(default_factory=dict)
    _standing: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def newest(self) -> date:
        """The last day on which an article was published; today where none is dated."""
        day = self.shelf.newest()
        return date.fromisoformat(day) if day else date.today()

    # ---- names
    def know(self, ids: Iterable[str]) -> None:
        """Look names up together."""
        new = sorted({id_ for id_ in ids if id_} - self._known.keys())
        if new:
            self._known.update(dict.fromkeys(new) | dict(self.shelf.named(new)))

    def known(self, identity: str) -> Known | None:
        """The entity of an id, or of a state's code, as the shelf has it."""
        self.know([identity])
        return self._known[identity]

    def named(self, identity: str) -> Named:
        """The same; what the record has not is called by its id."""
        found = self.known(identity)
        if found is None:
            return Named(id=identity, name=identity, kind="")
        return Named(id=found.id, name=found.name, kind=found.kind, code=found.code)

    def side_of(self, identity: str | None) -> str | None:
        """For whom an entity acts: a state's code, an organisation's id."""
        found = self.known(identity) if identity and len(identity) != CODE else None
        if found is None:
            return None
        return found.id if found.kind == "organization" else found.code or found.state

    # ---- articles
    def fetch(self, articles: Iterable[str]) -> None:
        """Look articles up together."""
        new = sorted(set(articles) - self._articles.keys())
        for at in range(0, len(new), _TOGETHER):
            some = tuple(new[at : at + _TOGETHER])
            self._articles.update((one.id, one) for one in self.shelf.articles(Articles(ids=some), Cut(limit=_TOGETHER)).rows)

    def article(self, identity: str) -> ArticleOf:
        """An article of the record."""
        self.fetch([identity])
        return self._articles[identity]

    def reading(self, article: str) -> Reading:
        """What an article says. Raises KeyError where the record does not have it."""
        if article not in self._readings:
            found = self.shelf.reading(article)
            if found is None:
                raise KeyError(article)
            if len(self._readings) >= _READINGS:
                self._readings.pop(next(iter(self._readings)))
            self._readings[article] = found
        return self._readings[article]

    def at(self, article: str, local: str | None) -> str | None:
        """The record id of what an article's reading calls by a local id."""
        if article not in self._standing:
            self._standing[article] = self.shelf.standing(article)
        return self._standing[article].get(local) if local else None

    def prepare(self, events: Sequence[Event]) -> None:
        """Look up together what the lines of these events need."""
        self.fetch(report.article for event in events for report in event.reports)
        parts = [part for event in events for part in event.participants]
        self.know([*(part.entity for part in parts), *(part.side for part in parts if part.side), *(event.place for event in events if event.place)])

    # ---- words
    def quote(self, article: str, span: Span) -> Quote:
        """Characters of an article."""
        of = self.article(article)
        text = self.reading(article).article.text[span.start : span.end]
        return Quote(
            article=article, name=of.name, language=of.language, published=of.published, outlet=of.outlet, start=span.start, end=span.end, quote=text
        )  # fmt: skip

    def sentences(self, article: str, spans: Iterable[Span]) -> tuple[Quote, ...]:
        """The sentences that spans of an article lie in, in the order of the text; a span outside all sentences stands for itself."""
        reading = self.reading(article)
        found: set[Span] = set()
        for span in spans:
            inside = [sentence for sentence in reading.sentences if sentence.overlaps(span)]
            found.update(inside or [span])
        return tuple(self.quote(article, span) for span in sorted(found))

    def by_day(self, reports: Iterable[ReportOf]) -> list[ReportOf]:
        """The reports of an event as they were published."""
        return as_published(reports, self.article)


def as_published(reports: Iterable[ReportOf], article: Callable[[str], ArticleOf]) -> list[ReportOf]:
    """The reports of an event, the first published first, undated ones last; originals before their copies."""

    def rank(report: ReportOf) -> tuple[str, bool, str, str]:
        of = article(report.article)
        return of.published or "9999", of.copy_of is not None, report.article, report.event

    return sorted(reports, key=rank)


def open_book(store: Store, config: Config, *, until: date | None = None) -> Book:
    """The book of a store; with `until` as the articles published by that day make it."""
    return Book(open_shelf(store, config, until=until))
