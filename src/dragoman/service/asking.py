"""From what is asked of a shelf to marks: one translation, for a record in memory and one in tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.linking.days import days
from dragoman.model.errors import InputError
from dragoman.model.record import Place
from dragoman.model.shelf import Articles, Commitments, Events, Statements
from dragoman.service.marks import NO, YES, cut
from dragoman.service.plain import plain
from dragoman.store.rows import Wanted, cursor, values_of

# From an id or code as asked to the id it leads to now.
Leads = Callable[[str], str]


def events(wanted: Events, leads: Leads) -> Wanted:
    """Which rows are those events. Raises InputError for days that are none."""
    since, until = bounds(wanted.since, wanted.until)
    return Wanted(
        marks=(
            *(("entity", (leads(one),)) for one in wanted.entities),
            *(("side", (_side(one, leads),)) for one in wanted.sides),
            *_one_of("type", wanted.types),
            *_one_of("topic", wanted.topics),
            *_one_of("place", [leads(one) for one in wanted.places]),
            *_one_of("language", wanted.languages),
            *_one_of("outlet", wanted.outlets),
            *_one_of("article", wanted.articles),
            *_one_of("story", [leads(one) for one in wanted.stories]),
            *_one_of("factuality", wanted.factuality),
            *_one_of("planned_as", [leads(one) for one in wanted.planned_as]),
            *(() if wanted.disputed is None else (("disputed", (YES if wanted.disputed else NO,)),)),
        ),
        since=since,
        until=until,
        dated=wanted.dated,
        least=wanted.least_origins if wanted.least_origins > 1 else 0,
        listing=wanted.order,
    )


def statements(wanted: Statements, leads: Leads) -> Wanted:
    """Which rows are those statements. Raises InputError for days that are none."""
    since, until = bounds(wanted.since, wanted.until)
    return Wanted(
        marks=(
            *_one_of("speaker", [leads(one) for one in wanted.speakers]),
            *_one_of("side", [_side(one, leads) for one in wanted.sides]),
            *_one_of("channel", wanted.channels),
            *_one_of("topic", wanted.topics),
            *_one_of("article", wanted.articles),
        ),
        since=since,
        until=until,
        words=plain(wanted.words) if wanted.words else None,
        listing=wanted.order,
    )


def commitments(wanted: Commitments, leads: Leads) -> Wanted:
    """Which rows are those commitments."""
    return Wanted(
        marks=(
            *_one_of("by", [_side(one, leads) for one in wanted.by]),
            *_one_of("to", [_side(one, leads) for one in wanted.to]),
            *_one_of("act", wanted.acts),
            *_one_of("topic", wanted.topics),
            *_one_of("article", wanted.articles),
        )
    )


def articles(wanted: Articles, leads: Leads) -> Wanted:
    """Which rows are those articles. Raises InputError for days that are none."""
    since, until = bounds(wanted.since, wanted.until)
    return Wanted(
        marks=(
            *_one_of("language", wanted.languages),
            *_one_of("outlet", wanted.outlets),
            *(("entity", (leads(one),)) for one in wanted.entities),
            *_one_of("story", [leads(one) for one in wanted.stories]),
            *_one_of("name", wanted.names),
        ),
        ids=wanted.ids or None,
        since=since,
        until=until,
        listing=wanted.order,
    )


def bounds(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """The first and the last day that are asked for. Raises InputError for what is no day, month or year."""
    found = [days(value) if value else None for value in (since, until)]
    for value, span in zip((since, until), found, strict=True):
        if value and span is None:
            raise InputError(f"'{value}' is no day, month or year; write it as 2025-10-12, 2025-10 or 2025")
    return found[0].earliest if found[0] else None, found[1].latest if found[1] else None


def _one_of(name: str, values: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ((name, tuple(map(cut, values))),) if values else ()


def _side(asked: str, leads: Leads) -> str:
    """A state stays its code."""
    return asked if len(asked) == 3 else leads(asked)


def entities(kind: str, words: str | None, state: str | None) -> Wanted:
    """Which rows are those entities, the most often told of first."""
    found = (("kind", (kind,)), *((("state", (state,)),) if state else ()))
    return Wanted(marks=found, words=plain(words) if words else None, listing="most")


def tenures(person: str | None, office: str | None, of: str | None, leads: Leads) -> Wanted:
    """Which rows are those tenures."""
    return Wanted(
        marks=(
            *((("person", (leads(person),)),) if person else ()),
            *((("office", (cut(office),)),) if office else ()),
            *((("of", (cut(_side(of, leads)),)),) if of else ()),
        )
    )


def after_place(place: Place) -> str:
    """The cursor of the mentions after one."""
    return cursor("mentions", (place.article, place.start, place.end))


def place_after(typed: str | None) -> tuple[str, int, int] | None:
    """Article, start and end of the mention that a cursor names. Raises InputError where it is none."""
    if typed is None:
        return None
    article, start, end = values_of(typed, "mentions")
    return article, start, end
