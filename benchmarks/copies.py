"""Whether the translations of a report are known as copies of it: all articles of all languages in one heap, none of them dated.

Figures over pairs of articles: of one document or not. What is found are the groups that linking makes, candidates by keys and all. Beside it, in the
same run, two baselines with each its best threshold on these very texts: TF-IDF cosine (words and figures) and MinHash alone.
Readings go as far as names, and are kept with their signatures under build/bench by text and by the program that made them.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import dragoman
from benchmarks.readings import program
from benchmarks.sets import rows
from dragoman.linking import copies
from dragoman.linking.grouping import Pair, component, pair
from dragoman.linking.items import Item, Kind, Link, Signature
from dragoman.linking.shingles import words
from dragoman.model.reading import Article, Reading
from dragoman.reading.kit import Kit
from dragoman.reading.pipeline import read
from dragoman.reading.stages import stages
from dragoman.reading.vectors import SIXTEEN
from dragoman.service.signatures import signature

SETS = ("copies",)
_SET = "ntrex_docs"
_HASHED = 32_768
_GROUPS = ("both in 'use'", "one in 'use'", "neither", "same language")
_KEPT = Path("build/bench/signatures")
# What makes a signature beside the rooms that read.
_SIGNING = ("service/signatures.py", "linking/shingles.py", "linking/background.py", "linking/background.npz", "linking/background.toml")
Matrix = npt.NDArray[np.float32]


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Precision, recall and F1 over all pairs and by group of languages; `limit` takes so many articles of each language."""
    kit = Kit()
    chosen, seen = [], Counter[str]()
    for row in rows(folder, _SET, split):
        seen[row["lang"]] += 1
        if limit is None or seen[row["lang"]] <= limit:
            chosen.append(row)
    document = {row["id"]: row["doc_id"] for row in chosen}
    language = {row["id"]: row["lang"] for row in chosen}
    articles = [Article(id=row["id"], name=row["id"], text="\n\n".join([row["title"], *row["sentences"]]), language=row["lang"]) for row in chosen]
    prepared = [known(article, kit) for article in articles]
    items = {item.id: item for reading, sign in prepared for item, _ in copies.items(reading, sign)}
    article_of = {occurrence.item: occurrence.article for reading, sign in prepared for _, occurrence in copies.items(reading, sign)}
    candidates, groups = linked(copies.KIND, list(items.values()))
    wanted = {pair(one, other) for one, other in combinations(sorted(document), 2) if document[one] == document[other]}
    found = {pair(article_of[one], article_of[other]) for group in groups for one, other in combinations(sorted(group), 2)}
    asked = {pair(article_of[one], article_of[other]) for one, other in candidates}
    order = [article.id for article in articles]
    lexical = tf_idf([article.text for article in articles])
    digests = np.array([sign.shingles or (0,) * 128 for _, sign in prepared], dtype=np.int64)
    shares = np.stack([(digests == row).mean(axis=1) for row in digests]).astype(np.float32)
    return {
        "headline": f1(found, wanted)["f1"], "all": f1(found, wanted),
        "baselines": {"TF-IDF": _best(lexical, order, wanted), "MinHash": _best(shares, order, wanted)},
        "groups": {group: f1(_of(found, group, language), _of(wanted, group, language)) for group in _GROUPS},
        "with English": {code: f1(_with_english(found, code, language), _with_english(wanted, code, language)) for code in sorted(set(language.values()))},
        "articles": len(articles), "candidates": round(len(asked) / len(articles), 1), "asked": round(len(asked & wanted) / len(wanted), 4),
        "errors": [f"{'missed' if one in wanted else 'wrong'} {one[0]} {one[1]}" for one in sorted(found ^ wanted)],
    }  # fmt: skip


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{figures['articles']} articles; {figures['candidates']} candidates an article, {figures['asked']:.3f} of the true pairs among them"]
    told += [f"with English, {code}: {_shown(one)}" for code, one in figures["with English"].items()]
    told += [f"languages, {group}: {_shown(one)}" for group, one in figures["groups"].items()]
    told += [f"baseline {baseline}: {_shown(one)}" for baseline, one in figures["baselines"].items()]
    return [*told, f"copies: {_shown(figures['all'])}"]


