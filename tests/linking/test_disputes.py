"""What the reports of one event say together, and what is a disagreement and what is not."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.disputes import Report, disputed, told
from dragoman.linking.events import KIND
from dragoman.linking.items import Signature
from dragoman.model.reading import Article, Entity, EventReport, OfficeHolding, Participation, Reading
from dragoman.model.spans import Span

FIDAN, GULER, SHEEBANI, LAVROV = "Hakan Fidan TUR", "Yaşar Güler TUR", "Asaad al-Shaibani SYR", "Sergey Lavrov RUS"


def report(article: str, date: str | None = None, *who: str, place: str | None = None, origin: str | None = None, type: str = "CONSULT", **more: Any) -> Report:
    """A report; a participant is a state's code or 'Name STATE', `place` 'Town STATE' or a state's code."""
    entities, offices, parts = [], [], []
    for one in who:
        name, _, state = one.rpartition(" ")
        entities.append(Entity(id=one, kind="person" if name else "state", name=name or state, code=None if name else state, state=state if name else None))
        if name:
            offices.append(OfficeHolding(person=one, office="minister", of=state, evidence=()))
        parts.append(Participation(entity=one, role="participant", side=state, office="minister" if name else None))
    if place:
        town, _, state = place.rpartition(" ")
        entities.append(
            Entity(id=f"@{place}", kind="place" if town else "state", name=town or state, code=None if town else state, state=state if town else None)
        )
    event = EventReport(id="v1", type=type, date=date, place=f"@{place}" if place else None, participants=tuple(parts), trigger=Span(0, 1), **more)
    reading = Reading(article=Article(id=article, name=article, text="x", language="en"), entities=tuple(entities), offices=tuple(offices), events=(event,))
    return Report(item=KIND.items(reading, Signature())[0][0], article=article, origin=origin or article, event=event)


def fields(*reports: Report) -> dict[str, list[tuple[str | None, tuple[str, ...]]]]:
    return {one.field: [(version.value, version.articles) for version in one.versions] for one in disputed(reports)}


def test_two_days_are_two_versions() -> None:
    found = fields(report("a", "2025-10-12", FIDAN), report("b", "2025-10-12", FIDAN), report("c", "2025-10-11", FIDAN))
    assert found == {"date": [("2025-10-11", ("c",)), ("2025-10-12", ("a", "b"))]}


AGREED = {
    "a month": (report("a", "2025-10-12", FIDAN), report("b", "2025-10", FIDAN)),
    "no date": (report("a", "2025-10-12", FIDAN), report("b", None, FIDAN)),
    "no place": (report("a", place="Ankara TUR"), report("b")),
    "the state around the town": (report("a", place="Ankara TUR"), report("b", place="TUR")),
    "fewer participants": (report("a", None, FIDAN, SHEEBANI), report("b", None, FIDAN)),
    "a state for its minister": (report("a", None, FIDAN, SHEEBANI), report("b", None, "TUR", "SYR")),
    "a meeting planned, coded otherwise": (report("a", type="AGREE", factuality="planned"), report("b")),
    "a copy that differs": (report("a", "2025-10-12", FIDAN), report("b", "2025-10-11", FIDAN, origin="a")),
}


@pytest.mark.parametrize("case", AGREED, ids=str)
def test_no_disagreement(case: str) -> None:
    assert not disputed(AGREED[case])


def test_places_participants_and_types_differ() -> None:
    found = fields(report("a", None, FIDAN, SHEEBANI, place="Ankara TUR"), report("b", None, FIDAN, LAVROV, place="Damascus SYR", type="AGREE"))
    assert found["place"] == [("@Ankara TUR", ("a",)), ("@Damascus SYR", ("b",))]
    assert found["participants"] == [(f"{SHEEBANI} {FIDAN}", ("a",)), (f"{FIDAN} {LAVROV}", ("b",))]
    assert found["type"] == [("AGREE", ("b",)), ("CONSULT", ("a",))]


def test_copies_have_one_vote() -> None:
    copies = [report(name, "2025-10-11", FIDAN, origin="a") for name in "abc"]
    others = [report(name, "2025-10-12", FIDAN) for name in "de"]
    fields_told = told([*copies, *others])
    assert fields_told.date == "2025-10-12"
    assert fields_told.origins == 3
    assert fields(*copies, *others)["date"] == [("2025-10-11", ("a", "b", "c")), ("2025-10-12", ("d", "e"))]


def test_the_more_precise_is_told() -> None:
    found = told([report("a", "2025-10", "TUR", "SYR", place="TUR"), report("b", "2025-10-12", FIDAN, SHEEBANI, place="Ankara TUR")])
    assert found.date == "2025-10-12"
    assert found.place == "@Ankara TUR"
    assert {part.entity for part in found.participants} == {FIDAN, SHEEBANI}


def test_what_is_held_outweighs_what_was_planned() -> None:
    rows = [report("a", "2025-10-12", FIDAN, factuality="planned"), report("b", "2025-10-12", FIDAN, factuality="planned"), report("c", "2025-10-12", FIDAN)]
    assert told(rows).factuality == "actual"


def test_a_participant_without_an_id_in_the_record_is_left_out() -> None:
    one = report("a", None, FIDAN, SHEEBANI, "TUR")
    cut = replace(one, event=replace(one.event, participants=one.event.participants[1:]))
    assert {part.entity for part in told([cut]).participants} == {SHEEBANI, "TUR"}


REPORTS = st.lists(
    st.builds(
        lambda article, date, who, place, origin, type_: report(article, date, *who, place=place, origin=origin, type=type_),
        st.sampled_from("abcdef"),
        st.sampled_from((None, "2025-10-12", "2025-10-11", "2025-10", "2025")),
        st.lists(st.sampled_from((FIDAN, GULER, SHEEBANI, LAVROV, "TUR", "SYR")), max_size=4, unique=True),
        st.sampled_from((None, "Ankara TUR", "Damascus SYR", "TUR")),
        st.sampled_from("ab"),
        st.sampled_from(("CONSULT", "AGREE")),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.article,
)


@given(REPORTS, st.integers())
@settings(max_examples=80, deadline=None)
def test_free_of_order_and_every_version_has_its_articles(reports: list[Report], seed: int) -> None:
    shuffled = list(reports)
    random.Random(seed).shuffle(shuffled)
    assert told(shuffled) == told(reports)
    assert disputed(shuffled) == disputed(reports)
    for one in disputed(reports):
        assert len(one.versions) > 1
        assert {article for version in one.versions for article in version.articles} <= {row.article for row in reports}
        assert all(version.articles for version in one.versions)
