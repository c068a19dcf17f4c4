"""PLOVER: event types, their modes and scores, and contexts, as the manual in openeventdata/PLOVER has them.

The manual codes ACCUSE with a positive score in one table, a sign error there: it is negative here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]


@dataclass(frozen=True, slots=True)
class EventType:
    """`score` is the manual's intensity from -10 (conflict) to 10 (cooperation); `modes` are the finer kinds of the type."""

    name: str
    quad: Quad
    score: float
    modes: tuple[str, ...] = ()


_ROWS = (
    EventType("AGREE", "verbal-cooperation", 2.5),
    EventType("CONSULT", "verbal-cooperation", 2.5, ("visit", "third-party", "multilateral", "phone")),
    EventType("SUPPORT", "verbal-cooperation", 5),
    EventType("CONCEDE", "verbal-cooperation", 4.5),
    EventType("COOPERATE", "material-cooperation", 9.5),
    EventType("AID", "material-cooperation", 10),
    EventType("RETREAT", "material-cooperation", 6.5, ("withdraw", "release", "disarm", "ceasefire", "access", "resign")),
    EventType("REQUEST", "verbal-conflict", 0, ("assist", "change", "yield", "meet")),
    EventType("ACCUSE", "verbal-conflict", -3, ("disapprove", "investigate", "allege")),
    EventType("REJECT", "verbal-conflict", -2, ("assist", "change", "yield", "meet")),
    EventType("THREATEN", "verbal-conflict", -3.5, ("restrict", "arrest", "relations", "expel", "territory", "violence")),
    EventType("PROTEST", "material-conflict", -5, ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize")),
    EventType("SANCTION", "material-conflict", -6, ("convict", "expel", "withdraw", "discontinue")),
    EventType("MOBILIZE", "material-conflict", -5.5, ("troops", "weapons", "police", "militia")),
    EventType(
        "COERCE",
        "material-conflict",
        -7,
        ("seize", "restrict", "ban", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"),
    ),
    EventType(
        "ASSAULT",
        "material-conflict",
        -9,
        (
            "abduct",
            "beat",
            "torture",
            "sexual",
            "destroy",
            "targeted",
            "suicide-attack",
            "aerial",
            "drone",
            "heavy-weapons",
            "primitive",
            "firearms",
            "explosives",
            "crowd-control",
            "unconventional",
        ),
    ),
)

TYPES = {row.name: row for row in _ROWS}

CONTEXTS = (
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
)
