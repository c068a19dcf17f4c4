"""`make vendor`: fetch the packaged files of others from npm again and see that they are the ones of static/vendor/table.toml; needs npm and the network."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dragoman.model.errors import DragomanError, InputError

FOLDER = Path(__file__).parent / "static" / "vendor"
_TABLE = "table.toml"


def table(folder: Path = FOLDER) -> Mapping[str, Any]:
    """The packages by name: version, licence, and of each file where it lies in the package and its SHA-256."""
    return tomllib.loads((folder / _TABLE).read_text(encoding="utf-8"))


def wrong(folder: Path = FOLDER) -> tuple[str, ...]:
    """The files that are not what the table says."""
    found = []
    for package in table(folder).values():
        for name, one in package["files"].items():
            path = folder / name
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != one["sha256"]:
                found.append(name)
    return tuple(found)


def fetched(folder: Path = FOLDER) -> None:
    """Put the files in their place, each only when it is the one of the table. Raises InputError where one is not, or npm cannot be asked."""
    npm = shutil.which("npm")
    if npm is None:
        raise InputError("npm is not installed; the files that are packaged already need no fetching")
    for name, package in table(folder).items():
        with tempfile.TemporaryDirectory() as place:
            asked = subprocess.run(  # noqa: S603  (npm, with a package of our own table)
                [npm, "pack", "--silent", f"{name}@{package['version']}"], cwd=place, capture_output=True, text=True, check=False
            )
            archive = next(Path(place).glob("*.tgz"), None)
            if asked.returncode or archive is None:
                raise InputError(f"npm has no {name} {package['version']}: {asked.stderr.strip()[-300:]}")
            with tarfile.open(archive) as opened:
                for file, one in package["files"].items():
                    member = opened.extractfile(f"package/{one['path']}")
                    content = member.read() if member else b""
                    if hashlib.sha256(content).hexdigest() != one["sha256"]:
                        raise InputError(f"{name} {package['version']}: {one['path']} is not the file that {_TABLE} names; nothing of it was written")
                    (folder / file).write_bytes(content)


if __name__ == "__main__":
    try:
        fetched()
    except DragomanError as error:
        sys.stderr.write(f"dragoman: {error}\n")
        sys.exit(2)
