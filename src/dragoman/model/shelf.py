"""A record as it is looked things up in: pages, interfaces and exports ask a `Shelf` and never hold a whole record.

    store ──composed part by part──▶ Shelf ──▶ web · exports · commands

Every answer is in a fixed order, so that the same record gives the same pages byte for byte; lists come in pages whose `after` opens the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from dragoman.model.reading import Article, EntityKind, Factuality, Reading
from dragoman.model.record import ArticleOf, CommitmentOf, Copies, Correction, Event, Place, RecordEntity, StatementOf, Story, Tenure

T = TypeVar("T", covariant=True)
Part = Literal["articles", "entities", "tenures", "events", "statements", "commitments", "stories", "copies"]
Order = Literal["newest", "oldest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some of a list; `after` is the cursor of the next page, None on the last. `total` counts the whole list, None where counting it would cost too much."""

    rows: tuple[T, ...]
    after: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Which page of a list: at most `limit` rows (1 to 1,000) after a cursor. A cursor that is none raises InputError."""

    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Which events: all that is given must hold. `entities` all take part; `sides` (states by code, organisations by id) all act; of several `types`,
    `topics`, `places` … one is enough; `planned_as` are plans that they fulfil. `since` and `until` are EDTF days, months or years; undated events
    meet neither."""

    entities: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    factuality: tuple[Factuality, ...] = ()
    planned_as: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    disputed: bool | None = None
    dated: bool | None = None
    least_origins: int = 1
    order: Order = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Which statements; `words` are looked for in what was said, folded. Sides are those for whom the speaker acts."""

    speakers: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    words: str | None = None
    since: str | None = None
    until: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """Which commitments: `by` and `to` are ids of entities or codes of states."""

    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Which articles, the last published first; `entities` are all named in it, `names` are file names, with or without their ending."""

    ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    order: Order = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something of the record as others speak of it; `code` is a state's, in whose place a reader's own language has a name.

    `spelt` is, of a name in other letters than Latin ones, what languages with Latin letters call it: (language, spelling).
    """

    id: str
    name: str
    kind: str
    code: str | None = None
    state: str | None = None
    spelt: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many events of a month cooperate and how many conflict, by PLOVER's quad classes (verbal and material together)."""

    month: str
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Someone met: how often two entities took part in one event, and when first and last."""

    entity: Named
    events: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulLink:
    """A link that is nearest to not being one: two anchors of a kind, and the score that joined them."""

    kind: str
    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An article that answers a search, with the sentence that does: characters start:end of its text (0:0 where only a name or the title answers)."""

    article: ArticleOf
    start: int
    end: int
    text: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the entries that were linked into a thing: `id` names it alone, for corrections; `where` are (article, local id) of its occurrences.

    `names` is what those articles call it, where it is an entity.
    """

    id: str
    names: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...]


class Shelf(Protocol):
    """What can be asked of a record. Unknown ids give None or an empty page; ids of things merged into others lead to those."""

    def version(self) -> str:
        """Changes whenever anything of the record does: what an ETag is made of."""

    def counts(self) -> Mapping[str, int]:
        """How many articles, persons, states, organisations, places, tenures, events, statements, commitments, stories, copies, corrections."""

    def current(self, id: str) -> str | None:
        """The id of what a thing of this id is now; None where it is no id."""

    # ---- one thing
    def article(self, id: str) -> ArticleOf | None: ...
    def text(self, article: str) -> Article | None:
        """The article itself, with its text."""

    def reading(self, article: str) -> Reading | None: ...
    def entity(self, id: str) -> RecordEntity | None:
        """A person, state, organisation or place with its names; `mentions` are left empty: see `mentions`. A state is found by its code too."""

    def event(self, id: str) -> Event | None: ...
    def statement(self, id: str) -> StatementOf | None: ...
    def commitment(self, id: str) -> CommitmentOf | None: ...
    def story(self, id: str) -> Story | None: ...
    def copies(self, article: str) -> tuple[Copies, ...]:
        """The copies that an article is one of."""

    def newest(self) -> str | None:
        """The last day on which an article was published."""

    # ---- many things, in a query or two; those that there are, in the order asked for
    def heads(self, articles: Iterable[str]) -> Mapping[str, ArticleOf]: ...
    def texts(self, articles: Iterable[str]) -> Mapping[str, str]: ...
    def readings(self, articles: Iterable[str]) -> Mapping[str, Reading]: ...
    def entries(self, ids: Iterable[str]) -> Mapping[str, RecordEntity]:
        """Entities by the ids that they have now, as `entity` gives them."""

    # ---- names for ids
    def named(self, ids: Sequence[str]) -> Mapping[str, Named]:
        """The entities of these ids and codes of states, whatever the record has of them."""

    def at(self, article: str, local: str) -> str | None:
        """The record id of what an article's reading calls by a local id; '' is its story. An event that was rejected has its id still."""

    def standing(self, article: str) -> Mapping[str, str]:
        """The record ids of all that an article's reading calls by local ids."""

    def standings(self, articles: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """The same of several articles."""

    def member(self, article: str, local: str) -> str | None:
        """The id that names this alone, which leads to the same thing: what corrections are given."""

    def members(self, id: str) -> tuple[Member, ...]:
        """What a thing was linked from, by id."""

    def beginning(self, part: Part, letters: str, *, limit: int = 50) -> tuple[str, ...]:
        """The ids of a part (entities, events, articles, statements, commitments or stories) that begin so."""

    def spelt(self, kind: EntityKind, typed: str) -> tuple[RecordEntity, ...]:
        """Whoever may be meant by a name as typed, by sound too; more than are: who is nearest is for the asker to say."""

    # ---- lists
    def articles(self, wanted: Articles = Articles(), cut: Cut = Cut()) -> Page[ArticleOf]: ...
    def entities(self, kind: EntityKind, *, words: str | None = None, state: str | None = None, cut: Cut = Cut()) -> Page[RecordEntity]:
        """Those most often told of first; `words` are letters of a name in any spelling, folded."""

    def mentions(self, entity: str, cut: Cut = Cut()) -> Page[Place]: ...
    def events(self, wanted: Events = Events(), cut: Cut = Cut()) -> Page[Event]: ...
    def statements(self, wanted: Statements = Statements(), cut: Cut = Cut()) -> Page[StatementOf]: ...
    def commitments(self, wanted: Commitments = Commitments(), cut: Cut = Cut()) -> Page[CommitmentOf]: ...
    def stories(self, cut: Cut = Cut(), *, words: str | None = None) -> Page[Story]:
        """The last told first; `words` are looked for in the title, folded."""

    def passages(self, words: str, *, limit: int = 20) -> tuple[Passage, ...]:
        """The articles that answer a search best; all words, or a phrase in quotation marks."""

    def tenures(self, *, person: str | None = None, office: str | None = None, of: str | None = None, on: str | None = None) -> tuple[Tenure, ...]: ...
    def terms(self, *, person: str | None = None, office: str | None = None, of: str | None = None, on: str | None = None) -> tuple[Tenure, ...]:
        """The same tenures without their evidence, which is what they cost."""

    # ---- sums
    def months(self, wanted: Events = Events()) -> tuple[Month, ...]: ...
    def met(self, entity: str | None, wanted: Events = Events(), *, limit: int = 50) -> tuple[Met, ...]:
        """Whom an entity took part in events with, most often first."""

    def pairs(self, wanted: Events = Events(), *, kind: EntityKind = "person", limit: int = 200) -> tuple[tuple[str, str, int], ...]:
        """Two ids of a kind that took part in one event, and in how many, most often first."""

    def partners(self, side: str, wanted: Events = Events(), *, limit: int = 50) -> tuple[Met, ...]:
        """The sides (states, organisations) that act in events with a side, most often first."""

    def side_pairs(self, wanted: Events = Events(), *, limit: int = 200) -> tuple[tuple[str, str, int], ...]:
        """Two sides (codes of states, ids of organisations) that act in one event, and in how many, most often first."""

    def scenes(self, wanted: Events = Events(), *, limit: int = 250) -> tuple[tuple[str, int], ...]:
        """Where events happened, by id, and how many, most often first."""

    def voices(self, wanted: Statements = Statements()) -> tuple[tuple[str, int], ...]:
        """Who made the statements, by id, and how many, most often first."""

    def facets(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """For filters: `states`, `types`, `topics`, `languages`, `outlets`, `channels`, each value with how many events (statements for channels) it has."""

    # ---- people's work
    def corrections(self) -> tuple[Correction, ...]: ...
    def doubtful(self, *, kind: str | None = None, limit: int = 50) -> tuple[DoubtfulLink, ...]:
        """The links that are least sure, first those nearest to their threshold."""

    # ---- all of it
    def each(self, part: Part) -> Iterator[object]:
        """Every row of a part of the record in the order of the contract, entities with their mentions, in constant memory."""
