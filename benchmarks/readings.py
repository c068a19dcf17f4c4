"""Readings kept under build/bench/readings, so that what was read once is not read again by the next measure.

A reading is found again by its text, language, title and day, and by everything that made it: the versions of the stages and the files of the rooms that
read, so that a changed table is never measured by old readings. Parses and tags are left out: no measure needs them.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import dragoman
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stage import Stage
from dragoman.reading.stages import stages

KEPT = Path("build/bench/readings")
_ROOMS = ("model", "knowledge", "languages", "reading")


def read_all(articles: Iterable[Article], kit: Kit, *, upto: str | None = None) -> Iterator[Reading]:
    """Readings in the order of the articles; `upto` names the last layer that is wanted ('dates', 'entities', …), None for all."""
    chosen = upto_layer(upto)
    for article in articles:
        yield kept(article, kit, chosen)


def upto_layer(layer: str | None) -> tuple[Stage, ...]:
    """The stages as far as the last that gives the layer."""
    every = stages()
    if layer is None:
        return every
    return every[: max(number for number, stage in enumerate(every) if layer in stage.gives) + 1]


def kept(article: Article, kit: Kit, chosen: Sequence[Stage]) -> Reading:
    """The reading of one article, from its file where there is one."""
    versions = ",".join(f"{stage.name}={stage.version}" for stage in chosen)
    facts = "\x1f".join((program(), versions, article.text, article.language, str(article.title), str(article.published)))
    key = hashlib.sha256(facts.encode()).hexdigest()[:32]
    path = KEPT / key[:2] / key
    if path.is_file():
        found: Reading = pickle.loads(zlib.decompress(path.read_bytes()))  # noqa: S301 - written below
        return replace(found, article=article)
    reading = read(article, chosen, kit)
    plain = replace(reading, parse=Reading(article=article).parse, tags=())
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(zlib.compress(pickle.dumps(plain)))
    part.replace(path)
    return plain


@cache
def program() -> str:
    """A digest of every file of the rooms that read, code and tables."""
    found = hashlib.sha256()
    root = Path(dragoman.__file__).parent
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".toml", ".tsv", ".json"):
                found.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def article(name: str, text: str, *, language: str = "en", day: str | None = None, title: str | None = None) -> Article:
    """An article of a set; a day that is none is left out."""
    try:
        published = date.fromisoformat(day[:10]) if day else None
    except ValueError:
        published = None
    return Article(id=name, name=name, text=text, language=language, title=title, published=published, published_from="given" if published else "unknown")
