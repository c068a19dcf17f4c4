"""`jsonld`: the record as linked data: events by SEM, the words that say them by GAF's denotedBy, where they come from by PROV.

What reports say differently of an event is a sem:View according to those who say it; nothing is settled. Addresses of words are RFC 5147's '#char='.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.exports.calendar_days import interval
from dragoman.exports.format import Format, Part, joined, json_part, json_text
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import urn
from dragoman.model.record import ArticleOf, CommitmentOf, Event, Place, RecordEntity, StatementOf, Tenure, Words

CONTEXT = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "plover": "urn:dragoman:plover:",
    "dragoman": "urn:dragoman:term:",
}
_KINDS = {"person": "schema:Person", "state": "schema:Country", "organization": "schema:Organization", "place": "schema:Place"}


def _nodes(selection: Selection, losses: Losses) -> Iterator[str]:
    for article in selection.articles():
        yield json_text(_article(article))
    for entity in selection.entities():
        yield json_text(_entity(entity))
        losses.lose("how often a spelling is used", entity.id, count=len(entity.names))
    for number, tenure in enumerate(selection.tenures()):
        yield json_text(_tenure(selection, tenure, number))
    for event in selection.events():
        yield json_text(_event(selection, event))
    for statement in selection.statements():
        yield json_text(_statement(selection, statement))
    for commitment in selection.commitments():
        yield json_text(_commitment(selection, commitment))
    for story in selection.stories():
        parts = [_to(urn("article", one)) for one in story.articles]
        yield json_text({"@id": urn("story", story.id), "@type": "schema:Collection", "schema:name": story.title, "schema:hasPart": parts})
    for number, copies in enumerate(selection.copies()):
        yield json_text({
            "@id": urn("copies", str(number)), "@type": "dragoman:Copies", "dragoman:kind": copies.kind, "dragoman:score": _double(copies.score),
            "dragoman:article": [_to(urn("article", one)) for one in copies.articles],
        })  # fmt: skip
    for correction in selection.corrections():
        losses.lose("corrections", str(correction.id))


def _to(id: str) -> dict[str, str]:
    return {"@id": id}


def _double(number: float) -> dict[str, str]:
    return {"@value": repr(number), "@type": "xsd:double"}


def _day(value: str | None) -> dict[str, str] | None:
    return {"@value": value, "@type": "xsd:date"} if value else None


def _said(places: Iterable[Place | Words]) -> list[dict[str, str]]:
    return [_to(f"{urn('article', one.article)}#char={one.start},{one.end}") for one in places]


def _full(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what it has not."""
    return {key: value for key, value in node.items() if value not in (None, [], "")}


def _article(one: ArticleOf) -> dict[str, Any]:
    return _full({
        "@id": urn("article", one.id), "@type": ["prov:Entity", "schema:NewsArticle"], "schema:name": one.name, "schema:headline": one.title,
        "schema:inLanguage": one.language, "schema:datePublished": _day(one.published), "schema:publisher": one.outlet, "schema:url": one.url,
        "dragoman:publishedFrom": one.published_from, "prov:wasDerivedFrom": _to(urn("article", one.copy_of)) if one.copy_of else None,
    })  # fmt: skip


def _entity(one: RecordEntity) -> dict[str, Any]:
    labels = [{"@value": name.text, "@language": name.language} if name.language != "und" else name.text for name in one.names]
    return _full({
        "@id": urn("entity", one.id), "@type": ["sem:Place" if one.kind == "place" else "sem:Actor", _KINDS[one.kind]], "schema:name": one.name,
        "rdfs:label": labels, "dragoman:code": one.code, "dragoman:state": one.state, "gaf:denotedBy": _said(one.mentions),
    })  # fmt: skip


def _tenure(selection: Selection, one: Tenure, number: int) -> dict[str, Any]:
    return _full({
        "@id": urn("tenure", f"{one.person}-{number}"), "@type": "dragoman:Tenure", "dragoman:person": _to(urn("entity", one.person)),
        "dragoman:office": one.office, "dragoman:of": _side(selection, one.of), "dragoman:firstSeen": _day(one.first_seen),
        "dragoman:lastSeen": _day(one.last_seen), "dragoman:endedBefore": _day(one.ended_before), "dragoman:former": one.former or None,
        "dragoman:acting": one.acting or None, "gaf:denotedBy": _said(one.evidence),
    })  # fmt: skip