def known(article: Article, kit: Kit) -> tuple[Reading, Signature]:
    """The reading of an article, as far as names, and its signature: made once and kept."""
    chosen = stages()
    naming = next(number for number, stage in enumerate(chosen) if "entities" in stage.gives) + 1
    facts = "\x1f".join((program(), _signing(), article.text, article.language, str(article.title), str(article.published)))
    _KEPT.mkdir(parents=True, exist_ok=True)
    path = _KEPT / f"{hashlib.sha256(facts.encode()).hexdigest()[:32]}.pickle"
    if not path.is_file():
        reading = read(article, chosen[:naming], kit)
        plain = replace(reading, parse=Reading(article=article).parse, tags=())
        path.write_bytes(pickle.dumps((plain, signature(article, reading, kit))))
    with path.open("rb") as opened:
        reading, sign = pickle.load(opened)  # noqa: S301 - written above
    return replace(reading, article=article), sign


@cache
def _signing() -> str:
    """A digest of the files that make signatures."""
    root = Path(dragoman.__file__).parent
    return hashlib.sha256(b"".join((root / name).read_bytes() for name in _SIGNING if (root / name).is_file())).hexdigest()[:16]


def linked(kind: Kind, items: Sequence[Item]) -> tuple[set[Pair], list[frozenset[str]]]:
    """The candidates that keys find, and the groups of all items, as linking makes them, in memory."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for key in item.keys:
            by_key[key].append(item.id)
    candidates = {pair(one, other) for fellows in by_key.values() for one, other in combinations(fellows, 2)}
    by_id = {item.id: item for item in items}
    neighbours: dict[str, list[Link]] = defaultdict(list)
    for left, right in sorted(candidates):
        score = kind.likeness(by_id[left], by_id[right]).score
        if score >= kind.threshold:
            link = Link(left, right, score)
            neighbours[left].append(link)
            neighbours[right].append(link)
    groups, seen = [], set[str]()
    for start in sorted(by_id):
        if start not in seen:
            members, links = component([start], lambda ends: [link for end in ends for link in neighbours[end]])
            seen |= members
            groups += kind.part([by_id[member] for member in sorted(members)], sorted(links), frozenset())
    return candidates, groups


def tf_idf(texts: Iterable[str]) -> Matrix:
    """Cosines of TF-IDF vectors, words hashed to 32,768 places, idf of these texts themselves."""
    counted = [Counter(zlib.crc32(word.encode()) % _HASHED for word in words(text)) for text in texts]
    frequency = Counter(place for one in counted for place in one)
    matrix = np.zeros((len(counted), _HASHED), dtype=np.float32)
    for row, one in enumerate(counted):
        for place, times in one.items():
            matrix[row, place] = (1 + np.log(times)) * np.log(len(counted) / frequency[place])
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    result: Matrix = matrix @ matrix.T
    return result


def f1(found: set[Pair], wanted: set[Pair]) -> dict[str, float]:
    """Precision, recall, F1 of pairs; 1 where there is nothing to find and nothing found."""
    precision = len(found & wanted) / len(found) if found else 1.0
    recall = len(found & wanted) / len(wanted) if wanted else 1.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0}


def _best(likeness: Matrix, order: Sequence[str], wanted: set[Pair]) -> dict[str, float]:
    """F1 at the threshold that is best for these pairs."""
    above = np.triu_indices(len(order), 1)
    scores = likeness[above]
    true = np.array([pair(order[left], order[right]) in wanted for left, right in zip(above[0].tolist(), above[1].tolist(), strict=True)])
    ranked = np.argsort(-scores, kind="stable")
    hits = np.cumsum(true[ranked])
    taken = np.arange(1, len(hits) + 1)
    figures = 2 * hits / (taken + true.sum())
    at = int(figures.argmax())
    return {"p": round(float(hits[at] / taken[at]), 4), "r": round(float(hits[at] / true.sum()), 4), "f1": round(float(figures[at]), 4)}


def _of(pairs: set[Pair], group: str, language: dict[str, str]) -> set[Pair]:
    return {one for one in pairs if _group(language[one[0]], language[one[1]]) == group}


def _group(one: str, other: str) -> str:
    if one == other:
        return _GROUPS[3]
    return _GROUPS[2 - (one in SIXTEEN) - (other in SIXTEEN)]


def _with_english(pairs: set[Pair], code: str, language: dict[str, str]) -> set[Pair]:
    return {one for one in pairs if sorted((language[one[0]], language[one[1]])) == sorted(("en", code))}


def _shown(figures: dict[str, float]) -> str:
    return f"P {figures['p']:.3f}  R {figures['r']:.3f}  F1 {figures['f1']:.3f}"
