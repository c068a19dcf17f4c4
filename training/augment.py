"""More examples from those there are: other names in the same sentence, letters as careless desks write them, headlines, neighbours read together."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman_encoder.layers import labels, spans
from training.corpora import Example
from training.results import lines

# Of the copies so many are shouted; of the sentences so many are read with the next.
_SHOUTED, _JOINED = 0.04, 0.25
# Letters: hamza and dots left out in Arabic, accents left out or lost with their letter elsewhere.
_PLAIN, _BARE, _LOST = 0.2, 0.04, 0.04
# German archives of before UTF-8 have lost their umlauts.
_UMLAUTS = 0.35
_LONG = 90
_RESULTS = 14_000
_FAMILIES = {"ar": "arabic", "fa": "arabic", "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic", "zh": "han", "ja": "han", "el": "greek", "he": "hebrew"}
_LATIN = ("en", "en", "en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
Name = tuple[str, ...]


def augmented(examples: Sequence[Example], drawn: random.Random, copies: int) -> Iterator[Example]:
    """`copies` of each example that tells of names only, each with its names exchanged for others of the class and script; and lines of results."""
    alone = [one for one in examples if set(one.labels) == {"name"}]
    pool = _pool(examples)
    for _ in range(copies):
        for one in alone:
            changed = _renamed(one, pool, drawn) if any(one.labels["name"]) else one
            yield _shouted(changed) if drawn.random() < _SHOUTED else changed
    for one in examples:
        if one.source.startswith("projected") and any(one.labels.get("name", ())):
            yield _renamed(Example(one.language, one.words, {"name": one.labels["name"]}, "renamed"), pool, drawn)
    for one, following in pairwise(alone):
        if one.source == following.source and drawn.random() < _JOINED and len(one.words) + len(following.words) < _LONG:
            yield Example(one.language, one.words + following.words, {"name": one.labels["name"] + following.labels["name"]}, one.source)
    yield from lines(pool, _LATIN, drawn, _RESULTS)


def written(one: Example, drawn: random.Random) -> Example:
    """The example as it is or, now and then, as it comes from a careless desk or a broken encoding; its text is then no longer its words."""
    chance = drawn.random()
    if one.language == "ar":
        return _respelt(one, tuple(word.translate(_ARABIC) for word in one.words)) if chance < _PLAIN else one
    if one.language == "de" and chance < _UMLAUTS:
        return _respelt(one, tuple(_lossy(word) or word for word in one.words))
    if _script(one.language) == "latin" and chance < _BARE + _LOST:
        return _respelt(one, tuple(_unaccented(word) if chance < _BARE else (_lossy(word) or word) for word in one.words))
    return one


def _respelt(one: Example, words: Name) -> Example:
    return Example(one.language, words, one.labels, one.source)


def _unaccented(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def _lossy(word: str) -> str:
    return "".join(letter for letter in word if letter.isascii())


def _script(language: str) -> str:
    return _FAMILIES.get(language, "latin")


def _pool(examples: Sequence[Example]) -> dict[tuple[str, str], list[Name]]:
    """All names by language and by script, of each class."""
    found: dict[tuple[str, str], dict[Name, None]] = defaultdict(dict)
    for one in examples:
        for first, last, kind in spans("name", one.labels.get("name", ())):
            name = one.words[first:last]
            if len(name) <= 6:
                found[one.language, kind][name] = None
                found[_script(one.language), kind][name] = None
    return {key: list(names) for key, names in found.items()}


def _renamed(one: Example, pool: dict[tuple[str, str], list[Name]], drawn: random.Random) -> Example:
    words: list[str] = []
    numbers: list[int] = []
    order = {label: number for number, label in enumerate(labels("name"))}
    at = 0
    for first, last, kind in spans("name", one.labels["name"]):
        words.extend(one.words[at:first])
        numbers.extend(one.labels["name"][at:first])
        where = one.language if drawn.random() < 0.6 else _script(one.language)
        name = drawn.choice(pool[where, kind]) if drawn.random() < 0.7 else one.words[first:last]
        words.extend(name)
        numbers.extend([order[f"B-{kind}"], *[order[f"I-{kind}"]] * (len(name) - 1)])
        at = last
    words.extend(one.words[at:])
    numbers.extend(one.labels["name"][at:])
    return Example(one.language, tuple(words), {"name": tuple(numbers)}, one.source)


def _shouted(one: Example) -> Example:
    return Example(one.language, tuple(word.upper() for word in one.words), one.labels, one.source)
