"""`ics`: meetings, past and planned, what else is planned, and the days by which something was promised, as a calendar (RFC 5545, icalendar)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import IO, Any

from dragoman import __version__
from dragoman.exports.calendar_days import Interval, interval
from dragoman.exports.format import Format, Part, xml_safe
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import anchor, urn
from dragoman.exports.titles import what_and_who
from dragoman.exports.where import where
from dragoman.model.record import CommitmentOf, Event
from dragoman.model.spans import Span

_OPENING = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dragoman//Dragoman {__version__}//EN\r\nCALSCALE:GREGORIAN\r\n"
_CLOSING = "END:VCALENDAR\r\n"
_STATUS = {"actual": "CONFIRMED", "planned": "TENTATIVE", "possible": "TENTATIVE", "denied": "CANCELLED"}
# A date that leaves more open than a week is no entry in a calendar.
_LONGEST = timedelta(days=7)
_HOUR = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d)?(Z?)")


def _entries(selection: Selection, losses: Losses) -> Iterator[Any]:
    for event in selection.events():
        if event.type == "CONSULT" or event.factuality == "planned":
            entry = _meeting(selection, event, losses)
            if entry is not None:
                yield entry
        else:
            losses.lose("events that are no meeting and not planned", event.id)
    for commitment in selection.commitments():
        entry = _deadline(selection, commitment, losses)
        if entry is not None:
            yield entry
    for statement in selection.statements():
        losses.lose("statements", statement.id)
    for tenure in selection.tenures():
        losses.lose("tenures", tenure.person)


def _days(value: str | None) -> Interval | None:
    span = interval(value)
    return span if span and span.last - span.first <= _LONGEST else None


def _meeting(selection: Selection, event: Event, losses: Losses) -> Any:
    span = _days(event.date)
    if span is None:
        losses.lose("meetings without a day", event.id)
        return None
    losses.lose("disputed versions", event.id, count=len(event.disputed))
    articles = [report.article for report in event.reports]
    entry = _entry(selection, event.id, what_and_who(selection, event), articles, selection.evidence(event), span)
    _begin(entry, event.date, span)
    entry.add("status", _STATUS[event.factuality])
    entry.add("categories", [_plain(word) for word in (event.type, *event.topics)])
    place = where(selection, event.place)
    if place is not None:
        entry.add("location", _plain(", ".join(dict.fromkeys(filter(None, (place.name, place.country))))))
        if place.latitude is not None:
            entry.add("geo", (place.latitude, place.longitude))
    for part in event.participants:
        entry.add("attendee", _attendee(selection, part.entity, part.role, part.office), encode=0)
    return entry


def _deadline(selection: Selection, commitment: CommitmentOf, losses: Losses) -> Any:
    span = interval(commitment.due)
    if span is None:
        losses.lose("promises without a day", commitment.id)
        return None
    who = ", ".join(selection.named(party).name for party in commitment.by)
    summary = f"{commitment.act}: {who + ': ' if who else ''}{commitment.what}"
    articles = [words.article for words in commitment.reports]
    spans = [(words.article, Span(words.start, words.end)) for words in commitment.reports]
    # Due by the end of a range: its last day.
    last = Interval(first=span.last, last=span.last)
    entry = _entry(selection, commitment.id, summary, articles, spans, last)
    _begin(entry, None, last)
    entry.add("categories", [_plain(word) for word in ("DEADLINE", commitment.act, *commitment.topics)])
    return entry


def _entry(selection: Selection, id: str, summary: str, articles: list[str], spans: Iterable[tuple[str, Span]], span: Interval) -> Any:
    """What every entry has; it is stamped with the day of its first report, so that the same record gives the same calendar."""
    from icalendar import Event as Entry

    entry = Entry()
    stamp = selection.published(articles)
    day = date.fromisoformat(stamp) if stamp else span.first
    entry.add("uid", f"{id}@dragoman")
    entry.add("dtstamp", datetime.combine(day, time(), UTC))
    entry.add("summary", _plain(summary))
    known = [article for article in map(selection.article, dict.fromkeys(articles)) if article is not None]
    quotes = [f"“{' '.join(found.exact.split())}”" for article, one in spans if (found := anchor(selection, article, one)) is not None]
    sources = [" · ".join(filter(None, (article.outlet or article.name, article.published))) for article in known]
    entry.add("description", "\n".join(_plain(line) for line in [*quotes, *sources]))
    address = next((article.url for article in known if article.url and re.fullmatch(r"https?://[\x21-\x7e]+", article.url)), None)
    if address:
        entry.add("url", address)
    return entry


def _begin(entry: Any, value: str | None, span: Interval) -> None:
    """An hour where the text gives one, else whole days, the end left out as the standard has it."""
    hour = _HOUR.fullmatch(value or "")
    if hour:
        entry.add("dtstart", datetime.combine(date.fromisoformat(hour[1]), time(int(hour[2]), int(hour[3])), UTC if hour[4] else None))
    else:
        entry.add("dtstart", span.first)
        entry.add("dtend", span.last + timedelta(days=1))


def _attendee(selection: Selection, id: str, role: str, office: str | None) -> Any:
    from icalendar import vCalAddress, vText

    named = selection.named(id)
    found = vCalAddress(urn("entity", id))
    found.params["CN"] = vText(_plain(named.name).replace('"', "'"))
    found.params["CUTYPE"] = vText("INDIVIDUAL" if named.kind == "person" else "GROUP")
    found.params["ROLE"] = vText("CHAIR" if role == "host" else "REQ-PARTICIPANT")
    if office:
        found.params["X-OFFICE"] = vText(_plain(office).replace('"', "'"))
    return found


def _plain(text: str) -> str:
    """One line, without what a calendar cannot hold."""
    return " ".join(xml_safe(text).split())


def _write(selection: Selection, losses: Losses, sink: IO[bytes]) -> None:
    sink.write(_OPENING.encode())
    for entry in _entries(selection, losses):
        sink.write(entry.to_ical())
    sink.write(_CLOSING.encode())


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (Part(name="meetings.ics", write=lambda sink: _write(selection, losses, sink)),)


FORMAT = Format(
    name="ics",
    layout="file",
    parts=_parts,
    cannot={
        "events that are no meeting and not planned": "a calendar is of meetings, plans and deadlines",
        "meetings without a day": "their date leaves more than a week open, or there is none",
        "promises without a day": "nothing says by when",
        "disputed versions": "an entry has one day and one place",
        "statements": "a calendar is of meetings, plans and deadlines",
        "tenures": "a calendar is of meetings, plans and deadlines",
    },
    needs=("icalendar",),
)
