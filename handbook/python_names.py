"""docs/reference/python.md: every name of `dragoman.__all__` with its signature and what it says of itself."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from typing import Any

import dragoman
from handbook.pages import cell, page, table

_FIRST = ("read", "read_files", "open", "Record", "Added", "Reading", "Timeline", "Event", "EventDossier", "Config")


def names() -> tuple[str, ...]:
    """Every public name, those that are called first."""
    rest = sorted(set(dragoman.__all__) - {"__version__", *_FIRST}, key=lambda name: (inspect.isclass(getattr(dragoman, name)) and _is_error(name), name))
    return (*_FIRST, *rest)


def python_page() -> str:
    """The page."""
    intro = ["How to use it is in [From Python](../python.md). These names stay; a change of one is in the changelog.", ""]
    plain = [name for name in names() if not _is_error(name)]
    errors = [(f"`{name}`", f"`{getattr(dragoman, name).__base__.__name__}`", cell(_doc(getattr(dragoman, name)))) for name in names() if _is_error(name)]
    return page("Python", intro, *(_name(name) for name in plain), ["## Errors", ""], table(("error", "is a", "when"), errors))


def _is_error(name: str) -> bool:
    found = getattr(dragoman, name)
    return inspect.isclass(found) and issubclass(found, Exception)


def _name(name: str) -> Iterator[str]:
    found = getattr(dragoman, name)
    yield f"## `{name}`"
    yield ""
    if not inspect.isclass(found):
        yield from _call(f"dragoman.{name}", found)
        return
    yield from _prose(found)
    if dataclasses.is_dataclass(found):
        rows = [(f"`{field.name}`", f"`{cell(_type(field.type))}`") for field in dataclasses.fields(found) if field.name not in ("parse", "tags", "titles")]
        yield from table(("field", "type"), rows)
    for method, value in vars(found).items():
        if method.startswith("_"):
            continue
        if isinstance(value, property):
            yield f"### `{name}.{method}`"
            yield ""
            yield from _prose(value)
        elif inspect.isfunction(value):
            yield f"### `{name}.{method}`"
            yield ""
            yield from _call(method, value)


def _call(name: str, found: Any) -> Iterator[str]:
    signature = inspect.signature(found)
    line = f"{name}({', '.join(_signs(signature))}) -> {_type(signature.return_annotation)}"
    yield "```python"
    if len(line) <= 100:
        yield line
    else:
        yield f"{name}("
        yield from (f"    {one}," for one in _signs(signature))
        yield f") -> {_type(signature.return_annotation)}"
    yield "```"
    yield ""
    yield from _prose(found)


def _signs(signature: inspect.Signature) -> list[str]:
    signs: list[str] = []
    starred = False
    for one in signature.parameters.values():
        if one.name == "self":
            continue
        if one.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            signs.append("*")
            starred = True
        starred = starred or one.kind is inspect.Parameter.VAR_POSITIONAL
        mark = "*" if one.kind is inspect.Parameter.VAR_POSITIONAL else "**" if one.kind is inspect.Parameter.VAR_KEYWORD else ""
        default = "" if one.default is inspect.Parameter.empty else f" = {one.default!r}"
        signs.append(f"{mark}{one.name}: {_type(one.annotation)}{default}")
    return signs


def _type(annotation: Any) -> str:
    words = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return re.sub(r"\b(?:model|frames)\.", "", str(words))


def _doc(found: Any) -> str:
    return inspect.getdoc(found) or ""


def _prose(found: Any) -> Iterator[str]:
    """The docstring, its examples as code."""
    text, _, example = _doc(found).partition(">>>")
    for paragraph in text.strip().split("\n\n"):
        yield cell(paragraph)
        yield ""
    if example:
        yield "```python"
        yield from f">>> {example.strip()}".splitlines()
        yield "```"
        yield ""
