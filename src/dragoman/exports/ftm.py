"""`ftm`: FollowTheMoney 4, through its own library: entities, the same as statements, and for each statement the words that say it.

A statement of FollowTheMoney has no place for a span, so `selectors.jsonl` names them by statement id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any

from dragoman.exports.calendar_days import interval
from dragoman.exports.format import Format, Part, json_part, json_text, xml_safe
from dragoman.exports.losses import Losses
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import Anchor, anchor, named
from dragoman.exports.titles import post, title
from dragoman.exports.where import where
from dragoman.knowledge.countries import codes
from dragoman.knowledge.states import state as state_of
from dragoman.model.record import CommitmentOf, Event, Place, RecordEntity, StatementOf, Tenure, Words
from dragoman.model.spans import Span

if TYPE_CHECKING:
    from followthemoney import EntityProxy

DATASET = "dragoman"
_KINDS = {"person": "Person", "organization": "Organization", "state": "PublicBody"}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """An entity with the spans that say it (or, of who is named, his mentions), and the days on which it was said first and last."""

    entity: EntityProxy
    spans: tuple[tuple[str, Span], ...] = ()
    mentions: tuple[Place, ...] = ()
    days: tuple[str, ...] = field(default=())


def sourced(selection: Selection, losses: Losses) -> Iterator[Sourced]:
    """All entities, one at a time."""
    for article in selection.articles():
        held = selection.text(article.id)
        made = _made("Article", f"article-{article.id}", title=(article.title,), fileName=(article.name,), publishedAt=(article.published,),
                     publisher=(article.outlet,), sourceUrl=(article.url,), language=(article.language,), bodyText=(held.text if held else None,),
                     recordId=())  # fmt: skip
        yield Sourced(entity=made, days=(article.published,) if article.published else ())
    seen: set[str] = set()
    for entity in selection.entities():
        seen.update(filter(None, (entity.code,)))
        yield from _entity(entity, losses)
    for code in sorted(_states(selection) - seen):
        found = state_of(code)
        yield Sourced(entity=_made("PublicBody", f"state-{code}", name=(found.name if found else code,), country=(_two(code),)))
    posts: set[str] = set()
    for number, tenure in enumerate(selection.tenures()):
        yield from _tenure(selection, tenure, number, posts)
    for event in selection.events():
        yield _event(selection, event, losses)
    for statement in selection.statements():
        yield _statement(selection, statement, losses)
    for commitment in selection.commitments():
        yield _commitment(selection, commitment, losses)
    for story in selection.stories():
        losses.lose("stories", story.id)
    for copies in selection.copies():
        losses.lose("copies", copies.articles[0])
    for correction in selection.corrections():
        losses.lose("corrections", str(correction.id))


def _made(schema: str, id: str, **values: tuple[str | None, ...]) -> EntityProxy:
    from followthemoney import model

    made = model.make_entity(schema)
    made.id = id
    for name, given in values.items():
        if name in made.schema.properties:
            made.add(name, [xml_safe(value) for value in given if value], quiet=True, fuzzy=False)
    return made


def _two(code: str | None) -> str | None:
    found = codes(code).alpha_2 if code else None
    return found.lower() if found else None


def _states(selection: Selection) -> set[str]:
    """Codes of states that have offices or are promised something, whether or not an article names them."""
    found = {tenure.of for tenure in selection.tenures() if tenure.of}
    for commitment in selection.commitments():
        found.update((*commitment.by, *commitment.to))
    return {one for one in found if len(one) == 3 and one.isupper()}


def _key(selection: Selection, id: str) -> str:
    """The id of an entity here; a state is one, whether the record names it by code or by id."""
    named = selection.named(id)
    return f"state-{named.code}" if named.code else named.id


def _entity(one: RecordEntity, losses: Losses) -> Iterator[Sourced]:
    losses.lose("how often a spelling is used", one.id, count=len(one.names))
    names = tuple(name.text for name in one.names if name.text != one.name)
    if one.kind == "place":
        yield Sourced(entity=_made("Address", one.id, full=(one.name,), city=(one.name,), country=(_two(one.state),), summary=names), mentions=one.mentions)
        return
    identity = f"state-{one.code}" if one.code else one.id
    yield Sourced(entity=_made(_KINDS[one.kind], identity, name=(one.name,), alias=names, country=(_two(one.code or one.state),)), mentions=one.mentions)
    by_article: dict[str, list[Place]] = {}
    for place in one.mentions:
        by_article.setdefault(place.article, []).append(place)
    for article, places in by_article.items():
        texts = tuple(place.text for place in places)
        made = _made("Mention", f"mention-{article}-{identity}", document=(f"article-{article}",), resolved=(identity,), name=texts,
                     detectedSchema=(_KINDS[one.kind],))  # fmt: skip
        yield Sourced(entity=made, mentions=tuple(places))


def _places(places: Iterable[Place]) -> tuple[tuple[str, Span], ...]:
    return tuple((place.article, Span(place.start, place.end)) for place in places)


def _words(reports: Iterable[Words]) -> tuple[tuple[str, Span], ...]:
    return tuple((words.article, Span(words.start, words.end)) for words in reports)


def _tenure(selection: Selection, one: Tenure, number: int, posts: set[str]) -> Iterator[Sourced]:
    """The office as a Position, once, and who was seen in it as an Occupancy: on days, for nobody says when it began."""
    of = _key(selection, one.of) if one.of else "nobody"
    position = f"position-{one.office}-{of}"
    if position not in posts:
        posts.add(position)
        body = selection.named(one.of) if one.of else None
        known = state_of(one.of) if one.of and len(one.of) == 3 else None
        name = post(one.office, known.name if known else body.name if body else "")
        holder = () if one.of is None else (of,)
        yield Sourced(entity=_made("Position", position, name=(name,), organization=holder, country=(_two(one.of if known else None),)))
    days = tuple(filter(None, (one.first_seen, one.last_seen)))
    proof = tuple(f"article-{article}" for article in dict.fromkeys(place.article for place in one.evidence))
    made = _made("Occupancy", f"occupancy-{one.person}-{number}", holder=(one.person,), post=(position,), date=days,
                 status=("ended" if one.former else "unknown",),
                 description=(", ".join(filter(None, ("acting" if one.acting else "", f"another seen by {one.ended_before}" if one.ended_before else ""))),),
                 proof=proof)  # fmt: skip
    yield Sourced(entity=made, spans=_places(one.evidence), days=days)


def _dates(value: str | None) -> dict[str, tuple[str | None, ...]]:
    """A day, month or year as it is; a range as its first and last day."""
    span = interval(value)
    if value and _DATE.fullmatch(value):
        return {"date": (value,)}
    return {"startDate": (span.first.isoformat(),), "endDate": (span.last.isoformat(),)} if span else {}


def _event(selection: Selection, one: Event, losses: Losses) -> Sourced:
    losses.lose("roles, sides and offices", one.id, count=len(one.participants))
    losses.lose("disputed versions", one.id, count=len(one.disputed))
    place = where(selection, one.place)
    parties = [part.entity for part in one.participants if selection.named(part.entity).kind != "place"]
    made = _made(
        "Event", one.id, name=(title(selection, one),), recordId=(one.id,), involved=tuple(_key(selection, party) for party in parties),
        location=(place.name if place else None,), country=(_two(place.state) if place else None,),
        keywords=(one.type, one.mode, one.factuality, *one.topics, *one.contexts), summary=_sentences(selection, selection.evidence(one)),
        proof=tuple(f"article-{article}" for article in dict.fromkeys(report.article for report in one.reports)), **_dates(one.date),
    )  # fmt: skip
    return Sourced(entity=made, spans=tuple(selection.evidence(one)), days=_seen(selection, (report.article for report in one.reports)))


def _sentences(selection: Selection, spans: Iterable[tuple[str, Span]]) -> tuple[str, ...]:
    return tuple(found.exact for article, span in spans if (found := anchor(selection, article, span)) is not None)


def _seen(selection: Selection, articles: Iterable[str]) -> tuple[str, ...]:
    known = (selection.article(article) for article in articles)
    return tuple(sorted({one.published for one in known if one is not None and one.published}))


def _statement(selection: Selection, one: StatementOf, losses: Losses) -> Sourced:
    losses.lose("when something was said", one.id, count=int(one.date is not None and not _DATE.fullmatch(one.date)))
    losses.lose("who speaks, where it is nobody by name", one.id, count=int(one.voice is not None))
    speaker = _key(selection, one.speaker) if one.speaker else None
    made = _made("Note", one.id, name=("statement",), description=tuple(words.text for words in one.reports), entity=(speaker,),
                 keywords=(one.kind, one.channel, *one.topics), createdAt=(one.date if one.date and _DATE.fullmatch(one.date) else None,),
                 proof=tuple(f"article-{words.article}" for words in one.reports))  # fmt: skip
    return Sourced(entity=made, spans=_words(one.reports), days=_seen(selection, (words.article for words in one.reports)))


def _commitment(selection: Selection, one: CommitmentOf, losses: Losses) -> Sourced:
    losses.lose("to whom, when and on what condition something is promised", one.id, count=int(bool(one.to or one.due or one.condition)))
    made = _made("Note", one.id, name=(one.act,), description=(one.what,), entity=tuple(_key(selection, party) for party in one.by),
                 keywords=("commitment", one.act, *one.topics), summary=tuple(words.text for words in one.reports),
                 proof=tuple(f"article-{words.article}" for words in one.reports))  # fmt: skip
    return Sourced(entity=made, spans=_words(one.reports), days=_seen(selection, (words.article for words in one.reports)))


def _statements(one: Sourced) -> Iterator[Any]:
    from followthemoney import Statement

    days = sorted(one.days)
    first, last = (days[0], days[-1]) if days else (None, None)
    found = Statement.from_entity(one.entity, DATASET, first_seen=first, last_seen=last, origin="dragoman")
    yield from sorted(found, key=lambda each: (each.prop, each.value, each.id or ""))


def _write_statements(selection: Selection, sink: IO[bytes], losses: Losses) -> None:
    from followthemoney.statement.serialize import CSVStatementWriter

    stream = TextIOWrapper(sink, encoding="utf-8", newline="", write_through=True)
    writer = CSVStatementWriter(stream)
    for one in sourced(selection, losses):
        for statement in _statements(one):
            writer.write(statement)
    writer.close()
    stream.detach()


def _selectors(selection: Selection) -> Iterator[str]:
    for one in sourced(selection, Losses(_CANNOT)):
        for statement in _statements(one):
            anchors = _said_by(selection, one, statement.value)
            if not anchors:
                continue
            yield (
                json_text({"statement": statement.id, "entity": one.entity.id, "prop": statement.prop, "selectors": [each.plain() for each in anchors]}) + "\n"
            )


def _said_by(selection: Selection, one: Sourced, value: str) -> list[Anchor]:
    """The words that say a value: of a name those that have it, of what else is known of who is named the first that name him."""
    if one.mentions:
        return [named(place) for place in [place for place in one.mentions if place.text == value] or one.mentions[:1]]
    # That an article is the proof is said there alone.
    proof = value.removeprefix("article-") if value.startswith("article-") else None
    spans = [(article, span) for article, span in one.spans if proof in (None, article)]
    return [found for article, span in spans if (found := anchor(selection, article, span)) is not None]


def _entities(selection: Selection, losses: Losses) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[str]:
        for one in sourced(selection, losses):
            document = one.entity.to_dict()
            document["properties"] = {name: sorted(values) for name, values in sorted(document["properties"].items())}
            yield json_text({"datasets": [DATASET], **document}) + "\n"

    return lines


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    return (
        json_part("entities.ftm.json", _entities(selection, losses)),
        Part(name="statements.csv", write=lambda sink: _write_statements(selection, sink, Losses(_CANNOT))),
        json_part("selectors.jsonl", lambda: _selectors(selection)),
    )


_CANNOT = {
    "roles, sides and offices": "an Event has parties that are involved, and does not say as what",
    "disputed versions": "values of a property stand side by side, without who says which",
    "how often a spelling is used": "a name is a name or an alias, and has no count",
    "when something was said": "a Note has a day, month or year and no range",
    "who speaks, where it is nobody by name": "a Note is of entities, and has no other place for who said it",
    "to whom, when and on what condition something is promised": "a Note is of an entity and has a text; no schema knows a promise",
    "stories": "there is no schema for a group of articles",
    "copies": "there is no schema for an article made from another",
    "corrections": "what they changed is in the entities, who made them and why is not",
}
FORMAT = Format(name="ftm", layout="tables", parts=_parts, cannot=_CANNOT, needs=("followthemoney",))
