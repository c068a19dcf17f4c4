"""`dragoman token`: shown once, listed without its secret, revoked; and a server that others reach wants one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.service.tokens import token_shown
from dragoman.store.open import open_store

RUN = [sys.executable, "-m", "dragoman.cli.main"]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DRAGOMAN_TOKEN"}
    return subprocess.run([*RUN, "--record", "record.db", *arguments], capture_output=True, text=True, cwd=folder, env=environment, check=False, timeout=300)


def test_a_token_from_its_making_to_its_end(tmp_path: Path) -> None:
    made = run(tmp_path, "token", "new", "newsroom", "--scope", "add")
    assert made.returncode == 0
    shown = made.stdout.strip()
    assert "shown this once" in made.stderr
    store = open_store(str(tmp_path / "record.db"))
    kept = token_shown(store, shown)
    store.close()
    assert kept is not None
    assert kept.scopes == ("read", "add")
    listed = run(tmp_path, "token", "list").stdout
    assert "read,add" in listed
    assert "newsroom" in listed
    assert shown[21:] not in listed
    assert run(tmp_path, "token", "revoke", "newsroom").returncode == 0
    assert "revoked" in run(tmp_path, "token", "list").stdout
    again = run(tmp_path, "token", "revoke", "newsroom")
    assert again.returncode == 2
    assert "no valid token" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--host", "0.0.0.0"), "there is no token; make one first with: dragoman token new"),  # noqa: S104 - refused
        (("serve", "--host", "0.0.0.0", "--read-only", "--read", "token"), "there is no token"),  # noqa: S104 - refused
        (("serve", "--read", "nobody"), "not one of everyone, token"),
        (("token", "new", "desk", "--scope", "all"), "nothing that a token lets do"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(made: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(made.parent, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
