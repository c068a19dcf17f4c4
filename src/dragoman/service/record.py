"""The record of a store, whole or as it was known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dragoman.linking.given import Given
from dragoman.linking.items import Kind
from dragoman.linking.record import composed
from dragoman.model.codec import loads
from dragoman.model.config import Config
from dragoman.model.record import Correction, Record
from dragoman.service.kinds import kinds_linked
from dragoman.store.protocol import Store


def given_of(store: Store, config: Config, *, until: date | None = None) -> Given:
    """All that the record is made of; with `until` the part of it that the articles published by that day have brought."""
    every = kinds_linked()
    articles = tuple(store.articles(until=until))
    ids = [article.id for article in articles]
    readings = {article: loads(text) for article, text in store.readings(ids if until else None)}
    occurrences = store.occurrences(articles=ids) if until else store.occurrences()
    items = {item.id: item for item in store.items(sorted({one.item for one in occurrences}))}
    known = sorted(items)
    links = {kind.name: [link for link in store.links(kind.name, known) if link.left in items and link.right in items] for kind in every}
    return Given(articles=articles, readings=readings, items=items, occurrences=occurrences, links=links, corrections=store.corrections(), kinds=every)


def given_at(store: Store, kinds: Sequence[Kind], articles: Iterable[str], corrections: Sequence[Correction] = ()) -> Given:
    """What stands in some articles, without links: enough to say what the words of an anchor mean."""
    chosen = sorted(set(articles))
    occurrences = store.occurrences(articles=chosen)
    return Given(
        articles=(), readings={article: loads(text) for article, text in store.readings(chosen)},
        items={item.id: item for item in store.items(sorted({one.item for one in occurrences}))}, occurrences=occurrences, links={},
        corrections=corrections, kinds=kinds,
    )  # fmt: skip


def record_of(store: Store, config: Config, *, until: date | None = None) -> Record:
    """The record; with `until` as the articles published by that day make it."""
    return composed(given_of(store, config, until=until))
