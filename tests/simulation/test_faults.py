"""A few faults of each kind, as `python -m benchmarks faults` does by hundreds: nothing lost, nothing doubled."""

from pathlib import Path

import pytest

from benchmarks.faults.command import COMMANDS, DONE, FAULTS, run, trials


def test_faults_are_drawn_from_the_seed() -> None:
    assert trials(40, 1) == trials(40, 1)
    assert trials(40, 1)[:10] == trials(10, 1)
    assert trials(40, 1) != trials(40, 2)
    drawn = trials(400, 3)
    assert {(command, fault) for command, fault, _ in drawn} == {(command, fault) for command in COMMANDS for fault in FAULTS[command]}
    assert all(0 <= moment < 1 for _, _, moment in drawn)
    assert {fault for faults in FAULTS.values() for fault in faults} == set(DONE)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found through /proc, which this system has not")
def test_after_a_fault_and_the_command_again_the_record_is_the_undisturbed_one(tmp_path: Path) -> None:
    rows = run(6, 11, tmp_path)
    assert [row for row in rows if row["wrong"]] == []
    assert len({row["fault"] for row in rows}) > 2
