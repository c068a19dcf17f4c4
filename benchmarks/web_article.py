"""The text of a report in its page, beside plain trafilatura in the same run.

The measure of the article extraction benchmark: per page, shingles of four words that ours and the given text share; precision and recall are means
over the pages, F1 is made of the two means. `exact` is the share of pages whose words are all the same.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.sets import rows
from dragoman.model.config import Config
from dragoman.model.errors import InputError
from dragoman.sources.html import Told, from_html

SETS = ("web_article",)
_WORD = re.compile(r"\w+")
_TOGETHER = 4


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1, precision, recall and exact share of ours and of trafilatura as it comes."""
    taken = rows(folder, name, split)
    chosen = [(row, page_of(folder, name, row["html"])) for row, _ in zip(taken, range(limit or 1_000_000), strict=False)]
    pages = [(row["body"], page, row.get("url")) for row, page in chosen]
    (ours, cases), (theirs, _) = _figures(pages, _ours), _figures(pages, _theirs)
    errors = [f"{row['id']}: F1 {case:.3f} {row.get('url')}" for (row, _), case in zip(chosen, cases, strict=True) if case < 1]
    return {
        "headline": ours["f1"], "pages": len(pages), "dragoman": ours, "trafilatura": theirs, "errors": errors,
        "cases": {str(row["id"]): round(case, 4) for (row, _), case in zip(chosen, cases, strict=True)},
    }  # fmt: skip


def page_of(folder: Path, name: str, path: str) -> bytes:
    """A page of the set, unpacked."""
    file = next(one for one in (folder / path, folder / name / path) if one.is_file())
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def _ours(page: bytes, url: str | None) -> str:
    try:
        return from_html(page, "page", Config(), Told(url=url)).article.text
    except InputError:
        return ""


def _theirs(page: bytes, url: str | None) -> str:
    import trafilatura

    return trafilatura.extract(page, url=url) or ""


def _figures(pages: list[tuple[str, bytes, str | None]], extract: Callable[[bytes, str | None], str]) -> tuple[dict[str, float], list[float]]:
    """The figures, and F1 page by page."""
    precisions, recalls, exact = [], [], 0
    for wanted, page, url in pages:
        found = extract(page, url)
        shared, ours, theirs = _shared(wanted, found)
        precisions.append(shared / ours if ours else float(not theirs))
        recalls.append(shared / theirs if theirs else float(not ours))
        exact += _WORD.findall(wanted) == _WORD.findall(found)
    count = max(len(pages), 1)
    precision, recall = sum(precisions) / count, sum(recalls) / count
    figures = {"f1": round(_f1(precision, recall), 4), "precision": round(precision, 4), "recall": round(recall, 4), "exact": round(exact / count, 4)}
    return figures, [_f1(*both) for both in zip(precisions, recalls, strict=True)]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shared(wanted: str, found: str) -> tuple[int, int, int]:
    """Shingles that both have, that ours has, that the given text has."""
    ours, theirs = _shingles(found), _shingles(wanted)
    return sum((ours & theirs).values()), sum(ours.values()), sum(theirs.values())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if 0 < len(words) < _TOGETHER:
        return Counter([tuple(words)])
    return Counter(tuple(words[at : at + _TOGETHER]) for at in range(len(words) - _TOGETHER + 1))


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, the headline last."""
    table = [f"{'':12} {'F1':>6} {'prec.':>6} {'recall':>6} {'exact':>6}"]
    table += [f"{who:12} {one['f1']:6.3f} {one['precision']:6.3f} {one['recall']:6.3f} {one['exact']:6.3f}" for who, one in _both(figures)]
    return [*table, f"{name}: text F1 {figures['headline']:.3f} over {figures['pages']} pages (trafilatura as it comes {figures['trafilatura']['f1']:.3f})"]


def _both(figures: dict[str, Any]) -> list[tuple[str, dict[str, float]]]:
    return [(who, figures[who]) for who in ("dragoman", "trafilatura")]
