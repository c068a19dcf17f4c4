"""Whether an Arabic news sentence tells of a protest or an assault, and the states of those who did it and to whom.

The set asks of each sentence about one type: yes, a difficult no (a protest is spoken of but none takes place), an easy no, or ambiguous, which is left out.
A yes is an event of the type that is not denied. The sentences that hold the type's words without the event are told apart. Sides are compared where the
set's `events` give a state; its sectors (CVL, MIL) stand beside and are not asked.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.plover_gsr import sides
from benchmarks.sets import rows
from dragoman.model.reading import EventReport
from dragoman.reading.kit import Kit

SETS = ("arabic_plover",)
_NONE = ("difficult no", "easy no")


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """F1 of yes by type and together, which is the headline; the same with difficult cases alone; F1 of states. `limit` takes so many of each label."""
    seen: Counter[str] = Counter()
    given = []
    for row in rows(folder, name, split):
        seen[row["event"] + row["label"]] += 1
        if row["label"] != "ambiguous" and (limit is None or seen[row["event"] + row["label"]] <= limit):
            given.append(row)
    kit = Kit()
    read = readings.read_all((readings.article(row["id"], row["text"], language="ar") for row in given), kit, upto="events")
    tallies: dict[str, Counter[str]] = {kind: Counter() for kind in ("all", "PROTEST", "ASSAULT", "difficult", "states")}
    cases, errors = {}, []
    for row, reading in zip(given, read, strict=True):
        event = next((one for one in reading.events if one.type == row["event"] and one.factuality != "denied"), None)
        yes = row["label"] == "yes"
        outcome = "right" if yes and event else "missed" if yes else "wrong" if event else "none"
        for kind in ("all", row["event"], *(("difficult",) if row["label"] != "easy no" else ())):
            tallies[kind][outcome] += 1
        cases[row["id"]] = float(outcome in ("right", "none"))
        if outcome in ("missed", "wrong"):
            errors.append(f"{row['id']}: {row['event']} {outcome} ({row['label']}): {row['text']}")
        if event and yes:
            tallies["states"] += _states(row, event, reading)
    figures: dict[str, Any] = {kind: scores.tallied(tally) for kind, tally in tallies.items()}
    return {"headline": figures["all"]["f1"], **figures, "sentences": len(given), "cases": cases, "errors": errors}


def _states(row: dict[str, Any], event: EventReport, reading: Any) -> Counter[str]:
    tally: Counter[str] = Counter()
    gold = row.get("events") or []
    for found, side in zip(sides(reading, event), ("source", "target"), strict=True):
        wanted = {
            one[side][:3]
            for one in gold
            if len(one[side]) >= 3
            and one[side][:3]
            not in (
                "CVL",
                "MIL",
                "GOV",
                "REB",
                "COP",
                "OPP",
                "UAF",
                "LEG",
                "JUD",
                "REL",
                "MED",
                "EDU",
                "BUS",
                "LAB",
                "JRN",
                "NON",
                "CRM",
                "UNK",
                "SPY",
                "PTY",
                "REF",
                "AGR",
            )
        }
        if gold:
            tally.update({"right": len(wanted & found), "wrong": len(found - wanted), "missed": len(wanted - found)})
    return tally


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:10} {scores.shown(figures[kind])}" for kind in ("PROTEST", "ASSAULT", "difficult", "states")]
    return [*told, f"{name}: F1 of yes {figures['headline']:.3f}, {figures['sentences']} sentences"]
