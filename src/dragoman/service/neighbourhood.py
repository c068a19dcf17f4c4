"""A part of the record as what it is made of: some groups, and of the rest no more than they rest on.

The functions of `linking/record.py` that compose a whole record compose these groups from it, to the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeVar, cast

from dragoman.linking.given import ANCHOR, Given
from dragoman.linking.items import Kind, Occurrence
from dragoman.model.codec import loads
from dragoman.model.reading import Article, Reading
from dragoman.model.record import ArticleOf, Correction
from dragoman.model.record_codec import row_of
from dragoman.store.protocol import Store
from dragoman.store.rows import from_json

T = TypeVar("T")
# Readings that stay decoded: what is near in time is asked for again and again while articles come in order.
_REMEMBERED = 128


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values, so many at a time."""
    waiting = iter(values)
    while some := list(islice(waiting, size)):
        yield some


@lru_cache(maxsize=_REMEMBERED)
def decoded(text: str) -> Reading:
    """The reading of its JSON."""
    return loads(text)


class Readings(Mapping[str, Reading]):
    """The readings of some articles, each decoded when it is asked for."""

    def __init__(self, store: Store, articles: Iterable[str]) -> None:
        self._texts = dict(store.readings(sorted(articles)))

    def __getitem__(self, article: str) -> Reading:
        return decoded(self._texts[article])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class Asked(Mapping[str, Reading]):
    """The same, each fetched when it is asked for, for those who ask for one of many."""

    def __init__(self, store: Store, articles: Iterable[str]) -> None:
        self._store, self._articles = store, sorted(articles)

    def __getitem__(self, article: str) -> Reading:
        text = self._store.reading(article)
        if text is None:
            raise KeyError(article)
        return decoded(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


@dataclass(frozen=True, kw_only=True)
class Near(Given):
    """`parted` are the groups that are composed, `known` their articles as the record has them, `names` record ids by item, `stands` items by what they are."""

    parted: Mapping[str, Sequence[frozenset[str]]] = field(default_factory=dict)
    known: Mapping[str, ArticleOf] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    stands: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    @cached_property
    def groups(self) -> Mapping[str, Sequence[frozenset[str]]]:
        return self.parted

    @cached_property
    def record_ids(self) -> Mapping[str, str]:
        return self.names

    @cached_property
    def at(self) -> Mapping[tuple[str, str, str], str]:
        return self.stands

    @cached_property
    def heads(self) -> Mapping[str, Article]:
        return {identity: _head(article) for identity, article in self.known.items()}


def _head(one: ArticleOf) -> Article:
    published = date.fromisoformat(one.published) if one.published else None
    return Article(
        id=one.id, name=one.name, text="", language=one.language, title=one.title, outlet=one.outlet, url=one.url, published=published,
        published_from=one.published_from,
    )  # fmt: skip


def articles_of(store: Store, articles: Iterable[str]) -> dict[str, ArticleOf]:
    """Articles as the record has them."""
    return {id_: cast("ArticleOf", row_of("articles", from_json(text))) for id_, text in store.shelving.rows("articles", articles).items()}


def of_whole(store: Store, kinds: Sequence[Kind], kind: Kind, groups: Sequence[frozenset[str]]) -> Near:
    """Groups of whole articles: stories, copies."""
    items = sorted(item for group in groups for item in group)
    occurrences = store.occurrences(items=items)
    articles = sorted({one.article for one in occurrences})
    facts = store.items(items) if kind.name == "copy" else ()
    return Near(
        articles=(), readings=Asked(store, articles), items={item.id: item for item in facts}, occurrences=occurrences, links={}, kinds=kinds,
        parted={kind.name: groups}, known=articles_of(store, articles), names={item: kind.prefix + min(group) for group in groups for item in group},
    )  # fmt: skip


def of_reports(store: Store, kinds: Sequence[Kind], parted: Mapping[str, Sequence[frozenset[str]]], corrections: Sequence[Correction]) -> Near:
    """Groups of what articles tell: events, statements, commitments; with them what else stands in those articles."""
    items = sorted({item for groups in parted.values() for group in groups for item in group})
    articles = {one.article for one in store.occurrences(items=items)}
    anchored = {str(one.right).partition(ANCHOR)[0] for one in corrections if one.field == "place" and one.right and ANCHOR in one.right}
    standing = store.shelving.standing(articles | anchored)
    prefixes = {kind.name: kind.prefix for kind in kinds}
    facts = store.items(sorted(item for group in parted.get("event", ()) for item in group))
    return Near(
        articles=(), readings=Readings(store, articles | anchored), items={item.id: item for item in facts},
        occurrences=[Occurrence(item=one.item, article=one.article, local=one.local) for one in standing], links={}, corrections=corrections, kinds=kinds,
        parted=parted, known=articles_of(store, articles), names={one.item: prefixes[one.kind] + one.smallest for one in standing},
        stands={(one.kind, one.article, one.local): one.item for one in standing},
    )  # fmt: skip
