"""`html`: a dossier for people as one page that can be mailed: events by day with the sentences that tell them, who holds what, what was said and promised.

It asks nothing of any network: its policy allows the style that is in it, by its hash, and nothing else. Every value is escaped by the template.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from dragoman.exports.format import Format, Part, text_part
from dragoman.exports.losses import Losses
from dragoman.exports.readings.labels import Labels
from dragoman.exports.readings.labels import labels as labels_in
from dragoman.exports.readings.legible import base_direction, legible
from dragoman.exports.readings.times import in_words
from dragoman.exports.selection import Selection
from dragoman.exports.selectors import anchor
from dragoman.model.record import ArticleOf, CommitmentOf, Event, Place, StatementOf, Tenure
from dragoman.model.spans import Span

_FOLDER = Path(__file__).parent / "dossier_page"
_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+$")
# Quotations of one fact that are shown; the rest is in the other formats.
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words that say it, and the article they stand in."""

    words: str
    article: str
    source: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact on the page: a heading, lines about it, what reports say differently, and the words that say it."""

    id: str
    day: str
    heading: str
    lines: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that the page rests on; `url` only where it is an address of the web."""

    id: str
    title: str
    about: str
    url: str | None
    language: str | None


def pieces(selection: Selection) -> Iterator[str]:
    """The page in pieces, its words in the language of the selection's labels."""
    words = labels_in(selection.labels)
    style = (_FOLDER / "dossier.css").read_text(encoding="utf-8")
    hashed = "sha256-" + b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    yield from _environment().get_template("dossier.html").generate(
        words=words, style=style, policy=f"default-src 'none'; style-src '{hashed}'; base-uri 'none'; form-action 'none'",
        scope=_scope(selection, words),
        sections=(
            (words.word("record", "offices"), (_tenure(selection, one, words) for one in selection.tenures())),
            (words.word("record", "all_events"), (_event(selection, one, words) for one in selection.events())),
            (words.word("record", "statements"), (_statement(selection, one, words) for one in selection.statements())),
            (words.word("record", "commitments"), (_commitment(selection, one, words) for one in selection.commitments())),
        ),
        sources=(_source(one, words) for one in selection.articles()),
    )  # fmt: skip


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["legible"] = legible
    environment.filters["base"] = base_direction
    return environment


def _scope(selection: Selection, words: Labels) -> tuple[str, ...]:
    """What was asked for."""
    wanted = selection.wanted
    between = " – ".join(_name(selection, one, words) for one in wanted.between) if wanted.between else None
    named = [_name(selection, one, words) for one in (wanted.person, wanted.side) if one]
    kinds = [words.word("types", wanted.type) if wanted.type else None, words.word("topics", wanted.topic) if wanted.topic else None]
    tongue = words.name_of_language(wanted.language) if wanted.language else None
    days = "/".join(value or ".." for value in (wanted.since, wanted.until)) if wanted.since or wanted.until else None
    return tuple(filter(None, (between, *named, *kinds, wanted.outlet, tongue, in_words(days, words) if days else None)))


def _name(selection: Selection, id: str, words: Labels) -> str:
    named = selection.named(id)
    return words.state(named.code) if named.code else named.name


def _day(value: str | None, words: Labels) -> str:
    return in_words(value, words) if value else words.word("record", "no_day")


def _quotes(selection: Selection, spans: Iterable[tuple[str, Span]], words: Labels) -> tuple[Quote, ...]:
    found = []
    for article, span in dict.fromkeys(spans):
        of, held = selection.article(article), anchor(selection, article, span)
        if of is not None and held is not None:
            source = " · ".join(filter(None, (of.outlet or of.name, in_words(of.published, words) if of.published else None)))
            found.append(Quote(words=held.exact, article=article, source=source, language=of.language if of.language != "und" else ""))
        if len(found) == _SHOWN:
            break
    return tuple(found)


def _event(selection: Selection, one: Event, words: Labels) -> Entry:
    heading = words.word("types", one.type) + (f" ({words.word('modes', one.mode)})" if one.mode else "")
    if one.place:
        heading += f" · {_name(selection, one.place, words)}"
    who = []
    for part in one.participants:
        side = _name(selection, part.side, words) if part.side and selection.side_of(part.entity) != part.entity else None
        about = ", ".join(filter(None, (words.word("offices", part.office) if part.office else None, side)))
        name = _name(selection, part.entity, words)
        who.append(f"{name} ({about})" if about and about != name else name)
    origins = f"{one.origins} {words.word('record', 'origin' if one.origins == 1 else 'origins')}"
    lines = (
        " · ".join(who), ", ".join(words.word("topics", topic) for topic in one.topics),
        " · ".join(filter(None, (words.word("factuality", one.factuality) if one.factuality != "actual" else None, origins, one.id))),
    )  # fmt: skip
    versions = tuple(_version(selection, dispute.field, version.value, version.articles, words) for dispute in one.disputed for version in dispute.versions)
    return Entry(id=one.id, day=_day(one.date, words), heading=heading, lines=tuple(filter(None, lines)), versions=versions,
                 quotes=_quotes(selection, selection.evidence(one), words))  # fmt: skip


