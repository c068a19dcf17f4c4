"""The record kept composed: after a few articles are linked, the rows that they change are composed anew, and no others.

    linked ──Touched──▶ copies · stories ──▶ articles ──▶ entities · tenures ──▶ events · statements · commitments ──▶ what fulfils what
                        groups that changed               sums of items          and what names an id that has changed

The rows come from the functions that compose a whole record, asked of a part of it (service/neighbourhood.py), so that the shelf is, byte for byte, what
the whole composition gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from dragoman.linking.copied import copies_in, origin_of
from dragoman.linking.given import ANCHOR
from dragoman.linking.items import Kind
from dragoman.linking.record import ENTITY_KINDS, entity_of, stories_in
from dragoman.linking.spoken import commitments_in, statements_in
from dragoman.linking.told import told_in
from dragoman.model.codec import loads
from dragoman.model.record import CommitmentOf, Correction, Event, RecordEntity, StatementOf
from dragoman.model.record_codec import row_of
from dragoman.service import fulfilment, marks, tenancy
from dragoman.service.counting import enter
from dragoman.service.lengthening import Days
from dragoman.service.linking import Touched
from dragoman.service.neighbourhood import articles_of, batches, of_reports, of_whole
from dragoman.store.protocol import Store
from dragoman.store.rows import Row, from_json
from dragoman.store.summed import Post

# By what rules a shelf is composed: raised when a row, its marks or its order comes out otherwise, so that older shelves are composed anew.
RULES = "4"
# Groups that are composed at once: what is fetched for them is in memory.
_TOGETHER = 200
_TOLD = ("event", "statement", "commitment")
_PARTS = {"event": "events", "statement": "statements", "commitment": "commitments"}
# The marks that name an entity, part by part.
_NAMING = {"events": ("entity",), "statements": ("speaker",), "commitments": ("by", "to")}
_NO_POSTS: tenancy.Changed = {}


@dataclass(frozen=True, slots=True)
class _Moves:
    """What has become of the groups of a kind: those to be composed (smallest to items), ids that are gone, items of which something is other than it was."""

    changed: Mapping[str, frozenset[str]]
    gone: frozenset[str]
    renamed: Mapping[str, str]
    items: frozenset[str]


def recompose(store: Store, kinds: Sequence[Kind], touched: Touched, *, posts: tenancy.Changed = _NO_POSTS, judged: Iterable[str] = ()) -> None:
    """Bring the shelf up to date with what was linked, with changed posts, and with corrections of events in the articles `judged`. In the transaction."""
    _Composer(store, kinds, touched).compose(posts, set(judged))
    store.shelving.changed(RULES)


def is_current(store: Store) -> bool:
    """Whether the shelf is composed by the rules of this program; that of a record without articles is."""
    rules, _ = store.shelving.state()
    return rules == RULES or (not rules and not store.counts().readings)


def bring_up(store: Store, kinds: Sequence[Kind]) -> None:
    """Compose the shelf whole where an older program has not, or by other rules; otherwise nothing. All of it or nothing."""
    if is_current(store):
        return
    with store.writing():
        store.shelving.forget()
        touched = Touched()
        posts: dict[Post, Days | None] = {}
        for some in batches((article.id for article in store.articles()), _TOGETHER):
            at: dict[str, dict[tuple[str, str], str]] = {article: {} for article in some}
            for one in store.shelving.standing(some):
                at[one.article][one.kind, one.local] = one.item
            posts |= enter(store, [(loads(text), at[article]) for article, text in store.readings(some)])
        for kind in kinds:
            for group in store.groups(kind.name):
                touched.before[kind.name].update(dict.fromkeys(group))
        recompose(store, kinds, touched, posts=posts)


@dataclass(slots=True)
class _Composer:
    store: Store
    kinds: Sequence[Kind]
    touched: Touched
    corrections: tuple[Correction, ...] = ()
    sides: dict[str, str | None] = field(default_factory=dict)
    # Events of which only marks hang on what has changed.
    remarked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    done: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def compose(self, posts: tenancy.Changed, judged: set[str]) -> None:
        self.corrections = self.store.corrections()
        moves = {kind.name: self._moves(kind.name) for kind in self.kinds}
        new_origin, new_story = self._whole_articles(moves)
        # Each article has one story item: these are new, or newly read.
        fresh = {one.article for one in self.store.occurrences(items=sorted(self.touched.told.get("story", ())))}
        renamed = self._entities(moves)
        persons, bodies = ({item: kind[0] + old for item, old in moves[kind].renamed.items()} for kind in ("person", "organization"))
        tenancy.recompose(self.store, posts, persons=persons, bodies=bodies, articles=new_origin - fresh)
        articles = new_origin | judged | {one.article for one in self.store.occurrences(items=sorted(renamed))}
        articles |= self._judged_by_place(articles | fresh)
        stories = self._told(moves, articles)
        stories |= self._remark(new_story)
        fulfilment.settle(self.store, stories, self._event_rows)

    def _moves(self, kind: str) -> _Moves:
        before = self.touched.before.get(kind, {})
        after = self.store.group_of(sorted(before))
        old: dict[str, set[str]] = defaultdict(set)
        new: dict[str, set[str]] = defaultdict(set)
        for item, smallest in before.items():
            if smallest is not None:
                old[smallest].add(item)
        for item, smallest in after.items():
            new[smallest].add(item)
        told = {after[item] for item in self.touched.told.get(kind, ()) if item in after}
        changed = {name: frozenset(group) for name, group in sorted(new.items()) if old.get(name) != group or name in told}
        other = {item for name, group in new.items() if old.get(name) != group for item in group}
        other |= {item for name, group in old.items() if new.get(name) != group for item in group}
        renamed = {item: name for item, name in before.items() if name is not None and after.get(item) != name}
        return _Moves(changed, frozenset(old.keys() - new.keys()), renamed, frozenset(other))

    # ---- copies, stories, articles
    def _whole_articles(self, moves: Mapping[str, _Moves]) -> tuple[set[str], set[str]]:
        """The articles that go back to another than before, and those that are in another story."""
        shelving = self.store.shelving
        kinds = {kind.name: kind for kind in self.kinds}
        origins: dict[str, str | None] = {}
        told = {one.article for one in self.store.occurrences(items=sorted(moves["copy"].items | set().union(*moves["copy"].changed.values())))}
        shelving.drop("copies", shelving.marked("copies", "article", told))
        for some in batches(moves["copy"].changed.values(), _TOGETHER):
            near = of_whole(self.store, self.kinds, kinds["copy"], some)
            copies = copies_in(near)
            shelving.put(marks.copies_rows(copies))
            origins |= dict.fromkeys(near.known) | dict(origin_of(near, copies))
        stories: dict[str, str] = {}
        shelving.drop("stories", ("t" + name for name in moves["story"].gone))
        for some in batches(moves["story"].changed.values(), _TOGETHER):
            found = stories_in(of_whole(self.store, self.kinds, kinds["story"], some))
            shelving.put(map(marks.story_row, found))
            stories |= {article: story.id for story in found for article in story.articles}
        new_origin: set[str] = set()
        new_story: set[str] = set()
        for ids in batches(sorted(origins.keys() | stories.keys()), 10 * _TOGETHER):
            rows = []
            for article in articles_of(self.store, ids).values():
                origin = origins.get(article.id, article.copy_of)
                now = replace(article, story=stories.get(article.id, article.story), copy_of=None if origin == article.id else origin)
                if now != article:
                    rows.append(marks.article_row(now))
                    new_origin |= {article.id} if now.copy_of != article.copy_of else set()
                    new_story |= {article.id} if now.story != article.story else set()
            shelving.put(rows)
        return new_origin, new_story

    # ---- entities
    def _entities(self, moves: Mapping[str, _Moves]) -> set[str]:
        """The items that have another id than before."""
        renamed: set[str] = set()
        shelving = self.store.shelving
        for kind in ENTITY_KINDS:
            here = moves[kind]
            renamed |= here.renamed.keys()
            letter = next(one.prefix for one in self.kinds if one.name == kind)
            shelving.drop("entities", (letter + name for name in here.gone))
            for names in batches(here.changed, _TOGETHER):
                before = self._sides_before([letter + name for name in names])
                rows = [entity_of(kind, letter + name, sums) for name, sums in sorted(self.store.summed.of(kind, names).items())]
                shelving.put(map(marks.entity_row, rows))
                self.sides |= {one.id: marks.side_of(one) for one in rows}
                turned = [id_ for id_, side in before.items() if self.sides.get(id_) != side]
                for part, naming in _NAMING.items():
                    self.remarked[part].update(row for name in naming for row in shelving.marked(part, name, turned))
        return renamed

    def _sides_before(self, ids: Sequence[str]) -> dict[str, str | None]:
        return {id_: marks.side_of(_entity(text)) for id_, text in self.store.shelving.rows("entities", ids).items()}

    def _known(self, near: Mapping[str, object], ids: Iterable[str]) -> marks.Known:
        new = sorted(set(ids) - self.sides.keys())
        self.sides |= dict.fromkeys(new) | self._sides_before(new)
        return marks.Known(sides=self.sides, articles=near)  # type: ignore[arg-type]

    def _judged_by_place(self, articles: set[str]) -> set[str]:
        """The articles of events whose place a correction names by words of these articles."""
        return {
            left.partition(ANCHOR)[0]
            for one in self.corrections
            if one.field == "place" and one.right and one.right.partition(ANCHOR)[0] in articles
            for left in one.left.split()
        }

    # ---- what is told
    def _told(self, moves: Mapping[str, _Moves], articles: set[str]) -> set[str]:
        """Compose events, statements and commitments; gives the stories whose events are others than before."""
        wanted = {kind: dict(moves[kind].changed) for kind in _TOLD}
        hanging: dict[str, set[str]] = defaultdict(set)
        for some in batches(sorted(articles), _TOGETHER):
            for one in self.store.shelving.standing(some, _TOLD):
                hanging[one.kind].add(one.smallest)
        stories: set[str] = set()
        for kind in _TOLD:
            wanted[kind] |= self.store.shelving.grouped(kind, hanging[kind] - wanted[kind].keys())
            letter = next(one.prefix for one in self.kinds if one.name == kind)
            gone = {letter + name for name in moves[kind].gone}
            stories |= self._stories_of(gone) if kind == "event" else set()
            self.store.shelving.drop(_PARTS[kind], gone)
            for names in batches(sorted(wanted[kind]), _TOGETHER):
                ids = {letter + name for name in names}
                before = self._stories_of(ids) if kind == "event" else set()
                rows = list(self._composed(kind, [wanted[kind][name] for name in names]))
                self.store.shelving.put(rows)
                self.store.shelving.drop(_PARTS[kind], ids - {row.id for row in rows})
                self.done[_PARTS[kind]] |= ids
                stories |= before | {value for row in rows for name, value in row.marks if name == "story"}
        return stories

    def _stories_of(self, events: Iterable[str]) -> set[str]:
        return {value for found in self.store.shelving.marks("events", events, ("story",)).values() for _, value in found}

    def _composed(self, kind: str, groups: Sequence[frozenset[str]]) -> Iterator[Row]:
        near = of_reports(self.store, self.kinds, {kind: groups}, self.corrections)
        if kind == "event":
            origins = {id_: article.copy_of or id_ for id_, article in near.known.items()}
            yield from self._event_rows([one.event for one in told_in(near, origins)], near.known)
        elif kind == "statement":
            said = statements_in(near)
            known = self._known(near.known, {one.speaker for one in said if one.speaker})
            yield from (marks.statement_row(one, known) for one in said)
        else:
            told = commitments_in(near)
            known = self._known(near.known, {party for one in told for party in (*one.by, *one.to)})
            yield from (marks.commitment_row(one, known) for one in told)

    def _event_rows(self, events: Sequence[Event], articles: Mapping[str, object] | None = None) -> list[Row]:
        if articles is None:
            articles = articles_of(self.store, {report.article for event in events for report in event.reports})
        known = self._known(articles, {part.entity for event in events for part in event.participants})
        return [marks.event_row(event, known) for event in events]

    def _remark(self, new_story: set[str]) -> set[str]:
        """Mark anew what is as it was, but for whom its people act or in which story it stands; gives the stories concerned."""
        shelving = self.store.shelving
        self.remarked["events"].update(shelving.marked("events", "article", new_story))
        stories: set[str] = set()
        for part, ids in sorted(self.remarked.items()):
            for some in batches(sorted(ids - self.done[part]), _TOGETHER):
                things = [row_of(part, from_json(text)) for text in shelving.rows(part, some).values()]
                if part == "events":
                    before = self._stories_of(some)
                    rows = self._event_rows(cast("list[Event]", things))
                    stories |= before | {value for row in rows for name, value in row.marks if name == "story"}
                elif part == "statements":
                    said = cast("list[StatementOf]", things)
                    rows = [marks.statement_row(one, self._known({}, {one.speaker} if one.speaker else ())) for one in said]
                else:
                    told = cast("list[CommitmentOf]", things)
                    rows = [marks.commitment_row(one, self._known({}, (*one.by, *one.to))) for one in told]
                shelving.put(rows)
        return stories


def _entity(text: str) -> RecordEntity:
    return cast("RecordEntity", row_of("entities", from_json(text)))
