"""The soak looks at memory evenly, and a short one finds it flat."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from benchmarks.soak import Look, growth, resident, soak
from dragoman.model.config import Config


def test_growth_is_the_last_third_over_the_middle_one() -> None:
    assert growth([Look(number, float(megabytes)) for number, megabytes in enumerate((10, 90, 95, 100, 100, 100, 103, 103, 103))]) == 3.0
    assert growth([]) == 0.0


def test_memory_stays_flat_over_a_short_soak() -> None:
    # In a process of its own: what other tests have left in memory and give back meanwhile would be counted too.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        looks = alone.submit(soak, 336, 600.0, 24, Config(encoder=False)).result()
    assert len(looks) >= 18
    assert looks[-1].articles == 336
    assert 10 < looks[-1].megabytes < 2_000
    # Caches of names fill over so short a time; a leak of a megabyte an article would be seen.
    assert growth(looks) < 100
    assert resident() > 10
