"""`timeml`: a TimeML 1.2.1 document for each article: its text, untouched, with times, events and words of saying marked in it.

What a time means is in TIMEX3's `value`; a range has its ends as two more TIMEX3 that stand for no words. An event's time is a TLINK.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from dragoman.exports.calendar_days import interval
from dragoman.exports.format import Format, Part, text_part, xml_safe
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.model.reading import Article, EventReport, Reading, When
from dragoman.model.spans import Span

_TYPES = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
_CLASSES = {"AGREE": "I_ACTION", "REQUEST": "I_ACTION", "REJECT": "I_ACTION", "THREATEN": "I_ACTION", "ACCUSE": "REPORTING"}
_SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI", "33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4"}
_SEASON = re.compile(r"(\d{4})-(2[1-4]|3[3-6])")
_UNKNOWN = "XXXX-XX-XX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A tag around characters start:end."""

    start: int
    end: int
    tag: str
    attributes: tuple[tuple[str, str], ...]


def document(reading: Reading, losses: Losses) -> Iterator[str]:
    """The document of an article in pieces."""
    article = reading.article
    times = [_timex(f"t{number}", when) for number, when in enumerate(reading.dates, start=1)]
    events = [_event(f"e{number}", event) for number, event in enumerate(reading.events, start=1)]
    said = [(f"e{len(events) + number}", one) for number, one in enumerate(reading.statements, start=1)]
    cues = [_cue(identity, one.cue) for identity, one in said if one.cue]
    kept = _apart([*times, *events, *cues])
    _own_up(reading, kept, losses)
    held = {mark.attributes[0][1] for mark in kept}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    yield 'xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">\n'
    yield f"<DOCID>{article.id}</DOCID>\n<DCT>{_created(article)}</DCT>\n"
    if article.title:
        yield f"<TITLE>{escape(xml_safe(article.title))}</TITLE>\n"
    yield f"<TEXT>{''.join(_marked(article.text, kept))}</TEXT>\n"
    yield from _ends(reading.dates, held)
    instances = [(f"e{number}", event) for number, event in enumerate(reading.events, start=1) if f"e{number}" in held]
    for identity, event in instances:
        yield _instance(identity, event)
    for mark in cues:
        if mark.attributes[0][1] in held:
            identity = mark.attributes[0][1]
            yield f'<MAKEINSTANCE eiid="ei{identity[1:]}" eventID="{identity}" tense="NONE" aspect="NONE" polarity="POS" pos="VERB"/>\n'
    for number, (identity, event) in enumerate(instances, start=1):
        yield from _link(number, identity, event, reading.dates, held, article, losses)
    yield "</TimeML>\n"


def _created(article: Article) -> str:
    day = article.published.isoformat() if article.published else _UNKNOWN
    return f'<TIMEX3 tid="t0" type="DATE" value="{day}" functionInDocument="CREATION_TIME">{day}</TIMEX3>'


def _timex(id: str, when: When) -> Mark:
    attributes = [("tid", id), ("type", _TYPES[when.kind]), ("value", _value(when.value))]
    if "/" in (when.value or "") and not (when.value or "").startswith("R/"):
        attributes[1:] = [("type", "DURATION"), ("value", _length(when.value)), ("beginPoint", f"{id}b"), ("endPoint", f"{id}e")]
    return Mark(start=when.start, end=when.end, tag="TIMEX3", attributes=tuple(attributes))


def _value(value: str | None) -> str:
    """TIMEX3's value of an EDTF one: '2025-21' is '2025-SP', 'R/P1W' is 'P1W', an hour has no zone."""
    if value is None:
        return _UNKNOWN
    season = _SEASON.fullmatch(value)
    if season:
        return f"{season[1]}-{_SEASONS[season[2]]}"
    return value.removeprefix("R/").strip("~?%")


def _length(value: str | None) -> str:
    span = interval(value)
    return f"P{(span.last - span.first).days + 1}D" if span else "PXD"


def _ends(dates: Iterable[When], held: set[str]) -> Iterator[str]:
    """First and last day of ranges, as times that stand for no words."""
    for number, when in enumerate(dates, start=1):
        if f"t{number}" in held and "/" in (when.value or "") and not (when.value or "").startswith("R/"):
            first, last = (when.value or "").split("/", 1)
            for mark, end in (("b", first), ("e", last)):
                yield f'<TIMEX3 tid="t{number}{mark}" type="DATE" value={quoteattr(_value(end) if end.strip(".") else _UNKNOWN)}/>\n'


