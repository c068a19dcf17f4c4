"""Corrections: they hold, outlive rebuilding, count once however often they are said, and leave nothing behind when they are taken back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.engines.here import Here
from dragoman.linking.items import Signature
from dragoman.linking.record import composed
from dragoman.model.codec import loads
from dragoman.model.config import Config
from dragoman.model.errors import Ambiguous, DragomanError, InputError, NotFound
from dragoman.model.reading import Article
from dragoman.model.record_codec import lines, streamed
from dragoman.service import correct, dossier
from dragoman.service.book import open_book
from dragoman.service.correct import By, Corrected, merge, reject, settle, split, undo
from dragoman.service.finding import find_person
from dragoman.service.ingest import Fresh, add, keep
from dragoman.service.kinds import kinds
from dragoman.service.read import kit_of
from dragoman.service.rebuilding import rebuild
from dragoman.service.record import given_of
from dragoman.service.shelf import open_shelf
from dragoman.service.timeline import Asked, timeline
from dragoman.sources.arrival import Arrival
from dragoman.store.open import open_store
from dragoman.store.protocol import Store

CONFIG = Config()
WHO = By(who="ana", why="read both", at=datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.fixture
def store(made: Path) -> Iterator[Store]:
    opened = open_store(str(made), create=False)
    yield opened
    opened.close()


def exported(store: Store) -> str:
    """The record, and with it that the groups the store keeps are those of the record."""
    given = given_of(store, CONFIG)
    for kind in given.kinds:
        assert list(store.groups(kind.name)) == list(given.groups[kind.name])
    whole = "".join(lines(composed(given)))
    assert "".join(streamed(open_shelf(store, CONFIG).each)) == whole
    return whole


def derived_anew(store: Store) -> None:
    """As a rebuild does it, with the readings that are there, one after the other, the last first."""
    readings = [loads(text) for _, text in store.readings()]
    every = kinds(kit_of(CONFIG))
    with store.writing():
        store.forget_derived()
        for reading in reversed(readings):
            keep(store, [Fresh(reading=reading, signature=Signature())], every)


def meeting(store: Store) -> str:
    return timeline(open_book(store, CONFIG), Asked())[0].id


CORRECTIONS: list[Callable[[Store], Corrected]] = [
    lambda store: merge(store, CONFIG, "person", "Santiago Peña", "Raquel Peña", WHO),
    lambda store: merge(store, CONFIG, "person", "kalin", "haddad", WHO),
    lambda store: split(store, CONFIG, "person", "أسعد الشيباني", "Asaad al-Shaibani", WHO),
    lambda store: merge(store, CONFIG, "story", "a1", "e5", WHO),
    lambda store: merge(store, CONFIG, "copy", "a1", "d4.txt", WHO),
    lambda store: split(store, CONFIG, "event", "a1:v1", "b2:v1", WHO),
    lambda store: merge(store, CONFIG, "event", "d4:v1", "e5:v1", WHO),
    lambda store: reject(store, CONFIG, meeting(store), WHO),
    lambda store: settle(store, CONFIG, meeting(store), "date", "2025-10-13", WHO),
    lambda store: settle(store, CONFIG, meeting(store), "type", "AGREE", WHO),
    lambda store: settle(store, CONFIG, meeting(store), "place", "ankara", WHO),
    lambda store: settle(store, CONFIG, meeting(store), "place", "none", WHO),
]


@pytest.mark.parametrize("corrected", CORRECTIONS)
def test_a_correction_holds_counts_once_outlives_rebuilding_and_is_undone(store: Store, corrected: Callable[[Store], Corrected]) -> None:
    before = exported(store)
    first = corrected(store)
    after = exported(store)
    assert first.new
    assert (first.correction.by, first.correction.why, first.correction.at) == (WHO.who, WHO.why, WHO.at)
    if first.correction.verdict != "reject":
        again = corrected(store)
        assert not again.new
        assert again.correction == first.correction
        assert exported(store) == after
    if first.correction.right is None or not first.correction.right.startswith(first.correction.left[:8]):
        assert after != before or first.correction.field == "place"
    derived_anew(store)
    assert exported(store) == after
    taken = undo(store, CONFIG, first.correction.id)
    assert taken.new
    assert taken.correction.undone
    assert exported(store) == before
    assert not undo(store, CONFIG, first.correction.id).new
    assert len(store.corrections()) == 1


@settings(max_examples=8)
@given(chosen=st.lists(st.sampled_from(range(len(CORRECTIONS))), min_size=2, max_size=4), order=st.randoms(use_true_random=False))
def test_all_undone_is_as_before(made_once: Path, chosen: list[int], order: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(shutil.copy(made_once, Path(folder) / "record.db")), create=False)
        try:
            before = exported(store)
            for number in chosen:
                try:
                    CORRECTIONS[number](store)
                except DragomanError:
                    continue
            after = exported(store)
            derived_anew(store)
            assert exported(store) == after
            numbers = [one.id for one in store.corrections()]
            order.shuffle(numbers)  # type: ignore[attr-defined]
            for number in numbers:
                undo(store, CONFIG, number)
            assert exported(store) == before
        finally:
            store.close()


def test_merged_persons_are_one_and_their_ids_lead_there(store: Store) -> None:
    book = open_book(store, CONFIG)
    ids = [find_person(book.shelf, name).id for name in ("Santiago Peña", "Raquel Peña")]
    found = merge(store, CONFIG, "person", *ids, WHO)
    book = open_book(store, CONFIG)
    assert {one.id for one in (*found.left, *found.right)} == {find_person(book.shelf, identity).id for identity in ids} == {find_person(book.shelf, "pena").id}
    with pytest.raises(InputError, match=r"both are p[0-9a-f]{16} already"):
        merge(store, CONFIG, "person", ids[0], ids[0], WHO)


def test_split_persons_are_two_whatever_links_them(store: Store) -> None:
    members = dossier.person(open_book(store, CONFIG), "sheebani").members
    found = split(store, CONFIG, "person", members[0].id, members[1].id, WHO)
    assert found.left[0].id != found.right[0].id
    with pytest.raises(InputError, match=r"correction 1 says that they are two; take it back first with: dragoman correct undo 1"):
        merge(store, CONFIG, "person", members[0].id, members[1].id, WHO)
    assert len(store.corrections()) == 1


def test_what_nothing_distinguishes_is_not_split(store: Store) -> None:
    with pytest.raises(InputError, match="the same name, state and office, and a correction cannot tell apart what nothing distinguishes"):
        split(store, CONFIG, "person", "kalin", "Ibrahim Kalin", WHO)
    with pytest.raises(InputError, match="give the ids of two reports"):
        split(store, CONFIG, "event", "a1:v1", "a1:v1", WHO)
    assert store.corrections() == ()


def test_a_rejected_event_is_gone_and_said_so(store: Store) -> None:
    event = meeting(store)
    assert reject(store, CONFIG, event, WHO).new
    book = open_book(store, CONFIG)
    assert book.shelf.event(event) is None
    with pytest.raises(NotFound, match=f"event {event} was rejected by a correction"):
        dossier.event(book, event)
    assert not reject(store, CONFIG, event, WHO).new
    assert len(store.corrections()) == 1


def test_the_last_value_holds_and_a_settled_field_is_disputed_no_more(store: Store) -> None:
    event = meeting(store)
    for day in ("2025-10-10", "2025-10-13"):
        settle(store, CONFIG, event, "date", day, WHO)
    shown = open_shelf(store, CONFIG).event(event)
    assert (shown.date, shown.disputed) == ("2025-10-13", ())
    undo(store, CONFIG, 2)
    assert open_shelf(store, CONFIG).event(event).date == "2025-10-10"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("date", "soon", "'soon' is no date"),
        ("type", "TALK", "'TALK' is no type of event"),
        ("mode", "hunger", "'hunger' is no mode of CONSULT; there are visit"),
        ("factuality", "none", "'none' is no factuality"),
        ("place", "Atlantis", "names a place 'Atlantis'"),
        ("origins", "7", "'origins' is no field that can be set; there are date"),
    ],
)
def test_fields_and_values_that_there_are_not(store: Store, field: str, value: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        settle(store, CONFIG, meeting(store), field, value, WHO)
    assert store.corrections() == ()


def test_what_cannot_be_meant(store: Store) -> None:
    with pytest.raises(Ambiguous):
        merge(store, CONFIG, "person", "pena", "kalin", WHO)
    with pytest.raises(InputError, match="'planet' is no kind of thing; there are person"):
        merge(store, CONFIG, "planet", "a", "b", WHO)
    with pytest.raises(InputError, match="is the id of a thing of the kind event, not person"):
        merge(store, CONFIG, "person", meeting(store), "kalin", WHO)
    with pytest.raises(NotFound, match="there is no correction 9; see: dragoman correct list"):
        undo(store, CONFIG, 9)
    with pytest.raises(NotFound, match="are words of no person"):
        merge(store, CONFIG, "person", f"{'a1' * 8}#900-910", "kalin", WHO)
    assert store.corrections() == ()


def test_the_list_says_what_corrections_mean_now(store: Store) -> None:
    assert correct.listed(store, CONFIG) == ()
    merge(store, CONFIG, "person", "Santiago Peña", "Raquel Peña", WHO)
    undo(store, CONFIG, 1)
    settle(store, CONFIG, meeting(store), "place", "Ankara", WHO)
    first, second = correct.listed(store, CONFIG)
    assert first.correction.undone
    assert {first.left[0].name, first.right[0].name} == {"Santiago Peña", "Raquel Peña"}
    assert [one.name for one in second.right] == ["Ankara"]


def test_a_correction_outlives_a_new_reading_of_the_text(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "record.db"))
    text = "Swedish Foreign Minister Ana Lindqvist met Norwegian Foreign Minister Per Dahl in Oslo on Monday."
    other = "Norwegian Foreign Minister Anna Lindkvist spoke to reporters in Bergen."
    arrivals = [Arrival(article=Article(id=f"{number:016x}", name=f"{number}.txt", text=one, language="en")) for number, one in enumerate((text, other))]
    assert [one.new for one in add(store, arrivals, Here(), CONFIG)] == [True, True]
    merge(store, CONFIG, "person", "Ana Lindqvist", "Anna Lindkvist", WHO)
    after = exported(store)
    assert open_shelf(store, CONFIG).counts()["persons"] == 2
    assert len(list(rebuild(store, Here(), CONFIG))) == 2
    assert exported(store) == after
    store.close()
