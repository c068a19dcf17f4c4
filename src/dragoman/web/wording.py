"""The words of the pages in the reader's language: those of readings and records (exports/readings/labels), and the pages' own."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from dragoman.exports.readings.labels import Labels, labels

_FOLDER = Path(__file__).parent / "words"


@cache
def languages() -> tuple[str, ...]:
    """The languages that the pages speak, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def wording(language: str) -> Labels:
    """All words in one of these languages; the pages' own are in the groups that their file has."""
    own = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    if language == "fr":
        own = {group: {key: _unbroken(text) for key, text in words.items()} for group, words in own.items()}
    return Labels(language, {**labels(language).table, **own})


def _unbroken(text: str) -> str:
    """French as it is set: no line ends before ; : ! ? » or behind «."""
    return re.sub(r" (?=[;:!?»])|(?<=«) ", "\u00a0", text)
