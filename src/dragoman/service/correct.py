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
from dragoman.linking.given import anchored
from dragoman.linking.grouping import pair
from dragoman.linking.items import Kind
from dragoman.linking.told import FIELDS, PLACES
from dragoman.model.config import Config
from dragoman.model.errors import InputError, NotFound
from dragoman.model.record import Correction, Event, Verdict
from dragoman.service.anchors import ENTITIES, anchor_of, item_of, kind_of
from dragoman.service.book import Book, Named, open_book
from dragoman.service.finding import checked_type, find_entity, find_event
from dragoman.service.linking import regroup
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
        book = open_book(store, config)
        kind = kind_of(book, typed)
        left, right = (item_of(book, kind, end) for end in ends)
        if left == right:
            raise InputError(_one_item(book, kind, left, verdict))
        ordered = pair(left, right)
        known = _said(book, kind.name, verdict, lambda one: _items(book, one) == ordered)
        if known is None:
            first, second = (anchor_of(book, kind, item) for item in ordered)
            known = _keep(store, Correction(id=0, kind=kind.name, verdict=verdict, left=first, right=second), by)
            new = True
            regroup(store, kind, ordered)
        else:
            new = False
        _check(store, book, kind, ordered, verdict)
        after = open_book(store, config) if new else book
    return Corrected(correction=known, new=new, left=_now(after, left), right=_now(after, right))


def _one_item(book: Book, kind: Kind, item: str, verdict: Verdict) -> str:
    what = f"{kind.prefix}{item}"
    if verdict == "same":
        return f"both are {what} already; nothing is to be merged"
    if kind.name in ENTITIES:
        where = len({one.article for one in book.given.where.get(item, ())})
        return (
            f"both are {what}: in {'1 article' if where == 1 else f'{where} articles'} they have the same name, state and office, and a correction cannot "
            f"tell apart what nothing distinguishes; what can be parted are the members that 'dragoman show {kind.name} {what}' lists"
        )
    return f"both are {what}; give the ids of two reports, as 'dragoman show {kind.name} {what}' lists them"


def _items(book: Book, one: Correction) -> tuple[str, str] | None:
    """The items that a correction joins or parts now."""
    ends = [anchored(anchor, one.kind, book.given) for anchor in (one.left, one.right or "")]
    return pair(ends[0], ends[1]) if ends[0] and ends[1] else None


def _check(store: Store, book: Book, kind: Kind, items: Sequence[str], verdict: Verdict) -> None:
    """That what was said came true. Raises InputError, which undoes all of it."""
    groups = store.group_of(items)
    together = len(set(groups.values())) == 1
    if verdict == "same" and not together:
        both = [store.members(groups[item]) for item in items]
        for one in book.given.corrections:
            ends = _items(book, one) if one.kind == kind.name and one.verdict == "different" and not one.undone else None
            if ends and ((ends[0] in both[0] and ends[1] in both[1]) or (ends[1] in both[0] and ends[0] in both[1])):
                raise InputError(f"correction {one.id} says that they are two; take it back first with: dragoman correct undo {one.id}")
        raise InputError("they could not be made one; run 'dragoman rebuild' and say it again")
    if verdict == "different" and together:
        raise InputError("they could not be parted; run 'dragoman rebuild' and say it again")


def reject(store: Store, config: Config, event: str, by: By | None = None) -> Corrected:
    """An event did not happen, or no report says so: it leaves the record. A report that comes later brings it back. Raises NotFound or Ambiguous."""
    with store.writing():
        book = open_book(store, config)
        kind = kind_of(book, "event")
        own = book.item(event)
        if own is not None and book.current(event) not in book.events:
            known = _said(book, "event", "reject", lambda one: own in _reports(book, one))
            if known is not None:
                return Corrected(correction=known, new=False, left=(), right=())
        found = find_event(book, event)
        reports = [book.given.at["event", report.article, report.event] for report in found.reports]
        anchors = " ".join(sorted(anchor_of(book, kind, item) for item in reports))
        correction = _keep(store, Correction(id=0, kind="event", verdict="reject", left=anchors), by or By())
    return Corrected(correction=correction, new=True, left=(_event(found),), right=())


def _reports(book: Book, one: Correction) -> set[str]:
    return {item for anchor in one.left.split() if (item := anchored(anchor, "event", book.given))}


