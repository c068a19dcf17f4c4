"""`popolo`: persons, organizations, posts, memberships, events, speeches and areas, as Popolo names them, in one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from dragoman.exports.calendar_days import interval
from dragoman.exports.format import Format, Part, json_part, json_text
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import Anchor, anchor, named
from dragoman.exports.titles import post, title
from dragoman.exports.where import where
from dragoman.knowledge.states import state as state_of
from dragoman.model.record import Place, RecordEntity, Words
from dragoman.model.spans import Span

_Row = dict[str, Any]


def _full(row: _Row) -> _Row:
    return {key: value for key, value in row.items() if value not in (None, [], "")}


def _sources(selection: Selection, spans: Iterable[tuple[str, Span]]) -> list[_Row]:
    """Popolo's links: the address of each article, in the note the words, and where they stand."""
    found: dict[tuple[str, Span], _Row] = {}
    for article, span in spans:
        words = anchor(selection, article, span)
        if words is not None:
            found[article, span] = _source(selection, words)
    return list(found.values())


def _source(selection: Selection, words: Anchor) -> _Row:
    of = selection.article(words.article)
    return {"url": (of.url if of else None) or words.uri, "note": words.exact, "selector": words.plain()}


def _places(places: Iterable[Place]) -> Iterator[tuple[str, Span]]:
    return ((place.article, Span(place.start, place.end)) for place in places)


def _words(reports: Iterable[Words]) -> Iterator[tuple[str, Span]]:
    return ((words.article, Span(words.start, words.end)) for words in reports)


def _named(selection: Selection, one: RecordEntity) -> _Row:
    others = [{"name": name.text, "note": name.language} for name in one.names if name.text != one.name]
    return _full({"id": _body(selection, one.id) if one.kind != "place" else one.id, "name": one.name, "other_names": others,
                  "sources": [_source(selection, named(place)) for place in one.mentions]})  # fmt: skip


def _body(selection: Selection, id: str) -> str:
    """A state by its code, anybody else by id."""
    named = selection.named(id)
    return named.code or named.id


def _persons(selection: Selection, losses: Losses) -> Iterator[_Row]:
    for one in selection.entities():
        losses.lose("how often a spelling is used", one.id, count=len(one.names))
        if one.kind == "person":
            yield _named(selection, one) | ({"nationality": one.state} if one.state else {})


def _organizations(selection: Selection, losses: Losses) -> Iterator[_Row]:
    seen: set[str] = set()
    for one in selection.entities():
        if one.kind in ("state", "organization"):
            seen.add(one.code or one.id)
            yield _named(selection, one) | {"classification": one.kind}
    for tenure in selection.tenures():
        if tenure.of and tenure.of not in seen and len(tenure.of) == 3:
            seen.add(tenure.of)
            found = state_of(tenure.of)
            yield {"id": tenure.of, "name": found.name if found else tenure.of, "classification": "state"}


def _posts(selection: Selection, losses: Losses) -> Iterator[_Row]:
    seen: set[str] = set()
    for tenure in selection.tenures():
        identity = f"{tenure.office}/{tenure.of or ''}"
        if identity not in seen:
            seen.add(identity)
            known = state_of(tenure.of) if tenure.of and len(tenure.of) == 3 else None
            of = known.name if known else selection.named(tenure.of).name if tenure.of else ""
            yield _full({"id": identity, "label": post(tenure.office, of), "role": tenure.office, "organization_id": tenure.of})


def _memberships(selection: Selection, losses: Losses) -> Iterator[_Row]:
    for number, tenure in enumerate(selection.tenures()):
        losses.lose("days on which somebody was seen in an office", tenure.person)
        role = " ".join(filter(None, ("former" if tenure.former else "", "acting" if tenure.acting else "", tenure.office)))
        yield _full({
            "id": f"{tenure.person}-{number}", "person_id": tenure.person, "post_id": f"{tenure.office}/{tenure.of or ''}", "organization_id": tenure.of,
            "role": role, "sources": _sources(selection, _places(tenure.evidence)),
        })  # fmt: skip


