"""When an article of no known day was written, as far as its own text and the dated reports of the same events tell; asked of a shelf, and never kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.linking.days import days
from dragoman.linking.undated import Between, Inferred, Witness, inferred
from dragoman.model.record import ArticleOf
from dragoman.model.shelf import Cut, Events, Shelf

# Events of the article that are asked, and reports of each: one witness would do, and the nearest ones are among these.
_ASKED = Cut(limit=200)


def when_written(shelf: Shelf, article: ArticleOf) -> Inferred | None:
    """The first and the last day, with the events that say so; None where the article is dated, or nothing is known."""
    if article.published is not None:
        return None
    kept = shelf.text(article.id)
    own: Between | None = kept.published_between if kept is not None else None
    return inferred(own, _witnesses(shelf, article.id))


def _witnesses(shelf: Shelf, article: str) -> Iterator[Witness]:
    """Events of one known day that a dated article reports too, and that the article itself tells as it tells of them: held or planned."""
    for event in shelf.events(Events(articles=(article,)), _ASKED).rows:
        span = days(event.date)
        if span is None or span.earliest != span.latest or event.factuality not in ("actual", "planned"):
            continue
        others = sorted({report.article for report in event.reports} - {article})
        dated = tuple(one.id for one in shelf.heads(others).values() if one.published)
        if dated:
            yield Witness(event=event.id, day=date.fromordinal(span.earliest), actual=event.factuality == "actual", articles=dated)
