"""Bodies of answers: the same however they are cut into pieces, and never more than the limit."""

import gzip
import zlib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import InputError, TooLarge
from dragoman.sources.web.decoding import body

PACKERS = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress, "gzip, deflate": lambda raw: zlib.compress(gzip.compress(raw))}


def cut(raw: bytes, at: list[int]) -> Iterator[bytes]:
    ends = sorted({0, len(raw), *(one % (len(raw) + 1) for one in at)})
    return (raw[start:end] for start, end in pairwise(ends))


@given(st.binary(max_size=3_000), st.sampled_from(sorted(PACKERS)), st.lists(st.integers(0, 10_000), max_size=8))
def test_pieces_do_not_matter(raw: bytes, codings: str, at: list[int]) -> None:
    packed = PACKERS[codings](raw)
    assert body(cut(packed, at), codings, 10_000, "x") == raw


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "gzip, gzip", "br", "GZIP ,identity", "\x00"]), st.lists(st.integers(0, 300), max_size=4))
def test_any_bytes_are_a_body_or_an_error_in_words(raw: bytes, codings: str, at: list[int]) -> None:
    try:
        found = body(cut(raw, at), codings, 1_000, "x")
    except InputError:
        return
    assert len(found) <= 1_000


@pytest.mark.parametrize("codings", sorted(PACKERS))
def test_the_limit_is_exact(codings: str) -> None:
    packed = PACKERS[codings](bytes(100_000))
    assert len(body(iter([packed]), codings, 100_000, "x")) == 100_000
    with pytest.raises(TooLarge):
        body(iter([packed]), codings, 99_999, "x")


def test_a_stream_that_packs_nothing_ends_at_the_limit_too() -> None:
    with pytest.raises(TooLarge):
        body((gzip.compress(b"") for _ in iter(int, 1)), "gzip", 100_000, "x")
