"""What one article says: the types of a reading. Field by field they are the public contract."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dragoman.model.parse import Parse
from dragoman.model.spans import Span

EntityKind = Literal["person", "state", "organization", "place"]
MentionForm = Literal["name", "title", "pronoun"]
DateKind = Literal["date", "time", "duration", "set"]
Role = Literal["actor", "recipient", "host", "visitor", "mediator", "participant"]
Factuality = Literal["actual", "planned", "possible", "denied"]
StatementKind = Literal["direct", "indirect"]
Act = Literal["pledge", "agreement", "plan", "request", "refusal"]
PublishedFrom = Literal["given", "metadata", "text", "inferred", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report, its text fixed for good: every offset in a reading counts its code points.

    `name` is the file name or the id that came with it; `language` an ISO 639 code, 'und' where unknown. `agency` is the news agency that the byline or
    the dateline credits ('AFP'), `outlet_country` the outlet's state (alpha-3). Where no day of publication is known, `published_between` may hold the
    first and the last day that it can be (either open), and `published_evidence` the characters of the text that say so.
    """

    id: str
    name: str
    text: str
    language: str = "und"
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "unknown"
    author: str | None = None
    updated: date | None = None
    agency: str | None = None
    outlet_country: str | None = None
    published_between: tuple[date | None, date | None] | None = None
    published_evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an entity is named, titled ('the Turkish foreign minister') or meant ('he')."""

    start: int
    end: int
    text: str
    form: MentionForm = "name"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named person, state, organisation or place of this article, once, with all its mentions.

    `code` is ISO 3166-1 alpha-3 for states; `state` the state it belongs to, if known; `reason` says
    which tables or models found it; `gender` is 'f' or 'm' where the text shows it.
    """

    id: str
    kind: EntityKind
    name: str
    names: tuple[str, ...] = ()
    code: str | None = None
    state: str | None = None
    mentions: tuple[Mention, ...] = ()
    reason: str = ""
    gender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMention:
    """A phrase that names an office: 'the Turkish Foreign Minister', 'his Turkish counterpart', 'les deux ministres'.

    `title` is the office words alone, `span` the phrase with its state words; `of` is a state code or an
    organisation's entity id; `holder` the person it is attached to or, after coreference, stands for.
    `office` is None for a bare 'counterpart'. `relational` marks 'his counterpart' / 'son homologue'.
    """

    span: Span
    title: Span
    office: str | None
    of: str | None = None
    holder: str | None = None
    former: bool = False
    acting: bool = False
    plural: bool = False
    relational: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolding:
    """A person holds an office of a state (ISO code) or organisation (entity id), on this evidence."""

    person: str
    office: str
    of: str | None
    evidence: tuple[Span, ...]
    former: bool = False
    acting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What the text says of a time, resolved: `value` is EDTF or None; earliest <= latest where both are known."""

    start: int
    end: int
    text: str
    value: str | None
    kind: DateKind = "date"
    earliest: date | None = None
    latest: date | None = None
    rule: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """An entity's part in an event, the side it acted for and the office it held there."""

    entity: str
    role: Role
    side: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReport:
    """What this article says of one event. `frame` names the row of the frame table that coded it."""

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    participants: tuple[Participation, ...] = ()
    factuality: Factuality = "actual"
    source: str | None = None
    trigger: Span
    evidence: tuple[Span, ...] = ()
    confidence: float = 0.5
    frame: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody said: `start`/`end` hold the words without quotation marks or reporting clause.

    Where a quotation is interrupted by its reporting clause, `parts` are the pieces and `text` joins them by a space. `source` are the words for who
    speaks, also where they name nobody that is an entity ('two officials', 'the lawsuit').
    """

    id: str
    speaker: str | None
    kind: StatementKind
    start: int
    end: int
    text: str
    cue: Span | None = None
    channel: str | None = None
    addressee: str | None = None
    date: str | None = None
    topics: tuple[str, ...] = ()
    confidence: float = 0.5
    parts: tuple[Span, ...] = ()
    source: Span | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Something pledged, agreed, planned, asked for or refused."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    act: Act
    what: str
    due: str | None = None
    condition: str | None = None
    topics: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that could not be done for this article, in the user's words; never stops a batch."""

    stage: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What the encoder sees in some words: `layer` is name, office, date, event, said or cue, `label` its class there (PER, CONSULT, direct, …)."""

    start: int
    end: int
    layer: str
    label: str
    score: float

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All layers of one article. `parse`, `tags` and `titles` serve later stages and are not part of the public JSON."""

    article: Article
    sentences: tuple[Span, ...] = ()
    entities: tuple[Entity, ...] = ()
    offices: tuple[OfficeHolding, ...] = ()
    dates: tuple[When, ...] = ()
    events: tuple[EventReport, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    titles: tuple[OfficeMention, ...] = ()
    parse: Parse = field(default_factory=Parse, repr=False)
    tags: tuple[Tag, ...] = field(default=(), repr=False)
    partial: bool = False

    def tagged(self, *layers: str) -> tuple[Tag, ...]:
        """The encoder's tags of these layers, in text order."""
        return tuple(tag for tag in self.tags if tag.layer in layers)

    def entity(self, id: str | None) -> Entity | None:
        """The entity of that id, or None."""
        return next((entity for entity in self.entities if entity.id == id), None)

    def entity_at(self, span: Span) -> Entity | None:
        """The entity with the longest mention that overlaps the span (a person before others at equal length)."""
        best: tuple[int, bool, int] | None = None
        found: Entity | None = None
        for entity in self.entities:
            for mention in entity.mentions:
                if mention.start < span.end and span.start < mention.end:
                    rank = (mention.end - mention.start, entity.kind == "person", -mention.start)
                    if best is None or rank > best:
                        best, found = rank, entity
        return found

    def entities_in(self, span: Span) -> tuple[tuple[Mention, Entity], ...]:
        """Every mention that lies inside the span, with its entity, in text order."""
        inside = [(mention, entity) for entity in self.entities for mention in entity.mentions if span.start <= mention.start and mention.end <= span.end]
        return tuple(sorted(inside, key=lambda pair: (pair[0].start, -pair[0].end, pair[1].id)))

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds this character, or None."""
        place = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.sentences[place] if place >= 0 and offset < self.sentences[place].end else None
