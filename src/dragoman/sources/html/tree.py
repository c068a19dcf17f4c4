"""A page's bytes as a tree that holds no more than a tree may."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.model.errors import EmptyInput, TooLarge
from dragoman.sources.limits import ATTRIBUTES, ELEMENTS
from dragoman.sources.xml import allowed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_START = re.compile(r"<[a-zA-Z]")
# One start tag with its quoted values (a quotation mark opens one after '=' alone); possessive, so that each character is looked at once.
_TAG = re.compile(r"""<[a-zA-Z](?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^<>])*+>""")
_QUOTED = re.compile(r"""\s*=\s*(?:"[^"]*+"|'[^']*+'|[^\s>"']++)""")
# A tag with more than ATTRIBUTES attributes is at least so long.
_LONG = 3 * ATTRIBUTES


def tree_of(text: str, name: str) -> HtmlElement:
    """The page as a tree without comments. Raises TooLarge where it has more elements or attributes than a page has, EmptyInput where it has none."""
    from lxml import etree, html

    elements = sum(1 for _ in _START.finditer(text))
    if elements > ELEMENTS:
        raise TooLarge(f"{name}: a page of more than {ELEMENTS:,} elements, which is the limit; save the report's text and read that")
    for tag in _TAG.finditer(_without_scripts(text)):
        if tag.end() - tag.start() > _LONG and len(_QUOTED.sub(" ", tag[0]).split()) > ATTRIBUTES:
            raise TooLarge(f"{name}: a page with an element of more than {ATTRIBUTES:,} attributes, which is the limit; save the report's text and read that")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    raw = allowed(text).encode("utf-8")
    try:
        tree = html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EmptyInput(f"{name}: is a page without content; save the page again from the browser, or give its text") from error
    if tree is None or len(tree) == 0:
        raise EmptyInput(f"{name}: is a page without content; save the page again from the browser, or give its text")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise TooLarge(f"{name}: a page whose elements lie more than 250 deep in one another, which none needs; save the report's text and read that")
    return tree


def _without_scripts(text: str) -> str:
    """The page without what its scripts hold: there a `<` begins no element."""
    kept: list[str] = []
    lower, at = text.lower(), 0
    while (start := lower.find("<script", at)) >= 0 and (end := lower.find("</script", start)) >= 0:
        kept.append(text[at : text.find(">", start) + 1])
        at = end
    return "".join([*kept, text[at:]]) if kept else text
