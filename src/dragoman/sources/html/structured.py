"""What a page says of itself for machines: its meta elements and its JSON-LD, without judging it yet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
# Blocks of JSON-LD that are looked at, and their length in characters.
_BLOCKS, _LONGEST = 40, 1_000_000
_DEPTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """`meta` from lower-case name or property to its values in the page's order; `articles` the JSON-LD objects that are articles, `others` all others."""

    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    articles: tuple[Mapping[str, Any], ...] = ()
    others: tuple[Mapping[str, Any], ...] = ()

    def first(self, *names: str) -> str | None:
        """The first value that is not empty of the first of these meta elements that there is."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)

    def told(self, *keys: str) -> str | None:
        """The first text that an article of the JSON-LD gives for one of these keys."""
        for key in keys:
            for one in self.articles:
                value = one.get(key)
                if isinstance(value, str) and value.strip():
                    return value.strip()
        return None


def structured(tree: HtmlElement) -> Structured:
    """What the page's head and its JSON-LD say; broken blocks are passed over."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(attribute)):
                meta.setdefault(name.strip().lower(), []).append(content)
    objects = [one for block in _blocks(tree) for one in _objects(block, 0)]
    articles = tuple(one for one in objects if _is_article(one))
    return Structured(
        meta={name: tuple(values) for name, values in meta.items()}, articles=articles, others=tuple(one for one in objects if not _is_article(one))
    )


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        seen += 1
        text = script.text_content().strip()
        if seen > _BLOCKS or len(text) > _LONGEST:
            continue
        text = text.removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            yield json.loads(_CONTROLS.sub(" ", text))
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects of a block, a @graph and a mainEntity unpacked."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            if isinstance(value.get(key), (list, dict)):
                yield from _objects(value[key], depth + 1)


def _is_article(one: Mapping[str, Any]) -> bool:
    kinds = one.get("@type")
    return any(isinstance(kind, str) and _ARTICLE.search(kind.rsplit("/", 1)[-1]) is not None for kind in (kinds if isinstance(kinds, list) else [kinds]))


def named(value: Any) -> tuple[str, ...]:
    """The names in a JSON-LD value that is a text, an object with a name, or a list of those."""
    if isinstance(value, str):
        return (value.strip(),) if value.strip() else ()
    if isinstance(value, dict):
        return named(value.get("name"))
    if isinstance(value, list):
        return tuple(name for one in value[:_BLOCKS] if not isinstance(one, list) for name in named(one))
    return ()
