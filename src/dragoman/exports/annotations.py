"""`annotations`: every fact as a W3C Web Annotation of the words that say it, by position and by quotation, in one AnnotationPage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.exports.format import Format, Part, joined, json_part, json_text, lose_all
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import anchor, urn
from dragoman.model.record import Place, Words
from dragoman.model.record_codec import plain
from dragoman.model.spans import Span

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"dragoman": "urn:dragoman:term:"}]


def _annotations(selection: Selection, losses: Losses) -> Iterator[str]:
    for entity in selection.entities():
        body = _body("entity", entity.id, plain(entity) | {"names": None, "mentions": None})
        yield from _each(selection, "entity", entity.id, "identifying", body, _spans(entity.mentions))
    for number, tenure in enumerate(selection.tenures()):
        identity = f"{tenure.person}-{number}"
        yield from _each(selection, "tenure", identity, "linking", _body("tenure", identity, plain(tenure) | {"evidence": None}), _spans(tenure.evidence))
    for event in selection.events():
        body = _body("event", event.id, plain(event) | {"reports": None})
        yield from _each(selection, "event", event.id, "describing", body, selection.evidence(event))
    for statement in selection.statements():
        by = list(dict.fromkeys(filter(None, statement.voices)))
        body = _body("statement", statement.id, plain(statement) | {"reports": None, "source": by})
        yield from _each(selection, "statement", statement.id, "describing", body, _words(statement.reports))
    for commitment in selection.commitments():
        body = _body("commitment", commitment.id, plain(commitment) | {"reports": None})
        yield from _each(selection, "commitment", commitment.id, "describing", body, _words(commitment.reports))
    lose_all(losses, "stories", selection.stories())
    for copies in selection.copies():
        losses.lose("copies", copies.articles[0])
    for correction in selection.corrections():
        losses.lose("corrections", str(correction.id))


def _body(kind: str, id: str, fact: dict[str, Any]) -> dict[str, Any]:
    """What is said; `null` and empty lists are left out."""
    named = {f"dragoman:{key}": value for key, value in fact.items() if key != "id" and value not in (None, [])}
    return {"id": urn(kind, id), "type": f"dragoman:{kind}", **named}


def _spans(places: Iterable[Place]) -> Iterator[tuple[str, Span]]:
    return ((place.article, Span(place.start, place.end)) for place in places)


def _words(reports: Iterable[Words]) -> Iterator[tuple[str, Span]]:
    return ((words.article, Span(words.start, words.end)) for words in reports)


def _each(selection: Selection, kind: str, id: str, motivation: str, body: dict[str, Any], spans: Iterable[tuple[str, Span]]) -> Iterator[str]:
    """An annotation for each span; the first carries the fact, the others its name alone."""
    for number, (article, span) in enumerate(dict.fromkeys(spans)):
        found = anchor(selection, article, span)
        if found is not None:
            yield json_text({
                "id": urn("annotation", f"{kind}:{id}:{number}"),
                "type": "Annotation",
                "motivation": motivation,
                "body": body if number == 0 else {"id": body["id"], "type": body["type"]},
                "target": {"source": urn("article", article), "selector": [found.position(), found.quote()]},
            })  # fmt: skip


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    opening = json_text({"@context": _CONTEXT, "id": urn("page", "facts"), "type": "AnnotationPage"})[:-1] + ',"items":['
    return (json_part("annotations.jsonld", lambda: joined(_annotations(selection, losses), opening=opening, closing="]}\n")),)


FORMAT = Format(
    name="annotations",
    layout="file",
    parts=_parts,
    cannot={
        "stories": "a story is of whole articles and in no words of theirs",
        "copies": "a copy is of a whole article",
        "corrections": "what they changed is in the facts, who made them and why is not",
    },
)
