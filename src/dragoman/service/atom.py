"""Alerts as an Atom feed (RFC 4287), which any feed reader takes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(name: str, letters: Sequence[Mapping[str, Any]], updated: float) -> bytes:
    """The feed of these letters, in their order; the same letters give the same bytes."""
    feed = Element("feed", xmlns=_ATOM)
    _text(feed, "id", f"urn:dragoman:alerts:{name}")
    _text(feed, "title", f"Dragoman: {name}")
    _text(feed, "updated", datetime.fromtimestamp(updated, UTC).isoformat(timespec="seconds"))
    _text(SubElement(feed, "author"), "name", "Dragoman")
    for one in letters:
        entry = SubElement(feed, "entry")
        _text(entry, "id", str(one["id"]))
        _text(entry, "title", str(one["title"]))
        _text(entry, "updated", str(one["made"]))
        SubElement(entry, "category", term=_fit(str(one["alert"])))
        for article in one["articles"]:
            if str(article["url"] or "").startswith(("http://", "https://")):
                SubElement(entry, "link", rel="related", href=_fit(str(article["url"])), title=_fit(str(article["title"] or article["outlet"] or "report")))
        _text(entry, "content", _content(one))
    words: str = tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{words}\n'.encode()


def _content(one: Mapping[str, Any]) -> str:
    reports = [f"{article['outlet'] or ''} {article['published'] or 'undated'}: {article['title'] or article['id']}".strip() for article in one["articles"]]
    return "\n".join([*([str(one["sentence"]), ""] if one["sentence"] else []), *reports])


def _text(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, tag).text = _fit(words)


def _fit(words: str) -> str:
    return _UNFIT.sub("\ufffd", words)
