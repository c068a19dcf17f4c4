"""Which held event is which planned one: asked anew of the stories in which an event has changed, and of those alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import cast

from dragoman.linking.told import Told, fulfilled
from dragoman.model.record import Event
from dragoman.model.record_codec import row_of
from dragoman.service.neighbourhood import articles_of
from dragoman.store.protocol import Store
from dragoman.store.rows import Row, from_json


def settle(store: Store, stories: Iterable[str], rows_of: Callable[[Sequence[Event]], Sequence[Row]]) -> None:
    """Set `planned_as` of the held events of these stories."""
    concerned = store.shelving.marked("events", "story", stories)
    marks = store.shelving.marks("events", concerned, ("factuality", "planned_as", "story"))
    if not any(mark == ("factuality", "planned") or mark[0] == "planned_as" for own in marks.values() for mark in own):
        # A held event of these stories may fulfil a plan of another story that it is also in.
        others = {value for own in marks.values() for name, value in own if name == "story"} - set(stories)
        if not others or not _plans(store, others):
            return
    held = {id_ for id_, own in marks.items() if ("factuality", "actual") in own or any(name == "planned_as" for name, _ in own)}
    theirs = {value for id_ in held for name, value in marks[id_] if name == "story"}
    told = _told(store, held | _plans(store, theirs))
    articles = articles_of(store, {report.article for one in told for report in one.event.reports})
    planned_as = fulfilled(told, {id_: article.story for id_, article in articles.items() if article.story})
    changed = [
        replace(one.event, planned_as=planned_as.get(one.event.id))
        for one in told
        if one.event.id in held and one.event.planned_as != planned_as.get(one.event.id)
    ]
    store.shelving.put(rows_of(changed))


def _plans(store: Store, stories: Iterable[str]) -> set[str]:
    """The planned events of these stories."""
    there = store.shelving.marked("events", "story", stories)
    return {id_ for id_, own in store.shelving.marks("events", there, ("factuality",)).items() if ("factuality", "planned") in own}


def _told(store: Store, ids: Iterable[str]) -> list[Told]:
    events = [cast("Event", row_of("events", from_json(text))) for text in store.shelving.rows("events", ids).values()]
    groups = store.shelving.grouped("event", {event.id[1:] for event in events})
    items = {item.id: item for item in store.items(sorted(item for group in groups.values() for item in group))}
    at: dict[tuple[str, str], str] = defaultdict(str)
    for one in store.occurrences(items=sorted(items)):
        at[one.article, one.local] = one.item
    return [
        Told(event=event, items=tuple(items[item] for report in event.reports if (item := at[report.article, report.event]) in items)) for event in events
    ]  # fmt: skip
