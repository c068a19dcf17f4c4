"""Corrections: a person's word that two things are one or two, that an event is none, or that a field of it is otherwise; each can be undone.

A correction is kept beside the articles, by anchors (service/anchors.py), and holds for whatever is derived anew. Said twice it is kept once.
"""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dragoman.knowledge.plover import TYPES
from dragoman.linking.days import days
from dragoman.linking.given import ANCHOR
from dragoman.linking.grouping import pair
from dragoman.linking.items import Kind
from dragoman.linking.told import FIELDS, PLACES
from dragoman.model.config import Config
from dragoman.model.errors import InputError, NotFound
from dragoman.model.record import Correction, Event, Verdict
from dragoman.service.anchors import ENTITIES, Ground, item_of
from dragoman.service.book import Named
from dragoman.service.composing import recompose
from dragoman.service.finding import checked_type, find_entity, find_event
from dragoman.service.kinds import kinds_linked
from dragoman.service.linking import Touched, regroup
from dragoman.service.shelf import open_shelf
from dragoman.store.protocol import Store

_FACTUALITIES = ("actual", "planned", "possible", "denied")
# What empties a field.
NOTHING = "none"
_EDTF = re.compile(r"[\dXT:Z+./~?%-]{3,60}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction, whether it is new (or was said before), and what the two sides are in the record now."""

    correction: Correction
    new: bool
    left: tuple[Named, ...]
    right: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class By:
    """Who corrects, why, and when (UTC; now where not given)."""

    who: str | None = None
    why: str = ""
    at: datetime | None = None


def merge(store: Store, config: Config, kind: str, left: str, right: str, by: By | None = None) -> Corrected:
    """Two things of a kind are one. Raises NotFound, Ambiguous, or InputError where another correction keeps them apart."""
    return _joined_or_parted(store, config, kind, (left, right), "same", by or By())


def split(store: Store, config: Config, kind: str, left: str, right: str, by: By | None = None) -> Corrected:
    """Two of a kind are two: members of one thing of the record, or things that must never become one. Raises as merge does, and for two in one item."""
    return _joined_or_parted(store, config, kind, (left, right), "different", by or By())


def _joined_or_parted(store: Store, config: Config, typed: str, ends: tuple[str, str], verdict: Verdict, by: By) -> Corrected:
    with store.writing():
        ground = _ground(store, config)
        kind = ground.kind(typed)
        left, right = (item_of(ground, kind, end) for end in ends)
        if left == right:
            raise InputError(_one_item(ground, kind, left, verdict))
        ordered = pair(left, right)
        known = _said(store, kind.name, verdict, lambda one: _items(ground, one) == ordered)
        new = known is None
        touched = Touched()
        if known is None:
            first, second = (ground.anchor(kind, item) for item in ordered)
            known = _keep(store, Correction(id=0, kind=kind.name, verdict=verdict, left=first, right=second), by)
            regroup(store, kind, ordered, touched)
        _check(ground, kind, ordered, verdict)
        if new:
            recompose(store, ground.kinds, touched)
        return Corrected(correction=known, new=new, left=_now(ground, left), right=_now(ground, right))


def _ground(store: Store, config: Config) -> Ground:
    return Ground(store, open_shelf(store, config), kinds_linked())


def _one_item(ground: Ground, kind: Kind, item: str, verdict: Verdict) -> str:
    what = f"{kind.prefix}{item}"
    if verdict == "same":
        return f"both are {what} already; nothing is to be merged"
    if kind.name in ENTITIES:
        where = len({one.article for one in ground.store.occurrences(items=[item])})
        return (
            f"both are {what}: in {'1 article' if where == 1 else f'{where} articles'} they have the same name, state and office, and a correction cannot "
            f"tell apart what nothing distinguishes; what can be parted are the members that 'dragoman show {kind.name} {what}' lists"
        )
    return f"both are {what}; give the ids of two reports, as 'dragoman show {kind.name} {what}' lists them"


def _items(ground: Ground, one: Correction) -> tuple[str, str] | None:
    """The items that a correction joins or parts now."""
    ends = [ground.anchored(anchor, one.kind) for anchor in (one.left, one.right)]
    return pair(ends[0], ends[1]) if ends[0] and ends[1] else None


def _check(ground: Ground, kind: Kind, items: Sequence[str], verdict: Verdict) -> None:
    """That what was said came true. Raises InputError, which undoes all of it."""
    store = ground.store
    groups = store.group_of(items)
    together = len(set(groups.values())) == 1
    if verdict == "same" and not together:
        both = [store.members(groups[item]) for item in items]
        for one in store.corrections():
            ends = _items(ground, one) if one.kind == kind.name and one.verdict == "different" and not one.undone else None
            if ends and ((ends[0] in both[0] and ends[1] in both[1]) or (ends[1] in both[0] and ends[0] in both[1])):
                raise InputError(f"correction {one.id} says that they are two; take it back first with: dragoman correct undo {one.id}")
        raise InputError("they could not be made one; run 'dragoman rebuild' and say it again")
    if verdict == "different" and together:
        raise InputError("they could not be parted; run 'dragoman rebuild' and say it again")


def reject(store: Store, config: Config, event: str, by: By | None = None) -> Corrected:
    """An event did not happen, or no report says so: it leaves the record. A report that comes later brings it back. Raises NotFound or Ambiguous."""
    with store.writing():
        ground = _ground(store, config)
        kind = ground.kind("event")
        own = ground.item(event)
        if own is not None and ground.shelf.event(event) is None:
            known = _said(store, "event", "reject", lambda one: own in _reports(ground, one))
            if known is not None:
                return Corrected(correction=known, new=False, left=(), right=())
        found = find_event(ground.shelf, event)
        reports = [item for report in found.reports if (item := ground.at("event", report.article, report.event))]
        anchors = " ".join(sorted(ground.anchor(kind, item) for item in reports))
        correction = _keep(store, Correction(id=0, kind="event", verdict="reject", left=anchors), by or By())
        recompose(store, ground.kinds, Touched(), judged=_articles(correction))
    return Corrected(correction=correction, new=True, left=(_event(found),), right=())


def _articles(one: Correction) -> set[str]:
    """The articles in which a correction names events."""
    return {anchor.partition(ANCHOR)[0] for anchor in one.left.split()}


def _reports(ground: Ground, one: Correction) -> set[str]:
    return {item for anchor in one.left.split() if (item := ground.anchored(anchor, "event"))}


def settle(store: Store, config: Config, event: str, field: str, value: str, by: By | None = None) -> Corrected:
    """A field of an event is this: date (EDTF), type, mode, factuality, or place (as the record names it); 'none' empties date, place and mode.

    Raises NotFound, Ambiguous, or InputError for a field or value that there is not.
    """
    with store.writing():
        ground = _ground(store, config)
        kind = ground.kind("event")
        found = find_event(ground.shelf, event)
        right = _value(ground, found, field, value)
        reports = {item for report in found.reports if (item := ground.at("event", report.article, report.event))}
        before = _said(store, "event", "value", lambda one: one.field == field and bool(_reports(ground, one) & reports))
        if before is not None and before.right == right:
            return Corrected(correction=before, new=False, left=(_event(found),), right=())
        # Of several corrections of a field the last holds: so they must be of the same report.
        left = before.left if before is not None else ground.anchor(kind, min(reports))
        correction = _keep(store, Correction(id=0, kind="event", verdict="value", left=left, right=right, field=field), by or By())
        recompose(store, ground.kinds, Touched(), judged=_articles(correction))
    return Corrected(correction=correction, new=True, left=(_event(found),), right=())


def _value(ground: Ground, event: Event, field: str, value: str) -> str | None:
    """What a correction keeps of a value."""
    if field not in FIELDS:
        raise InputError(f"'{field}' is no field that can be set; there are {', '.join(FIELDS)}")
    if value.lower() == NOTHING and field in ("date", "place", "mode"):
        return None
    if field == "place":
        return _place(ground, value)
    if field == "type":
        return checked_type(value)
    if field == "date":
        if not _EDTF.match(value) or days(value) is None:
            raise InputError(f"'{value}' is no date; write it as 2025-10-12, 2025-10, 2025 or 2025-10-12/2025-10-14, or {NOTHING}")
        return value
    known = TYPES[event.type].modes if field == "mode" else _FACTUALITIES
    if value not in known:
        raise InputError(f"'{value}' is no {field} of {event.type}; there are {', '.join(known) or 'none'}")
    return value


def _place(ground: Ground, typed: str) -> str:
    """The anchor of a place, state or organisation of the record."""
    for kind in PLACES:
        try:
            entity = find_entity(ground.shelf, kind, typed)  # type: ignore[arg-type]
        except NotFound:
            continue
        return ground.anchor(ground.kind(kind), entity.id[1:])
    raise NotFound(f"no article of the record names a place '{typed}'; only what an article names can be set")


def undo(store: Store, config: Config, number: int) -> Corrected:
    """Take a correction back; what it changed is derived anew. Raises NotFound where there is none of that number."""
    with store.writing():
        correction = next((one for one in store.corrections() if one.id == number), None)
        if correction is None:
            raise NotFound(f"there is no correction {number}; see: dragoman correct list")
        new = not correction.undone
        ground = _ground(store, config)
        if new:
            store.undo_correction(number)
            touched = Touched()
            linked = correction.right is not None and correction.verdict in ("same", "different")
            ends = _items(ground, correction) if linked else None
            if ends:
                regroup(store, ground.kind(correction.kind), ends, touched)
            recompose(store, ground.kinds, touched, judged=() if linked else _articles(correction))
        corrected = next(one for one in store.corrections() if one.id == number)
        left, right = _ends(ground, corrected)
    return Corrected(correction=corrected, new=new, left=left, right=right)


def listed(store: Store, config: Config) -> tuple[Corrected, ...]:
    """All corrections with what they mean in the record now; nothing on a side whose words no reading has any more."""
    corrections = store.corrections()
    if not corrections:
        return ()
    ground = _ground(store, config)
    ends = [(one, *_ends(ground, one)) for one in corrections]
    return tuple(Corrected(correction=one, new=False, left=left, right=right) for one, left, right in ends)


def _ends(ground: Ground, one: Correction) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    left = tuple(dict.fromkeys(named for anchor in one.left.split() if (item := ground.anchored(anchor, one.kind)) for named in _now(ground, item)))
    if one.verdict == "value":
        where = (ground.anchored(one.right, kind) for kind in PLACES) if one.field == "place" and one.right else ()
        return left, next((_now(ground, item) for item in where if item), ())
    item = ground.anchored(one.right, one.kind)
    return left, _now(ground, item) if item else ()


def _now(ground: Ground, item: str) -> tuple[Named, ...]:
    """What an item is in the record, under the name that it bears itself."""
    found = ground.store.shelving.kind_of(item)
    if found is None:
        return ()
    kind = ground.kind(found[0])
    identity = kind.prefix + found[1]
    if kind.name == "event":
        event = ground.shelf.event(identity)
        return (_event(event) if event else Named(id=identity, name="–", kind=kind.name),)
    if kind.name in ENTITIES:
        entity = ground.entity(item)
        return (Named(id=identity, name=entity.name if entity else identity, kind=kind.name, code=entity.code if entity else None),)
    where = ground.first(item)
    article = ground.shelf.article(where[0]) if where else None
    return (Named(id=identity, name=article.name if article else identity, kind=kind.name),)


def _event(event: Event) -> Named:
    return Named(id=event.id, name=" ".join(filter(None, (event.type, event.date))), kind="event")


def _said(store: Store, kind: str, verdict: Verdict, meant: Callable[[Correction], bool]) -> Correction | None:
    """The last correction that holds and says so."""
    return next((one for one in reversed(store.corrections()) if one.kind == kind and one.verdict == verdict and not one.undone and meant(one)), None)


def _keep(store: Store, correction: Correction, by: By) -> Correction:
    number = store.add_correction(
        Correction(
            id=0,
            kind=correction.kind,
            verdict=correction.verdict,
            left=correction.left,
            right=correction.right,
            field=correction.field,
            by=_user() if by.who is None else by.who,
            at=by.at or datetime.now(UTC).replace(microsecond=0),
            why=by.why,
        )
    )
    return next(one for one in store.corrections() if one.id == number)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
