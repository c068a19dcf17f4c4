"""Markdown, as the generated pages have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# What every generated page begins with, below its heading.
MADE = "This page is made of the program itself by `python -m handbook`; a test fails where it is not what the program does."


def cell(text: str) -> str:
    """Text that stays inside one cell of a table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; cells are Markdown already."""
    return [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows), ""]


def page(title: str, *parts: Iterable[str]) -> str:
    """A page of lines."""
    return "\n".join([f"# {title}", "", MADE, "", *(line for part in parts for line in part)]).rstrip("\n") + "\n"
