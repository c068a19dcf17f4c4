"""The lists of the contract: offices, topics, PLOVER's types, modes and contexts, letter by letter."""

from dragoman.knowledge.offices import OFFICES
from dragoman.knowledge.plover import CONTEXTS, TYPES
from dragoman.knowledge.topics import TOPICS

OFFICES_AGREED = """president prime-minister monarch vice-president deputy-prime-minister leader foreign-minister deputy-foreign-minister defence-minister
    interior-minister finance-minister economy-minister trade-minister energy-minister justice-minister health-minister agriculture-minister transport-minister
    environment-minister intelligence-chief national-security-adviser chief-of-staff army-commander ambassador envoy spokesperson speaker-of-parliament
    secretary-general high-representative commission-president chief-negotiator governor mayor minister opposition-leader"""
TOPICS_AGREED = """security-cooperation counter-terrorism border-control defence-cooperation arms-control nuclear ceasefire peace-process prisoners hostages
    territory sanctions trade investment energy transport water migration refugees humanitarian-aid reconstruction diplomatic-relations human-rights elections
    climate health technology cyber crime culture education space fisheries agriculture"""
TYPES_AGREED = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
CONFLICT = {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


def test_offices_topics_and_types_are_those_agreed() -> None:
    assert " ".join(OFFICES) == " ".join(OFFICES_AGREED.split())
    assert " ".join(TOPICS) == " ".join(TOPICS_AGREED.split())
    assert " ".join(TYPES) == TYPES_AGREED


def test_plover_has_37_contexts() -> None:
    assert len(CONTEXTS) == len(set(CONTEXTS)) == 37
    assert {"diplomatic", "terrorism", "human_rights", "illegal_drugs"} <= set(CONTEXTS)


def test_modes_of_consult_are_those_agreed() -> None:
    assert set(TYPES["CONSULT"].modes) == {"visit", "multilateral", "phone", "third-party"}
    for row in TYPES.values():
        assert len(row.modes) == len(set(row.modes))


def test_scores_have_the_sign_of_their_side() -> None:
    for name, row in TYPES.items():
        assert -10 <= row.score <= 10
        assert (row.score < 0) == (name in CONFLICT)
        assert ("conflict" in row.quad) == (name in CONFLICT | {"REQUEST"})
