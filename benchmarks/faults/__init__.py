"""Faults at random moments over the commands that write: afterwards nothing is lost, nothing doubled, and the record is the undisturbed one.

    python -m benchmarks faults [--count 200] [--seed 1] [--json]

Each fault is one command (add, rebuild, watch, or add while the pages are served) disturbed in one way (its process killed, a worker killed, the web
server killed, the disk full, the clock turned, a page of the file overwritten, the database server
stopped, where PostgreSQL is installed) at a moment drawn from the seed; then the same
command runs undisturbed, `status --check` must find nothing, and the export must be, byte for byte, that of a record that never met a fault.
"""

from __future__ import annotations


def main(arguments: list[str]) -> None:
    """The command `python -m benchmarks faults`."""
    from benchmarks.faults.command import main as run

    run(arguments)
