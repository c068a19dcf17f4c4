"""Tenures kept up to date: of the offices that an article speaks of, and of those alone.

Who held an office of a state hangs on whatever shows persons in it, and on what else those persons hold that office of; so these sums, by item, are all
that is fetched, and `linking/tenures.py` makes the tenures of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.linking.offices import FULL_TIME, office_of
from dragoman.linking.tenures import Dated, Key, Shown, Spell, few, in_question, offices_shown, spells
from dragoman.model.reading import OfficeHolding, Reading
from dragoman.model.record import Tenure
from dragoman.service.lengthening import Days, OfState, lengthened
from dragoman.service.marks import tenure_row
from dragoman.service.neighbourhood import articles_of
from dragoman.store.protocol import Store
from dragoman.store.rows import Row
from dragoman.store.summed import Held, Post, Said

# Posts of which reports say something new, and on which days where they say no more than that a person holds an office.
Changed = Mapping[Post, Days | None]
_UNDATED, _UNSAID, _NO_SLIPS = ("takes", "undated"), ("takes", "unsaid"), ("leaves", "slips")


def said_in(reading: Reading, at: Mapping[tuple[str, str], str]) -> list[Said]:
    """What an article says of offices, by items; `at` leads from (kind, local id) to them."""
    found = []
    day = reading.article.published.toordinal() if reading.article.published else 0
    for number, one in enumerate(reading.offices):
        person = at.get(("person", one.person))
        of = office_of(one, reading)
        body = at.get(("organization", of)) if of is not None and reading.entity(of) is not None else None
        code = of if of is not None and reading.entity(of) is None else None
        if person is not None:
            evidence = tuple((span.start, span.end) for span in one.evidence)
            found.append(
                Said(article=reading.article.id, number=number, person=person, office=one.office, of=code or "", body=body or "", day=day, former=one.former,
                     acting=one.acting, evidence=evidence)
            )  # fmt: skip
    return found


def post_of(said: Said) -> Post:
    """Whose sums a holding adds to."""
    return said.person, said.office, said.of, said.body


def add_said(store: Store, rows: Iterable[Said]) -> Changed:
    """Keep holdings and add them to the sums; gives the posts whose sums are others now, with the days where these are all that is new."""
    fresh = list(rows)
    store.summed.put_said(fresh)
    old = {(one.person, one.office, one.of, one.body): one.shown for one in store.summed.held_by({one.person for one in fresh})}
    sums: dict[Post, Shown] = {}
    offices = _offices(fresh)
    for one in fresh:
        post = post_of(one)
        if post not in sums:
            sums[post] = _shown(old.get(post))
        _add(sums[post], one, offices)
    new = {post: _plain(shown) for post, shown in sums.items()}
    changed = sorted(post for post, shown in new.items() if old.get(post) != shown)
    store.summed.put_held(_held(post, new[post]) for post in changed)
    told: dict[Post, list[Said]] = defaultdict(list)
    for one in fresh:
        told[post_of(one)].append(one)
    return {post: _days(told[post], offices) for post in changed}


def _days(told: Sequence[Said], offices: Mapping[tuple[str, str], set[str]]) -> Days | None:
    """Of the days that reports show somebody in an office the first and the last, where that is all they say, and they name no other office beside it."""
    if any(one.former or one.acting or not one.day or len(offices[one.article, one.person]) > 1 for one in told):
        return None
    return Days(min(one.day for one in told), max(one.day for one in told))


def sum_anew(store: Store, posts: Iterable[Post]) -> None:
    """Make the sums of posts from the holdings that are left; those of which none is vanish."""
    by_office: dict[str, set[str]] = defaultdict(set)
    wanted = set(posts)
    for person, office, _, _ in wanted:
        by_office[office].add(person)
    sums: dict[Post, Shown] = {}
    left = [one for office, persons in sorted(by_office.items()) for one in store.summed.said(persons, office) if post_of(one) in wanted]
    offices = _offices(store.summed.said_in({one.article for one in left}))
    for one in left:
        _add(sums.setdefault(post_of(one), Shown()), one, offices)
    store.summed.drop_held(sorted(wanted - sums.keys()))
    store.summed.put_held(_held(post, _plain(shown)) for post, shown in sorted(sums.items(), key=lambda row: row[0]))


def _offices(rows: Iterable[Said]) -> Mapping[tuple[str, str], set[str]]:
    """The offices that articles, all of whose holdings are there, show each item in."""
    return offices_shown(((one.article, one.person), holding_of(one)) for one in rows)


def _add(shown: Shown, one: Said, offices: Mapping[tuple[str, str], set[str]]) -> None:
    shown.add(holding_of(one), one.article, one.day or None, offices[one.article, one.person])


def holding_of(one: Said) -> OfficeHolding:
    """A holding as linking knows it, without its words."""
    return OfficeHolding(person=one.person, office=one.office, of=None, evidence=(), former=one.former, acting=one.acting)


def _held(post: Post, shown: Any) -> Held:
    return Held(person=post[0], office=post[1], of=post[2], body=post[3], shown=shown)


def _plain(shown: Shown) -> list[Any]:
    return [
        sorted(shown.plain),
        sorted(shown.acting),
        sorted(shown.left),
        shown.undated_plain,
        shown.undated_acting,
        [list(one) for one in sorted(shown.articles)],
        shown.beside,
    ]


def _shown(plain: Any) -> Shown:
    if plain is None:
        return Shown()
    days, acting, left, undated_plain, undated_acting, articles, beside = plain
    return Shown(set(days), set(acting), set(left), undated_plain, undated_acting, few(((day, one) for day, one in articles), ()), beside)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Office by office, the persons and the states and bodies whose tenures are made anew."""

    persons: Mapping[str, set[str]]
    ofs: Mapping[str, set[str]]


