"""References are kept on both databases, by source and id."""

from dragoman.model.reference import Reference, ReferenceTenure
from dragoman.store.protocol import Store
from dragoman.store.references import all_references, count_references, put_references


def test_a_reference_replaces_what_the_same_source_said_before(store: Store) -> None:
    held = ReferenceTenure(office="minister", of="SWE", start="2022-10", end=None)
    one = Reference(source="wikidata:a.json", id="Q1", kind="person", name="Ana", names=("Ana", "\x00An\u200bna"), state="SWE", tenures=(held,))
    other = Reference(source="b", id="Q1", kind="organization", name="İ", wikidata="Q7")
    with store.writing():
        assert put_references(store, [one]) == 1
        assert put_references(store, [one]) == 0
    assert list(all_references(store)) == [one]
    with store.writing():
        assert put_references(store, [Reference(source=one.source, id="Q1", kind="person", name="Ana L."), other]) == 2
    assert [found.name for found in all_references(store)] == ["İ", "Ana L."]


def test_many_are_listed_in_order_and_outlive_what_is_derived(store: Store) -> None:
    many = [Reference(source="s", id=f"{number:05}", kind="person", name="x") for number in range(1_203)]
    with store.writing():
        put_references(store, reversed(many))
        store.forget_derived()
    assert list(all_references(store)) == many
    assert count_references(store) == 1_203
