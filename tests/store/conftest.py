"""Stores to test: the same tests run over a file of SQLite and a database of a PostgreSQL server that the session starts for itself."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dragoman.store.open import open_store
from dragoman.store.protocol import Store

_SKIPPED: list[str] = []
_NUMBERS = count(1)


def _programs() -> Path | None:
    """Where Debian's package, or the path, has initdb."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return folders[-1] if folders else Path(on_path).parent if on_path else None


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server without the database, in a folder of its own; run by another user where the tests are run by root, whom it refuses."""
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL is not installed, so no store was tested on it (apt-get install postgresql)"
        if os.environ.get("DRAGOMAN_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason)
        _SKIPPED.append(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="dragoman-postgresql-"))
    user: str | None = None
    if os.getuid() == 0:
        user = "postgres" if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0 else "nobody"
        shutil.chown(folder, user)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, user=user, extra_groups=[] if user else None)

    port, files = _free_port(), str(folder / "files")
    # Another order of letters than that of bytes, and Turkish: the store must not care.
    locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=tr") if int(programs.parent.name) >= 15 else ("--locale=C.UTF-8",)
    try:
        run(str(programs / "initdb"), "-D", files, "-A", "trust", "-U", "dragoman", "--encoding=UTF8", "--no-sync", *locale)
        options = f"-F -h 127.0.0.1 -p {port} -k {folder} -c max_connections=50"
        run(str(programs / "pg_ctl"), "-D", files, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://dragoman@127.0.0.1:{port}"
        finally:
            run(str(programs / "pg_ctl"), "-D", files, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: str) -> Callable[[], str]:
    """Makes an empty schema, and gives a URL that leads there; a database for each test would take a second and eight megabytes."""

    def make() -> str:
        name = f"record_{next(_NUMBERS)}"
        with psycopg.connect(f"{postgresql_server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"{postgresql_server}/postgres?options=-csearch_path%3D{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a record may be made, on each database."""
    return str(tmp_path / "record.db") if request.param == "sqlite" else request.getfixturevalue("postgresql_url")()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store, on each database."""
    opened = open_store(url, wait=5)
    yield opened
    opened.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reason in _SKIPPED:
        terminalreporter.section("NOT TESTED", sep="!")
        terminalreporter.line(reason)
