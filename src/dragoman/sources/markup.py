"""HTML that is a text from end to end (a feed's entry, a newsletter): its words as they stand, block by block, without judging what belongs to it."""

from __future__ import annotations

from dragoman.sources.html.body import belongs
from dragoman.sources.html.tree import tree_of

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({
    "script", "style", "head", "title", "noscript", "template", "svg", "math", "iframe", "object", "embed", "figcaption", "video", "audio", "canvas",
    "select", "button", "textarea",
})  # fmt: skip
# Styles of what is in the markup and not shown.
_HIDDEN = ("display:none", "visibility:hidden", "mso-hide:all")


def text_of(markup: str, name: str) -> str:
    """The words of a piece of HTML, a block a paragraph, captions, hidden parts and lines that lead elsewhere left out. Raises as `tree_of` does."""
    tree = tree_of(f"<html><body>{markup}</body></html>" if "<html" not in markup[:2_000].lower() else markup, name)
    pieces: list[str] = []
    # no recursion: (element, entered already)
    waiting = [(tree, False)]
    while waiting:
        element, entered = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        block = element.tag in _BLOCKS
        if entered:
            pieces.append("\n" if block else "")
            if element.tail and element is not tree:
                pieces.append(_spaced(element.tail))
            continue
        if element.tag in _SILENT or _is_hidden(element.get("style")):
            if element.tail and element is not tree:
                pieces.append(_spaced(element.tail))
            continue
        pieces.append("\n" if block or element.tag == "br" else "")
        pieces.append(_spaced(element.text or ""))
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line and belongs(line))


def _spaced(text: str) -> str:
    """A line break in the source is a space."""
    return text.replace("\n", " ").replace("\r", " ")


def _is_hidden(style: str | None) -> bool:
    plain = "".join((style or "").split()).lower()
    return any(hidden in plain for hidden in _HIDDEN)