def settle(store: Store, config: Config, event: str, field: str, value: str, by: By | None = None) -> Corrected:
    """A field of an event is this: date (EDTF), type, mode, factuality, or place (as the record names it); 'none' empties date, place and mode.

    Raises NotFound, Ambiguous, or InputError for a field or value that there is not.
    """
    with store.writing():
        book = open_book(store, config)
        kind = kind_of(book, "event")
        found = find_event(book, event)
        right = _value(book, found, field, value)
        reports = {book.given.at["event", report.article, report.event] for report in found.reports}
        before = _said(book, "event", "value", lambda one: one.field == field and bool(_reports(book, one) & reports))
        if before is not None and before.right == right:
            return Corrected(correction=before, new=False, left=(_event(found),), right=())
        # Of several corrections of a field the last holds: so they must be of the same report.
        left = before.left if before is not None else anchor_of(book, kind, min(reports))
        correction = _keep(store, Correction(id=0, kind="event", verdict="value", left=left, right=right, field=field), by or By())
    return Corrected(correction=correction, new=True, left=(_event(found),), right=())


def _value(book: Book, event: Event, field: str, value: str) -> str | None:
    """What a correction keeps of a value."""
    if field not in FIELDS:
        raise InputError(f"'{field}' is no field that can be set; there are {', '.join(FIELDS)}")
    if value.lower() == NOTHING and field in ("date", "place", "mode"):
        return None
    if field == "place":
        return _place(book, value)
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


def _place(book: Book, typed: str) -> str:
    """The anchor of a place, state or organisation of the record."""
    for kind in PLACES:
        try:
            entity = find_entity(book, kind, typed)  # type: ignore[arg-type]
        except NotFound:
            continue
        return anchor_of(book, kind_of(book, kind), entity.id[1:])
    raise NotFound(f"no article of the record names a place '{typed}'; only what an article names can be set")


def undo(store: Store, config: Config, number: int) -> Corrected:
    """Take a correction back; what it changed is derived anew. Raises NotFound where there is none of that number."""
    with store.writing():
        correction = next((one for one in store.corrections() if one.id == number), None)
        if correction is None:
            raise NotFound(f"there is no correction {number}; see: dragoman correct list")
        new = not correction.undone
        if new:
            book = open_book(store, config)
            store.undo_correction(number)
            ends = _items(book, correction) if correction.right is not None and correction.verdict in ("same", "different") else None
            if ends:
                regroup(store, kind_of(book, correction.kind), ends)
        after = open_book(store, config)
    corrected = next(one for one in store.corrections() if one.id == number)
    return Corrected(correction=corrected, new=new, left=_ends(after, corrected)[0], right=_ends(after, corrected)[1])


def listed(store: Store, config: Config) -> tuple[Corrected, ...]:
    """All corrections with what they mean in the record now; nothing on a side whose words no reading has any more."""
    corrections = store.corrections()
    if not corrections:
        return ()
    book = open_book(store, config)
    return tuple(Corrected(correction=one, new=False, left=_ends(book, one)[0], right=_ends(book, one)[1]) for one in corrections)


def _ends(book: Book, one: Correction) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    left = tuple(dict.fromkeys(named for anchor in one.left.split() if (item := anchored(anchor, one.kind, book.given)) for named in _now(book, item)))
    if one.verdict == "value":
        where = (anchored(one.right, kind, book.given) for kind in PLACES) if one.field == "place" and one.right else ()
        return left, next((_now(book, item) for item in where if item), ())
    item = anchored(one.right, one.kind, book.given) if one.right else None
    return left, _now(book, item) if item else ()


def _now(book: Book, item: str) -> tuple[Named, ...]:
    """What an item is in the record, under the name that it bears itself."""
    identity, kind = book.given.record_ids[item], book.given.items[item].kind
    if kind == "event":
        event = book.events.get(identity)
        return (_event(event) if event else Named(id=identity, name="–", kind=kind),)
    if kind in ENTITIES:
        entity = next((found for one in book.given.where.get(item, ()) if (found := book.given.readings[one.article].entity(one.local))), None)
        return (Named(id=identity, name=entity.name if entity else identity, kind=kind, code=entity.code if entity else None),)
    where = book.given.where.get(item, ())
    title = book.given.readings[where[0].article].article.name if where else identity
    return (Named(id=identity, name=title, kind=kind),)


def _event(event: Event) -> Named:
    return Named(id=event.id, name=" ".join(filter(None, (event.type, event.date))), kind="event")


def _said(book: Book, kind: str, verdict: Verdict, meant: Callable[[Correction], bool]) -> Correction | None:
    """The last correction that holds and says so."""
    return next((one for one in reversed(book.given.corrections) if one.kind == kind and one.verdict == verdict and not one.undone and meant(one)), None)


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
