"""What one article adds to the sums that the record's rows are made of, and takes out of them again when it is read anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dragoman.linking.items import Kind
from dragoman.linking.record import ENTITY_KINDS, article_of, counted, named
from dragoman.model.reading import Reading
from dragoman.service import tenancy
from dragoman.service.linking import Touched, regroup
from dragoman.service.marks import article_row
from dragoman.store.protocol import Store
from dragoman.store.summed import Sum

# From kind and local id to the item, of one article.
Places = Mapping[tuple[str, str], str]


def enter(store: Store, read: Sequence[tuple[Reading, Places]]) -> tenancy.Changed:
    """Add articles that the shelf does not have: names and where they stand, offices, the articles themselves; gives the posts that changed."""
    store.summed.add(_counts(read, 1))
    store.summed.put_mentions(
        (item, entity.id, place)
        for reading, at in read
        for entity in reading.entities
        if (item := at.get((entity.kind, entity.id)))
        for place in named(entity, reading.article.id)
    )
    store.shelving.put(article_row(article_of(reading.article, None, None)) for reading, _ in read)
    return tenancy.add_said(store, (said for reading, at in read for said in tenancy.said_in(reading, at)))


def leave(store: Store, kinds: Iterable[Kind], read: Sequence[Reading], touched: Touched) -> tenancy.Changed:
    """Take articles out of what is linked and of the sums, and part anew what hung on them; gives the posts that changed."""
    articles = [reading.article.id for reading in read]
    standing = store.shelving.standing(articles)
    at: dict[str, dict[tuple[str, str], str]] = {article: {} for article in articles}
    for one in standing:
        at[one.article][one.kind, one.local] = one.item
    store.summed.add(_counts([(reading, at[reading.article.id]) for reading in read], -1))
    posts = {tenancy.post_of(one) for one in store.summed.said_in(articles)}
    store.summed.forget(articles)
    tenancy.sum_anew(store, posts)
    lone = set(store.lone_items(articles))
    hanging: dict[str, set[str]] = {}
    for kind in kinds:
        own = {one.item for one in standing if one.kind == kind.name}
        beside = {end for link in store.links(kind.name, sorted(own & lone)) for end in (link.left, link.right)}
        touched.note(store, kind.name, own | beside)
        touched.told[kind.name] |= own
        hanging[kind.name] = (beside | {item for item in touched.before[kind.name] if touched.before[kind.name][item] is not None}) - lone
    store.forget_articles(articles)
    for kind in kinds:
        if hanging[kind.name]:
            regroup(store, kind, sorted(hanging[kind.name]), touched)
    return dict.fromkeys(posts)


def _counts(read: Iterable[tuple[Reading, Places]], sign: int) -> Counter[tuple[str, Sum]]:
    counts: Counter[tuple[str, Sum]] = Counter()
    for reading, at in read:
        for entity in reading.entities:
            item = at.get((entity.kind, entity.id)) if entity.kind in ENTITY_KINDS else None
            if item is not None:
                for one in counted(entity, reading.article.language):
                    counts[item, one] += sign
    return counts
