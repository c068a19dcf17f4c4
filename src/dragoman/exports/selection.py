"""What of a record an export is about: all of it, or the facts that somebody asks for and the articles, people and places they rest on.

Wanted ──▶ events · statements · commitments ──▶ their articles ──▶ stories, copies
                                            └──▶ whom they name ──▶ entities, tenures
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from dragoman.exports.held import Held
from dragoman.knowledge.places import Gazetteer
from dragoman.linking.days import Days, days
from dragoman.model.reading import Article, Reading
from dragoman.model.record import ArticleOf, CommitmentOf, Copies, Correction, Event, RecordEntity, StatementOf, Story, Tenure
from dragoman.model.shelf import Named, Part, Shelf
from dragoman.model.spans import Span

_T = TypeVar("_T")
# Characters of texts, and of articles whose readings are at hand: a reading takes fifty times the memory of its text.
_TEXTS, _READ = 8_000_000, 400_000
_NAMES_HELD = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """All that is given must hold. Persons and organisations by id, states by code, days as EDTF; what has no day meets neither `since` nor `until`.

    An outlet or a language is met by a fact that one of its reports has it; the fact is then exported whole, with all its reports.
    """

    between: tuple[str, str] | None = None
    person: str | None = None
    side: str | None = None
    type: str | None = None
    topic: str | None = None
    language: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """Ids of what the chosen facts rest on."""

    articles: frozenset[str]
    entities: frozenset[str]


@dataclass(frozen=True)
class Selection:
    """The part of a record that is exported; nothing of it is held but ids and the articles last asked for.

    `text_of` gives an article more cheaply than the shelf does, which may have to decode its reading. `labels` is the language of who reads it, for
    forms that people read; what programs read is in English always.
    """

    shelf: Shelf
    wanted: Wanted = field(default_factory=Wanted)
    look_up: Callable[[], Gazetteer] | None = None
    text_of: Callable[[str], Article | None] | None = None
    stages: str = ""
    references: Callable[[], Iterable[Mapping[str, object]]] = tuple
    labels: str = "en"

    @property
    def everything(self) -> bool:
        """True where nothing in particular is asked for."""
        return self.wanted == Wanted()

    # ---- parts, in the order of the contract
    def articles(self) -> Iterator[ArticleOf]:
        found = cast("Iterator[ArticleOf]", self.shelf.each("articles"))
        return found if self._chosen is None else (one for one in found if one.id in self._articles)

    def entities(self) -> Iterator[RecordEntity]:
        """With their mentions, those in chosen articles."""
        found = cast("Iterator[RecordEntity]", self.shelf.each("entities"))
        chosen = self._chosen
        if chosen is None:
            return found
        return (
            replace(one, mentions=tuple(place for place in one.mentions if place.article in chosen.articles))
            for one in found
            if one.id in chosen.entities or (one.code and one.code in chosen.entities)
        )

    def tenures(self) -> Iterator[Tenure]:
        found = cast("Iterator[Tenure]", self.shelf.each("tenures"))
        chosen = self._chosen
        return found if chosen is None else (one for one in found if one.person in chosen.entities)

    def events(self) -> Iterator[Event]:
        return self._facts("events", self._meets_event)

    def statements(self) -> Iterator[StatementOf]:
        return self._facts("statements", self._meets_statement)

    def commitments(self) -> Iterator[CommitmentOf]:
        return self._facts("commitments", self._meets_commitment)

    def stories(self) -> Iterator[Story]:
        for one in cast("Iterator[Story]", self.shelf.each("stories")):
            if articles := self._of(one.articles):
                yield replace(one, articles=articles)

    def copies(self) -> Iterator[Copies]:
        for one in cast("Iterator[Copies]", self.shelf.each("copies")):
            if len(articles := self._of(one.articles)) > 1:
                yield replace(one, articles=articles)

    def corrections(self) -> tuple[Correction, ...]:
        """All of them where the whole record is exported; else those whose words stand in a chosen article."""
        found = self.shelf.corrections()
        if self._chosen is None:
            return found
        return tuple(one for one in found if one.left.split("#")[0] in self._articles)

    # ---- one thing
    @cached_property
    def text(self) -> Callable[[str], Article | None]:
        """An article with its text, by id."""
        return Held(self.text_of or self.shelf.text, lambda one: len(one.text), _TEXTS)

    @cached_property
    def reading(self) -> Callable[[str], Reading | None]:
        """The reading of an article, by id."""
        return Held(self.shelf.reading, lambda one: len(one.article.text), _READ)

    @cached_property
    def article(self) -> Callable[[str], ArticleOf | None]:
        """What the record lists of an article, by id."""
        return lru_cache(maxsize=_NAMES_HELD)(self.shelf.article)

    @cached_property
    def named(self) -> Callable[[str], Named]:
        """The entity of an id, or the state of a code."""

        def find(id: str) -> Named:
            found = self.shelf.named((id,)).get(id)
            return found or Named(id=id, name=id, kind="state" if _is_code(id) else "", code=id if _is_code(id) else None)

        return lru_cache(maxsize=_NAMES_HELD)(find)

    @cached_property
    def gazetteer(self) -> Gazetteer | None:
        """The look-up of places, opened when first asked for."""
        return self.look_up() if self.look_up else None

    @cached_property
    def at(self) -> Callable[[str, str], str | None]:
        """The record id of what an article's reading calls by a local id."""
        return lru_cache(maxsize=_NAMES_HELD)(self.shelf.at)

    def side_of(self, id: str | None) -> str | None:
        """For whom an entity acts: a state's code, an organisation's id."""
        if not id:
            return None
        named = self.named(id)
        return named.id if named.kind == "organization" else named.code or named.state

    def sides(self, event: Event) -> frozenset[str]:
        """For whom the participants of an event act."""
        return frozenset(filter(None, (part.side or self.side_of(part.entity) for part in event.participants)))

    def evidence(self, event: Event) -> Iterator[tuple[str, Span]]:
        """The spans that tell an event, each with its article, those of the first article first."""
        for report in event.reports:
            for span in report.evidence:
                yield report.article, span

    def published(self, articles: Iterable[str]) -> str | None:
        """The first day on which one of these articles was published."""
        known = (self.article(one) for one in articles)
        return min((one.published for one in known if one and one.published), default=None)

    # ---- choosing
    def _facts(self, part: Part, meets: Callable[[_T], bool]) -> Iterator[_T]:
        found = cast("Iterator[_T]", self.shelf.each(part))
        return found if self.everything else (one for one in found if meets(one))

    @cached_property
    def _chosen(self) -> _Chosen | None:
        if self.everything:
            return None
        articles: set[str] = set()
        entities: set[str] = {one for one in (self.wanted.person, self.wanted.side, *(self.wanted.between or ())) if one}
        for event in self.events():
            articles.update(report.article for report in event.reports)
            entities.update(one for part in event.participants for one in (part.entity, part.side) if one)
            entities.update(filter(None, (event.place,)))
            entities.update(value for dispute in event.disputed for version in dispute.versions for value in (version.value or "").split())
        for statement in self.statements():
            articles.update(words.article for words in statement.reports)
            entities.update(filter(None, (statement.speaker,)))
        for commitment in self.commitments():
            articles.update(words.article for words in commitment.reports)
            entities.update((*commitment.by, *commitment.to))
        return _Chosen(articles=frozenset(articles), entities=frozenset(entities))

    @property
    def _articles(self) -> frozenset[str]:
        return self._chosen.articles if self._chosen else frozenset()

    def _of(self, articles: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in articles if self._chosen is None or one in self._articles)

    def _meets_event(self, event: Event) -> bool:
        wanted = self.wanted
        if (wanted.type and event.type != wanted.type) or (wanted.topic and wanted.topic not in event.topics):
            return False
        if wanted.person and all(part.entity != wanted.person for part in event.participants):
            return False
        if (wanted.side or wanted.between) and not self.sides(event).issuperset(filter(None, (wanted.side, *(wanted.between or ())))):
            return False
        return self._told(report.article for report in event.reports) and self._within(event.date)

    def _meets_statement(self, statement: StatementOf) -> bool:
        wanted = self.wanted
        if wanted.type or (wanted.topic and wanted.topic not in statement.topics) or (wanted.person and statement.speaker != wanted.person):
            return False
        articles = [words.article for words in statement.reports]
        return self._speaks((statement.speaker,)) and self._told(articles) and self._within(statement.date or self._day(articles))

    def _meets_commitment(self, commitment: CommitmentOf) -> bool:
        wanted, named = self.wanted, (*commitment.by, *commitment.to)
        if wanted.type or (wanted.topic and wanted.topic not in commitment.topics) or (wanted.person and wanted.person not in named):
            return False
        articles = [words.article for words in commitment.reports]
        return self._speaks(named) and self._told(articles) and self._within(commitment.due or self._day(articles))

    def _day(self, articles: Iterable[str]) -> str | None:
        return self.published(articles) if self.wanted.since or self.wanted.until else None

    def _speaks(self, named: Iterable[str | None]) -> bool:
        """Whether one of these acts for the side asked for, or for one of the two."""
        asked = {one for one in (self.wanted.side, *(self.wanted.between or ())) if one}
        return not asked or not asked.isdisjoint(filter(None, (self.side_of(one) for one in named)))

    def _told(self, articles: Iterable[str]) -> bool:
        wanted = self.wanted
        if wanted.language is None and wanted.outlet is None:
            return True
        known = [one for one in map(self.article, articles) if one is not None]
        return any(wanted.language in (None, one.language) and wanted.outlet in (None, one.outlet) for one in known)

    def _within(self, value: str | None) -> bool:
        first, last = days(self.wanted.since), days(self.wanted.until)
        if first is None and last is None:
            return True
        span: Days | None = days(value)
        return span is not None and (first is None or span.latest >= first.earliest) and (last is None or span.earliest <= last.latest)


def _is_code(id: str) -> bool:
    return len(id) == 3 and id.isupper()
