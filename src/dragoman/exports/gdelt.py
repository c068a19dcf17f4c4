"""`gdelt`: Events and Mentions as GDELT 2.0 has them, tab-separated and without a heading, 61 and 16 columns.

An event of several sides becomes a row for each pair of them, a visit one for the visitor (042) and one for the host (043); a statement, which PLOVER
has no type for, becomes CAMEO 010. Quad classes are GDELT's own, and of no other table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from dragoman.exports.actors import Actor, actor, sides
from dragoman.exports.calendar_days import interval
from dragoman.exports.format import Format, Part, lose_all, tab_safe, text_part
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.where import Where, where
from dragoman.knowledge import cameo
from dragoman.knowledge.countries import codes
from dragoman.model.reading import Participation
from dragoman.model.record import Event, StatementOf
from dragoman.model.spans import Span

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO), *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
    "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
# GDELT's kinds of place (1 a country, 4 a town elsewhere than in the USA) and of source (1 the web, 2 named only).
_COUNTRY, _TOWN, _WEB, _CITED = "1", "4", "1", "2"
_LEAD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where an article tells of it: its sentence from `span`, the words that name the deed from `trigger`."""

    article: str
    span: Span
    trigger: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event of two actors, before it is written down."""

    number: int
    id: str
    day: date
    code: str
    actors: tuple[Actor | None, Actor | None]
    place: Where | None
    told: tuple[Told, ...]


def rows(selection: Selection, losses: Losses) -> Iterator[Row]:
    """All rows: events by pairs, then statements."""
    for event in selection.events():
        yield from _event_rows(selection, event, losses)
    for statement in selection.statements():
        row = _statement_row(selection, statement, losses)
        if row is not None:
            yield row


def _event_rows(selection: Selection, event: Event, losses: Losses) -> Iterator[Row]:
    if event.factuality in ("denied", "possible"):
        losses.lose("denied and possible events", event.id)
        return
    code = cameo.code(event.type, event.mode) if event.factuality == "actual" else cameo.planned(event.type)
    if code is None:
        losses.lose("planned events without a code", event.id)
        return
    day = _day(selection, event.date, (report.article for report in event.reports))
    if day is None:
        losses.lose("events without a day", event.id)
        return
    span = interval(event.date)
    if span is None or not span.is_day:
        losses.lose("how exact a date is", event.id)
    if event.disputed:
        losses.lose("disputed versions", event.id)
    if event.topics or event.contexts:
        losses.lose("topics and contexts", event.id)
    found = sides(selection, event)
    losses.lose("others of a delegation", event.id, count=len(found.behind))
    losses.lose("offices", event.id, count=sum(1 for part in event.participants if part.office))
    told = tuple(_told(selection, event))
    place = where(selection, event.place)
    for number, (one, other) in enumerate(found.pairs()):
        turned = cameo.HOSTED if code == "042" and one and one.role == "host" else code
        yield Row(number=_number(event.id, str(number)), id=event.id, day=day, code=turned, actors=(one, other), place=place, told=told)
        if code == "042" and found.directed and one and other:
            back = _number(event.id, str(number), "host")
            yield Row(number=back, id=event.id, day=day, code=cameo.HOSTED, actors=(other, one), place=place, told=told)


def _statement_row(selection: Selection, statement: StatementOf, losses: Losses) -> Row | None:
    losses.lose("the words of a statement", statement.id)
    day = _day(selection, statement.date, (words.article for words in statement.reports))
    if day is None:
        losses.lose("statements without a day", statement.id)
        return None
    speaker = actor(selection, Participation(entity=statement.speaker, role="actor")) if statement.speaker else None
    told = tuple(Told(article=words.article, span=Span(words.start, words.end), trigger=words.start, confidence=0.5) for words in statement.reports)
    return Row(number=_number(statement.id), id=statement.id, day=day, code=cameo.STATEMENT, actors=(speaker, None), place=None, told=told)


def _day(selection: Selection, value: str | None, articles: Iterable[str]) -> date | None:
    """The day of an event, the first of several; without any that of the first report."""
    span = interval(value)
    if span:
        return span.first
    published = selection.published(articles)
    return date.fromisoformat(published) if published else None


def _number(*parts: str) -> int:
    """A number of 60 bits that is the same for the same id."""
    return int(sha256("/".join(parts).encode()).hexdigest()[:15], 16)


def _told(selection: Selection, event: Event) -> Iterator[Told]:
    for report in event.reports:
        reading = selection.reading(report.article)
        own = next((one for one in reading.events if one.id == report.event), None) if reading else None
        if own is not None:
            span = report.evidence[0] if report.evidence else own.trigger
            yield Told(article=report.article, span=span, trigger=own.trigger.start, confidence=own.confidence)


def event_line(selection: Selection, row: Row) -> list[str]:
    """The 61 columns."""
    day = row.day
    one, other = row.actors
    articles = {told.article for told in row.told}
    known = [article for article in map(selection.article, sorted(articles)) if article is not None]
    added = min((article.published for article in known if article.published), default=day.isoformat()).replace("-", "")
    source = next((article.url or article.name for article in sorted(known, key=lambda each: (each.published or "9", each.id))), "")
    fraction = day.year + round((day.timetuple().tm_yday - 1) / 365, 4)
    return [
        str(row.number), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{fraction:.4f}",
        *_actor(one), *_actor(other),
        "1" if _leads(selection, row) else "0", row.code, cameo.base(row.code), cameo.root(row.code), str(cameo.quad(row.code, "gdelt")),
        f"{cameo.goldstein(row.code):.1f}", str(len(row.told)), str(len({article.outlet or article.id for article in known})), str(len(articles)), "",
        *_state(one), *_state(other), *_geo(row.place),
        f"{added}000000", tab_safe(source),
    ]  # fmt: skip


def _leads(selection: Selection, row: Row) -> bool:
    """Whether one of the reports tells it in its first sentences."""
    for told in row.told[:1]:
        reading = selection.reading(told.article)
        return bool(reading) and any(sentence.overlaps(told.span) for sentence in reading.sentences[:_LEAD]) if reading else False
    return False


def _actor(one: Actor | None) -> list[str]:
    if one is None:
        return [""] * len(_ACTOR)
    state = codes(one.state).cameo if one.state else ""
    group = (cameo.known_group(one.body.key) or "") if one.body else ""
    sector = one.sector("cameo")
    return [f"{state or group}{sector if sector != group else ''}", tab_safe(one.name).upper(), state, group, "", "", "", sector, "", ""]


def _state(one: Actor | None) -> list[str]:
    """Actors are placed by their states: nothing says where they were."""
    fips = codes(one.state).fips if one and one.state else None
    return ["0"] + [""] * 7 if one is None or fips is None else [_COUNTRY, one.country, fips, fips, "", "", "", fips]


def _geo(place: Where | None) -> list[str]:
    if place is None:
        return ["0"] + [""] * 7
    fips = (codes(place.state).fips if place.state else None) or ""
    full = ", ".join(dict.fromkeys(filter(None, (tab_safe(place.name), place.country))))
    position = ["", ""] if place.latitude is None else [f"{place.latitude:.4f}", f"{place.longitude:.4f}"]
    return [_COUNTRY if place.precision == "state" else _TOWN, full, fips, fips, "", *position, fips if place.precision == "state" else ""]


def mention_lines(selection: Selection, row: Row) -> Iterator[list[str]]:
    """The 16 columns, a line a report."""
    for told in row.told:
        article, reading = selection.article(told.article), selection.reading(told.article)
        if article is None or reading is None:
            continue
        sentence = next((number for number, one in enumerate(reading.sentences, start=1) if one.overlaps(told.span)), 0)
        published = (article.published or row.day.isoformat()).replace("-", "")
        yield [
            str(row.number), f"{row.day:%Y%m%d}000000", f"{published}000000", _WEB if article.url else _CITED, tab_safe(article.outlet),
            tab_safe(article.url or article.id), str(sentence), *(str(_offset(selection, told, one)) for one in row.actors), str(told.trigger), "1",
            str(round(100 * told.confidence)), str(len(reading.article.text)), "", "", "",
        ]  # fmt: skip


def _offset(selection: Selection, told: Told, one: Actor | None) -> int:
    """Where the article names an actor, in the sentence itself if it does; -1 where nowhere."""
    reading = selection.reading(told.article)
    if one is None or reading is None:
        return -1
    starts = [mention.start for entity in reading.entities if selection.at(told.article, entity.id) == one.id for mention in entity.mentions]
    inside = [start for start in starts if told.span.start <= start < told.span.end]
    return min(inside or starts, default=-1)


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    def events() -> Iterator[str]:
        for row in rows(selection, losses):
            yield "\t".join(event_line(selection, row)) + "\n"
        lose_all(losses, "commitments", selection.commitments())
        for tenure in selection.tenures():
            losses.lose("tenures", tenure.person)

    def mentions() -> Iterator[str]:
        for row in rows(selection, Losses(CANNOT)):
            for line in mention_lines(selection, row):
                yield "\t".join(line) + "\n"

    return text_part("events.export.CSV", events), text_part("events.mentions.CSV", mentions)


CANNOT = {
    "denied and possible events": "each row there is of something that happened or is intended",
    "planned events without a code": "CAMEO has codes for the intent to cooperate alone",
    "events without a day": "SQLDATE must be a day, and no report of them is dated",
    "statements without a day": "SQLDATE must be a day, and no report of them is dated",
    "how exact a date is": "SQLDATE is a day: the first of a range, or that of the first report",
    "disputed versions": "a row has one value a column",
    "topics and contexts": "Events have no column for them",
    "others of a delegation": "a row has two actors: of each side the first with an office",
    "offices": "an actor has a sector, no office",
    "the words of a statement": "a statement is a row 010, its words are in the article at ActionCharOffset, and so is who speaks where that is no actor",
    "commitments": "there is no column for what was promised, to whom and until when",
    "tenures": "there is no table for who holds an office",
}
FORMAT = Format(name="gdelt", layout="tables", parts=_parts, cannot=CANNOT)
