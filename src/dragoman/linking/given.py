"""What a record is made of: articles with their readings, the items that stand in them, the links between items, and corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.linking.grouping import Pair, component, pair, welded
from dragoman.linking.items import Item, Kind, Link, Occurrence, group_id
from dragoman.model.reading import Article, Reading
from dragoman.model.record import Correction

# What a correction names: 'ARTICLE#START-END' for the words of an article that mean a person or tell of an event, 'ARTICLE' for an article.
ANCHOR = "#"


@dataclass(frozen=True)
class Given:
    """All of it, or a part of it that no link leaves; `links` by kind."""

    articles: Sequence[Article]
    readings: Mapping[str, Reading]
    items: Mapping[str, Item]
    occurrences: Sequence[Occurrence]
    links: Mapping[str, Sequence[Link]]
    corrections: Sequence[Correction] = ()
    kinds: Sequence[Kind] = field(default_factory=tuple)

    @cached_property
    def at(self) -> Mapping[tuple[str, str, str], str]:
        """From kind, article and local id to the item."""
        return {(self.items[one.item].kind, one.article, one.local): one.item for one in self.occurrences if one.item in self.items}

    @cached_property
    def where(self) -> Mapping[str, Sequence[Occurrence]]:
        """The occurrences of each item."""
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for one in self.occurrences:
            found[one.item].append(one)
        return found

    @cached_property
    def groups(self) -> Mapping[str, Sequence[frozenset[str]]]:
        """The groups of each kind, by their smallest item."""
        by_kind: dict[str, list[str]] = defaultdict(list)
        for identity, item in self.items.items():
            by_kind[item.kind].append(identity)
        return {kind.name: grouped(kind, self, sorted(by_kind.get(kind.name, ()))) for kind in self.kinds}

    @cached_property
    def record_ids(self) -> Mapping[str, str]:
        """From item to the id of what it is in the record."""
        prefixes = {kind.name: kind.prefix for kind in self.kinds}
        return {item: group_id(prefixes[kind], group) for kind, groups in self.groups.items() for group in groups for item in group}

    @cached_property
    def heads(self) -> Mapping[str, Article]:
        """The articles by id, for all but their text."""
        return {article: reading.article for article, reading in self.readings.items()}

    def id_of(self, kind: str, article: str, local: str | None) -> str | None:
        """The record id of what an article calls by a local id."""
        item = self.at.get((kind, article, local or ""))
        return self.record_ids.get(item) if item else None


def grouped(kind: Kind, given: Given, items: Sequence[str]) -> list[frozenset[str]]:
    """The groups of some items of a kind: components of links and of corrections, each parted by the kind's own rule, then joined as corrections say."""
    told = joined_by_hand(kind.name, given)
    links = [*given.links.get(kind.name, ()), *told]
    touching: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        touching[link.left].append(link)
        touching[link.right].append(link)
    apart = parted_by_hand(kind.name, given)
    left = set(items)
    groups: list[frozenset[str]] = []
    for identity in items:
        if identity not in left:
            continue
        if identity not in touching:
            left.discard(identity)
            groups.append(frozenset({identity}))
            continue
        members, found = component([identity], lambda asked: [link for one in asked for link in touching.get(one, ())])
        left -= members
        known = [given.items[one] for one in sorted(members) if one in given.items]
        groups.extend(welded(kind.part(known, sorted(found - set(told)), apart), found & set(told), apart))
    return sorted(groups, key=min)


def joined_by_hand(kind: str, given: Given) -> list[Link]:
    """Links that corrections say must be."""
    return [Link(*ends, 2.0) for one, ends in _pairs(kind, given) if one.verdict == "same"]


def parted_by_hand(kind: str, given: Given) -> frozenset[Pair]:
    """Pairs that corrections say must not be one."""
    return frozenset(ends for one, ends in _pairs(kind, given) if one.verdict == "different")


def _pairs(kind: str, given: Given) -> Iterable[tuple[Correction, Pair]]:
    for one in given.corrections:
        if one.undone or one.kind != kind or one.right is None:
            continue
        left, right = anchored(one.left, kind, given), anchored(one.right, kind, given)
        if left and right and left != right:
            yield one, pair(left, right)


def anchored(anchor: str, kind: str, given: Given) -> str | None:
    """The item that an anchor names, in whatever reading the article has now; None where nothing of the kind stands there any more."""
    article, _, words = anchor.partition(ANCHOR)
    reading = given.readings.get(article)
    if reading is None:
        return None
    local = local_at(reading, kind, words) if words else ""
    return given.at.get((kind, article, local)) if local is not None else None


def local_at(reading: Reading, kind: str, words: str) -> str | None:
    """The local id of what the words START-END mean or tell of, as the kind has it."""
    try:
        start, end = (int(number) for number in words.split("-"))
    except ValueError:
        return None
    if kind == "event":
        told = [(event.id, event.trigger) for event in reading.events]
    elif kind == "statement":
        told = [(statement.id, statement.span) for statement in reading.statements]
    elif kind == "commitment":
        told = [(commitment.id, span) for commitment in reading.commitments for span in commitment.evidence[:1]]
    else:
        told = [(entity.id, mention.span) for entity in reading.entities for mention in entity.mentions]
    near = [(min(span.end, end) - max(span.start, start), local) for local, span in told]
    best = max(near, key=lambda one: (one[0], one[1]), default=(0, ""))
    return best[1] if best[0] > 0 else None
