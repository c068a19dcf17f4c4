"""The simulated world is one world: the same for a seed, its readings valid, its truth consistent, and linking finds it again."""

import itertools
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.simulation import Chronicle, Report, terms, texts, world
from benchmarks.simulation.command import exponent, leave_texts
from benchmarks.simulation.filling import Cost, fill
from benchmarks.simulation.names import PersonName, skeleton, written
from benchmarks.simulation.scoring import partition, score, score_persons, term_of
from dragoman.model.codec import dumps, loads
from dragoman.store.open import open_store

COUNT = 160


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(world(1, COUNT))


def test_a_seed_has_one_world_and_a_longer_one_begins_alike(reports: list[Report]) -> None:
    again = list(world(1, 40))
    assert again == reports[:40]
    assert [one for one, _ in texts(1, COUNT)] == [one.reading for one in reports]
    assert [one.reading for one in world(2, 40)] != [one.reading for one in again]


def test_spans_hold_what_they_say(reports: list[Report]) -> None:
    for report in reports:
        reading, text = report.reading, report.reading.article.text
        assert loads(dumps(reading)) == reading
        for entity in reading.entities:
            assert entity.name in entity.names
            assert all(text[one.start : one.end] == one.text for one in entity.mentions)
        for said in reading.statements:
            assert text[said.start : said.end] == said.text
        for when in reading.dates:
            assert text[when.start : when.end] == when.text
        for event in reading.events:
            assert all(one.covers(event.trigger) for one in event.evidence)
            assert event.trigger.end > event.trigger.start
        for one, other in zip(reading.sentences, reading.sentences[1:], strict=False):
            assert one.end <= other.start
        assert {entity.id for entity in reading.entities if entity.kind == "person"} == set(report.truth.persons)
        assert {event.id for event in reading.events} == set(report.truth.events)


def test_there_are_copies_translations_errors_and_disputes(reports: list[Report]) -> None:
    kinds = Counter(report.plan.how for report in reports)
    assert min(kinds[kind] for kind in ("own", "near-duplicate", "translation", "excerpt")) > 0
    assert {report.reading.article.language for report in reports} == {"en", "fr", "ar", "tr", "es"}
    told: dict[int, set[date]] = {}
    for report in world(1, 600):
        told.setdefault(report.truth.happening, set()).add(report.plan.day)
    assert any(len(days) > 1 for days in told.values())


def test_every_office_has_one_holder_at_a_time() -> None:
    held = terms(1)
    for own in held.values():
        for one, other in itertools.pairwise(own):
            assert one.end == other.begin
            assert one.person is not other.person
    day = date(2015, 5, 5)
    holders = [Chronicle(1, held).holder(state, office, day) for state, office in held]
    assert all(term.begin <= day < term.end for term in holders)
    assert len({term.person.number for term in holders}) == len(holders)


def test_desks_write_one_name_in_their_ways() -> None:
    name = PersonName("arabic", "khaalid", "shaybaanii", article=True)
    assert [" ".join(written(name, language, 0)) for language in ("en", "fr", "es", "tr", "ar")] == [
        "Khalid al-Shaibani", "Khalid al-Chaïbani", "Jalid al Shaibani", "Halid el-Şaybani", "خالد الشيباني",
    ]  # fmt: skip
    assert skeleton("shaybaanii") == skeleton("shibana")


def test_a_partition_is_scored_by_its_pairs() -> None:
    so = {(str(number), ""): number // 2 for number in range(6)}
    assert partition({place: str(number) for place, number in so.items()}, so).f1 == 1.0
    alone = partition({place: place[0] for place in so}, so)
    assert (alone.precision, alone.recall, alone.f1) == (1.0, 0.0, 0.0)
    welded = partition(dict.fromkeys(so, "all"), so)
    assert (round(welded.precision, 3), welded.recall) == (0.2, 1.0)
    assert alone.b_cubed == pytest.approx(2 / 3)


def test_a_report_is_of_the_term_that_its_day_is_in_or_nearest_to() -> None:
    held = terms(8)["BRA", "foreign-minister"]
    number = held[0].person.number
    again = next(at for at, term in enumerate(held) if at and term.person.number == number)
    days = (held[0].begin, held[0].end, held[again].begin - timedelta(days=4), held[again].end + timedelta(days=4))
    assert [term_of(held, number, day) for day in days] == [0, 0, again, again]


def test_growth_is_the_slope_of_cost() -> None:
    assert exponent([Cost(articles=1_000, milliseconds=10.0), Cost(articles=100_000, milliseconds=20.0)]) == pytest.approx(0.1505, abs=1e-4)
    assert exponent([Cost(articles=1_000, milliseconds=10.0)]) is None


def test_linking_finds_the_world_again(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "world.db"))
    costs = list(fill(store, 1, COUNT, (COUNT,)))
    again = list(fill(store, 1, COUNT, (COUNT,)))
    found = score(store, 1, COUNT)
    assert store.counts().articles == COUNT
    store.close()
    assert score_persons(1, COUNT)["persons"] == found["persons"]
    assert [one.articles for one in costs] == [COUNT]
    assert again == []
    assert {name: found[name].f1 >= floor for name, floor in (("persons", 0.93), ("events", 0.93), ("copies", 0.93))} == dict.fromkeys(
        ("persons", "events", "copies"), True
    )


def test_texts_can_be_left_for_reading(tmp_path: Path) -> None:
    leave_texts(tmp_path / "texts", 1, 5)
    assert [len((tmp_path / "texts" / name).read_text(encoding="utf-8").splitlines()) for name in ("articles.jsonl", "truth.jsonl")] == [5, 5]
