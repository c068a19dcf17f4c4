"""The codebook: every code that the program gives, with sentences that were read and coded so before they are printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from dragoman.exports.readings.labels import labels
from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.knowledge.topics import TOPICS
from dragoman.model.reading import Act, Article, Factuality, MentionForm, Reading, Role, StatementKind
from dragoman.model.spans import Span
from dragoman.reading.kit import Kit
from dragoman.service.read import Given, read_article

Group = Literal["events", "roles", "factuality", "statements", "commitments", "mentions", "topics", "contexts", "offices"]
LANGUAGES = ("en", "fr")
PUBLISHED = date(2025, 10, 12)
# Codes that readings have a place for and do not give today: a sentence that is coded so would make them known.
NOT_GIVEN: Mapping[Group, tuple[str, ...]] = {"roles": ("mediator",), "factuality": ("possible",)}
# Groups whose sentences have the words that are coded so in brackets.
_POINTED: tuple[Group, ...] = ("roles", "factuality", "statements", "commitments", "mentions")
_BRACKETS = re.compile(r"(?P<before>.*)\[(?P<words>.+)\](?P<after>.*)")
_FOLDER = Path(__file__).parent / "examples"
_DISCUSSED = {
    "en": "The foreign ministers of Norway and Kenya met in Oslo on Monday to discuss {}.",
    "fr": "Les ministres des Affaires étrangères de la Norvège et du Kenya se sont rencontrés lundi à Oslo pour discuter {}.",
}
_HELD = {"en": "Kari Nygaard, the {} of Norway, arrived in Bergen on Monday.", "fr": "Nils Aune, {} de Norvège, est arrivé lundi à Bergen."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of ours that says `code`, one of its group: of events TYPE or TYPE/mode. `words` are those that are coded so, where not all of them are."""

    group: Group
    code: str
    language: str
    text: str
    words: Span | None = None


def codes() -> Mapping[Group, tuple[str, ...]]:
    """Every code that the program gives, by group."""
    events = tuple(code for kind in TYPES.values() for code in (kind.name, *(f"{kind.name}/{mode}" for mode in kind.modes)))
    return {
        "events": events, "roles": get_args(Role), "factuality": get_args(Factuality), "statements": get_args(StatementKind),
        "commitments": get_args(Act), "mentions": get_args(MentionForm), "topics": TOPICS, "contexts": tuple(CONTEXTS), "offices": OFFICES,
    }  # fmt: skip


def examples(language: str) -> Iterator[Example]:
    """The examples of a language, in the order of the codes."""
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for code, text in table["events"].items():
        yield Example(group="events", code=code, language=language, text=text)
    for group in _POINTED:
        for code, text in table[group].items():
            yield _pointed(group, code, language, text)
    for code, words in table["topics"].items():
        yield Example(group="topics", code=code, language=language, text=_DISCUSSED[language].format(words))
    for code, words in table["contexts"].items():
        yield Example(group="contexts", code=code, language=language, text=_DISCUSSED[language].format(words))
    for code in OFFICES:
        text = table["offices"].get(code) or _HELD[language].format(labels(language).office(code, None))
        yield Example(group="offices", code=code, language=language, text=text)


def _pointed(group: Group, code: str, language: str, text: str) -> Example:
    """The example of a sentence with brackets. Raises ValueError for one without."""
    match = _BRACKETS.fullmatch(text)
    if match is None:
        raise ValueError(f"examples/{language}.toml: {group}.{code} has no words in brackets")
    before, words, after = match["before"], match["words"], match["after"]
    return Example(group=group, code=code, language=language, text=before + words + after, words=Span(len(before), len(before) + len(words)))


def is_read(example: Example, kit: Kit) -> bool:
    """Whether the program codes the sentence so, and of it the words that are pointed at."""
    article = Article(id="", name="example", text=example.text, language=example.language)
    reading = read_article(article, kit, Given(published=PUBLISHED))
    return example.code in (_said(reading, example.group) if example.words is None else _said_by(reading, example.group, example.words))


def _said(reading: Reading, group: Group) -> set[str]:
    if group == "offices":
        return {holding.office for holding in reading.offices}
    if group == "events":
        return {code for event in reading.events for code in (event.type, f"{event.type}/{event.mode}")}
    return {code for event in reading.events for code in (event.topics if group == "topics" else event.contexts)}


def _said_by(reading: Reading, group: Group, words: Span) -> set[str]:
    """The codes that these words have in a reading."""
    if group == "mentions":
        return {mention.form for entity in reading.entities for mention in entity.mentions if mention.span == words}
    if group == "statements":
        return {statement.kind for statement in reading.statements if statement.span == words}
    if group == "commitments":
        return {one.act for one in reading.commitments if words.of(reading.article.text) in one.what}
    if group == "factuality":
        return {event.factuality for event in reading.events if event.trigger.overlaps(words)}
    named = {entity.id for _, entity in reading.entities_in(words)}
    return {part.role for event in reading.events for part in event.participants if part.entity in named}
