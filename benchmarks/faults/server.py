"""A PostgreSQL server of one's own, in a folder, to be stopped as a power cut would."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def programs() -> Path | None:
    """Where PostgreSQL's programs lie: Debian's folder, or the path; None where it is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return folders[-1] if folders else Path(on_path).resolve().parent if on_path else None


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; where this program is run by root, who may not run one, it is another user's."""

    folder: Path
    port: int
    user: str | None
    bin: Path

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs to the end."""
        subprocess.run(
            [str(self.bin / program), *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder, user=self.user,
            extra_groups=[] if self.user else None,
        )  # fmt: skip

    def start(self) -> None:
        """Start it; after a hard stop it first mends itself from its log."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder}"
        self.run("pg_ctl", "-D", str(self.folder / "files"), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop_hard(self) -> None:
        """Stop it without a word to anybody: nothing is written down first."""
        self.run("pg_ctl", "-D", str(self.folder / "files"), "-m", "immediate", "stop")

    def fresh(self, name: str) -> str:
        """The URL of an empty schema."""
        import psycopg

        with psycopg.connect(f"postgresql://dragoman@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"postgresql://dragoman@127.0.0.1:{self.port}/postgres?options=-csearch_path%3D{name}"


@contextmanager
def server() -> Iterator[Server | None]:
    """A server for as long as it is held; None where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="dragoman-faults-"))
    user: str | None = None
    if os.getuid() == 0:
        user = "postgres" if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0 else "nobody"  # noqa: S607 - wherever the system has it
        shutil.chown(folder, user)
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = int(chosen.getsockname()[1])
    made = Server(folder, port, user, found)
    try:
        made.run("initdb", "-D", str(folder / "files"), "-A", "trust", "-U", "dragoman", "--encoding=UTF8", "--locale=C.UTF-8")
        made.start()
        try:
            yield made
        finally:
            made.stop_hard()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
