"""The topics of events, statements and commitments."""

TOPICS = (
    "security-cooperation", "counter-terrorism", "border-control", "defence-cooperation", "arms-control", "nuclear", "ceasefire", "peace-process",
    "prisoners", "hostages", "territory", "sanctions", "trade", "investment", "energy", "transport", "water", "migration", "refugees",
    "humanitarian-aid", "reconstruction", "diplomatic-relations", "human-rights", "elections", "climate", "health", "technology", "cyber", "crime",
    "culture", "education", "space", "fisheries", "agriculture",
)  # fmt: skip
