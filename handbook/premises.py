"""What pages that run find beside the program: a small press on this machine, and a checkout in which a language may be added.

`http://127.0.0.1:40080/NAME` on a page is the file NAME that the page has put down, as a server gives it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TextIO

# As pages write it; the port that is free today has as many digits, so that nothing counted is another.
ADDRESS = "http://127.0.0.1:40080"
_DIGITS = 5
_ROOT = Path(__file__).parent.parent
# What a checkout has that may be added to; the rest are links to ours, and Python's own leavings are left out.
_OPEN = ("src/dragoman", "src/dragoman/languages")
_TESTS = ("tests/conftest.py", "tests/languages", "tests/reading")
_OUTCOME = re.compile(r"\d+ (?:passed|failed|xfailed|error)")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *told: object) -> None:
        """Say nothing: what pages print is the program's."""


@contextmanager
def press(page: str, folder: Path) -> Iterator[str]:
    """Where the files of a folder are served, if the page has an address there; gives the address as it is today."""
    if ADDRESS not in page:
        yield ADDRESS
        return
    serve = partial(_Quiet, directory=str(folder))
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), serve)]
    while len(str(servers[-1].server_port)) != _DIGITS:
        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), serve))
    thread = threading.Thread(target=servers[-1].serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{servers[-1].server_port}"
    finally:
        servers[-1].shutdown()
        thread.join()
        for server in servers:
            server.server_close()


def checkout(folder: Path) -> None:
    """Lay the program's sources and the tests of its languages into a folder."""
    for name in _OPEN:
        (folder / name).mkdir(parents=True, exist_ok=True)
        for path in sorted((_ROOT / name).iterdir()):
            if path.name != "__pycache__" and not (folder / name / path.name).exists() and f"{name}/{path.name}" not in _OPEN:
                (folder / name / path.name).symlink_to(path)
    for name in _TESTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (_ROOT / name).is_dir():
            shutil.copytree(_ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(_ROOT / name, folder / name)
    (folder / "docs").symlink_to(_ROOT / "docs")
    shutil.copy(_ROOT / "pyproject.toml", folder)


def run_there(arguments: list[str], folder: Path, environment: dict[str, str], sink: TextIO) -> int:
    """Run the program of a checkout, or its tests (`python -m pytest …`, of which only how many passed and failed is told)."""
    tests = arguments[:3] == ["python", "-m", "pytest"]
    asked = ["-m", "pytest", "-p", "no:cacheprovider", *arguments[3:]] if tests else ["-m", "dragoman.cli.main", *arguments[1:]]
    found = {**environment, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run([sys.executable, *asked], cwd=folder, env=found, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)  # noqa: S603 - pages of this repository
    last = ended.stdout.splitlines()[-1:] or [""]
    sink.write(f"{', '.join(sorted(_OUTCOME.findall(last[0]), key=lambda one: one.split()[1]))}\n" if tests else ended.stdout)
    return ended.returncode
