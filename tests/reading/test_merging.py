"""One event, one entry: when two dates, two sets of parties and two tellings are of the same."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from dragoman.model.parse import Token
from dragoman.reading.events.frames import Frame, Pattern, Trigger
from dragoman.reading.events.merging import Company, Sighting, _meet, gather

MEET = Frame(name="meet", type="CONSULT")
DELEGATES = Frame(name="delegates", type="CONSULT", joins=True)
PHONE = Frame(name="phone", type="CONSULT", mode="phone")
ATTACK = Frame(name="assault", type="ASSAULT")
# Two ministers, a president, and the states of the first two.
COMPANY = Company(sides={"lars": "NOR", "grace": "KEN", "omar": "IRQ", "norway": "NOR", "kenya": "KEN"}, states={"norway": "NOR", "kenya": "KEN"})


def told(sentence: int, *actors: str, frame: Frame = MEET, date: str | None = None, place: str | None = None, nominal: bool = False, **facts: Any) -> Sighting:
    pos = "NOUN" if nominal else "VERB"
    word = Token(
        index=sentence, start=10 * sentence, end=10 * sentence + 3, text="met", lemma="meet", pos=pos, dep="ROOT", head=sentence, morph="", sentence=sentence
    )
    trigger = Trigger(token=word, pattern=Pattern(frame=frame, text="meet", lemma="meet"))
    given = Sighting(
        trigger=trigger, frame=frame, type=frame.type, factuality="actual", actors=actors, recipients=(), date=date, dated=date is not None, place=place,
        source=None, anaphoric=frame.joins, retold=False,
    )  # fmt: skip
    return replace(given, **facts)


def sizes(*sightings: Sighting) -> list[int]:
    return [len(event.sightings) for event in gather(sightings, COMPANY)]


@pytest.mark.parametrize(
    ("left", "right", "meets"),
    [
        ("2025-10-12", "2025-10-12", True),
        ("2025-10-12", "2025-10-13", False),
        ("2025-10-12", "2025-10", True),
        ("2025", "2025-10-12", True),
        ("2025-10-12", "2024-10", False),
        ("2025-10-12", "2025-11", False),
        ("2025-10-12", None, True),
        (None, None, True),
        ("2025-10-10/2025-10-14", "2025-10-12", True),
        ("2025-10-12", "2025-10-10/2025-10-14", True),
        ("2025-10-10/2025-10-14", "2025-10-14", True),
        ("2025-10-10/2025-10-14", "2025-10-15", False),
        ("2025-10-10/2025-10-14", "2025-10-09", False),
        ("../2025-10-14", "2025-10-12", True),
        ("../2025-10-14", "2025-10-15", False),
        ("2025-10-10/..", "2026-01-01", True),
        ("2025-10-10/", "2025-10-09", False),
        ("2025-10-10/2025-10-14", "2025-10", True),
        ("2025-09-28/2025-10-03", "2025-10", True),
        ("2025-09-28/2025-10-03", "2025-11", False),
        ("2025-10-10/2025-10-14", "2025-10-12/2025-10-20", True),
        ("2025-10-10/2025-10-14", "2025-10-15/2025-10-20", False),
        ("2016/2019", "2019-05-03", True),
        ("2016/2019", "2020-01-01", False),
    ],
)
def test_dates_meet(left: str | None, right: str | None, meets: bool) -> None:
    assert _meet(left, right) is meets
    assert _meet(right, left) is meets


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ({"lars"}, {"lars", "grace"}, True),
        ({"lars"}, {"grace"}, False),
        ({"norway"}, {"lars"}, True),
        ({"grace"}, {"norway", "kenya"}, True),
        ({"norway"}, {"kenya"}, False),
        ({"norway", "lars"}, {"norway"}, True),
        (set(), {"lars"}, True),
        ({"lars"}, set(), True),
    ],
)
def test_parties_agree(left: set[str], right: set[str], agree: bool) -> None:
    assert COMPANY.agree(frozenset(left), frozenset(right)) is agree
    assert COMPANY.agree(frozenset(right), frozenset(left)) is agree


def test_nobody_shares_with_nobody() -> None:
    assert not COMPANY.share(frozenset(), frozenset())
    assert not COMPANY.share(frozenset({"lars"}), frozenset())
    assert COMPANY.share(frozenset({"lars"}), frozenset({"norway"}))


@pytest.mark.parametrize(
    ("known", "named", "new"),
    [
        ({"lars", "grace"}, {"lars"}, set()),
        ({"lars"}, {"lars", "omar"}, {"omar"}),
        ({"lars"}, {"norway"}, set()),
        ({"norway"}, {"lars"}, set()),
        ({"lars"}, {"kenya"}, {"kenya"}),
        (set(), {"grace"}, {"grace"}),
    ],
)
def test_newcomers(known: set[str], named: set[str], new: set[str]) -> None:
    assert COMPANY.newcomers(frozenset(known), frozenset(named)) == new


def test_a_meeting_told_again_is_one() -> None:
    assert sizes(told(0, "lars", "grace", date="2025-10-09"), told(1, "lars", "grace")) == [2]


def test_meetings_on_two_days_are_two() -> None:
    assert sizes(told(0, "lars", "grace", date="2025-10-09"), told(1, "lars", "grace", date="2025-10-10")) == [1, 1]


def test_somebody_new_is_at_another_meeting() -> None:
    assert sizes(told(0, "lars", "grace"), told(1, "lars", "omar")) == [1, 1]


def test_a_person_is_no_newcomer_where_his_state_was_named() -> None:
    assert sizes(told(0, "norway", "kenya"), told(1, "lars", "grace")) == [2]


def test_the_talks_point_back() -> None:
    assert sizes(told(0, "lars", "grace"), told(5, nominal=True, anaphoric=True)) == [2]


def test_delegates_join_the_meeting_before_them_and_make_none() -> None:
    (event,) = gather([told(0, "lars", "grace"), told(1, "omar", frame=DELEGATES)], COMPANY)
    assert event.parties == {"lars", "grace", "omar"}
    assert event.lead.actors == ("lars", "grace")
    assert gather([told(0, "omar", frame=DELEGATES)], COMPANY) == []
    assert sizes(told(0, "lars", "grace"), told(9, "omar", frame=DELEGATES)) == [1]


def test_a_call_is_not_the_meeting() -> None:
    assert sizes(told(0, "lars", "grace"), told(1, "lars", "grace", frame=PHONE)) == [1, 1]


def test_what_is_denied_is_no_telling_of_what_happened() -> None:
    assert sizes(told(0, "lars", "grace"), told(1, "lars", "grace", factuality="denied")) == [1, 1]


def test_types_are_kept_apart() -> None:
    assert sizes(told(0, "lars"), told(0, "lars", frame=ATTACK)) == [1, 1]


def test_two_attacks_in_two_places_are_two() -> None:
    assert sizes(told(0, "norway", frame=ATTACK, place="oslo"), told(1, "norway", frame=ATTACK, place="bergen", nominal=True)) == [1, 1]
    assert sizes(told(0, "norway", frame=ATTACK, place="oslo"), told(1, "norway", frame=ATTACK, nominal=True)) == [2]


def test_what_had_happened_before_is_another() -> None:
    assert sizes(told(0, "lars", "grace"), told(1, "lars", "grace", retold=True)) == [1, 1]


def test_the_day_told_in_so_many_words_is_that_of_the_event() -> None:
    (event,) = gather([told(0, "lars", "grace", date="2025-10-12", dated=False), told(1, "lars", "grace", date="2025-10-09")], COMPANY)
    assert event.told("date") == "2025-10-09"


def test_the_first_place_stays() -> None:
    (event,) = gather([told(0, "lars", "grace", place="oslo"), told(1, "lars", "grace", place="bergen")], COMPANY)
    assert event.told("place") == "oslo"


def test_a_verb_leads_before_a_noun_and_parties_before_none() -> None:
    (event,) = gather([told(0, nominal=True), told(1, "lars", nominal=True, anaphoric=True), told(2, "lars")], COMPANY)
    assert event.lead.trigger.token.sentence == 2


def test_events_stand_in_the_order_of_their_first_telling() -> None:
    number = count()
    events = gather([told(next(number), "lars", "grace"), told(next(number), "omar", frame=ATTACK), told(next(number), "lars", "grace")], COMPANY)
    assert [event.type for event in events] == ["CONSULT", "ASSAULT"]
