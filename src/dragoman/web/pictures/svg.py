"""A picture: measured in Python from what a page holds, drawn by a template, the same on the page and as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dragoman.web.templating import picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`template` draws `shapes`; `width` and `height` are the units of its view box; `name` is that of the file."""

    name: str
    template: str
    width: float
    height: float
    shapes: Any
    language: str

    def drawn(self, *, alone: bool = False) -> Markup:
        """The SVG; `alone` as a file, which brings the colours that a page's style gives it there."""
        return Markup(picture(self.template, self.language, picture=self, shapes=self.shapes, alone=alone))  # noqa: S704  (the template escapes)


def short(number: float) -> str:
    """A coordinate in as few digits as are seen: short(12.0) == "12"."""
    return f"{number:.1f}".removesuffix(".0")
