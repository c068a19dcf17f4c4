"""Tenures as pages show them: who, in what office, as far as reports show, with words that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.model.record import Tenure
from dragoman.model.shelf import Named, Shelf
from dragoman.model.spans import Span
from dragoman.web.pages.cards import Quote, articles_of, named_as, quote

# Evidence that is quoted: the first days and the last on which reports show it.
_QUOTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureLine:
    """A person in an office; days of publication, first and last, on which reports show it."""

    person: Named
    office: str
    of: Named | None
    first_seen: str | None
    last_seen: str | None
    ended_before: str | None
    former: bool
    acting: bool
    reports: int
    evidence: tuple[Quote, ...]


def tenure_lines(shelf: Shelf, tenures: Sequence[Tenure], *, quoted: int = _QUOTED) -> tuple[TenureLine, ...]:
    """The tenures with names, the first seen first; each with at most `quoted` sentences that show it."""
    named = shelf.named([one for tenure in tenures for one in (tenure.person, tenure.of) if one])
    ordered = sorted(tenures, key=lambda one: (one.first_seen or "9999", one.last_seen or "9999", one.person, one.office))
    return tuple(found for one in ordered if (found := _line(shelf, one, (named_as(one.person, named), named_as(one.of, named)), quoted)) is not None)


def _line(shelf: Shelf, tenure: Tenure, names: tuple[Named | None, Named | None], quoted: int) -> TenureLine | None:
    person, of = names
    if person is None:
        return None
    places = list(tenure.evidence) if len(tenure.evidence) <= quoted else [*tenure.evidence[: quoted - 1], *tenure.evidence[-1:]] if quoted else []
    articles = articles_of(shelf, (one.article for one in places))
    quotes = []
    for one in places:
        reading = shelf.reading(one.article)
        if one.article in articles and reading is not None:
            sentence = reading.sentence_at(one.start) or Span(one.start, one.end)
            quotes.append(quote(shelf, articles[one.article], sentence, sentence.of(reading.article.text)))
    return TenureLine(
        person=person, office=tenure.office, of=of, first_seen=tenure.first_seen, last_seen=tenure.last_seen, ended_before=tenure.ended_before,
        former=tenure.former, acting=tenure.acting, reports=len({one.article for one in tenure.evidence}),
        evidence=tuple(sorted({(one.article, one.start): one for one in quotes}.values(), key=lambda one: (one.published or "9999", one.article, one.start))),
    )  # fmt: skip
