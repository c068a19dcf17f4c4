"""The PLOVER codes of an actor phrase: country, sector, and both (tests of the POLECAT actor coder).

A case asks for what it gives: a country, a code, or both; several answers may be right. Cases that their own authors mark as expected failures are told
apart, and Wikipedia pages are not asked for: the program has no Wikipedia.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import scores
from benchmarks.geoparsing import geoparser
from benchmarks.sets import rows
from dragoman.knowledge.actors import ActorCoder
from dragoman.languages.fold import fold
from dragoman.reading.kit import Kit

SETS = ("actor_codes",)


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Accuracy of country, of code, and of both where both are asked; the headline is all that a case asks for, hard cases left out."""
    coder = ActorCoder(geoparser(Kit()), fold)
    right: dict[str, list[bool]] = {"country": [], "code": [], "both": [], "all": [], "hard": []}
    cases, errors = {}, []
    for row in list(rows(folder, name, split))[:limit]:
        asked = {field: row["expect"][field] for field in ("country", "code") if field in row["expect"]}
        if not asked:
            continue
        when = date.fromisoformat(row["date"]) if row.get("date") else None
        found = coder.code(row["actor"], when, row.get("country_hint"))
        same = {field: getattr(found, "country" if field == "country" else "sector") in answers for field, answers in asked.items()}
        whole = all(same.values())
        if row.get("hard"):
            right["hard"].append(whole)
            continue
        for field, one in same.items():
            right[field].append(one)
        if len(same) == 2:
            right["both"].append(whole)
        right["all"].append(whole)
        cases[row["id"]] = float(whole)
        if not whole:
            wanted = " ".join(f"{field} {'|'.join(answers)}" for field, answers in asked.items())
            errors.append(
                f"{row['id']}: {row['actor']!r} {row.get('date') or ''} {row.get('country_hint') or ''}: {wanted}; found {found.country} {found.sector}"
            )
    figures: dict[str, Any] = {kind: scores.share(sum(many), len(many)) for kind, many in right.items()}
    return {"headline": figures["all"], "cases_asked": len(right["all"]), **figures, "cases": cases, "errors": errors}


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"country {figures['country']:.3f}; code {figures['code']:.3f}; both where both are asked {figures['both']:.3f}; hard cases {figures['hard']:.3f}"]
    return [*told, f"{name}: all that is asked right {figures['headline']:.3f} of {figures['cases_asked']} cases"]
