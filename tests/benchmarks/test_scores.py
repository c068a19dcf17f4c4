"""Figures: precision, recall, F1, and scores of chains, on cases worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import coreference, scores

Chains = list[frozenset[int]]


def test_f1_from_counts() -> None:
    assert scores.of(2, 4, 8) == {"p": 0.5, "r": 0.25, "f1": 0.3333}
    assert scores.of(0, 0, 0)["f1"] == 1.0
    assert scores.of(0, 3, 0)["f1"] == 0.0


def test_macro_and_weighted_f1_and_accuracy() -> None:
    pairs = [("A", "A"), ("A", "B"), ("B", "B"), ("B", "B"), ("C", "")]
    classes = scores.by_class(pairs)
    assert classes["A"] == {"p": 1.0, "r": 0.5, "f1": 0.6667}
    assert classes["B"] == {"p": 0.6667, "r": 1.0, "f1": 0.8}
    assert classes["C"]["f1"] == 0.0
    assert scores.macro(pairs) == pytest.approx((0.6667 + 0.8) / 3, abs=1e-4)
    assert scores.weighted(pairs) == pytest.approx((2 * 0.6667 + 2 * 0.8) / 5, abs=1e-4)
    assert scores.accuracy(pairs) == 0.6


def test_chains_as_in_the_papers() -> None:
    gold: Chains = [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7}), frozenset({8, 9, 10, 11, 12})]
    ours: Chains = [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7, 8, 9, 10, 11, 12})]
    assert coreference.muc(gold, ours) == {"p": 0.9, "r": 1.0, "f1": 0.9474}
    b3 = coreference.b_cubed(gold, ours)
    assert b3["r"] == 1.0
    assert b3["p"] == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, abs=1e-4)
    assert coreference.ceaf_e(gold, ours)["p"] == pytest.approx((1 + 2 * 5 / 12) / 2, abs=1e-4)


def _chains(mentions: list[int]) -> Chains:
    return [frozenset(number for number, at in enumerate(mentions) if at == chain) for chain in sorted(set(mentions))]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=14))
def test_chains_agree_wholly_with_themselves(mentions: list[int]) -> None:
    chains = _chains(mentions)
    figures = coreference.conll(chains, chains)
    assert figures["conll_f1"] == 1.0


@given(st.lists(st.integers(0, 4), min_size=6, max_size=12), st.lists(st.integers(0, 4), min_size=6, max_size=12))
def test_scores_lie_between_nothing_and_all_and_precision_is_recall_turned(one: list[int], other: list[int]) -> None:
    for measure in (coreference.muc, coreference.b_cubed, coreference.ceaf_e):
        there, back = measure(_chains(one), _chains(other)), measure(_chains(other), _chains(one))
        assert all(0.0 <= value <= 1.0 for value in there.values())
        assert (there["p"], there["r"]) == (back["r"], back["p"])
