"""What lists can be asked for, as values of an address: ids of things, codes of states, days. A name that is none of these is refused, not passed over."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dragoman.model.reading import EntityKind, Factuality
from dragoman.model.shelf import Articles, Commitments, Cut, Events, Order, Statements

_DAY = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_MOST = 40
Word = Annotated[str, Field(min_length=1, max_length=300)]
Words = Annotated[tuple[Word, ...], Field(max_length=_MOST)]
Day = Annotated[str, Field(pattern=_DAY, description="A day, month or year: 2025-10-12, 2025-10 or 2025.")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(_Asked):
    """A page of a list."""

    limit: int = Field(default=50, ge=1, le=1_000, description="How many rows at most.")
    after: str | None = Field(default=None, max_length=2_000, description="The cursor that the page before gave as `after`.")

    def cut(self) -> Cut:
        """The page of the list."""
        return Cut(limit=self.limit, after=self.after)


class OfEvents(_Asked):
    """Which events: all that is given must hold; of several values of one name one is enough, but all `entity` take part and all `side` act."""

    entity: Words = Field(default=(), description="Ids of who takes part.")
    side: Words = Field(default=(), description="States by ISO alpha-3 code, organisations by id.")
    type: Words = Field(default=(), description="PLOVER types, such as CONSULT.")
    topic: Words = ()
    place: Words = Field(default=(), description="Ids of places or states.")
    language: Words = ()
    outlet: Words = ()
    article: Words = Field(default=(), description="Ids of articles that report it.")
    story: Words = ()
    factuality: Annotated[tuple[Factuality, ...], Field(max_length=4)] = ()
    since: Day | None = None
    until: Day | None = None
    disputed: bool | None = None
    dated: bool | None = None
    least_origins: int = Field(default=1, ge=1, le=10_000, description="How many independent reports at least.")

    def events(self, order: Order = "newest") -> Events:
        """The same for the shelf."""
        return Events(
            entities=self.entity, sides=self.side, types=self.type, topics=self.topic, places=self.place, languages=self.language, outlets=self.outlet,
            articles=self.article, stories=self.story, factuality=self.factuality, since=self.since, until=self.until, disputed=self.disputed,
            dated=self.dated, least_origins=self.least_origins, order=order,
        )  # fmt: skip


class ListOfEvents(OfEvents, Paged):
    """A page of events."""

    order: Order = "newest"


class ListOfStatements(Paged):
    """A page of statements."""

    speaker: Words = ()
    side: Words = Field(default=(), description="For whom the speaker acts: a state's code, an organisation's id.")
    channel: Words = ()
    topic: Words = ()
    article: Words = ()
    words: Word | None = Field(default=None, description="Letters of what was said; case and accents do not matter.")
    since: Day | None = None
    until: Day | None = None
    order: Order = "newest"

    def statements(self) -> Statements:
        """The same for the shelf."""
        return Statements(
            speakers=self.speaker, sides=self.side, channels=self.channel, topics=self.topic, articles=self.article, words=self.words, since=self.since,
            until=self.until, order=self.order,
        )  # fmt: skip


class ListOfCommitments(Paged):
    """A page of commitments; `by` and `to` are ids or codes of states."""

    by: Words = ()
    to: Words = ()
    act: Words = ()
    topic: Words = ()
    article: Words = ()

    def commitments(self) -> Commitments:
        """The same for the shelf."""
        return Commitments(by=self.by, to=self.to, acts=self.act, topics=self.topic, articles=self.article)


class ListOfArticles(Paged):
    """A page of articles."""

    language: Words = ()
    outlet: Words = ()
    entity: Words = Field(default=(), description="Ids of who and what is named in it, all of them.")
    story: Words = ()
    name: Words = Field(default=(), description="Names of files, with or without their ending.")
    since: Day | None = None
    until: Day | None = None
    order: Order = "newest"

    def articles(self) -> Articles:
        """The same for the shelf."""
        return Articles(
            languages=self.language, outlets=self.outlet, entities=self.entity, stories=self.story, names=self.name, since=self.since, until=self.until,
            order=self.order,
        )  # fmt: skip


class ListOfEntities(Paged):
    """A page of entities of a kind, those most often told of first."""

    words: Word | None = Field(default=None, description="Letters of a name, in any of its spellings.")
    state: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = Field(default=None, description="The state that they belong to.")


class ListOfStories(Paged):
    """A page of stories."""

    words: Word | None = Field(default=None, description="Letters of the title.")


class ListOfTenures(_Asked):
    """Which tenures; `on` a day on which they last."""

    person: Word | None = None
    office: Word | None = Field(default=None, description="A code such as foreign-minister.")
    of: Word | None = Field(default=None, description="A state's code or an organisation's id.")
    on: Day | None = None


class Counted(OfEvents):
    """Of which events, and how many rows."""

    limit: int = Field(default=50, ge=1, le=1_000)


class Pairs(Counted):
    """Which pairs."""

    kind: EntityKind = "person"


class Search(_Asked):
    """What is looked for: words all of which must be there, or a phrase in quotation marks."""

    q: Word
    limit: int = Field(default=20, ge=1, le=100)


class Review(_Asked):
    """Which links."""

    kind: Literal["person", "state", "organization", "place", "event", "statement", "commitment", "story", "copy"] | None = None
    limit: int = Field(default=50, ge=1, le=500)
