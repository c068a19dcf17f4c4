"""Articles taken anew from the bytes they came in, for a rebuild: what became of each, and corrections that go with the words they are about.

kept bytes ──sources.again──▶ the same text        as it was
                            ├▶ another              the article's new text and id, under the same bytes
                            └▶ nothing any more     as it was, and said so
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from dragoman.engines.lost import Lost
from dragoman.linking.given import ANCHOR
from dragoman.model.config import Config
from dragoman.model.errors import DragomanError
from dragoman.model.reading import Article
from dragoman.model.record import Correction
from dragoman.service.read import Engine
from dragoman.sources.arrival import Arrival
from dragoman.store.protocol import Store
from dragoman.store.replacing import source_of

# Characters on each side by which words that occur several times are told apart.
_AROUND = 60


@dataclass(slots=True)
class Texts:
    """What became of the texts while a record is rebuilt: `replaced` are the ids of articles with those of what stands in their place, `failed` (name, why)
    of those whose bytes give nothing any more, `left` the numbers of corrections whose words are no more there."""

    replaced: dict[str, str] = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    def keep(self, article: Article, why: str) -> None:
        """An article stays as it was after all."""
        self.replaced.pop(article.id, None)
        self.failed.append((article.name, why))


def taken_anew(store: Store, articles: Sequence[Article], engine: Engine, config: Config, texts: Texts) -> Mapping[str, Arrival]:
    """By their ids the articles that are another today: with another text, or with something that the record did not know."""
    with_bytes = [(article, source) for article in articles if (source := source_of(store, article.id)) is not None]
    found: dict[str, Arrival] = {}
    for (article, _), one in zip(with_bytes, engine.map(partial(_taken, config=config), with_bytes), strict=True):
        if isinstance(one, Lost):
            texts.keep(article, one.reason)
        elif isinstance(one, str):
            texts.keep(article, one)
        elif one is not None:
            texts.replaced[article.id] = one.article.id
            found[article.id] = one
    return found


def _taken(pair: tuple[Article, bytes], config: Config) -> Arrival | str | None:
    """The article anew, None where it is the same, in words why it cannot be had."""
    from dragoman.sources.again import again

    article, source = pair
    try:
        found = again(article, source, config)
    except DragomanError as error:
        return str(error)
    return None if found.article == article else replace(found, source=None)


def moved(found: Iterable[Correction], texts: Texts, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Correction]:
    """The corrections that name words of replaced articles, with the same words in the new texts; `old` and `new` are texts by id.

    One whose words are nowhere in the new text stays as it is: it is without effect, and its number is noted.
    """
    for one in found:
        if not named_in(one) & texts.replaced.keys():
            continue
        places = [_side(side, texts, old, new) for side in (one.left, one.right) if side is not None]
        if None in places:
            texts.left.append(one.id)
        else:
            yield replace(one, left=str(places[0]), right=places[1] if len(places) > 1 else None)


def named_in(correction: Correction) -> set[str]:
    """The ids of the articles whose words a correction names, with whatever else its value is."""
    return {part.partition(ANCHOR)[0] for side in (correction.left, correction.right) if side for part in side.split(" ")}


def _side(side: str, texts: Texts, old: Mapping[str, str], new: Mapping[str, str]) -> str | None:
    """Anchors with spaces between, in the new texts; None where the words of one are gone. What is no anchor of a replaced article is as it was."""
    parts = []
    for part in side.split(" "):
        article, mark, words = part.partition(ANCHOR)
        if article not in texts.replaced:
            parts.append(part)
        elif not mark:
            parts.append(texts.replaced[article])
        elif (at := _place(words, old[article], new[texts.replaced[article]])) is not None:
            parts.append(f"{texts.replaced[article]}{ANCHOR}{at}")
        else:
            return None
    return " ".join(parts)


def _place(words: str, old: str, new: str) -> str | None:
    """START-END of the same words in another text: of several places that whose surroundings are most alike, the first of those."""
    try:
        start, end = (int(number) for number in words.split("-"))
    except ValueError:
        return None
    said = old[start:end]
    if not said.strip():
        return None
    places = []
    at = new.find(said)
    while at >= 0:
        places.append(at)
        at = new.find(said, at + 1)
    if not places:
        return None
    before, after = old[max(0, start - _AROUND) : start][::-1], old[end : end + _AROUND]

    def alike(at: int) -> int:
        behind = new[max(0, at - _AROUND) : at][::-1]
        return _common(before, behind) + _common(after, new[at + len(said) : at + len(said) + _AROUND])

    best = max(places, key=lambda at: (alike(at), -at))
    return f"{best}-{best + len(said)}"


def _common(one: str, other: str) -> int:
    """How many letters two strings begin with alike."""
    return next((number for number, (ours, theirs) in enumerate(zip(one, other, strict=False)) if ours != theirs), min(len(one), len(other)))
