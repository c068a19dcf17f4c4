"""Events on a page: by day, or one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.cli.page import Page

if TYPE_CHECKING:
    from dragoman.service.timeline import EventLine


def by_day(page: Page, events: Sequence[EventLine]) -> None:
    """Each day with its events."""
    for day, of_day in groupby(events, key=lambda event: event.date):
        page.heading(page.day(day) if day else page.say("no_day"))
        for number, event in enumerate(of_day):
            if number:
                page.blank()
            block(page, event, dated=False)


def listing(page: Page, heading: str, events: Sequence[EventLine]) -> None:
    """A heading and the events with their days; nothing at all where there are none."""
    if not events:
        return
    page.heading(heading, len(events))
    for number, event in enumerate(events):
        if number:
            page.blank()
        block(page, event, dated=True)


def block(page: Page, event: EventLine, *, dated: bool) -> None:
    """What happened, who took part, how many say so, and the first sentence that does."""
    words = page.words
    notes = [words.word("modes", event.mode)] if event.mode else []
    if event.factuality != "actual":
        notes.append(words.word("factuality", event.factuality))
    if dated:
        notes.append(page.day(event.date))
    if event.place:
        notes.append(page.name(event.place))
    page.line((words.word("types", event.type), "bold"), *(f" · {note}" for note in notes), indent=2)
    rows = [(words.word("roles", part.role), page.part(part)) for part in event.participants]
    page.grid([*rows, *([(words.word("facts", "topics"), ", ".join(words.word("topics", topic) for topic in event.topics))] if event.topics else [])])
    told = ", ".join(words.name_of_language(language) for language in event.languages)
    counts = f"{page.counted('origin', event.origins)} · {page.counted('report', event.articles)} ({told}) · {event.id}"
    marks = f" · {page.say('disputed', ', '.join(words.word('fields', field) for field in event.disputed))}" if event.disputed else ""
    page.line((counts, "dim"), (marks, "yellow"), indent=4)
    if event.evidence:
        page.quote(event.evidence)
