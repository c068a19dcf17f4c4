"""What is known of offices when they are linked: which one person at a time holds, which are of states only, and of what an office is."""

from __future__ import annotations

from dragoman.linking.organisations import organisation_key
from dragoman.model.reading import OfficeHolding, Reading

_MINISTRIES = frozenset({
    "foreign-minister", "defence-minister", "interior-minister", "finance-minister", "economy-minister", "trade-minister", "energy-minister",
    "justice-minister", "health-minister", "agriculture-minister", "transport-minister", "environment-minister",
})  # fmt: skip
# One holder at a time in a state or body; of ministers without portfolio, deputies, ambassadors, envoys, spokespersons, mayors there may be several.
ONE_AT_A_TIME = _MINISTRIES | {
    "president", "prime-minister", "monarch", "intelligence-chief", "national-security-adviser", "chief-of-staff", "army-commander",
    "speaker-of-parliament", "secretary-general", "high-representative", "commission-president",
}  # fmt: skip
# Of these a person has one at a time, so far as a single report against others goes.
FULL_TIME = ONE_AT_A_TIME | {"deputy-foreign-minister"}
# A body that has one of these stands for its state: 'foreign minister of the Presidential Council'.
OF_STATES = _MINISTRIES | {"prime-minister", "deputy-prime-minister", "deputy-foreign-minister", "monarch", "minister"}
# What the reading says of a body that is a part of a state's government.
_GOVERNMENT = "ministry"


def office_of(holding: OfficeHolding, reading: Reading) -> str | None:
    """A state's code or the local id of an organisation; an office in a state's ministry ('spokesperson of the Foreign Ministry') is of that state.

    None where nothing is said, and where an office that only states have is said of a body whose state is not known.
    """
    body = reading.entity(holding.of)
    if body is None:
        return holding.of
    if body.kind == "state":
        return body.code or body.state
    if holding.office in OF_STATES or (body.state and _GOVERNMENT in body.reason):
        return body.state
    return body.id


def office_key(holding: OfficeHolding, reading: Reading) -> str:
    """The same with the canonical key of an organisation, which no article's own ids are in; '' for None."""
    of = office_of(holding, reading)
    body = reading.entity(of)
    return (of or "") if body is None else organisation_key(body, reading)
