"""The command `dragoman`."""

from __future__ import annotations

import sys


def main() -> None:
    """Read one article; grows into the whole command."""
    from datetime import date
    from pathlib import Path

    from dragoman.model.codec import pretty
    from dragoman.model.ids import article_id
    from dragoman.model.reading import Article
    from dragoman.reading.kit import Kit
    from dragoman.reading.languages import identify
    from dragoman.reading.pipeline import read
    from dragoman.reading.stages import stages

    path, published = Path(sys.argv[2]), sys.argv[4]
    text = path.read_text(encoding="utf-8")
    article = Article(
        id=article_id(text), name=path.name, text=text, language=identify(text)[0], published=date.fromisoformat(published), published_from="given"
    )
    sys.stdout.write(pretty(read(article, stages(), Kit())) + "\n")
