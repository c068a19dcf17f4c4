"""Whether two names are one, on OpenSanctions' pairs (persons, companies, ships): precision, recall and F1 at two thresholds.

The set holds a slip of the pen ('Elon Mosk') for the same name, which a record of persons must not: Kalın and Kalim are two. So the headline takes from
SLIPS up, where a name with one slip stands and a surname alone does not; `same` is what the record takes. nomenklatura's logic_v2 reaches .790 at .70 on
all 826 pairs of the source, of which this set is a part.

    python -m benchmarks.name_match --data FOLDER [--split open] [--errors FILE]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.sets import rows
from dragoman.linking.names import SAME, likeness

SETS = ("name_match",)
SLIPS = 0.62
RIVAL = 0.79


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Figures of all pairs and by kind: {"all": {"pairs": n, "slips": {"p", "r", "f1"}, "same": {…}}, "Person": …, "seconds": s, "errors": […]}."""
    given = list(rows(folder, name, split))[:limit]
    start = time.perf_counter()
    scored = [(row, likeness(row["name1"], row["name2"])) for row in given]
    seconds = time.perf_counter() - start
    kinds = sorted({row["kind"] for row in given})
    figures: dict[str, Any] = {"all": _figures([(row["match"], found.score) for row, found in scored])}
    figures |= {kind: _figures([(row["match"], found.score) for row, found in scored if row["kind"] == kind]) for kind in kinds}
    errors = [
        f"{'missed' if row['match'] else 'false'}\t{found.score:.3f}\t{row['kind']}\t{row['name1']}\t{row['name2']}\t{found.features.get('reason', '')}"
        for row, found in scored
        if row["match"] != (found.score >= SLIPS)
    ]
    cases = {row["id"]: float(row["match"] == (found.score >= SLIPS)) for row, found in scored}
    return {"headline": figures["all"]["slips"]["f1"], **figures, "seconds": round(seconds, 2), "cases": cases, "errors": errors}


def _figures(scored: list[tuple[bool, float]]) -> dict[str, Any]:
    return {"pairs": len(scored), "slips": _at(scored, SLIPS), "same": _at(scored, SAME)}


def _at(scored: list[tuple[bool, float]], threshold: float) -> dict[str, float]:
    right = sum(match and score >= threshold for match, score in scored)
    wrong = sum(not match and score >= threshold for match, score in scored)
    missed = sum(match and score < threshold for match, score in scored)
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures as a table, the headline last."""
    table = [f"{'':13}{'pairs':>6}  {'from ' + str(SLIPS):>20}  {'from ' + str(SAME):>20}"]
    for kind, row in figures.items():
        if isinstance(row, dict) and "slips" in row:
            cells = [" ".join(f"{row[at][figure]:6.3f}" for figure in ("p", "r", "f1")) for at in ("slips", "same")]
            table.append(f"{kind:13}{row['pairs']:6}  {cells[0]}  {cells[1]}")
    return [*table, f"{name}: F1 {figures['all']['slips']['f1']:.3f} (nomenklatura's logic_v2, on its whole set: {RIVAL:.3f})"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.name_match", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="open")
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(SETS[0], options.data, split=options.split)
    print("\n".join(lines(SETS[0], figures)))
    if options.errors:
        options.errors.write_text("\n".join(figures["errors"]) + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps({key: value for key, value in figures.items() if key != "errors"}))


if __name__ == "__main__":
    main()
