"""Half-open ranges: what lies inside, what touches, what is shared."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.spans import Span, distinct

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


def characters(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@given(SPANS, SPANS)
def test_spans_are_sets_of_characters(one: Span, other: Span) -> None:
    assert one.covers(other) == (characters(other) <= characters(one))
    assert one.overlaps(other) == bool(characters(one) & characters(other))
    assert one.overlaps(other) == other.overlaps(one)
    assert one.hull(other).covers(one)
    assert one.hull(other).covers(other)


@given(st.lists(SPANS, max_size=5))
def test_evidence_is_a_set_in_a_fixed_order(spans: list[Span]) -> None:
    assert distinct(spans) == distinct(reversed(spans)) == tuple(sorted(set(spans)))


def test_neighbours_do_not_overlap() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 3).of("abcdef") == "abc"
