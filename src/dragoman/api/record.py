"""A record opened from Python: filled, asked, corrected, and taken into data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack

from dragoman.api.reading import Reading, as_read, given, settings_here
from dragoman.engines.threads import one_thread_a_process
from dragoman.model.config import Config
from dragoman.model.errors import InputError, NotFound
from dragoman.model.shelf import Shelf
from dragoman.service.book import Book
from dragoman.store.protocol import Store

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame

    from dragoman.api.timeline import EventDossier, Timeline
    from dragoman.exports.losses import Loss
    from dragoman.exports.selection import Selection
    from dragoman.exports.tables import Table
    from dragoman.service.compare import Comparison
    from dragoman.service.correct import Corrected
    from dragoman.service.dossier import ArticleDossier, PersonDossier, StateDossier, StoryDossier
    from dragoman.service.offices import OfficeDossier
    from dragoman.service.search import Answer
    from dragoman.sources.arrival import Arrival

TableName = Literal[
    "articles", "entities", "names", "mentions", "tenures", "tenure_evidence", "events", "participants", "reports", "versions", "statements",
    "statement_reports", "commitments", "commitment_reports", "stories", "copies", "corrections",
]  # fmt: skip


class Filter(TypedDict, total=False):
    """What facts are wanted, all of it together, as the options of `dragoman export` say it."""

    between: tuple[str, str]
    person: str
    state: str
    type: str
    topic: str
    language: str
    outlet: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of what was added: ids of articles that are `new`, of those that were `known`, and (name, why) of what could not be read."""

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def open(url: str | PathLike[str] = "dragoman.db", *, known_on: date | str | None = None, config: Config | None = None) -> Record:  # noqa: A001
    """The record in a file, or at postgresql://…, to be used in a `with`; it is made when something is first added.

    `known_on` shows it as the articles published by that day make it. Settings are those of this folder where no `config` is given. The
    record is opened when it is first used: that raises StoreError where there is none, or it cannot be opened.
    """
    until = given(known_on, None).published
    return Record(fspath(url), until=until, config=config or settings_here())


