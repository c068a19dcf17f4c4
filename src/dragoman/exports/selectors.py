"""Where in an article a fact is said, as W3C's Web Annotation and RFC 5147 write it; positions are code points of the text as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.exports.selection import Selection
from dragoman.model.record import Place
from dragoman.model.spans import Span

# Characters on each side by which a quotation is found again in a text that has changed.
_AROUND = 32
URN = "urn:dragoman:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Characters start:end of an article, with the words themselves and those on each side."""

    article: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def uri(self) -> str:
        """The span as an address: 'urn:dragoman:article:ID#char=0,176'."""
        return f"{urn('article', self.article)}#char={self.start},{self.end}"

    def position(self) -> dict[str, Any]:
        """A TextPositionSelector."""
        return {"type": "TextPositionSelector", "start": self.start, "end": self.end}

    def quote(self) -> dict[str, Any]:
        """A TextQuoteSelector."""
        return {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix}

    def plain(self) -> dict[str, Any]:
        """For formats without a selector of their own."""
        return {"article": self.article, "start": self.start, "end": self.end, "exact": self.exact}


def urn(kind: str, id: str) -> str:
    """The name of a thing of a record: urn("event", "v12") == "urn:dragoman:event:v12"."""
    return f"{URN}{kind}:{id}"


def named(place: Place) -> Anchor:
    """A mention, whose words the record has: nothing is looked up, and what stands on each side is not known."""
    return Anchor(article=place.article, start=place.start, end=place.end, exact=place.text, prefix="", suffix="")


def anchor(selection: Selection, article: str, span: Span) -> Anchor | None:
    """The span with its words; None where the article is not there."""
    found = selection.text(article)
    if found is None:
        return None
    text = found.text
    return Anchor(
        article=article, start=span.start, end=span.end, exact=text[span.start : span.end], prefix=text[max(0, span.start - _AROUND) : span.start],
        suffix=text[span.end : span.end + _AROUND],
    )  # fmt: skip
