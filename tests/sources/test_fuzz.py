"""Broken files of every format are read or refused, nothing else; make fuzz throws many more."""

import pytest

from benchmarks.fuzz import fuzz
from benchmarks.fuzz_samples import samples


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", samples())
def test_broken_files_are_read_or_refused(name: str) -> None:
    outcome = fuzz(name, inputs=150, seconds=120, seed=1)
    assert outcome.faults == ()
    assert outcome.read + outcome.refused == outcome.inputs > 0
