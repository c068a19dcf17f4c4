"""The report of a page without what stands around it: trafilatura's text, less captions, 'read also' boxes and the headline.

    tree ── captions and boxes out ──▶ trafilatura ── headline out, lines of the page out ──▶ text

Where the page gives its text in JSON-LD too, and what was found is much less, that text is taken: such pages show a beginning only and fill in the
rest by a script.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.sources.html.structured import Structured
from dragoman.sources.words import ALSO, PAGE_LINES

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Classes of captions and credits of pictures, and of boxes that lead to other reports.
_CAPTIONS = re.compile(
    r"(?:^|[\s_-])(?:wp-)?(?:captions?|figcaption|(?:photo|image|img|media)-?credit|(?:photo|image)-?caption)(?:$|[\s_-])|"
    r"[a-z](?:Caption|Credit)|__(?:caption|credit)",
    re.A,
)
_BOXES = re.compile(
    r"(?:^|[\s_-])(?:read-?(?:also|more|next)|also-?read|see-?also|related|recommended|recirculation|recirc|most-?(?:read|popular)|more-?(?:on|from)|"
    r"newsletters?|sign-?up|trending|promo|teasers?|hover-?card|paywall|donate|subscribe)(?:$|[\s_-])", re.A | re.I)  # fmt: skip
# A box of links may be so long; what is longer is no box but the page.
_BOX = 1_200
# A line that leads to another report is no longer than a headline and its label.
_LEADING = 220
# Taken is the JSON-LD's text where what was found has less than this share of its words.
_SHORT = 0.6
# Articles of a page that are looked at, and from where on a paragraph is taken for a sentence of one.
_ARTICLES, _SENTENCE = 30, 60
_WORD = re.compile(r"\w+")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/h\d|/li)\b[^<>]*>", re.I)
_MARKUP = re.compile(r"<[^<>]{1,2000}>")


def body(tree: HtmlElement, known: Structured, title: str | None) -> str:
    """The text of the report, a paragraph a line with an empty line between two; '' where the page has none. The tree stays as it is."""
    import trafilatura

    pruned = _pruned(tree)
    found = _extracted(trafilatura, pruned) or _extracted(trafilatura, tree)
    lines = _without_title([line for line in _lines(found) if belongs(line)], title)
    for whole in (_told(known), _paragraphs(pruned)):
        if _count(lines) < _SHORT * _count(whole):
            lines = _without_title([line for line in whole if belongs(line)], title)
    return "\n\n".join(lines)


def _extracted(trafilatura: Any, tree: HtmlElement) -> str:
    return trafilatura.extract(tree, favor_precision=True, include_comments=False) or ""


def _pruned(tree: HtmlElement) -> HtmlElement:
    pruned = deepcopy(tree)
    for element in list(pruned.iter("template", "figcaption", "div", "p", "span", "aside", "section", "ul", "em", "small", "figure")):
        if element.getparent() is None or not _around(element):
            continue
        element.drop_tree()
    return pruned


def _around(element: HtmlElement) -> bool:
    """Whether it is a caption, or a box that leads away from the report."""
    if element.tag in ("figcaption", "template"):
        return True
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not marks.strip():
        return False
    if _CAPTIONS.search(marks):
        return len(element.text_content()) <= _BOX
    return element.tag not in ("p", "span", "em", "small") and _BOXES.search(marks) is not None and len(element.text_content()) <= _BOX and _is_linked(element)


def _is_linked(element: HtmlElement) -> bool:
    words = len(element.text_content().split())
    linked = sum(len(link.text_content().split()) for link in element.iter("a", "button", "label", "h2", "h3", "h4", "h5"))
    return words == 0 or linked >= 0.5 * words


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _count(lines: list[str]) -> int:
    return sum(len(_WORD.findall(line)) for line in lines)


def belongs(line: str) -> bool:
    """Whether a line is the report's: not one that leads to another report, nor one of the page's own ('Advertisement', 'Share this')."""
    return len(line) > _LEADING or not (_also().match(line) or _page().match(line))


@cache
def _also() -> re.Pattern[str]:
    return re.compile(r"[\W_]*(?:" + "|".join(ALSO) + r")\s*[:：|>»–—-]", re.I)


@cache
def _page() -> re.Pattern[str]:
    return re.compile(r"[\W_]*(?:" + "|".join(PAGE_LINES) + r")[\W_]*$", re.I)


def _without_title(lines: list[str], title: str | None) -> list[str]:
    """The lines after the headline, where one of the first says it again; what stands before it is the page's (a kicker, a date)."""
    wanted = _plain(title or "")
    if not wanted:
        return lines
    for number, line in enumerate(lines[:3]):
        here = _plain(line)
        if here and (here == wanted or (len(here) > 20 and (wanted.startswith(here) or here.startswith(wanted)) and len(here) < len(wanted) + 20)):
            return lines[number + 1 :] or lines
    return lines


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _paragraphs(tree: HtmlElement) -> list[str]:
    """The paragraphs of the page's one article: those of its <article> with most of them, links and short ones left out."""
    best: list[str] = []
    for article in list(tree.iter("article"))[:_ARTICLES]:
        found = [" ".join(one.text_content().split()) for one in article.iter("p") if not _is_linked(one)]
        long = [line for line in found if len(line) >= _SENTENCE]
        best = max(best, long, key=_count)
    return best


def _told(known: Structured) -> list[str]:
    """The text that the page's JSON-LD gives, markup out."""
    from html import unescape

    text = known.told("articleBody")
    if not text:
        return []
    return [" ".join(line.split()) for line in unescape(_MARKUP.sub(" ", _BREAKS.sub("\n", unescape(text)))).split("\n") if line.strip()]
