"""Who published a page, under which headline and address, and who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.sources.html.structured import Structured, named
from dragoman.sources.outlets import canonical, outlet_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 400
# What stands between a headline and the outlet's name in a page's title.
_CUT = re.compile(r"\s+[|–—·•»-]\s+|\s+::\s+|\s*[|｜]\s*")
_BY = re.compile(r"^\s*(?:by|written by|par|von|por|di|door|yazan|haber|بقلم|كتب(?:ت)?|автор)\s*[:：]?\s+", re.I)
_NO_AUTHOR = re.compile(
    r"https?:|@|^\W*$|"
    r"^(?:admin|administrator|editor|staff|redaktion|redaction|(?:la )?rédaction|editör|web ?desk|newsroom|author|www\..*|unknown|null|none)$",
    re.I,
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the page says of the report; None where it says nothing. `language` is ISO 639-1."""

    title: str | None = None
    outlet: str | None = None
    country: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None


def facts(tree: HtmlElement, known: Structured, url: str | None, outlet_told: str | None = None) -> Facts:
    """The facts of a page that was found under `url`; `outlet_told` is whose it is where it does not say. Its own address counts where it is of that outlet."""
    address = _address(tree, known, url)
    site = known.first("og:site_name", "application-name") or next((name for one in known.articles for name in named(one.get("publisher"))), None)
    outlet, country = outlet_of(address, _short(site.lstrip("@") if site else None) or outlet_told)
    return Facts(
        title=_title(tree, known, outlet), outlet=outlet, country=country, author=_author(tree, known, outlet), url=address, language=_language(tree, known)
    )


def _address(tree: HtmlElement, known: Structured, url: str | None) -> str | None:
    given = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    told = known.told("url")
    for one in (*given, known.first("og:url"), told):
        found = canonical(one, url)
        if found and (url is None or _same_place(found, url)):
            return found
    return canonical(url) or None


def _same_place(found: str, url: str) -> bool:
    from dragoman.sources.outlets import domain_of

    path = found.split("/", 3)[3] if found.count("/") >= 3 else ""
    return domain_of(found) == domain_of(url) and bool(path.strip("/"))


def _title(tree: HtmlElement, known: Structured, outlet: str | None) -> str | None:
    """As the page says it for machines, else its heading, else the <title> without the outlet's name."""
    whole = next((one.text_content() for one in tree.iter("title")), None)
    said = known.told("headline") or known.first("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title")
    headings = [_short(one.text_content()) for one in list(tree.iter("h1"))[:20]]
    if said is None:
        named_too = [heading for heading in headings if heading and whole and _words(heading) <= _words(whole)]
        said = max(named_too, key=len, default=None) or (headings[0] if len(headings) == 1 else None) or whole
    return _without_outlet(_short(_unescaped(said)), outlet)


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    if not title or not outlet:
        return title
    parts = _CUT.split(title)
    name = _words(outlet)
    if len(parts) > 1 and name and (_words(parts[-1]) <= name or name <= _words(parts[-1])) and len(parts[-1]) < len(title) / 2:
        return title[: title.rfind(parts[-1])].rstrip(" |–—·•»-:｜") or title
    return title


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _author(tree: HtmlElement, known: Structured, outlet: str | None) -> str | None:
    """The writers, with commas between: as JSON-LD, a meta element or the byline gives them."""
    told = [name for one in known.articles for name in named(one.get("author"))]
    if not told:
        told = list(
            known.meta.get("author", ()) or known.meta.get("article:author", ()) or known.meta.get("dc.creator", ()) or known.meta.get("parsely-author", ())
        )
    if not (cleaned := _people(told, outlet)):
        marked = (one for one in tree.iter("a", "span", "div", "p", "address") if _is_byline(one))
        told = next(([text] for one in marked if (text := _short(one.text_content())) and len(text) <= 80), [])
        cleaned = _people(told, outlet)
    return ", ".join(cleaned) or None


def _is_byline(element: HtmlElement) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}".lower().split()
    return any(mark in ("author", "byline", "author-name", "article-author", "byline-name", "post-author", "c-byline", "yazar") for mark in marks)


def _people(told: list[str], outlet: str | None) -> list[str]:
    found: dict[str, str] = {}
    for one in told[:20]:
        name = _BY.sub("", _short(_unescaped(one)) or "").strip(" ,;|")
        if name and len(name) <= 120 and not _NO_AUTHOR.search(name) and name.casefold() != (outlet or "").casefold():
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _language(tree: HtmlElement, known: Structured) -> str | None:
    said = known.told("inLanguage") or tree.getroottree().getroot().get("lang") or known.first("content-language", "og:locale", "dc.language", "language")
    match = re.match(r"\s*([a-zA-Z]{2,3})(?:[-_]|\s*$|,)", said or "")
    return match[1].lower() if match else None


def _unescaped(text: str | None) -> str | None:
    """Some pages escape what is escaped already: '&amp;quot;' comes out as '&quot;'."""
    from html import unescape

    return unescape(text) if text and "&" in text else text


def _short(text: str | None) -> str | None:
    """Without line breaks, not longer than a headline may be."""
    return (" ".join(text.split())[:_LONGEST].strip() or None) if text else None
