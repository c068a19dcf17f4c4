"""Readings as one HTML page that can be mailed: the text on one side, its marks; what it says on the other. It asks nothing of any network.

The policy of the page allows the style and the script that are in it, by their hashes, and nothing else. Every value is escaped by the template.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from dragoman.exports.readings.facts import KINDS, Fact, Kind, facts, sentences_of
from dragoman.exports.readings.labels import Labels
from dragoman.exports.readings.labels import labels as labels_in
from dragoman.exports.readings.legible import base_direction, legible
from dragoman.exports.readings.marks import Paragraph, paragraphs
from dragoman.exports.readings.text import about
from dragoman.model.reading import Reading

_FOLDER = Path(__file__).parent / "page"
_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One article on the page. `key` is the prefix of every id of it; `reached` holds the facts whose words are in the text."""

    key: str
    title: str
    about: tuple[str, ...]
    url: str | None
    language: str | None
    direction: str
    paragraphs: tuple[Paragraph, ...]
    reached: frozenset[str]
    facts: dict[Kind, tuple[Fact, ...]]
    quotes: dict[str, str]
    troubles: tuple[tuple[str, str], ...]
    counts: tuple[str, ...]
    headline: bool


def page(readings: list[Reading], labels: str = "en") -> str:
    """The whole page as one string; with several readings a table of contents stands before them."""
    words = labels_in(labels)
    template = _environment().get_template("page.html")
    style, script = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    return template.render(
        sections=[_section(number, reading, words) for number, reading in enumerate(readings, start=1)],
        words=words,
        kinds=KINDS,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'",
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["legible"] = legible
    environment.filters["base"] = base_direction
    return environment


def _hash(content: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _section(number: int, reading: Reading, words: Labels) -> Section:
    article = reading.article
    found = facts(reading, words)
    counts = {"event": len(found["event"]), "statement": len(found["statement"]), "office": len(found["office"]),
              "commitment": len(found["commitment"]), "person": len(found["person"]), "trouble": len(reading.troubles)}  # fmt: skip
    text = paragraphs(article.text, (fact for kind in KINDS for fact in found[kind])) if article.text else ()
    return Section(
        key=f"r{number}",
        title=article.title or article.name,
        about=about(reading, words),
        url=article.url if article.url and _WEB_ADDRESS.match(article.url) else None,
        language=article.language if article.language != "und" else None,
        direction=_direction(article.language),
        paragraphs=text,
        reached=frozenset(fact for paragraph in text for piece in paragraph.pieces for fact in piece.anchors),
        facts=found,
        quotes={fact.id: _quote(fact, reading) for kind in ("event", "commitment") for fact in found[kind]},
        troubles=tuple((trouble.stage, trouble.message) for trouble in reading.troubles),
        counts=tuple(words.counted(one, count) for one, count in counts.items() if count or one in ("event", "statement")),
        headline=bool(article.title) and article.text.lstrip().startswith(article.title or " "),
    )


def _quote(fact: Fact, reading: Reading) -> str:
    sentences = sentences_of(fact, reading)
    return legible(sentences[0].of(reading.article.text)) if sentences else ""


def _direction(language: str) -> str:
    """'ltr' or 'rtl' where the language tells; 'auto', so that the browser finds out, where it does not."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language).text_direction) if language != "und" else "auto"
    except (UnknownLocaleError, ValueError):
        return "auto"
