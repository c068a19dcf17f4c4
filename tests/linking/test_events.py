"""Which reports of events are one event: pairs that a reader would join or part, and what makes linking free of order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.linking.days import days
from dragoman.linking.events import KIND, fulfils
from dragoman.linking.grouping import component
from dragoman.linking.items import Item, Link, Signature
from dragoman.model.reading import Article, Entity, EventReport, Mention, OfficeHolding, Participation, Reading
from dragoman.model.spans import Span

ROLES = {"CONSULT": ("participant", "participant"), "AGREE": ("actor", "actor")}
# Who can take part: a state by its code, a person as 'Name (office STATE)'.
FIDAN, SHEEBANI, LAVROV = "Hakan Fidan (foreign-minister TUR)", "Asaad al-Shaibani (foreign-minister SYR)", "Sergey Lavrov (foreign-minister RUS)"
KALIN, VUCIC, KURTI = "İbrahim Kalın (intelligence-chief TUR)", "Aleksandar Vučić (president SRB)", "Albin Kurti (prime-minister XKX)"


def told(
    article: str,
    type: str,
    day: str | None,
    *who: str,
    place: str | None = None,
    published: str = "2025-10-13",
    language: str = "en",
    text: str = "",
    **more: Any,
) -> tuple[Article, Sequence[Entity], Sequence[OfficeHolding], EventReport]:
    """One event of an article; `place` as 'Ankara TUR'."""
    text = text or f"{article}: {type}."
    entities, offices, parts = [], [], []
    for number, one in enumerate(who, 1):
        name, _, office = one.rstrip(")").partition(" (")
        held, _, state = office.rpartition(" ")
        kind = "person" if office else "state"
        start = text.find(name)
        mentions = (Mention(start=start, end=start + len(name), text=name),) if start >= 0 else ()
        entities.append(Entity(id=f"e{number}", kind=kind, name=name, names=(name,), code=None if office else name, state=state or None, mentions=mentions))
        if held:
            offices.append(OfficeHolding(person=f"e{number}", office=held, of=state, evidence=()))
        parts.append(
            Participation(entity=f"e{number}", role=ROLES.get(type, ("actor", "recipient"))[min(number - 1, 1)], side=state or name, office=held or None)
        )
    if place:
        town, _, state = place.rpartition(" ")
        entities.append(Entity(id="l1", kind="place", name=town, names=(town,), state=state))
    event = EventReport(id="v1", type=type, date=day, place="l1" if place else None, participants=tuple(parts), trigger=Span(0, len(text)), **more)
    return Article(id=article, name=article, text=text, language=language, published=date.fromisoformat(published)), entities, offices, event


def item(*args: Any, **more: Any) -> Item:
    article, entities, offices, event = told(*args, **more)
    sentences = (Span(0, len(article.text)),)
    reading = Reading(article=article, sentences=sentences, entities=tuple(entities), offices=tuple(offices), events=(event,))
    return KIND.items(reading, Signature())[0][0]


ONE = {
    "both name the same people": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("b", "CONSULT", "2025-10-12", SHEEBANI, FIDAN)),
    "another spelling": (
        item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI),
        item("b", "CONSULT", "2025-10-12", "هاكان فيدان (foreign-minister TUR)", "أسعد الشيباني (foreign-minister SYR)", language="ar"),
    ),
    "only the office in one": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("b", "CONSULT", "2025-10-12", "TUR", "SYR")),
    "a day off, the same place": (
        item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI, place="Ankara TUR"),
        item("b", "CONSULT", "2025-10-11", FIDAN, SHEEBANI, place="Ankara TUR"),
    ),
    "a month in one": (
        item("a", "CONSULT", "2024-10-24", VUCIC, KURTI),
        item("b", "CONSULT", "2024-10", VUCIC, KURTI, published="2025-03-01"),
    ),
    "old news told again after months": (
        item("a", "ASSAULT", "2022-09", "KGZ", "TJK", place="Batken KGZ", published="2025-03-13"),
        item("b", "ASSAULT", "2022-09", "KGZ", "TJK", place="Batken KGZ", published="2025-07-01"),
    ),
    "planned and then held": (
        item("a", "AGREE", "2025-10-12", FIDAN, SHEEBANI, factuality="planned", published="2025-10-10"),
        item("b", "CONSULT", "2025-10-12", FIDAN, SHEEBANI),
    ),
    "fewer participants": (item("a", "CONSULT", "2025-10-12", FIDAN, KALIN, SHEEBANI), item("b", "CONSULT", "2025-10-12", FIDAN, SHEEBANI)),
    "a march known by its town": (
        item("a", "PROTEST", "2025-05-20", "SRB", place="Mitrovica XKX", mode="demo"),
        item("b", "PROTEST", "2025-05-20", place="Mitrovica XKX", mode="demo"),
    ),
    "no date in either, both just out": (item("a", "CONSULT", None, FIDAN, SHEEBANI), item("b", "CONSULT", None, FIDAN, SHEEBANI)),
}
TWO = {
    "the next month": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("b", "CONSULT", "2025-11-12", FIDAN, SHEEBANI, published="2025-11-13")),
    "the same week": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("b", "CONSULT", "2025-10-15", FIDAN, SHEEBANI)),
    "another counterpart that day": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("b", "CONSULT", "2025-10-12", FIDAN, LAVROV)),
    "turned round": (item("a", "ACCUSE", "2025-10-12", "ARM", "AZE"), item("b", "ACCUSE", "2025-10-12", "AZE", "ARM")),
    "another type": (item("a", "SANCTION", "2025-10-12", "ARM", "AZE"), item("b", "AID", "2025-10-12", "ARM", "AZE")),
    "denied": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("b", "CONSULT", "2025-10-12", FIDAN, SHEEBANI, factuality="denied")),
    "a call and a visit": (
        item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI, mode="phone"),
        item("b", "CONSULT", "2025-10-12", FIDAN, SHEEBANI, mode="visit"),
    ),
    "strikes on two towns": (
        item("a", "ASSAULT", "2025-10-12", "RUS", "UKR", place="Kharkiv UKR"),
        item("b", "ASSAULT", "2025-10-12", "RUS", "UKR", place="Odesa UKR"),
    ),
    "no date, news of other weeks": (item("a", "ACCUSE", None, "ARM", "AZE"), item("b", "ACCUSE", None, "ARM", "AZE", published="2025-10-25")),
    "planned for another day": (
        item("a", "CONSULT", "2025-10-14", FIDAN, SHEEBANI, factuality="planned"),
        item("b", "CONSULT", "2025-10-12", FIDAN, SHEEBANI),
    ),
    "nothing in common but the day": (item("a", "CONSULT", "2025-10-12", FIDAN), item("b", "CONSULT", "2025-10-12", VUCIC)),
    "one article": (item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI), item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI)),
}


@pytest.mark.parametrize("case", ONE, ids=str)
def test_one_event(case: str) -> None:
    left, right = ONE[case]
    found = KIND.likeness(left, right)
    assert found.score >= KIND.threshold, found.features
    assert set(left.keys) & set(right.keys)


@pytest.mark.parametrize("case", TWO, ids=str)
def test_two_events(case: str) -> None:
    found = KIND.likeness(*TWO[case])
    assert found.score < KIND.threshold, found.features


def test_a_meeting_put_off_fulfils_the_planned_one() -> None:
    planned = item("a", "CONSULT", "2025-03-31", FIDAN, SHEEBANI, factuality="planned", published="2025-03-13")
    held = item("b", "CONSULT", "2025-04-04", FIDAN, SHEEBANI, published="2025-04-05")
    other = item("c", "CONSULT", "2025-04-04", FIDAN, LAVROV, published="2025-04-05")
    assert fulfils(held, planned).score > 0.5
    assert not fulfils(planned, held).score
    assert not fulfils(other, planned).score
    assert KIND.likeness(held, planned).score < KIND.threshold


def linked(items: Sequence[Item]) -> tuple[list[frozenset[str]], list[Link]]:
    """Groups and links, as a store makes them."""
    links = []
    for left, right in combinations(sorted(items, key=lambda one: one.id), 2):
        if set(left.keys) & set(right.keys) and (score := KIND.likeness(left, right).score) >= KIND.threshold:
            links.append(Link(left.id, right.id, score))
    groups: list[frozenset[str]] = []
    seen: set[str] = set()
    for one in items:
        if one.id not in seen:
            members, among = component([one.id], lambda ids: [link for link in links if {link.left, link.right} & set(ids)])
            seen |= members
            groups += KIND.part([each for each in items if each.id in members], sorted(among), frozenset())
    return sorted(groups, key=min), links


def test_a_vague_report_does_not_weld_two_meetings() -> None:
    with_sheebani = item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI)
    with_lavrov = item("b", "CONSULT", "2025-10-12", FIDAN, LAVROV)
    vague = item("c", "CONSULT", "2025-10-12", FIDAN)
    groups, _ = linked([with_sheebani, with_lavrov, vague])
    assert len(groups) == 2


def test_two_hosts_of_one_visitor_on_one_day_are_two_meetings() -> None:
    """Each holds an office that one person holds; a deputy who is named for his minister is of the same meeting."""
    minister = item("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI, place="Damascus SYR")
    president = item("b", "CONSULT", "2025-10-12", FIDAN, "Ahmed al-Sharaa (president SYR)", place="Damascus SYR")
    assert len(linked([minister, president])[0]) == 2
    both = item("c", "CONSULT", "2025-10-12", FIDAN, SHEEBANI, "Ahmed al-Sharaa (president SYR)", place="Damascus SYR")
    assert len(linked([minister, both])[0]) == 1


def test_days_do_not_chain() -> None:
    groups, links = linked([item(f"a{day}", "CONSULT", f"2025-10-{day}", FIDAN, SHEEBANI, place="Ankara TUR") for day in range(10, 17)])
    assert links
    assert all(len(group) <= 3 for group in groups)


def test_pairs_that_must_stay_apart_do() -> None:
    left, right = ONE["both name the same people"]
    link = Link(*sorted((left.id, right.id)), KIND.likeness(left, right).score)
    assert len(KIND.part([left, right], [link], frozenset())) == 1
    assert len(KIND.part([left, right], [link], frozenset({(link.left, link.right)}))) == 2


CODES = ("ARM", "AZE", "TUR", "SYR", FIDAN, SHEEBANI, LAVROV, VUCIC, "هاكان فيدان (foreign-minister TUR)", "Fidan (minister TUR)")
REPORTS = st.builds(
    lambda article, type_, day, who, place, factuality, mode, language, published: item(
        article, type_, day, *who, place=place, factuality=factuality, mode=mode, language=language, published=published
    ),
    st.sampled_from("abcdefgh"),
    st.sampled_from(("CONSULT", "AGREE", "ACCUSE", "REJECT", "ASSAULT", "COERCE", "SANCTION")),
    st.sampled_from((None, "2025-10-12", "2025-10-11", "2025-10", "2025", "2024-12-08", "2015/2022", "2025-10-11/2025-10-12", "199X", "2025-21")),
    st.lists(st.sampled_from(CODES), max_size=4, unique=True),
    st.sampled_from((None, "Ankara TUR", "Damascus SYR", "دمشق SYR")),
    st.sampled_from(("actual", "planned", "possible", "denied")),
    st.sampled_from((None, "phone", "visit")),
    st.sampled_from(("en", "ar")),
    st.sampled_from(("2025-10-12", "2025-10-13", "2025-12-01")),
)


@given(REPORTS, REPORTS)
@settings(max_examples=150, deadline=None)
def test_likeness_is_symmetric_and_between_nought_and_one(left: Item, right: Item) -> None:
    there, back = KIND.likeness(left, right), KIND.likeness(right, left)
    assert there.score == back.score
    assert 0.0 <= there.score <= 1.0


@given(st.lists(REPORTS, max_size=9, unique_by=lambda one: one.facts["article"]), st.integers())
@settings(max_examples=60, deadline=None)
def test_groups_are_free_of_order_and_settle(items: list[Item], seed: int) -> None:
    groups, links = linked(items)
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)
    assert linked(shuffled)[0] == groups
    by_id = {one.id: one for one in items}
    for group in groups:
        assert len({by_id[one].facts["article"] for one in group}) == len(group)
        inside = [link for link in links if {link.left, link.right} <= group]
        assert KIND.part([by_id[one] for one in sorted(group)], inside, frozenset()) == [group]


def test_no_group_holds_two_reports_of_one_article() -> None:
    article, entities, offices, event = told("a", "CONSULT", "2025-10-12", FIDAN, SHEEBANI)
    twice = Reading(
        article=article,
        entities=tuple(entities),
        offices=tuple(offices),
        events=(event, EventReport(**{**{f: getattr(event, f) for f in event.__slots__}, "id": "v2"})),
    )
    both = [one for one, _ in KIND.items(twice, Signature())]
    groups, links = linked([*both, item("b", "CONSULT", "2025-10-12", FIDAN, SHEEBANI)])
    assert len(links) == 2
    assert sorted(len(group) for group in groups) == [1, 2]


@pytest.mark.parametrize(
    ("value", "width"),
    [
        ("2025-10-12", 1),
        ("2025-10-12T09:00Z", 1),
        ("2024-02", 29),
        ("2024", 366),
        ("199X", 3652),
        ("2015/2022", 2922),
        ("2025-10-11/2025-10-12", 2),
        ("2025-21", 92),
    ],
)
def test_days_of_a_date(value: str, width: int) -> None:
    found = days(value)
    assert found is not None
    assert found.width == width


@pytest.mark.parametrize("value", [None, "", "../2020", "2025-13", "2025-02-30", "soon", "2022/2015"])
def test_no_days(value: str | None) -> None:
    assert days(value) is None
