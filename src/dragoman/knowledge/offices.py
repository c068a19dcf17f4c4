"""The codes of offices; an office that is none of them is given by its English title in lower case with hyphens."""

OFFICES = (
    "president", "prime-minister", "monarch", "vice-president", "deputy-prime-minister", "leader", "foreign-minister", "deputy-foreign-minister",
    "defence-minister", "interior-minister", "finance-minister", "economy-minister", "trade-minister", "energy-minister", "justice-minister",
    "health-minister", "agriculture-minister", "transport-minister", "environment-minister", "intelligence-chief", "national-security-adviser",
    "chief-of-staff", "army-commander", "ambassador", "envoy", "spokesperson", "speaker-of-parliament", "secretary-general", "high-representative",
    "commission-president", "chief-negotiator", "governor", "mayor", "minister", "opposition-leader",
)  # fmt: skip

# States with a monarch as head (Commonwealth realms under the British Crown left out), as of 2025: 'the Sultan' alone is of one of these.
MONARCHIES = frozenset({
    "AND", "ARE", "BEL", "BHR", "BRN", "BTN", "DNK", "ESP", "GBR", "JOR", "JPN", "KHM", "KWT", "LIE", "LSO", "LUX", "MAR", "MCO", "MYS", "NLD",
    "NOR", "OMN", "QAT", "SAU", "SWE", "SWZ", "THA", "TON", "VAT",
})  # fmt: skip
