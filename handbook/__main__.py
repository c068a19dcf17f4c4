"""`python -m handbook` writes the generated pages; `python -m handbook --check` says which are not what it would write, and then ends with status 1."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from handbook.codebook_page import codebook
from handbook.commands import commands_page
from handbook.formats import formats_page
from handbook.python_names import python_page
from handbook.settings import settings_page
from handbook.tour import rerun

_RUN = (
    "fr.md", "how-to/analyst.md", "how-to/language.md", "how-to/newsroom.md", "how-to/political-scientist.md", "python.md", "record.md", "tour.md",
)  # fmt: skip
DOCS = Path(__file__).parent.parent / "docs"


def _run(name: str) -> str:
    """A page with what its commands print today."""
    return rerun((DOCS / name).read_text(encoding="utf-8"))


PAGES: Mapping[str, Callable[[], str]] = {
    "codebook.md": codebook,
    "reference/commands.md": commands_page,
    "reference/settings.md": settings_page,
    "reference/python.md": python_page,
    "reference/formats.md": formats_page,
    **{name: partial(_run, name) for name in _RUN},
}


def stale() -> list[str]:
    """The pages that are not what the program is."""
    return [name for name, made in PAGES.items() if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != made()]


def main() -> None:
    """Write the pages, or check them."""
    if "--check" in sys.argv[1:]:
        found = stale()
        sys.stdout.write("".join(f"docs/{name} is not what the program is; run: python -m handbook\n" for name in found))
        sys.exit(1 if found else 0)
    for name, made in PAGES.items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
