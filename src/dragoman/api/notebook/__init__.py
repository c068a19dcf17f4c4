"""Readings, events and timelines as a notebook shows them: fragments of HTML that ask nothing of any network, every value escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import jinja2

from dragoman.exports.readings.html import page
from dragoman.exports.readings.labels import Labels, labels, preferred
from dragoman.exports.readings.legible import base_direction, legible
from dragoman.exports.readings.times import in_words
from dragoman.model.reading import Reading
from dragoman.service.book import Named, Quote
from dragoman.service.dossier import EventDossier, VersionLine
from dragoman.service.timeline import EventLine, Part

# Events that are shown of a long timeline: browsers slow down with thousands.
_SHOWN = 100
_FOLDER = Path(__file__).parent


def reading(one: Reading) -> str:
    """The page of `dragoman read --format html` in a frame of its own, which can reach neither the notebook nor a network."""
    height = "30em" if len(one.article.text) > 1_000 else "20em"
    title = escape(legible(one.article.title or one.article.name))
    source = escape(page([one], preferred()))
    return f'<iframe title="{title}" sandbox="allow-scripts" style="width:100%;height:{height};border:1px solid #8886" srcdoc="{source}"></iframe>'


def timeline(events: Sequence[EventLine]) -> str:
    """Events by day; of more than a hundred the first ones, and how many more there are."""
    words = _Words(labels(preferred()))
    days = [(words.day(day), tuple(of_day)) for day, of_day in groupby(events[:_SHOWN], key=lambda event: event.date)]
    return _environment().get_template("timeline.html").render(days=days, words=words, more=max(0, len(events) - _SHOWN))


def event(found: EventDossier) -> str:
    """An event, where its reports differ, and each report with its sentences."""
    names = {report.article: report.outlet or report.name for report in found.reports}

    def outlets(version: VersionLine) -> str:
        return ", ".join(names.get(article, article) for article in version.articles)

    return _environment().get_template("event.html").render(found=found, words=_Words(labels(preferred())), outlets=outlets)


class _Words:
    """What the templates say, in the reader's language."""

    def __init__(self, words: Labels) -> None:
        self.language = words.language
        self._words = words

    def word(self, group: str, key: str) -> str:
        return self._words.word(group, key)

    def say(self, key: str) -> str:
        return self._words.word("record", key)

    def day(self, value: str | None) -> str:
        return in_words(value, self._words) if value else self.say("no_day")

    def name(self, named: Named) -> str:
        return self._words.state(named.code) if named.kind == "state" and named.code else named.name

    def part(self, part: Part) -> str:
        """'Per Dahl, foreign minister (Norway)'."""
        name, side = self.name(part.entity), self.name(part.side) if part.side else None
        title = f", {self._words.office(part.office, None)}" if part.office else ""
        return f"{name}{title}{f' ({side})' if side and side != name else ''}"

    def counted(self, one: str, number: int) -> str:
        singular = number == 1 or (number == 0 and self.language == "fr")
        return f"{number} {self.say(one if singular else f'{one}s')}"

    def notes(self, event: EventLine) -> str:
        """What stands behind the type: mode, certainty, place."""
        found = [self.word("modes", event.mode)] if event.mode else []
        found += [self.word("factuality", event.factuality)] if event.factuality != "actual" else []
        return "".join(f" · {note}" for note in [*found, *([self.name(event.place)] if event.place else [])])

    def told(self, event: EventLine) -> str:
        """'2 origins · 3 reports (English, French)'."""
        languages = ", ".join(self._words.name_of_language(code) for code in event.languages)
        return f"{self.counted('origin', event.origins)} · {self.counted('report', event.articles)} ({languages})"

    def disputed(self, fields: Sequence[str]) -> str:
        return self.say("disputed").format(", ".join(self.word("fields", field) for field in fields))

    def version(self, field: str, version: VersionLine) -> str:
        """A value in words, and whom it names where it names anybody."""
        if version.named:
            return ", ".join(self.name(one) for one in version.named)
        if version.value is None:
            return self.say("empty")
        group = {"type": "types", "mode": "modes", "factuality": "factuality"}.get(field)
        return self.word(group, version.value) if group else self.day(version.value)

    def source(self, quote: Quote) -> str:
        """Outlet or file, day and language of a sentence."""
        day = self.day(quote.published) if quote.published else self.word("published", "unknown")
        return ", ".join((quote.outlet or quote.name, day, self._words.name_of_language(quote.language)))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["legible"] = legible
    environment.filters["base"] = base_direction
    return environment
