"""Bounds from other reports: the latest of what happened, the earliest of what is planned, in whatever order they come."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.undated import Witness, inferred

DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2025, 12, 31))
WITNESSES = st.lists(st.builds(Witness, event=st.sampled_from(["v1", "v2", "v3"]), day=DAYS, actual=st.booleans(), articles=st.just(("a",))), max_size=6)
OWN = st.none() | st.tuples(st.none() | DAYS, st.none() | DAYS)


def test_what_happened_is_over_and_what_is_planned_is_to_come() -> None:
    met = Witness(event="v1", day=date(2025, 10, 12), actual=True, articles=("a",))
    signed = Witness(event="v2", day=date(2025, 10, 14), actual=True, articles=("a", "b"))
    planned = Witness(event="v3", day=date(2025, 11, 2), actual=False, articles=("c",))
    found = inferred(None, [met, planned, signed])
    assert found is not None
    assert found.between == (date(2025, 10, 14), date(2025, 11, 2))
    assert found.evidence == (signed, planned)


def test_its_own_text_may_say_more() -> None:
    met = Witness(event="v1", day=date(2025, 10, 12), actual=True, articles=("a",))
    found = inferred((date(2025, 10, 20), None), [met])
    assert found is not None
    assert (found.between, found.evidence) == ((date(2025, 10, 20), None), ())


def test_nothing_is_said_of_nothing_and_of_what_cannot_be() -> None:
    assert inferred(None, []) is None
    late = Witness(event="v1", day=date(2025, 10, 12), actual=True, articles=("a",))
    assert inferred((None, date(2025, 10, 1)), [late]) is None


@given(OWN, WITNESSES, st.randoms())
def test_the_order_of_the_witnesses_is_nothing(own, witnesses, chance) -> None:
    mixed = list(witnesses)
    chance.shuffle(mixed)
    found = inferred(own, witnesses)
    assert found == inferred(own, mixed)
    if found is not None:
        first, last = found.between
        assert first is None or last is None or first <= last
        assert all(one in witnesses for one in found.evidence)