def recompose(store: Store, posts: Changed, *, persons: Mapping[str, str], bodies: Mapping[str, str], articles: Iterable[str]) -> None:
    """Make the tenures anew that hang on these posts, on items whose person or organisation has another id now than before, which is given, and on articles
    that go back to another than before."""
    turned = [*map(post_of, store.summed.said_in(articles)), *store.summed.posts_by(persons), *store.summed.posts_in(bodies)]
    touched = [*posts, *turned]
    if not touched:
        return
    ids = _Ids(store)
    ids.learn("person", {person for person, _, _, _ in touched})
    ids.learn("organization", {body for _, _, _, body in touched if body})
    going_on = _going_on(store, ids, posts, turned, set(persons.values()))
    scope = _Scope(defaultdict(set), defaultdict(set))
    for person, office, of, body in touched:
        if not body and (ids.names.get(person), office, of) in going_on:
            continue
        scope.persons[office].update(filter(None, (ids.names.get(person), persons.get(person))))
        scope.ofs[office].update(filter(None, (of or ids.names.get(body), bodies.get(body))))
    if not scope.persons:
        return
    spells_now = _spells(store, ids, scope)
    new = {row.id: row for row in map(_row, spells_now)}
    known = [
        *store.shelving.marked("tenures", "post", [f"{office}\x1f{of}" for office, ofs in scope.ofs.items() for of in ofs]),
        *store.shelving.marked("tenures", "held", [f"{office}\x1f{person}" for office, those in scope.persons.items() for person in those]),
    ]
    store.shelving.drop("tenures", set(known) - new.keys())
    store.shelving.put(new.values())


def _going_on(store: Store, ids: _Ids, posts: Changed, turned: Iterable[Post], renamed: set[str]) -> Collection[tuple[str, str, str]]:
    """Put the tenures on the shelf that these posts only lengthen; gives whose they are."""
    new: dict[OfState, list[Days | None]] = defaultdict(list)
    for (person, office, of, body), days in posts.items():
        # A person who is gone with the article has no name any more.
        new[OfState(ids.names.get(person, ""), office, of)].append(None if body or not of else days)
    others = {ids.names.get(person) for person, _, _, _ in turned} | renamed
    offices = {(office, of) for _, office, of, _ in turned} | {post[1:] for post, found in new.items() if None in found or post.person in others}
    told = {post: Days.over(filter(None, found)) for post, found in new.items() if post[1:] not in offices}
    shown: dict[OfState, list[Dated]] = {}
    for office in sorted({post.office for post in told}):
        persons = {post.person for post in told if post.office == office}
        for one in store.summed.held_by(ids.items("person", persons), office):
            shown.setdefault(OfState(ids.names[one.person], office, one.of), []).extend(_shown(one.shown).articles)
    found = lengthened(store, told, shown, _elsewhere(store, ids, told))
    # Their rows keep the ids that they have, of which the last day is no part.
    store.shelving.put(map(_row, spells_kept(store, {tenure: tenure_row(tenure).id for tenure in found.values()})))
    return found.keys()


