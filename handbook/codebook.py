"""The codebook: every type, mode, context, topic and office, with sentences that were read and coded so before they are printed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from dragoman.exports.readings.labels import labels
from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.knowledge.topics import TOPICS
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.service.read import Given, read_article

Group = Literal["events", "topics", "contexts", "offices"]
LANGUAGES = ("en", "fr")
PUBLISHED = date(2025, 10, 12)
_FOLDER = Path(__file__).parent / "examples"
_DISCUSSED = {
    "en": "The foreign ministers of Norway and Kenya met in Oslo on Monday to discuss {}.",
    "fr": "Les ministres des Affaires étrangères de la Norvège et du Kenya se sont rencontrés lundi à Oslo pour discuter {}.",
}
_HELD = {"en": "Kari Nygaard, the {} of Norway, arrived in Bergen on Monday.", "fr": "Nils Aune, {} de Norvège, est arrivé lundi à Bergen."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of ours that says `code`, one of its group: of events TYPE or TYPE/mode."""

    group: Group
    code: str
    language: str
    text: str


def codes() -> Mapping[Group, tuple[str, ...]]:
    """Every code that the program gives, by group."""
    events = tuple(code for kind in TYPES.values() for code in (kind.name, *(f"{kind.name}/{mode}" for mode in kind.modes)))
    return {"events": events, "topics": TOPICS, "contexts": tuple(CONTEXTS), "offices": OFFICES}


def examples(language: str) -> Iterator[Example]:
    """The examples of a language, in the order of the codes."""
    table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for code, text in table["events"].items():
        yield Example(group="events", code=code, language=language, text=text)
    for code, words in table["topics"].items():
        yield Example(group="topics", code=code, language=language, text=_DISCUSSED[language].format(words))
    for code, words in table["contexts"].items():
        yield Example(group="contexts", code=code, language=language, text=_DISCUSSED[language].format(words))
    for code in OFFICES:
        text = table["offices"].get(code) or _HELD[language].format(labels(language).office(code, None))
        yield Example(group="offices", code=code, language=language, text=text)


def is_read(example: Example, kit: Kit) -> bool:
    """Whether the program codes the sentence so."""
    article = Article(id="", name="example", text=example.text, language=example.language)
    return example.code in _said(read_article(article, kit, Given(published=PUBLISHED)), example.group)


def _said(reading: Reading, group: Group) -> set[str]:
    if group == "offices":
        return {holding.office for holding in reading.offices}
    if group == "events":
        return {code for event in reading.events for code in (event.type, f"{event.type}/{event.mode}")}
    return {code for event in reading.events for code in (event.topics if group == "topics" else event.contexts)}
