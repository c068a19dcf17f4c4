"""What a page is asked for: its path, the values of its query, the language to answer in; and the address that asks the same again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from dragoman.model.shelf import Cut

# Longer values are none that a page of ours has made.
_LONGEST = 300
_PAGE = 24
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`values` in their order, empty ones left out; `language` is what is answered in, `fixed` whether the address itself says so."""

    address: str
    path: Mapping[str, str]
    values: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    fixed: bool = False

    def one(self, name: str) -> str | None:
        """The first value of that name."""
        return next((value for key, value in self.values if key == name), None)

    def many(self, name: str) -> tuple[str, ...]:
        """All values of that name, each once."""
        return tuple(dict.fromkeys(value for key, value in self.values if key == name))

    def cut(self, limit: int = _PAGE) -> Cut:
        """The page of a list that `after` opens."""
        return Cut(limit=limit, after=self.one("after"))

    def having(self, **changes: str | None) -> Query:
        """The same with other values; None takes a name away. The place in a list is forgotten."""
        kept = [pair for pair in self.values if pair[0] not in changes and pair[0] != "after"]
        return replace(self, values=(*kept, *((name, value) for name, value in changes.items() if value)))

    def without(self, name: str, value: str) -> Query:
        """The same without one value of a name."""
        return replace(self, values=tuple(pair for pair in self.values if pair != (name, value) and pair[0] != "after"))

    def link(self, address: str | None = None, *, values: tuple[tuple[str, str], ...] = ()) -> str:
        """Another page in the same language, or this one again with other values."""
        own = self.values if address is None else values
        spoken = (("lang", self.language),) if self.fixed else ()
        asked = urlencode([*own, *spoken])
        path, _, fragment = (self.address if address is None else address).partition("#")
        return f"{path}{f'?{asked}' if asked else ''}{f'#{fragment}' if fragment else ''}"

    def file(self, picture: str) -> str:
        """The address of a picture of this page as a file."""
        own = tuple(pair for pair in self.values if pair[0] != "after")
        return self.link(f"{self.address.rstrip('/')}/picture/{picture}.svg", values=(*own, ("download", "1")))

    def in_language(self, language: str) -> str:
        """This page in another language."""
        return replace(self, language=language, fixed=True).link()


def query_of(address: str, path: Mapping[str, str], values: list[tuple[str, str]], languages: tuple[str, ...], accept_language: str) -> Query:
    """What a request asks, with its Accept-Language."""
    wanted = next((value for name, value in values if name == "lang" and value in languages), None)
    kept = tuple((name, value.strip()[:_LONGEST]) for name, value in values if name != "lang" and value.strip())
    language = wanted or accepted(accept_language, languages)
    return Query(address=address, path=dict(path), values=kept[:_MOST_VALUES], language=language, fixed=wanted is not None)


def accepted(header: str, languages: tuple[str, ...]) -> str:
    """The first language of the header that there is, by its weights: accepted("fr-CH, en;q=0.9", …) == "fr"; English where there is none."""
    ranked = []
    for place, part in enumerate(header.split(",")[:20]):
        code, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, code.split("-")[0].lower()))
        except ValueError:
            continue
    return next((code for weight, _, code in sorted(ranked) if code in languages and weight < 0), "en")


def segment(text: str) -> str:
    """A text as one part of a path."""
    return quote(text, safe="")