def _events(selection: Selection, losses: Losses) -> Iterator[_Row]:
    for event in selection.events():
        losses.lose("roles, sides and offices", event.id, count=len(event.participants))
        losses.lose("disputed versions", event.id, count=len(event.disputed))
        losses.lose("topics and contexts", event.id, count=len(event.topics) + len(event.contexts))
        span = interval(event.date)
        losses.lose("how exact a date is", event.id, count=int(event.date is not None and (span is None or not span.is_day)))
        place = where(selection, event.place)
        kinds = [(part.entity, selection.named(part.entity).kind) for part in event.participants]
        bodies = [_body(selection, identity) for identity, kind in kinds if kind in ("state", "organization")]
        yield _full({
            "id": event.id, "name": title(selection, event), "classification": f"{event.type}{f'/{event.mode}' if event.mode else ''}",
            "start_date": span.first.isoformat() if span else None, "end_date": span.last.isoformat() if span else None,
            "location": place.name if place else None, "area_id": event.place if place and selection.named(place.id).kind == "place" else None,
            "status": {"planned": "tentative", "actual": "confirmed"}.get(event.factuality, event.factuality),
            "organization_id": bodies[0] if bodies else None, "attendees": list(dict.fromkeys(identity for identity, kind in kinds if kind == "person")),
            "sources": _sources(selection, selection.evidence(event)),
        })  # fmt: skip


def _speeches(selection: Selection, losses: Losses) -> Iterator[_Row]:
    for one in selection.statements():
        losses.lose("topics and contexts", one.id, count=len(one.topics))
        losses.lose("channels", one.id, count=int(one.channel is not None))
        day = interval(one.date)
        for number, (words, voice) in enumerate(zip(one.reports, one.voices, strict=True)):
            yield _full({
                "id": f"{one.id}-{number}", "creator_id": _body(selection, one.speaker) if one.speaker else None, "attribution_text": voice,
                "type": "speech", "text": words.text,
                "language": words.language, "date": day.first.isoformat() if day else None, "role": one.kind, "sources": _sources(selection, _words((words,))),
            })  # fmt: skip


def _areas(selection: Selection, losses: Losses) -> Iterator[_Row]:
    for one in selection.entities():
        if one.kind == "place":
            place = where(selection, one.id)
            geometry = None if place is None or place.latitude is None else {"type": "Point", "coordinates": [place.longitude, place.latitude]}
            yield _named(selection, one) | _full({"classification": place.precision if place else None, "parent_id": one.state, "geometry": geometry})
    for commitment in selection.commitments():
        losses.lose("commitments", commitment.id)
    for story in selection.stories():
        losses.lose("stories", story.id)
    for copies in selection.copies():
        losses.lose("copies", copies.articles[0])
    for correction in selection.corrections():
        losses.lose("corrections", str(correction.id))


_SECTIONS: tuple[tuple[str, Callable[[Selection, Losses], Iterator[_Row]]], ...] = (
    ("persons", _persons), ("organizations", _organizations), ("posts", _posts), ("memberships", _memberships), ("events", _events),
    ("speeches", _speeches), ("areas", _areas),
)  # fmt: skip


def _document(selection: Selection, losses: Losses) -> Iterator[str]:
    yield "{"
    for place, (name, rows) in enumerate(_SECTIONS):
        yield f'{"," if place else ""}\n"{name}":['
        for number, row in enumerate(rows(selection, losses)):
            yield f"{',' if number else ''}\n{json_text(row)}"
        yield "]"
    yield "}\n"


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (json_part("popolo.json", lambda: _document(selection, losses)),)


FORMAT = Format(
    name="popolo",
    layout="file",
    parts=_parts,
    cannot={
        "days on which somebody was seen in an office": "start_date and end_date are when a membership began and ended, which no report need say",
        "roles, sides and offices": "an event has attendees, and does not say as what they came",
        "disputed versions": "a property has one value",
        "topics and contexts": "events and speeches have no subject",
        "how exact a date is": "start_date and end_date are days",
        "how often a spelling is used": "other_names have a note, which has the language",
        "channels": "a speech has no channel",
        "commitments": "there is no class for what was promised",
        "stories": "there is no class for a group of articles",
        "copies": "there is no class for an article",
        "corrections": "what they changed is in the rows, who made them and why is not",
    },
)
