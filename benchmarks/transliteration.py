"""Whether a Latin name and its form in another script are known as one: the right form picked among all forms of the set.

Picked as the record picks: candidates are the forms that share a blocking key with the name, and of those the most alike wins; without a candidate there
is no answer. Accuracy counts a tie as right where the right form is among the best. The headline is the mean over scripts. Generating spellings is not
something the program does.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks import scores
from benchmarks.sets import rows, spread
from dragoman.linking.names import keys, likeness

SETS = ("transliteration",)
# Names of each script that are asked for, among all forms of the script: accuracy to half a percent, in minutes.
_ASKED = 400
# For one run of their README; generation, not matching, and so not comparable.
RIVALS = {"Merhav and Ash 2018, generating the first guess": 0.60}


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Accuracy at 1 by script, of single names and of full ones; `limit` takes so many names of each instead of 400."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(folder, name, split):
        groups[row["script"] + (", full names" if row["split"] == "full_names" else "")].append(row)
    figures: dict[str, Any] = {}
    cases: dict[str, float] = {}
    errors: list[str] = []
    for group, every in sorted(groups.items()):
        by_key: dict[str, set[str]] = defaultdict(set)
        for form in {form for row in every for form in row["forms"]}:
            for key in keys(form):
                by_key[key].add(form)
        asked = spread(every, limit or _ASKED)
        right = offered = 0
        for row in asked:
            candidates = set().union(*(by_key.get(key, set()) for key in keys(row["latin"])))
            scored = {form: likeness(row["latin"], form).score for form in candidates}
            best = max(scored.values(), default=0.0)
            hit = any(scored.get(form, -1.0) == best for form in row["forms"])
            right, offered = right + hit, offered + bool(candidates & set(row["forms"]))
            cases[row["id"]] = float(hit)
            if not hit:
                why = "no key shared" if not candidates & set(row["forms"]) else f"{max(scored, key=lambda form: (scored[form], form))} {best:.2f}"
                errors.append(f"{row['id']}: {row['latin']} = {' '.join(row['forms'])}: {why}")
        figures[group] = {"accuracy": scores.share(right, len(asked)), "offered": scores.share(offered, len(asked)), "asked": len(asked), "forms": len(every)}
    return {
        "headline": round(sum(one["accuracy"] for one in figures.values()) / len(figures), 4),
        "scripts": figures,
        "rivals": RIVALS,
        "cases": cases,
        "errors": errors,
    }


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [
        f"{script:20} accuracy {one['accuracy']:.3f} of {one['asked']} names among {one['forms']} forms; the right one shares a key {one['offered']:.3f}"
        for script, one in figures["scripts"].items()
    ]
    return [*told, f"{name}: mean accuracy of the form picked {figures['headline']:.3f}"]
