"""`dragoman serve`: a real process says where it is, answers there, and stops when it is told to."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

RUN = [sys.executable, "-m", "dragoman.cli.main"]


def test_it_says_where_it_is_and_stops_when_told(made: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DRAGOMAN_TOKEN"}
    process = subprocess.Popen(
        [*RUN, "--record", str(made), "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=made.parent, env=environment
    )
    try:
        assert process.stdout is not None
        found = re.search(r"is at (http://127\.0\.0\.1:\d+/)", process.stdout.readline())
        assert found
        assert re.match(r"to correct, sign in there with the token \S{24}$", process.stdout.readline().strip())
        with urlopen(found[1], timeout=60) as answer:  # noqa: S310 - our own
            assert answer.status == 200
            assert b"Hakan Fidan" in answer.read()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--record", "none.db", "serve"], "none.db: there is no record here"), (["--record", "none.db", "serve", "--token", "short"], "fewer than 16 letters")],
)
def test_what_cannot_be_served_is_said_in_a_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = subprocess.run([*RUN, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_said(made: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run([*RUN, "--record", str(made), "serve", "--port", port], capture_output=True, text=True, cwd=made.parent, check=False, timeout=120)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert port in done.stderr
