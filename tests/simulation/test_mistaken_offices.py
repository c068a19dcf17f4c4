"""An office that a report mistakes is nobody's tenure, though its copies in other columns and languages repeat it, in whatever order they come."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.simulation import Report, world
from benchmarks.simulation.telling import tell
from benchmarks.simulation.vectors import signature
from dragoman.linking.record import composed
from dragoman.model.config import Config
from dragoman.model.record_codec import lines, streamed
from dragoman.reading.kit import Kit
from dragoman.service.ingest import Fresh, keep
from dragoman.service.kinds import kinds
from dragoman.service.record import given_of
from dragoman.service.shelf import open_shelf
from dragoman.store.open import open_store

SEED, COUNT = 1, 500
MISTAKEN = "energy-minister"
CONFIG = Config(encoder=False)


def mistaken(report: Report) -> Report:
    """The same report, which calls the first of its people by another office."""
    plan = replace(report.plan, wrong=MISTAKEN)
    reading, truth, told = tell(plan, SEED)
    return Report(plan=plan, reading=reading, truth=truth, signature=signature(reading.article.text, plan, told))


@pytest.fixture(scope="module")
def told() -> tuple[list[Report], list[Report]]:
    """A report with its copies, all of which mistake an office, and what others tell of the same person before and after."""
    by_origin: dict[int, list[Report]] = defaultdict(list)
    by_person: dict[int, list[Report]] = defaultdict(list)
    for report in world(SEED, COUNT):
        by_origin[report.truth.origin].append(report)
        for number in report.truth.persons.values():
            by_person[number].append(report)
    for origin, copies in sorted(by_origin.items()):
        people = copies[0].plan.happening.people
        if len(copies) < 2 or not people or people[0].office == MISTAKEN:
            continue
        others = [one for one in by_person[people[0].person.number] if one.truth.origin != origin]
        days = [one.plan.published for one in others]
        if len(others) > 5 and min(days) < copies[0].plan.published < max(days):
            return [mistaken(one) for one in copies], others
    raise AssertionError("the world has no such report")


def tenures_of(path: Path, reports: Sequence[Report], step: int) -> set[tuple[str, str | None]]:
    store = open_store(str(path))
    every = kinds(Kit(config=CONFIG))
    for at in range(0, len(reports), step):
        with store.writing():
            keep(store, [Fresh(reading=one.reading, signature=one.signature) for one in reports[at : at + step]], every)
    shelf = open_shelf(store, CONFIG)
    assert "".join(streamed(shelf.each)) == "".join(lines(composed(given_of(store, CONFIG))))
    found = {(one.office, one.of) for one in shelf.tenures()}
    store.close()
    return found


def test_copies_do_not_make_an_office_of_a_mistake(told: tuple[list[Report], list[Report]], tmp_path: Path) -> None:
    copies, others = told
    state = copies[0].plan.happening.people[0].state
    assert (MISTAKEN, state) not in tenures_of(tmp_path / "straight.db", [*copies, *others], 4)
    shuffled = [*copies, *others]
    random.Random(3).shuffle(shuffled)
    assert (MISTAKEN, state) not in tenures_of(tmp_path / "shuffled.db", shuffled, 3)
    # By themselves they are all there is, and believed.
    assert (MISTAKEN, state) in tenures_of(tmp_path / "alone.db", copies, 1)
