"""The day of publication of a page, exact to the day, beside htmldate's fast and extensive search in the same run.

As htmldate's own evaluation counts: a right day is found, a wrong one is false, none where there is one is missed; none where there is none counts not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.sets import rows
from benchmarks.web_article import page_of
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.sources.encoding import decode_declared
from dragoman.sources.html import Told, from_html

SETS = ("web_date",)
Row = tuple[str, bytes, str | None, str | None]


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1, precision, recall and accuracy of ours and of htmldate's two ways."""
    taken = rows(folder, name, split)
    pages = [
        (row["id"], page_of(folder, name, row["html"]), row.get("url"), _day(row["date"])) for row, _ in zip(taken, range(limit or 1_000_000), strict=False)
    ]
    ours, errors = _figures(pages, _ours)
    fast, _ = _figures(pages, lambda page, url: _theirs(page, url, extensive=False))
    extensive, _ = _figures(pages, lambda page, url: _theirs(page, url, extensive=True))
    return {
        "headline": ours["f1"], "pages": len(pages), "dragoman": ours, "htmldate": fast, "htmldate extensive": extensive, "errors": errors,
    }  # fmt: skip


def _day(given: object) -> str | None:
    """None for the pages without a day, of which the set says NaN."""
    return given if isinstance(given, str) and given[:2].isdigit() else None


def _ours(page: bytes, url: str | None) -> str | None:
    """The day of the page, also where it holds no report: the set has pages of other kinds."""
    try:
        article = from_html(page, "page", Config(), Told(url=url)).article
    except InputError:
        return _of_page(page, url)
    return article.published.isoformat() if article.published else None


def _of_page(page: bytes, url: str | None) -> str | None:
    from dragoman.sources.html.days import days
    from dragoman.sources.html.structured import structured
    from dragoman.sources.html.tree import tree_of

    try:
        tree = tree_of(decode_declared(page, "page")[0], "page")
    except InputError:
        return None
    found = days(tree, structured(tree), url).published
    return found.isoformat() if found else None


def _theirs(page: bytes, url: str | None, *, extensive: bool) -> str | None:
    from htmldate import find_date

    return find_date(page, url=url, original_date=True, extensive_search=extensive)


def _figures(pages: list[Row], find: Callable[[bytes, str | None], str | None]) -> tuple[dict[str, float], list[str]]:
    tally: Counter[str] = Counter()
    errors: list[str] = []
    for identity, page, url, wanted in pages:
        found = find(page, url)
        outcome = "none" if found == wanted is None else "right" if found == wanted else "missed" if found is None else "false"
        tally[outcome] += 1
        if outcome in ("missed", "false"):
            errors.append(f"{identity}: {wanted} found {found} {url}")
    right, false, missed = tally["right"], tally["false"], tally["missed"]
    precision, recall = right / max(right + false, 1), right / max(right + missed, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    accuracy = (right + tally["none"]) / max(len(pages), 1)
    return {"f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4), "accuracy": round(accuracy, 4)}, errors


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, the headline last."""
    whom = ("dragoman", "htmldate", "htmldate extensive")
    table = [f"{'':19} {'F1':>6} {'prec.':>6} {'recall':>6} {'acc.':>6}"]
    table += [
        f"{who:19} {figures[who]['f1']:6.3f} {figures[who]['precision']:6.3f} {figures[who]['recall']:6.3f} {figures[who]['accuracy']:6.3f}" for who in whom
    ]
    return [*table, f"{name}: exact day F1 {figures['headline']:.3f} over {figures['pages']} pages (htmldate {figures['htmldate extensive']['f1']:.3f})"]
