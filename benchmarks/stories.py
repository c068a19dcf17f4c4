"""Whether reports of one happening become one story, and those of a like happening do not: B-cubed, and pairs.

    story_clusters   ECB+, Wikinews, NTREX and news_events together, in nineteen languages, two thirds of them without a date
    news_events      212 reports of 39 events by different outlets, dated

Beside it, in the same run, two baselines, grouped by average linkage at the threshold that is best for these very texts: TF-IDF with the idf of the
set, and the vectors alone. Readings go as far as names (few of these texts are about diplomacy) and are kept as in `copies`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.copies import Matrix, f1, known, linked, tf_idf
from benchmarks.sets import rows
from dragoman.linking import stories
from dragoman.linking.background import centred
from dragoman.linking.grouping import pair
from dragoman.linking.items import Signature
from dragoman.model.reading import Article
from dragoman.reading.kit import Kit

SETS = ("story_clusters", "news_events")
_THRESHOLDS = tuple(step / 50 for step in range(2, 45))


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """B-cubed and pair figures, by part of the set too; `limit` takes so many articles of each language."""
    kit = Kit()
    chosen, seen = [], Counter[str]()
    for row in rows(folder, name, split):
        seen[row["lang"]] += 1
        if limit is None or seen[row["lang"]] <= limit:
            chosen.append(row)
    wanted = {row["id"]: row["cluster"] for row in chosen}
    articles = [_article(row) for row in chosen]
    prepared = [known(article, kit) for article in articles]
    made = [stories.items(reading, sign)[0] for reading, sign in prepared]
    article_of = {occurrence.item: occurrence.article for _, occurrence in made}
    candidates, groups = linked(stories.KIND, [item for item, _ in made])
    found = {article_of[member]: str(number) for number, group in enumerate(groups) for member in group}
    order = [article.id for article in articles]
    true, told = _pairs(wanted), _pairs(found)
    near = {row["id"]: row.get("near_cluster") or row["id"] for row in chosen}
    parts = sorted({row["part"] for row in chosen if "part" in row})
    return {
        "headline": b_cubed(wanted, found)["f1"], "all": b_cubed(wanted, found), "pairs": f1(told, true),
        "baselines": {
            "TF-IDF, average linkage": best(tf_idf([article.text for article in articles]), order, wanted),
            "vectors alone, average linkage": best(_vectors([(article, sign) for article, (_, sign) in zip(articles, prepared, strict=True)]), order, wanted),
        },
        "parts": {part: b_cubed({row["id"]: row["cluster"] for row in chosen if row["part"] == part}, found) for part in parts},
        "near merged": sum(near[one] == near[other] for one, other in told - true), "articles": len(articles),
        "candidates": round(len(candidates) / len(articles), 1),
        "asked": round(len({pair(article_of[one], article_of[other]) for one, other in candidates} & true) / max(1, len(true)), 4),
        "errors": [f"{'missed' if one in true else 'wrong'} {one[0]} {one[1]}" for one in sorted(told ^ true)],
    }  # fmt: skip


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{figures['articles']} articles; {figures['candidates']} candidates an article, {figures['asked']:.3f} of the true pairs among them"]
    told += [f"part {part}: {_shown(one)}" for part, one in figures["parts"].items()]
    told += [f"pairs: {_shown(figures['pairs'])}; {figures['near merged']} wrong pairs of like stories"]
    told += [f"baseline {baseline}: {_shown(one)}" for baseline, one in figures["baselines"].items()]
    return [*told, f"{name}: B-cubed {_shown(figures['all'])}"]


def b_cubed(wanted: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """B-cubed precision, recall and F1 (Bagga and Baldwin 1998), over the articles of `wanted`."""
    gold, made = _members(wanted), _members({article: found[article] for article in wanted})
    shared = {article: len(gold[wanted[article]] & made[found[article]]) for article in wanted}
    precision = sum(shared[article] / len(made[found[article]]) for article in wanted) / len(wanted)
    recall = sum(shared[article] / len(gold[wanted[article]]) for article in wanted) / len(wanted)
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(2 * precision * recall / (precision + recall), 4)}


def best(likeness: Matrix, order: Sequence[str], wanted: Mapping[str, str]) -> dict[str, float]:
    """Average linkage, cut where B-cubed F1 is best."""
    merges = _average_linkage(likeness)
    found = []
    for threshold in _THRESHOLDS:
        group = list(range(len(order)))
        for height, into, out in merges:
            if height < threshold:
                break
            group = [into if one == out else one for one in group]
        found.append(b_cubed(wanted, {article: str(one) for article, one in zip(order, group, strict=True)}))
    return max(found, key=lambda figures: figures["f1"])


def _average_linkage(likeness: Matrix) -> list[tuple[float, int, int]]:
    """Which group goes into which, and how alike they were on average, the most alike first."""
    left = likeness.astype(np.float64)
    np.fill_diagonal(left, -np.inf)
    sizes = np.ones(len(left))
    merges: list[tuple[float, int, int]] = []
    while True:
        into, out = (int(one) for one in divmod(int(left.argmax()), len(left)))
        height = float(left[into, out])
        if height < _THRESHOLDS[0]:
            return merges
        merges.append((height, into, out))
        row = (sizes[into] * left[into] + sizes[out] * left[out]) / (sizes[into] + sizes[out])
        left[into], left[:, into] = row, row
        left[into, into] = -np.inf
        left[out], left[:, out] = -np.inf, -np.inf
        sizes[into] += sizes[out]


def _vectors(signed: Sequence[tuple[Article, Signature]]) -> Matrix:
    """Cosines in the best space that all are in."""
    space = next(space for space in ("use", "e5") if all(space in sign.vectors for _, sign in signed))
    matrix = np.concatenate([centred(space, article.language, sign.vectors[space]) for article, sign in signed])
    result: Matrix = matrix @ matrix.T
    return result


def _article(row: dict[str, Any]) -> Article:
    day = row.get("date")
    try:
        published = date.fromisoformat(day[:10]) if day else None
    except ValueError:
        published = None
    return Article(
        id=row["id"], name=row["id"], text=row["text"], language=row["lang"], title=row.get("title"), published=published,
        published_from="given" if published else "unknown",
    )  # fmt: skip


def _members(group_of: Mapping[str, str]) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for article, group in group_of.items():
        members[group].add(article)
    return members


def _pairs(group_of: Mapping[str, str]) -> set[tuple[str, str]]:
    return {pair(one, other) for members in _members(group_of).values() for one, other in combinations(members, 2)}


def _shown(figures: dict[str, float]) -> str:
    return f"P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}"
