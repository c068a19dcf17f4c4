"""Sitemaps and news sitemaps: the addresses of reports, with what is said of them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.model.errors import InputError
from dragoman.model.reading import Trouble
from dragoman.sources.deadline import within
from dragoman.sources.html import Told
from dragoman.sources.html.days import day_of
from dragoman.sources.limits import ADDRESSES, SECONDS
from dragoman.sources.outlets import canonical
from dragoman.sources.xml import xml_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The address of a report. Title, day, outlet and language are a news sitemap's; `changed` is when the address was last changed."""

    url: str
    title: str | None = None
    published: date | None = None
    changed: date | None = None
    outlet: str | None = None
    language: str | None = None

    def told(self) -> Told:
        """What the sitemap says of the page."""
        return Told(url=self.url, title=self.title, outlet=self.outlet, language=self.language, published=self.published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """The addresses of reports, and those of further sitemaps, in the order of the file."""

    links: tuple[Link, ...] = ()
    maps: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def addresses_of(raw: bytes, name: str, *, url: str | None = None, charset: str | None = None) -> Sitemap:
    """The addresses in a sitemap or an index of sitemaps, at most ADDRESSES of them. Raises InputError where it is none, or one made to do harm."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    document = io.BytesIO(xml_of(raw, name, charset).encode("utf-8"))
    links: list[Link] = []
    maps: list[str] = []
    troubles: tuple[Trouble, ...] = ()
    root: Element | None = None
    try:
        with within(SECONDS, name):
            for happened, element in iterparse(document, events=("start", "end"), forbid_dtd=True):
                if root is None:
                    root = element
                    if _local(element) not in ("urlset", "sitemapindex"):
                        raise InputError(f"{name}: is no sitemap; check the address")
                if happened == "start" or _local(element) not in ("url", "sitemap"):
                    continue
                if len(links) + len(maps) >= ADDRESSES:
                    message = f"{name}: holds more than {ADDRESSES:,} addresses; the first {ADDRESSES:,} were taken, which is the limit"
                    troubles = (Trouble(stage="sitemap", message=message),)
                    break
                known = _fields(element)
                address = canonical(known.get("loc"), url)
                if address and _local(element) == "sitemap":
                    maps.append(address)
                elif address:
                    links.append(_link(address, known))
                root.clear()
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"{name}: is no sitemap that can be read ({error}); check the address") from error
    return Sitemap(links=tuple(links), maps=tuple(maps), troubles=troubles)


def _link(address: str, known: Mapping[str, str]) -> Link:
    published = day_of(known["publication_date"]) if "publication_date" in known else None
    language = known.get("language", "")[:3].strip("-_ ").lower() or None
    changed = day_of(known["lastmod"]) if "lastmod" in known else None
    return Link(url=address, title=known.get("title"), published=published, changed=changed, outlet=known.get("name"), language=language)


def _fields(element: Element) -> dict[str, str]:
    """The texts below an address by their local names, the first of each: those of pictures and films come after."""
    found: dict[str, str] = {}
    for one in element.iter():
        text = (one.text or "").strip()
        if text and not one.tag.startswith(("{http://www.google.com/schemas/sitemap-image", "{http://www.google.com/schemas/sitemap-video")):
            found.setdefault(_local(one), text[:_LONGEST])
    return found


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