def _elsewhere(store: Store, ids: _Ids, told: Collection[OfState]) -> Collection[OfState]:
    """Those whose person some report shows in another full-time office of the same state."""
    posts = store.summed.posts_by(ids.items("person", {post.person for post in told if post.office in FULL_TIME}))
    held = {OfState(ids.names[person], office, of) for person, office, of, _ in posts if office in FULL_TIME}
    return {one for one in told if any(one.person == other.person and one.of == other.of and one.office != other.office for other in held)}


def spells_kept(store: Store, terms: Mapping[Tenure, str]) -> Iterator[Spell]:
    """Tenures on the shelf, given with the ids of their rows, with what their marks say of their evidence."""
    flags = store.shelving.marks("tenures", terms.values(), ("takes", "leaves"))
    for tenure, id_ in terms.items():
        own = flags.get(id_, ())
        yield Spell(tenure=tenure, takes_undated=_UNDATED in own, takes_unsaid=_UNSAID in own, leaves_slips=_NO_SLIPS in own)


def _spells(store: Store, ids: _Ids, scope: _Scope) -> list[Spell]:
    """All tenures of the scope: first what else its persons hold those offices of, then who else holds those, then what else they do."""
    own = store.summed.posts_by(ids.items("person", {person for persons in scope.persons.values() for person in persons}))
    ids.learn("organization", {body for _, _, _, body in own if body})
    for person, office, of, body in own:
        # What a person is shown in decides what of the other offices is a slip.
        scope.persons[office].add(ids.names[person])
        scope.ofs[office].update(filter(None, (of or ids.names.get(body),)))
    asked = {(office, of) for office, ofs in scope.ofs.items() for of in ofs}
    beside = [*store.summed.posts_of(scope.ofs), *store.summed.posts_in(ids.items("organization", {of for _, of in asked}))]
    ids.learn("person", {person for person, _, _, _ in beside})
    ids.learn("organization", {body for _, _, _, body in beside if body})
    rivals = {ids.names[person] for person, office, of, body in beside if (office, of or ids.names.get(body)) in asked}
    rivals |= {person for those in scope.persons.values() for person in those}
    every = store.summed.held_by(ids.items("person", rivals))
    ids.learn("organization", {one.body for one in every if one.body})
    shown: dict[Key, Shown] = {}
    for one in every:
        key = (ids.names[one.person], one.office, one.of or ids.names.get(one.body))
        shown[key] = shown[key] | _shown(one.shown) if key in shown else _shown(one.shown)
    found = spells(shown, {id_: one.copy_of for id_, one in articles_of(store, in_question(shown)).items() if one.copy_of})
    return [
        one
        for one in found
        if (one.tenure.office, one.tenure.of) in asked or (one.tenure.of is None and one.tenure.person in scope.persons.get(one.tenure.office, ()))
    ]


class _Ids:
    """Record ids of items, and items of record ids, as far as they were asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.names: dict[str, str] = {}
        self._items: dict[str, frozenset[str]] = {}

    def learn(self, kind: str, items: Iterable[str]) -> None:
        """Know the ids of these items and of all in their groups."""
        new = set(items) - self.names.keys()
        smallest = set(self._store.group_of(sorted(new)).values())
        for name, group in self._store.shelving.grouped(kind, smallest).items():
            identity = kind[0] + name
            self._items[identity] = group
            self.names |= dict.fromkeys(group, identity)

    def items(self, kind: str, ids: Iterable[str]) -> set[str]:
        """The items of these ids."""
        wanted = {one for one in ids if one[:1] == kind[0]}
        for name, group in self._store.shelving.grouped(kind, {one[1:] for one in wanted - self._items.keys()}).items():
            self._items[kind[0] + name] = group
            self.names |= dict.fromkeys(group, kind[0] + name)
        return {item for one in wanted for item in self._items.get(one, ())}


def _row(spell: Spell) -> Row:
    """A tenure with its marks, and what of the holdings is its evidence."""
    tenure = spell.tenure
    flags = [(_UNDATED, spell.takes_undated), (_UNSAID, spell.takes_unsaid), (_NO_SLIPS, spell.leaves_slips)]
    row = tenure_row(tenure)
    more = [("post", f"{tenure.office}\x1f{tenure.of or ''}"), ("held", f"{tenure.office}\x1f{tenure.person}"), *(mark for mark, holds in flags if holds)]
    return replace(row, marks=tuple(sorted({*row.marks, *more})))