def _version(selection: Selection, field: str, value: str | None, articles: Iterable[str], words: Labels) -> str:
    known = [one for one in map(selection.article, articles) if one is not None]
    said = words.word("record", "empty") if value is None else in_words(value, words) if field == "date" else _said(selection, field, value, words)
    version = words.word("record", "version").format(words.word("fields", field), said)
    return f"{version} — {', '.join(dict.fromkeys(one.outlet or one.name for one in known))}"


def _said(selection: Selection, field: str, value: str, words: Labels) -> str:
    group = {"type": "types", "mode": "modes", "factuality": "factuality"}.get(field)
    return words.word(group, value) if group else ", ".join(_name(selection, one, words) for one in value.split())


def _tenure(selection: Selection, one: Tenure, words: Labels) -> Entry:
    of = f" ({_name(selection, one.of, words)})" if one.of else ""
    seen = words.word("record", "undated")
    if one.first_seen and one.last_seen:
        first, last = in_words(one.first_seen, words), in_words(one.last_seen, words)
        seen = words.word("record", "seen_once").format(first) if first == last else words.word("record", "seen").format(first, last)
    until = words.word("record", "until").format(in_words(one.ended_before, words)) if one.ended_before else None
    spans = (_sentence(selection, place) for place in one.evidence)
    return Entry(id="", day="", heading=f"{_name(selection, one.person, words)} · {words.word('offices', one.office)}{of}",
                 lines=(" · ".join(filter(None, (seen, until))),), quotes=_quotes(selection, spans, words)[:1])  # fmt: skip


def _sentence(selection: Selection, place: Place) -> tuple[str, Span]:
    """The sentence that words stand in: 'Per Dahl' alone tells no reader anything."""
    reading = selection.reading(place.article)
    found = reading.sentence_at(place.start) if reading else None
    return place.article, found or Span(place.start, place.end)


def _speaker(selection: Selection, one: StatementOf, words: Labels) -> str:
    """The speaker's name; of nobody whom the record knows the words of the first report that has some."""
    if one.speaker:
        return _name(selection, one.speaker, words)
    return one.voice or words.word("facts", "unknown")


def _statement(selection: Selection, one: StatementOf, words: Labels) -> Entry:
    about = " · ".join(filter(None, (words.word("statements", one.kind), one.channel, in_words(one.date, words) if one.date else None)))
    spans = ((said.article, Span(said.start, said.end)) for said in one.reports)
    return Entry(id=one.id, day="", heading=_speaker(selection, one, words), lines=(about,), quotes=_quotes(selection, spans, words))


def _commitment(selection: Selection, one: CommitmentOf, words: Labels) -> Entry:
    who = ", ".join(_name(selection, party, words) for party in one.by)
    to = ", ".join(_name(selection, party, words) for party in one.to)
    lines = (one.what, " · ".join(filter(None, (f"→ {to}" if to else None, in_words(one.due, words) if one.due else None, one.condition))))
    spans = ((said.article, Span(said.start, said.end)) for said in one.reports)
    return Entry(id=one.id, day="", heading=" · ".join(filter(None, (words.word("acts", one.act), who))), lines=tuple(filter(None, lines)),
                 quotes=_quotes(selection, spans, words))  # fmt: skip


def _source(one: ArticleOf, words: Labels) -> Source:
    about = (one.outlet, in_words(one.published, words) if one.published else None, words.name_of_language(one.language) if one.language != "und" else None,
             words.word("record", "copy") if one.copy_of else None)  # fmt: skip
    url = one.url if one.url and _WEB_ADDRESS.match(one.url) else None
    return Source(
        id=one.id, title=one.title or one.name, about=" · ".join(filter(None, about)), url=url, language=one.language if one.language != "und" else None
    )


def _parts(selection: Selection, losses: Losses) -> Iterable[Part]:
    def page() -> Iterator[str]:
        yield from pieces(selection)
        for entity in selection.entities():
            losses.lose("spellings and mentions", entity.id, count=len(entity.names) + len(entity.mentions))
        for event in selection.events():
            losses.lose("sentences beyond the first five", event.id, count=max(0, len(dict.fromkeys(selection.evidence(event))) - _SHOWN))
        for correction in selection.corrections():
            losses.lose("corrections", str(correction.id))

    return (text_part("dossier.html", page),)


FORMAT = Format(
    name="html",
    layout="file",
    parts=_parts,
    cannot={
        "spellings and mentions": "the page is of events, offices, statements and promises; names are as the record calls them",
        "sentences beyond the first five": "the page shows the first reports of an event, and names all of its versions",
        "corrections": "what they changed is on the page, who made them and why is not",
    },
)