def _side(selection: Selection, side: str | None) -> dict[str, str] | None:
    """For whom somebody acts: a state of the record, else one of the world by its code."""
    if side is None:
        return None
    named = selection.named(side)
    return _to(urn("state", side) if named.id == side and len(side) == 3 else urn("entity", named.id))


def _event(selection: Selection, one: Event) -> dict[str, Any]:
    identity = urn("event", one.id)
    span = interval(one.date)
    time = None if span is None else _full({
        "@id": f"{identity}:time", "@type": "sem:Time", "dragoman:edtf": one.date,
        "sem:hasEarliestBeginTimeStamp": _day(span.first.isoformat()), "sem:hasLatestEndTimeStamp": _day(span.last.isoformat()),
    })  # fmt: skip
    actors = [
        _full({
            "@id": f"{identity}:role:{number}", "@type": "sem:Role", "rdfs:label": part.role, "sem:hasActor": _to(urn("entity", part.entity)),
            "dragoman:side": _side(selection, part.side), "dragoman:office": part.office,
        })
        for number, part in enumerate(one.participants)
    ]  # fmt: skip
    views = [
        _full({
            "@id": f"{identity}:view:{dispute.field}:{number}", "@type": "sem:View", "dragoman:field": dispute.field, "dragoman:value": version.value,
            "sem:accordingTo": [_to(urn("article", article)) for article in version.articles],
        })
        for dispute in one.disputed
        for number, version in enumerate(dispute.versions)
    ]  # fmt: skip
    return _full({
        "@id": identity, "@type": "sem:Event", "sem:eventType": _to(f"plover:{one.type}"), "dragoman:mode": one.mode, "sem:hasTime": time,
        "dragoman:date": one.date, "sem:hasPlace": _to(urn("entity", one.place)) if one.place else None,
        "sem:hasActor": list({part.entity: _to(urn("entity", part.entity)) for part in one.participants}.values()), "dragoman:role": actors,
        "dragoman:factuality": one.factuality, "dragoman:topic": list(one.topics), "dragoman:context": list(one.contexts), "dragoman:origins": one.origins,
        "dragoman:plannedAs": _to(urn("event", one.planned_as)) if one.planned_as else None, "dragoman:view": views,
        "prov:wasDerivedFrom": [_to(urn("article", article)) for article in dict.fromkeys(report.article for report in one.reports)],
        "gaf:denotedBy": _said(Place(article=article, start=span.start, end=span.end) for article, span in selection.evidence(one)),
    })  # fmt: skip


def _statement(selection: Selection, one: StatementOf) -> dict[str, Any]:
    return _full({
        "@id": urn("statement", one.id), "@type": "schema:Quotation", "schema:spokenByCharacter": _to(urn("entity", one.speaker)) if one.speaker else None,
        "dragoman:source": list(dict.fromkeys(filter(None, one.voices))), "dragoman:kind": one.kind, "dragoman:channel": one.channel, "dragoman:date": one.date,
        "dragoman:topic": list(one.topics), "schema:text": _texts(one.reports), "gaf:denotedBy": _said(one.reports),
    })  # fmt: skip


def _commitment(selection: Selection, one: CommitmentOf) -> dict[str, Any]:
    return _full({
        "@id": urn("commitment", one.id), "@type": "dragoman:Commitment", "dragoman:act": one.act, "dragoman:what": one.what,
        "dragoman:by": [_side(selection, side) for side in one.by], "dragoman:to": [_side(selection, side) for side in one.to], "dragoman:due": one.due,
        "dragoman:condition": one.condition, "dragoman:topic": list(one.topics), "schema:text": _texts(one.reports), "gaf:denotedBy": _said(one.reports),
    })  # fmt: skip


def _texts(reports: Iterable[Words]) -> list[Any]:
    return [{"@value": words.text, "@language": words.language} if words.language != "und" else words.text for words in reports]


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    opening = json_text({"@context": CONTEXT})[:-1] + ',"@graph":['
    return (json_part("record.jsonld", lambda: joined(_nodes(selection, losses), opening=opening, closing="]}\n")),)


FORMAT = Format(
    name="jsonld",
    layout="file",
    parts=_parts,
    cannot={
        "how often a spelling is used": "a label has a language and no count",
        "corrections": "what they changed is in the facts, who made them and why is not",
    },
)
