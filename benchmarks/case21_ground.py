"""What happened on the ground: 25 subtypes of ACLED and five more, on snippets of conflict news (CASE 2021, task 2).

The subtype is that of `dragoman.knowledge.acled`, from the events read of the snippet and from its words. Beside the headline stands what the events say by
themselves: PLOVER does not tell a grenade from a mine. Others were trained on notes of ACLED; nothing was trained here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import readings, scores
from benchmarks.sets import rows, spread
from dragoman.knowledge.acled import subtype_of, subtype_of_events
from dragoman.reading.kit import Kit

SETS = ("case21_ground",)
RIVALS = {"best of four teams, 25 types": 0.839, "the same, all 30": 0.771, "zero-shot entailment, 25 types": 0.74}
_UNSEEN = ("ORG_CRIME", "NATURAL_DISASTER", "MAN_MADE_DISASTER", "DIPLO", "ATTRIB")
# How the task shortens them.
_SHORT = {
    "Government regains territory": "GOV_REGAINS_TERIT",
    "Non-state actor overtakes territory": "NON_STATE_ACTOR_OVERTAKES_TER",
    "Armed clash": "ARMED_CLASH",
    "Attack": "ATTACK",
    "Abduction/forced disappearance": "ABDUCT_DISSAP",
    "Sexual violence": "SEX_VIOL",
    "Air/drone strike": "AIR_STRIKE",
    "Chemical weapon": "CHEM_WEAP",
    "Grenade": "GRENADE",
    "Remote explosive/landmine/IED": "REM_EXPLOS",
    "Shelling/artillery/missile attack": "ART_MISS_ATTACK",
    "Suicide bomb": "SUIC_BOMB",
    "Excessive force against protesters": "FORCE_AGAINST_PROTEST",
    "Protest with intervention": "PROTEST_WITH_INTER",
    "Peaceful protest": "PEACE_PROTEST",
    "Mob violence": "MOB_VIOL",
    "Violent demonstration": "VIOL_DEMONSTR",
    "Agreement": "AGREEMENT",
    "Arrests": "ARREST",
    "Change to group/activity": "CHANGE_TO_GROUP_ACT",
    "Disrupted weapons use": "DISR_WEAP",
    "Headquarters or base established": "HQ_ESTABLISHED",
    "Looting/property destruction": "PROPERTY_DISTRUCT",
    "Non-violent transfer of territory": "NON_VIOL_TERRIT_TRANSFER",
    "organised crime": "ORG_CRIME",
    "natural disaster": "NATURAL_DISASTER",
    "man-made disaster": "MAN_MADE_DISASTER",
    "diplomacy": "DIPLO",
    "attribution": "ATTRIB",
    "Other": "OTHER",
}


def measure(name: str, folder: Path, *, split: str = "open", limit: int | None = None) -> dict[str, Any]:
    """Weighted F1 over all classes, which is the headline, over the 25 of the training data of others, accuracy; and by events alone."""
    given = spread(list(rows(folder, name, split)), limit)
    kit = Kit()
    read = readings.read_all((readings.article(row["id"], row["text"]) for row in given), kit, upto="events")
    pairs, by_events, cases, errors = [], [], {}, []
    for row, reading in zip(given, read, strict=True):
        events = [(event.type, event.mode) for event in reading.events]
        found = _SHORT.get(subtype_of(row["text"], events), "")
        pairs.append((row["type"], found))
        by_events.append((row["type"], _SHORT.get(subtype_of_events(row["text"], events), "")))
        cases[row["id"]] = float(row["type"] == found)
        if row["type"] != found:
            told = ", ".join(f"{kind}/{mode}" for kind, mode in events)
            errors.append(f"{row['id']}: {row['type']} taken for {found or 'nothing'} ({told}): {row['text']}")
    return {
        "headline": scores.weighted(pairs), "weighted_f1_25": scores.weighted([pair for pair in pairs if pair[0] not in _UNSEEN]),
        "accuracy": scores.accuracy(pairs), "macro_f1": scores.macro(pairs), "by_events": scores.weighted(by_events),
        "classes": scores.by_class(pairs), "snippets": len(given), "rivals": RIVALS, "cases": cases, "errors": errors,
    }  # fmt: skip


def lines(name: str, figures: dict[str, Any]) -> list[str]:
    """The figures for people, the headline last."""
    told = [f"{kind:30} {scores.shown(one)}" for kind, one in figures["classes"].items()]
    told += [f"{who}: {one:.3f}" for who, one in RIVALS.items()]
    told.append(f"accuracy {figures['accuracy']:.3f}; macro-F1 {figures['macro_f1']:.3f}; weighted F1 of the 25 types {figures['weighted_f1_25']:.3f}")
    told.append(f"by the events alone: weighted F1 {figures['by_events']:.3f}")
    return [*told, f"{name}: weighted F1 of all types {figures['headline']:.3f}, {figures['snippets']} snippets"]
