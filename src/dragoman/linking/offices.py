"""Offices that one person at a time holds in a state or body; of the others (ministers, ambassadors, spokespersons …) there may be several at once."""

from __future__ import annotations

ONE_AT_A_TIME = frozenset({
    "president", "prime-minister", "monarch", "foreign-minister", "defence-minister", "interior-minister", "finance-minister", "economy-minister",
    "trade-minister", "energy-minister", "justice-minister", "health-minister", "agriculture-minister", "transport-minister", "environment-minister",
    "intelligence-chief", "national-security-adviser", "chief-of-staff", "army-commander", "speaker-of-parliament", "secretary-general",
    "high-representative", "commission-president",
})  # fmt: skip
