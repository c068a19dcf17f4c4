"""Floors under the scores: a measure that falls by more than its epsilon fails the gate, and a floor is lowered only with a reason.

    python -m benchmarks gate [--bench FOLDER] [--gold FOLDER] [--only SET…]       measure and compare; exit status 1 where one has fallen
    python -m benchmarks gate --raise                                              write scores above their floor into floors.json
    python -m benchmarks gate --allow-regression REASON                            write those that fell or have other data too, with the reason

benchmarks/floors.json holds for each measure the score, the digest of the data it was reached on, how many cases there were and how each came out, so that
a fall names the cases that changed. Measures whose data are not there are said to be left out; those of the repository's own data always run. A floor
reached on other data than those at hand says nothing and is not compared. A score a little below its floor leaves the floor where it is. What is measured
are samples small enough for every build: `limit` cases.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.registry import module_of

FLOORS = Path(__file__).parent / "floors.json"
# A folder beside the project that holds the sets of others, where there is one.
SHARED = Path(__file__).parent.parent.parent / "shared"
# What a case must have gained or lost, of 1, to be told.
_CHANGED = 0.02
_SHOWN = 12
Floor = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Measure, compare, and keep what may be kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks gate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=SHARED / "bench", help="the folder that holds the public sets")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", help="the folder that holds gold reports: open, seeds")
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--only", nargs="+", metavar="SET")
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument("--raise", dest="lift", action="store_true", help="write scores that are above their floor")
    writing.add_argument("--allow-regression", metavar="REASON", help="write all scores, and why those below their floor may be")
    options = parser.parse_args(arguments)
    floors: dict[str, Floor] = json.loads(options.floors.read_text(encoding="utf-8"))
    fallen: list[str] = []
    for name, floor in floors.items():
        if options.only and name not in options.only:
            continue
        folder = folder_of(floor, options.bench, options.gold)
        if folder is None:
            print(f"{name:22} left out: its data are not here")
            continue
        corpus = results.corpus(name, folder, "open")
        figures = measured(name, folder, floor)
        line, fell = compared(name, floor, figures, corpus)
        print(line)
        if fell:
            fallen.append(name)
            print("\n".join(f"    {told}" for told in flipped(floor["cases"], figures.get("cases", {}))))
        higher = floor["score"] is None or figures["headline"] > floor["score"]
        if (options.lift and higher) or (options.allow_regression and (fell or higher or floor["corpus"] != corpus)):
            floors[name] = renewed(floor, figures, corpus, None if higher else options.allow_regression)
    if options.allow_regression or options.lift:
        options.floors.write_text(written(floors), encoding="utf-8")
    if fallen and not options.allow_regression:
        sys.exit(f"below the floor: {', '.join(fallen)}; mend it, or say why it may be: python -m benchmarks gate --allow-regression REASON")


def folder_of(floor: Floor, bench: Path, gold: Path) -> Path | None:
    """Where the data of a floor lie, None where they are not there."""
    place = {"bench": bench, "gold": gold}.get(floor["data"]) or FLOORS.parent.parent / floor["data"]
    return place if place.is_dir() else None


def measured(name: str, folder: Path, floor: Floor) -> dict[str, Any]:
    """The figures of this program on these data, measured unless they are kept."""
    found = results.kept(name, "open", floor["limit"], folder)
    if found is None:
        found = module_of(name).measure(name, folder, split="open", limit=floor["limit"])
        results.keep(name, "open", floor["limit"], folder, found)
    return found


def compared(name: str, floor: Floor, figures: Mapping[str, Any], corpus: str) -> tuple[str, bool]:
    """A line for people, and whether the score has fallen below its floor by more than the epsilon."""
    score = float(figures["headline"])
    if floor["score"] is None:
        return f"{name:22} {score:.4f}  no floor yet", False
    if floor["corpus"] != corpus:
        return f"{name:22} {score:.4f}  floor {floor['score']:.4f} was reached on other data: not compared", False
    fell = score < floor["score"] - floor["epsilon"]
    verdict = "FELL" if fell else "above" if score > floor["score"] else "holds"
    return f"{name:22} {score:.4f}  floor {floor['score']:.4f} (may fall by {floor['epsilon']})  {verdict}", fell


def flipped(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """The cases that came out worse and those that came out better, those that changed most first."""
    changes = sorted((now[case] - score, case) for case, score in before.items() if case in now and abs(now[case] - score) > _CHANGED)
    told = []
    for what, many in (("worse", [one for one in changes if one[0] < 0]), ("better", [one for one in reversed(changes) if one[0] > 0])):
        if many:
            shown = ", ".join(f"{case} {change:+.2f}" for change, case in many[:_SHOWN])
            told.append(f"{len(many)} {what}: {shown}{' …' if len(many) > _SHOWN else ''}")
    return told


def renewed(floor: Floor, figures: Mapping[str, Any], corpus: str, reason: str | None) -> Floor:
    """The floor at the present score; a reason stays until the score is back."""
    cases = {case: _short(score) for case, score in sorted(figures.get("cases", {}).items())}
    kept = {key: floor[key] for key in ("data", "limit", "epsilon")}
    told = {"lowered": reason} if reason else {}
    return {**kept, "score": figures["headline"], "corpus": corpus, "count": len(cases), **told, "cases": cases}


def _short(score: float) -> float | int:
    """Two digits, and none for right and wrong."""
    return int(score) if score in (0, 1) else round(score, 2)


def written(floors: Mapping[str, Floor]) -> str:
    """One line a measure, so that a change of one is a change of one line."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(floor, ensure_ascii=False)}" for name, floor in floors.items()) + "\n}\n"
