"""Who held which office when: days seen, succession, slips, and the question asked at a date."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.holders import holder, holders
from dragoman.linking.tenures import Holding, tenures
from dragoman.model.reading import OfficeHolding
from dragoman.model.record import Place, Tenure
from dragoman.model.spans import Span


def seen(person: str, office: str, of: str | None, day: str | None, mark: str = "") -> Holding:
    holding = OfficeHolding(person="p1", office=office, of="x", evidence=(Span(0, 5),), former=mark == "former", acting=mark == "acting")
    return Holding(person=person, holding=holding, of=of, article=f"{person}{day}", published=date.fromisoformat(day) if day else None)


def brief(found: tuple[Tenure, ...]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(one.person, one.first_seen, one.last_seen, one.ended_before) for one in found]


CHIEFS = [
    seen("khattab", "intelligence-chief", "SYR", "2025-01-26"),
    seen("salama", "intelligence-chief", "SYR", "2025-10-12"),
    seen("kalin", "intelligence-chief", "TUR", "2025-01-26"),
    seen("kalin", "intelligence-chief", "TUR", "2025-10-12"),
]


def test_a_successor_ends_a_tenure() -> None:
    assert brief(tenures(CHIEFS)) == [
        ("khattab", "2025-01-26", "2025-01-26", "2025-10-12"),
        ("salama", "2025-10-12", "2025-10-12", None),
        ("kalin", "2025-01-26", "2025-10-12", None),
    ]


def test_who_holds_an_office_is_asked_at_a_date() -> None:
    found = tenures(CHIEFS)
    at = holder(found, "intelligence-chief", "SYR", date(2025, 3, 1))
    assert at
    assert (at.tenure.person, at.seen) == ("khattab", "2025-01-26")
    assert 0.9 < at.sure < 1.0
    now = holder(found, "intelligence-chief", "SYR", date(2025, 10, 12))
    assert now
    assert (now.tenure.person, now.sure) == ("salama", 1.0)
    later = holder(found, "intelligence-chief", "SYR", date(2026, 10, 12))
    assert later
    assert (later.tenure.person, later.sure) == ("salama", 0.5)
    assert holder(found, "intelligence-chief", "SYR", date(2025, 1, 25)) is None
    assert holder(found, "foreign-minister", "SYR", date(2025, 3, 1)) is None


def test_a_return_is_two_tenures_and_a_slip_is_none() -> None:
    rows = [seen("t", "president", "USA", "2020-05-01"), seen("b", "president", "USA", "2022-01-01"), seen("t", "president", "USA", "2025-02-01")]
    assert brief(tenures(rows)) == [
        ("t", "2020-05-01", "2020-05-01", "2022-01-01"),
        ("b", "2022-01-01", "2022-01-01", "2025-02-01"),
        ("t", "2025-02-01", "2025-02-01", None),
    ]
    slip = [seen("a", "president", "FRA", "2024-12-04"), seen("x", "president", "FRA", "2024-12-05"), seen("a", "president", "FRA", "2024-12-07")]
    assert brief(tenures(slip)) == [("a", "2024-12-04", "2024-12-07", None)]
    # Two articles are no slip: there are offices that two claim.
    claimed = [*slip, seen("x", "president", "FRA", "2024-12-06")]
    assert {one.person for one in tenures(claimed)} == {"a", "x"}


def test_copies_repeat_a_slip_and_bear_no_witness_to_it() -> None:
    shown = [seen("a", "president", "FRA", day) for day in ("2024-12-04", "2024-12-07")]
    claimed = [*shown, seen("x", "president", "FRA", "2024-12-05"), seen("x", "president", "FRA", "2024-12-06")]
    assert {one.person for one in tenures(claimed)} == {"a", "x"}
    assert brief(tenures(claimed, {"x2024-12-06": "x2024-12-05"})) == [("a", "2024-12-04", "2024-12-07", None)]
    # Nor are two copies of one report several that outweigh others of one origin; but what one alone of all articles says may be read amiss.
    assert {one.person for one in tenures(claimed, {"x2024-12-06": "x2024-12-05", "a2024-12-07": "a2024-12-04"})} == {"a", "x"}
    assert {one.person for one in tenures(claimed[:3], {"a2024-12-07": "a2024-12-04"})} == {"a"}


def test_two_slips_years_apart_are_two_slips() -> None:
    rows = [seen("a", "president", "FRA", f"{year}-{month:02}-01") for year in (2022, 2023, 2024) for month in range(1, 13)]
    assert brief(tenures([*rows, *(seen("x", "president", "FRA", f"{year}-06-15") for year in (2022, 2024))])) == [("a", "2022-01-01", "2024-12-01", None)]


def test_a_dozen_slips_of_a_dozen_years_are_a_dozen_slips() -> None:
    known = [seen("dahl", "foreign-minister", "NOR", f"20{year}-0{month}-10") for year in range(10, 22) for month in (3, 4, 5)]
    mistaken = [seen("dahl", "energy-minister", "NOR", f"20{year}-04-02") for year in range(10, 22)]
    found = tenures([*known, *mistaken])
    assert [(one.office, one.first_seen, one.last_seen) for one in found] == [("foreign-minister", "2010-03-10", "2021-05-10")]
    believed = [seen("dahl", "energy-minister", "NOR", "2021-04-20"), *mistaken]
    assert [one.first_seen for one in tenures([*known, *believed]) if one.office == "energy-minister"] == ["2021-04-02"]


def test_another_office_of_one_origin_is_a_slip_but_where_it_is_told_beside_the_known_one() -> None:
    rows = [seen("a", "foreign-minister", "SYR", day) for day in ("2025-03-01", "2025-03-02", "2025-03-20")]
    other = seen("a", "energy-minister", "SYR", "2025-03-10")
    assert [one.office for one in tenures([*rows, other])] == ["foreign-minister"]
    assert [one.office for one in tenures([*rows, other, seen("a", "energy-minister", "SYR", "2025-03-11")])] == ["energy-minister", "foreign-minister"]
    both = seen("a", "foreign-minister", "SYR", "2025-03-10")
    assert [one.office for one in tenures([*rows, other, both])] == ["energy-minister", "foreign-minister"]
    # Who is shown in the known office no more has left it for the other.
    later = seen("a", "energy-minister", "SYR", "2025-03-21")
    assert [one.office for one in tenures([*rows, later])] == ["energy-minister", "foreign-minister"]


def test_nobody_leaves_an_office_for_another_of_the_state_and_is_back_within_a_year() -> None:
    rows = [seen("a", "foreign-minister", "SYR", "2025-01-10"), seen("a", "foreign-minister", "SYR", "2025-11-10")]
    assert [one.office for one in tenures([*rows, seen("a", "energy-minister", "SYR", "2025-06-10")])] == ["foreign-minister"]
    late = [rows[0], seen("a", "foreign-minister", "SYR", "2026-03-10")]
    assert len(tenures([*late, seen("a", "energy-minister", "SYR", "2025-06-10")])) == 2


def test_one_origin_does_not_give_an_office_that_has_a_holder_to_whom_another_is_known() -> None:
    holder_of_it = [seen("b", "energy-minister", "SYR", "2025-01-10"), seen("b", "energy-minister", "SYR", "2025-09-10")]
    claimed = [*holder_of_it, seen("a", "energy-minister", "SYR", "2025-05-10")]
    assert len(tenures(claimed)) == 3
    known = [seen("a", "foreign-minister", "SYR", day) for day in ("2024-12-10", "2024-12-12")]
    assert brief(tenures([*claimed, *known])) == [("b", "2025-01-10", "2025-09-10", None), ("a", "2024-12-10", "2024-12-12", None)]


def test_nor_an_office_that_has_two_holders_one_after_the_other() -> None:
    known = [seen("a", "foreign-minister", "SYR", day) for day in ("2025-05-10", "2025-06-10")]
    claimed = [*known, seen("a", "energy-minister", "SYR", "2025-05-01"), *(seen("b", "energy-minister", "SYR", f"2025-03-{day}") for day in (10, 28))]
    after = [seen("c", "energy-minister", "SYR", day) for day in ("2025-05-20", "2025-08-01")]
    assert {one.person for one in tenures([*claimed, *after]) if one.office == "energy-minister"} == {"b", "c"}
    # Where one of them was seen more than a year before or after there may well have been a third.
    early = [seen("b", "energy-minister", "SYR", f"2024-03-{day}") for day in (10, 28)]
    late = [seen("c", "energy-minister", "SYR", f"2026-07-{day}") for day in (10, 28)]
    for rows in ([*claimed[:-2], *early, *after], [*claimed, *late]):
        assert {one.person for one in tenures(rows) if one.office == "energy-minister"} == {"a", "b", "c"}


def test_nor_one_that_somebody_had_years_before_and_has_years_later() -> None:
    known = [seen("a", "foreign-minister", "SYR", day) for day in ("2024-12-10", "2024-12-12")]
    claimed = [*known, seen("a", "energy-minister", "SYR", "2025-05-10")]
    stays = [seen("b", "energy-minister", "SYR", day) for day in ("2023-01-10", "2027-01-10")]
    assert brief(tenures([*claimed, *stays])) == [("b", "2023-01-10", "2027-01-10", None), ("a", "2024-12-10", "2024-12-12", None)]
    assert len(tenures([*claimed, stays[0], seen("c", "energy-minister", "SYR", "2027-01-10")])) == 4


def test_the_last_report_of_an_office_that_was_left_for_another_is_no_slip() -> None:
    own = [seen("a", "energy-minister", "ARM", day) for day in ("2013-12-01", "2014-01-20", "2014-06-29")]
    left_for = [seen("a", "defence-minister", "ARM", day) for day in ("2014-11-02", "2014-12-05")]
    holders_of_it = [seen(*one) for one in (("b", "energy-minister", "ARM", "2013-10-01"), ("c", "energy-minister", "ARM", "2014-10-01"))]
    more = [seen("b", "energy-minister", "ARM", "2013-09-01"), seen("c", "energy-minister", "ARM", "2014-10-20")]
    found = tenures([*own, *left_for, *holders_of_it, *more])
    assert [(one.first_seen, one.last_seen) for one in found if one.person == "a" and one.office == "energy-minister"] == [("2013-12-01", "2014-06-29")]
    # Without the earlier ones it is.
    assert {one.office for one in tenures([own[-1], *left_for, *holders_of_it, *more]) if one.person == "a"} == {"defence-minister"}


def test_who_is_unseen_for_years_in_an_office_of_many_has_come_back_to_it() -> None:
    days = ("2017-02-24", "2019-12-10", "2023-09-17", "2025-10-05")
    deputy = [seen("w", "deputy-foreign-minister", "AUT", f"{year}-0{month}-10") for year in (2018, 2024) for month in range(1, 10)]
    held = tenures([*deputy, *(seen("w", "deputy-foreign-minister", "AUT", day) for day in days)])
    assert brief(held) == [("w", "2017-02-24", "2019-12-10", None), ("w", "2023-09-17", "2025-10-05", None)]
    for on, since in ((date(2021, 6, 1), "2017-02-24"), (date(2025, 6, 1), "2023-09-17")):
        assert [one.tenure.first_seen for one in holders(held, "deputy-foreign-minister", "AUT", on)] == [since]
    # Of an office of one somebody else would have been seen.
    assert len(tenures([seen("w", "foreign-minister", "AUT", day) for day in days])) == 1


def test_several_err_alike_where_the_person_has_another_office_and_the_office_another_holder() -> None:
    known = [seen("a", "foreign-minister", "SYR", f"2025-{month:02}-10") for month in range(1, 13)]
    holders_of_it = [seen("b", "energy-minister", "SYR", "2025-02-10"), seen("b", "energy-minister", "SYR", "2025-09-10")]
    mistaken = [seen("a", "energy-minister", "SYR", f"2025-05-{day}") for day in range(11, 20)]
    assert {(one.person, one.office) for one in tenures([*known, *holders_of_it, *mistaken[:7]])} == {("a", "foreign-minister"), ("b", "energy-minister")}
    # What so many say is so; and where nobody else holds it, two are enough.
    assert ("a", "energy-minister") in {(one.person, one.office) for one in tenures([*known, *holders_of_it, *mistaken])}
    assert ("a", "energy-minister") in {(one.person, one.office) for one in tenures([*known, *mistaken[:2]])}


def test_one_office_of_two_states_is_of_the_one_that_most_articles_say() -> None:
    rows = [
        seen("tusk", "prime-minister", "POL", "2024-12-06"),
        seen("tusk", "prime-minister", "POL", "2024-12-07"),
        seen("tusk", "prime-minister", "FRA", "2024-12-06"),
    ]
    assert [one.of for one in tenures(rows)] == ["POL"]
    assert [one.of for one in tenures(rows[1:])] == ["FRA", "POL"]


def test_the_day_of_a_change_shows_both() -> None:
    rows = [
        seen("old", "prime-minister", "THA", "2025-08-20"),
        seen("old", "prime-minister", "THA", "2025-09-07"),
        seen("new", "prime-minister", "THA", "2025-09-07"),
    ]
    assert [one.person for one in tenures(rows)] == ["old", "new"]


def test_a_gap_without_anybody_else_does_not_part() -> None:
    rows = [seen("f", "foreign-minister", "TUR", "2023-06-10"), seen("f", "foreign-minister", "TUR", "2025-10-12")]
    assert brief(tenures(rows)) == [("f", "2023-06-10", "2025-10-12", None)]


def test_former_marks_the_end_and_is_no_tenure_of_its_own() -> None:
    rows = [
        seen("m", "president", "SYR", "2024-11-01"),
        seen("m", "president", "SYR", "2025-01-02", "former"),
        seen("n", "president", "BGR", "2025-01-02", "former"),
    ]
    assert brief(tenures(rows)) == [("m", "2024-11-01", "2024-11-01", "2025-01-02")]
    # Who is seen in office afterwards had come back, or was never away.
    assert brief(tenures([*rows, seen("m", "president", "SYR", "2025-02-01")])) == [("m", "2024-11-01", "2025-02-01", None)]


def test_several_ambassadors_end_nobody_s_tenure() -> None:
    rows = [seen("a", "ambassador", "USA", "2025-01-01"), seen("b", "ambassador", "USA", "2025-02-01")]
    assert all(one.ended_before is None for one in tenures(rows))
    assert [one.tenure.person for one in holders(tenures(rows), "ambassador", "USA", date(2025, 3, 1))] == ["b", "a"]


def test_acting_until_reports_say_otherwise() -> None:
    acting = seen("p", "prime-minister", "THA", "2025-07-28", "acting")
    assert tenures([acting])[0].acting
    assert not tenures([acting, seen("p", "prime-minister", "THA", "2025-09-01")])[0].acting


def test_an_office_of_nothing_said_is_the_one_known_and_days_may_be_missing() -> None:
    rows = [seen("z", "foreign-minister", "YEM", "2025-07-10"), seen("z", "foreign-minister", None, "2025-07-09"), seen("u", "envoy", "un", None)]
    found = tenures(rows)
    assert brief(found) == [("u", None, None, None), ("z", "2025-07-09", "2025-07-10", None)]
    assert found[1].evidence == (Place(article="z2025-07-09", start=0, end=5), Place(article="z2025-07-10", start=0, end=5))


def test_two_on_one_day_are_both_named() -> None:
    rows = [seen("a", "president", "GEO", "2024-12-29"), seen("b", "president", "GEO", "2024-12-29")]
    found = holder(tenures(rows), "president", "GEO", date(2024, 12, 29))
    assert found
    assert (found.sure, len(found.also)) == (0.5, 1)


_DAYS = st.dates(date(2024, 1, 1), date(2025, 12, 31)).map(date.isoformat)


@given(
    st.lists(
        st.builds(
            seen,
            st.sampled_from("abc"),
            st.sampled_from(["president", "energy-minister", "envoy"]),
            st.just("FRA"),
            _DAYS,
            st.sampled_from(["", "former", "acting"]),
        )
    ),
    st.dictionaries(st.sampled_from([f"a2025-0{month}-01" for month in range(1, 10)]), st.just("a2025-01-01")),
    st.integers(0, 99),
)
def test_any_order_gives_the_same_tenures(rows: list[Holding], origins: dict[str, str], seed: int) -> None:
    shuffled = rows.copy()
    random.Random(seed).shuffle(shuffled)
    found = tenures(rows, origins)
    assert found == tenures(shuffled, origins) == tenures([*rows, *rows], origins)
    for tenure in found:
        assert tenure.first_seen
        assert tenure.last_seen
        assert tenure.first_seen <= tenure.last_seen
        assert tenure.ended_before is None or tenure.last_seen < tenure.ended_before