def _event(id: str, event: EventReport) -> Mark:
    attributes = (("eid", id), ("class", _CLASSES.get(event.type, "OCCURRENCE")), ("comment", f"{event.type}{f' {event.mode}' if event.mode else ''}"))
    return Mark(start=event.trigger.start, end=event.trigger.end, tag="EVENT", attributes=attributes)


def _cue(id: str, cue: Span) -> Mark:
    return Mark(start=cue.start, end=cue.end, tag="EVENT", attributes=(("eid", id), ("class", "REPORTING")))


def _instance(id: str, event: EventReport) -> str:
    polarity = "NEG" if event.factuality == "denied" else "POS"
    tense = "FUTURE" if event.factuality == "planned" else "PAST" if event.factuality == "actual" else "NONE"
    modality = ' modality="POSSIBLE"' if event.factuality == "possible" else ""
    return f'<MAKEINSTANCE eiid="ei{id[1:]}" eventID="{id}" tense="{tense}" aspect="NONE" polarity="{polarity}"{modality} pos="VERB"/>\n'


def _link(number: int, id: str, event: EventReport, dates: tuple[When, ...], held: set[str], article: Article, losses: Losses) -> Iterator[str]:
    """The event lies within the time that the text gives it, else within the day of publication where that is its day."""
    if event.date is None:
        return
    near = [(abs(when.start - event.trigger.start), at) for at, when in enumerate(dates, start=1) if when.value == event.date and f"t{at}" in held]
    time = f"t{min(near)[1]}" if near else "t0" if article.published and event.date == article.published.isoformat() else None
    if time is None:
        losses.lose("times of events that no words name", f"{article.id}:{event.id}")
        return
    yield f'<TLINK lid="l{number}" relType="IS_INCLUDED" eventInstanceID="ei{id[1:]}" relatedToTime="{time}"/>\n'


def _apart(marks: list[Mark]) -> list[Mark]:
    """Tags cannot cross: of two that overlap the first stays, times before events."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.tag != "TIMEX3", one.start, -one.end)):
        if mark.start < mark.end and all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda one: one.start)


def _marked(text: str, marks: list[Mark]) -> Iterator[str]:
    at = 0
    for mark in marks:
        yield _escaped(text[at : mark.start])
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in mark.attributes)
        yield f"<{mark.tag}{attributes}>{_escaped(text[mark.start : mark.end])}</{mark.tag}>"
        at = mark.end
    yield _escaped(text[at:])


def _escaped(text: str) -> str:
    """A carriage return as a reference: a reader of XML would make a line feed of it."""
    return escape(xml_safe(text), {"\r": "&#13;"})


def _own_up(reading: Reading, kept: list[Mark], losses: Losses) -> None:
    identity = reading.article.id
    held = {(mark.tag, mark.attributes[0][1]) for mark in kept}
    losses.lose("times inside others", identity, count=sum(("TIMEX3", f"t{at}") not in held for at in range(1, len(reading.dates) + 1)))
    losses.lose(
        "events told by words that are marked already", identity, count=sum(("EVENT", f"e{at}") not in held for at in range(1, len(reading.events) + 1))
    )
    losses.lose("who took part, where and about what", identity, count=len(reading.events))
    losses.lose("what was said and by whom", identity, count=len(reading.statements))
    losses.lose("commitments", identity, count=len(reading.commitments))
    losses.lose("offices", identity, count=len(reading.offices))


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    for article in selection.articles():
        reading = selection.reading(article.id)
        if reading is not None:
            yield _part(reading, losses)
    for event in selection.events():
        if len(event.reports) > 1:
            losses.lose("which reports tell of one event", event.id)


def _part(reading: Reading, losses: Losses) -> Part:
    return text_part(f"{reading.article.id}.tml", lambda: document(reading, losses))


FORMAT = Format(
    name="timeml",
    layout="tables",
    parts=_parts,
    cannot={
        "times inside others": "tags cannot cross, and a time is marked once",
        "events told by words that are marked already": "tags cannot cross: one word is one event",
        "times of events that no words name": "a TLINK leads to a time of the text or to the day of publication",
        "who took part, where and about what": "TimeML is about when",
        "what was said and by whom": "the words of saying are marked as REPORTING, what was said is not",
        "commitments": "TimeML is about when",
        "offices": "TimeML is about when",
        "which reports tell of one event": "a document is of one article",
    },
)