class Record:
    """An open record. States are codes or names in any language, persons and organisations names as one would type them, or ids; days are EDTF.

    What nothing answers to raises NotFound, what several do Ambiguous (its `candidates` have the ids). For one thread.
    """

    def __init__(self, url: str, *, until: date | None, config: Config) -> None:
        self.url = url
        self.config = config
        self._until = until
        self._store: Store | None = None
        self._past: Shelf | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"dragoman.open({self.url!r})"

    def close(self) -> None:
        """Let go of the database; used again, the record opens again."""
        if self._store is not None:
            self._store.close()
        self._store = self._past = None

    # ---- filling
    def add(
        self, *paths: str | PathLike[str], published: date | str | None = None, language: str | None = None, mapping: str | None = None, workers: int = 1
    ) -> Added:
        """Read what is new in files, folders and addresses, and link it; formats as `dragoman add` takes them. What is there already changes nothing.

        Raises InputError where a single path cannot be opened; of several, it is told in `unread`.
        """
        from dragoman.service.arrivals import arrivals_of_all

        return self._add(arrivals_of_all([fspath(path) for path in paths], self.config, mapping), published, language, workers)

    def add_text(
        self, text: str, *, name: str = "text", published: date | str | None = None, language: str | None = None, title: str | None = None,
        outlet: str | None = None, url: str | None = None,
    ) -> Added:  # fmt: skip
        """Read one report that is at hand, and link it. Raises EmptyInput, TooLarge or ConfigError as `read` does."""
        from dragoman.api.reading import arrived

        return self._add(iter((arrived(text, self.config, name=name, title=title, outlet=outlet, url=url),)), published, language, 1)

    def add_rows(
        self, rows: Iterable[Mapping[str, Any]], *, mapping: str | None = None, published: date | str | None = None, language: str | None = None,
        workers: int = 1,
    ) -> Added:  # fmt: skip
        """The same for many: rows with a `text` and, where there are any, id, title, language, published, outlet, url; `mapping` as in `add`.

        A row without a text is told in `unread`.

        >>> record.add_rows(frame.to_dict("records"), mapping="text=body")
        """
        from dragoman.api.rows import arrivals_of_rows

        return self._add(arrivals_of_rows(rows, self.config, mapping), published, language, workers)

    def _add(self, arrivals: Iterator[Arrival], published: date | str | None, language: str | None, workers: int) -> Added:
        from dragoman.engines.chosen import engine
        from dragoman.service.ingest import add
        from dragoman.service.rebuilding import reread
        from dragoman.service.shelf import open_shelf

        if self._until is not None:
            raise InputError(f"{self.url}: is open as it was known on {self._until}; open it without known_on to add to it")
        one_thread_a_process()
        store, told = self._opened(create=True), given(published, language)
        open_shelf(store, self.config)
        new, known, unread = [], [], []
        with engine(None, workers) as chosen:
            for _ in reread(store, chosen, self.config):
                pass
            for one in add(store, arrivals, chosen, self.config, told):
                if one.new and one.reading is not None:
                    new.append(one.reading.article.id)
                elif one.known:
                    known.append(one.name)
                else:
                    troubles = one.reading.troubles if one.reading is not None else ()
                    unread.append((one.name, "; ".join(trouble.message for trouble in troubles)))
        return Added(new=tuple(new), known=tuple(known), unread=tuple(unread))

    # ---- asking
    @property
    def shelf(self) -> Shelf:
        """All that a record can be asked, page by page and in constant memory: see `dragoman.model.shelf.Shelf`."""
        from dragoman.service.shelf import open_shelf

        store = self._opened(create=False)
        if self._until is None:
            return open_shelf(store, self.config)
        if self._past is None:
            self._past = open_shelf(store, self.config, until=self._until)
        return self._past

    def counts(self) -> Mapping[str, int]:
        """How many articles, persons, states, organisations, places, tenures, events, statements, commitments, stories, copies, corrections."""
        return self.shelf.counts()

    def timeline(
        self, *, between: tuple[str, str] | None = None, person: str | None = None, state: str | None = None, type: str | None = None,
        topic: str | None = None, since: str | None = None, until: str | None = None, language: str | None = None,
    ) -> Timeline:  # fmt: skip
        """The events in which all of these have part, by day, undated ones last; sentences in `language` where a report has it.

        >>> record.timeline(between=("TUR", "SYR"), since="2025")
        """
        from dragoman.api.timeline import Timeline, as_event
        from dragoman.service.timeline import asked, timeline

        book = self._book()
        wanted = asked(book, between=between, person=person, state=state, type=type, topic=topic, since=since, until=until)
        return Timeline(tuple(as_event(line) for line in timeline(book, wanted, language=language)))

    def event(self, which: str, *, language: str | None = None) -> EventDossier:
        """An event by its id (six letters will do), with every report of it and every version."""
        from dragoman.api.timeline import as_dossier
        from dragoman.service import dossier

        return as_dossier(dossier.event(self._book(), which, language=language))

    def person(self, which: str, *, language: str | None = None) -> PersonDossier:
        """All about a person: spellings, offices, events, statements, and the references that name somebody so."""
        from functools import partial

        from dragoman.service import dossier
        from dragoman.service.references import of_entity

        return dossier.person(self._book(), which, language=language, references=partial(of_entity, self._opened(create=False)))

    def state(self, which: str, *, language: str | None = None) -> StateDossier:
        """All about a state, by its code or name."""
        from dragoman.service import dossier

        return dossier.state(self._book(), which, language=language)

    def story(self, which: str, *, language: str | None = None) -> StoryDossier:
        """A story by its id or words of its title."""
        from dragoman.service import dossier

        return dossier.story(self._book(), which, language=language)

    def article(self, which: str, *, language: str | None = None) -> ArticleDossier:
        """An article by its id or file name, and what the record has from it."""
        from dragoman.service import dossier

        return dossier.article(self._book(), which, language=language)

    def reading(self, article: str) -> Reading:
        """What one article says, with its text. Raises NotFound or Ambiguous."""
        from dragoman.service.finding import find_article

        shelf = self.shelf
        found = shelf.reading(find_article(shelf, article).id)
        if found is None:
            raise NotFound(f"'{article}': the record has no reading of it")
        return as_read(found)

    def readings(self) -> Iterator[Reading]:
        """Every reading, in the order of the record's articles, one at a time."""
        shelf = self.shelf
        for one in shelf.each("articles"):
            found = shelf.reading(str(getattr(one, "id", "")))
            if found is not None:
                yield as_read(found)

    def office(self, of: str, title: str, *, on: date | str | None = None) -> OfficeDossier:
        """Who holds an office of a state or organisation on a day (the last of the record where not given), and all who were seen in it."""
        from dragoman.service import offices

        return offices.office(self._book(), of, title, on=given(on, None).published)

    def search(self, words: str, *, limit: int = 20) -> Answer:
        """Articles with all the words, or with a phrase in quotation marks, and persons whose names may be meant."""
        from dragoman.service.search import search

        return search(self._book(), words, limit=limit)

    def compare(self, left: str, right: str) -> Comparison:
        """Two articles sentence by sentence: what both say, what one alone, where they differ."""
        from dragoman.service.compare import compare
        from dragoman.service.read import kit_of

        return compare(self._book(), kit_of(self.config), left, right)

    # ---- correcting
    def merge(self, kind: str, left: str, right: str, *, by: str | None = None, why: str = "") -> Corrected:
        """Say that two things of a kind (person, organization, place, event, statement, commitment, story, copy) are one."""
        from dragoman.service import correct

        return correct.merge(self._opened(create=False), self.config, kind, left, right, correct.By(by, why))

    def split(self, kind: str, left: str, right: str, *, by: str | None = None, why: str = "") -> Corrected:
        """Say that two of a kind are two."""
        from dragoman.service import correct

        return correct.split(self._opened(create=False), self.config, kind, left, right, correct.By(by, why))

    def reject(self, event: str, *, by: str | None = None, why: str = "") -> Corrected:
        """Take an event out of the record: nothing of the kind happened."""
        from dragoman.service import correct

        return correct.reject(self._opened(create=False), self.config, event, correct.By(by, why))

    def settle(self, event: str, field: str, value: str, *, by: str | None = None, why: str = "") -> Corrected:
        """Say what a field of an event is; 'none' empties it."""
        from dragoman.service import correct

        return correct.settle(self._opened(create=False), self.config, event, field, value, correct.By(by, why))

    def undo(self, number: int) -> Corrected:
        """Take a correction back, by its number."""
        from dragoman.service import correct

        return correct.undo(self._opened(create=False), self.config, number)

    def corrections(self) -> tuple[Corrected, ...]:
        """Every correction, with what its two sides are now."""
        from dragoman.service import correct

        return correct.listed(self._opened(create=False), self.config)

    # ---- taking out
    def to_pandas(self, table: TableName = "events", **wanted: Unpack[Filter]) -> PandasFrame:
        """A table of the record as a pandas frame; tables and columns are those of the `csv` export, lists stay lists.

        Raises ModelMissing where pandas is not installed, InputError for a table that is none.
        """
        from dragoman.api import frames

        found = _table(table)
        with self._opened(create=False).viewing():
            return frames.pandas(found.columns, found.rows(self._selection(wanted)))

    def to_polars(self, table: TableName = "events", **wanted: Unpack[Filter]) -> PolarsFrame:
        """The same as a polars frame. Raises ModelMissing where polars is not installed, InputError for a table that is none."""
        from dragoman.api import frames

        found = _table(table)
        with self._opened(create=False).viewing():
            return frames.polars(found.columns, found.rows(self._selection(wanted)))

    def export(self, format: str, output: str | PathLike[str], **wanted: Unpack[Filter]) -> tuple[Loss, ...]:
        """Write the record, or the facts that are wanted, in a format of `dragoman export`; gives what the format could not hold."""
        from dragoman.exports.format import NAMES
        from dragoman.service.exporting import export, known_format

        if format not in NAMES:
            raise InputError(f"export: '{format}' is not one of {', '.join(NAMES)}")
        with self._opened(create=False).viewing():
            return export(self._selection(wanted), known_format(format), Path(output)).found()

    def _selection(self, wanted: Filter) -> Selection:
        from dragoman.service.exporting import asked, selection_of

        shelf = self.shelf
        return selection_of(self._opened(create=False), self.config, asked(shelf, **wanted), shelf=shelf)

    # ---- the store
    def _book(self) -> Book:
        return Book(self.shelf)

    def _opened(self, *, create: bool) -> Store:
        from dragoman.store.open import open_store

        if self._store is None:
            self._store = open_store(self.url, create=create)
        return self._store


def _table(name: str) -> Table:
    from dragoman.exports.tables import TABLES

    for one in TABLES:
        if one.name == name:
            return one
    raise InputError(f"'{name}' is no table; there are {', '.join(one.name for one in TABLES)}")
