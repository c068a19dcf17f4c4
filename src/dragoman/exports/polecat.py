"""`polecat`: events in POLECAT's 40 columns, tab-separated, the heading in quotation marks; a second table has what it leaves out, by event.

Planned, possible and denied events are there, marked by PLOVER's contexts future, hypothetical and negation. Several names in a cell are parted by ';'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman import __version__
from dragoman.exports.actors import RECEIVING, Actor, actor
from dragoman.exports.calendar_days import interval
from dragoman.exports.format import Format, Part, lose_all, tab_safe, text_part
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.where import Where, where
from dragoman.knowledge.cameo import intensity
from dragoman.knowledge.countries import codes
from dragoman.knowledge.plover import TYPES
from dragoman.model.reading import Reading
from dragoman.model.record import Event

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
EXTRAS = ("Event ID", "Article", "URL", "Start", "End", "Sentence", "Quote")
_AUXILIARY = {"planned": "future", "possible": "hypothetical", "denied": "negation"}


def _line(selection: Selection, event: Event, losses: Losses) -> list[str] | None:
    articles = list(dict.fromkeys(report.article for report in event.reports))
    published = selection.published(articles)
    span = interval(event.date)
    day = span.first.isoformat() if span else published
    if day is None:
        losses.lose("events without a day", event.id)
        return None
    if span is None or not span.is_day:
        losses.lose("how exact a date is", event.id)
    if event.disputed:
        losses.lose("disputed versions", event.id)
    if event.topics:
        losses.lose("topics", event.id)
    found = [(part.role, actor(selection, part)) for part in event.participants]
    receive = any(role in RECEIVING for role, _ in found) and any(role not in RECEIVING for role, _ in found)
    recipients = [one for role, one in found if receive and role in RECEIVING]
    actors = [one for role, one in found if not (receive and role in RECEIVING)]
    readings = [reading for reading in map(selection.reading, articles[:1]) if reading is not None]
    place = where(selection, event.place)
    contexts = [*event.contexts, *filter(None, (_AUXILIARY.get(event.factuality),))]
    return [
        event.id, day, event.type, event.mode or "", f"{intensity(event.type, event.mode):.1f}", TYPES[event.type].quad.replace("-", " ").upper(),
        ";".join(contexts), *_who(actors, selection, readings), *_who(recipients, selection, readings), *_place(place, event, selection, readings),
        ";".join(sorted({tab_safe(one.outlet) for one in map(selection.article, articles) if one and one.outlet})), published or "",
        *(_story(readings, kind) for kind in ("person", "organization", "place")),
        ";".join(sorted({one.language for one in map(selection.article, articles) if one})), f"dragoman {__version__}",
    ]  # fmt: skip


def _who(actors: list[Actor], selection: Selection, readings: list[Reading]) -> list[str]:
    states = list(dict.fromkeys(one.state for one in actors if one.state))
    sectors = [one.sector("plover") for one in actors]
    numbers = (codes(state).cow for state in states)
    return [
        _list(one.name for one in actors), _list(_letters(state) for state in states), _list(str(number) for number in numbers if number is not None),
        next(filter(None, sectors), ""), _list(sectors), _list(one.title for one in actors),
        _list(_raw(one.id, selection, readings) or one.name for one in actors), "",
    ]  # fmt: skip


def _letters(state: str) -> str:
    """PLOVER's code of a state: ISO's, but KOS for Kosovo."""
    return "KOS" if state == "XKX" else state


def _list(values: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(tab_safe(value).replace(";", ",") for value in values if value))


def _raw(id: str, selection: Selection, readings: list[Reading]) -> str:
    """What the first article calls it."""
    for reading in readings:
        for entity in reading.entities:
            if selection.at(reading.article.id, entity.id) == id and entity.mentions:
                return entity.mentions[0].text
    return ""


def _place(place: Where | None, event: Event, selection: Selection, readings: list[Reading]) -> list[str]:
    if place is None:
        return [""] * 10
    raw = _raw(event.place or "", selection, readings) or place.name
    city = place.name if place.precision == "town" else ""
    position = ["", ""] if place.latitude is None else [f"{place.latitude:.4f}", f"{place.longitude:.4f}"]
    feature = {"town": "PPL", "state": "PCLI"}.get(place.precision, "")
    return [tab_safe(place.name), tab_safe(city), "", "", _letters(place.state or ""), *position, str(place.geonameid or ""), tab_safe(raw), feature]


def _story(readings: list[Reading], kind: str) -> str:
    return _list(entity.name for reading in readings for entity in reading.entities if entity.kind == kind)


def _extras(selection: Selection) -> Iterator[list[str]]:
    yield list(EXTRAS)
    for event in selection.events():
        for identity, span in selection.evidence(event):
            reading, article = selection.reading(identity), selection.article(identity)
            if reading is not None and article is not None:
                sentence = next((number for number, one in enumerate(reading.sentences, start=1) if one.overlaps(span)), 0)
                quote = tab_safe(span.of(reading.article.text))
                yield [event.id, identity, tab_safe(article.url), str(span.start), str(span.end), str(sentence), quote]


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    def events() -> Iterator[str]:
        yield "\t".join(f'"{name}"' for name in COLUMNS) + "\n"
        for event in selection.events():
            line = _line(selection, event, losses)
            if line is not None:
                yield "\t".join(cell.replace('"', "'") for cell in line) + "\n"
        lose_all(losses, "statements", selection.statements())
        lose_all(losses, "commitments", selection.commitments())
        for tenure in selection.tenures():
            losses.lose("tenures", tenure.person)

    def extras() -> Iterator[str]:
        for cells in _extras(selection):
            yield "\t".join(cell.replace('"', "'") for cell in cells) + "\n"

    return text_part("events.tsv", events), text_part("extras.tsv", extras)


FORMAT = Format(
    name="polecat",
    layout="tables",
    parts=_parts,
    cannot={
        "events without a day": "Event Date must be a day, and no report of them is dated",
        "how exact a date is": "Event Date is a day: the first of a range, or that of the first report",
        "disputed versions": "a row has one value a column",
        "topics": "PLOVER has contexts, which are there, and no topics",
        "statements": "PLOVER has no type for saying something",
        "commitments": "PLOVER has no place for what was promised, to whom and until when",
        "tenures": "there is no table for who holds an office",
    },
)
