"""The rules of the house that no linter knows: short files, telling names, no machine in the tree, documents that do not drift."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the tree's own files cannot be listed")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_python_file_is_longer_than_400_lines() -> None:
    long = {str(path.relative_to(ROOT)): count for path in tracked("*.py") if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


def test_modules_are_named_for_what_they_hold() -> None:
    assert not [path for path in tracked("*.py") if path.stem in FORBIDDEN_NAMES]


def test_no_machine_paths_or_registry_hosts_are_committed() -> None:
    machine = re.compile(r"/(?:root|home|work|Users)/\w|pypi-more|\.internal\b")
    guilty = []
    for path in tracked("*.py", "*.toml", "*.md", "*.lock", "*.txt", "Makefile", ".ci/run", "*.yml"):
        if path == Path(__file__):
            continue
        if machine.search(path.read_text(encoding="utf-8")):
            guilty.append(str(path.relative_to(ROOT)))
    assert not guilty


def test_the_published_schema_is_the_one_the_program_carries() -> None:
    published = (ROOT / "docs/schemas/reading-1.json").read_text(encoding="utf-8")
    carried = (ROOT / "src/dragoman/model/schemas/reading-1.json").read_text(encoding="utf-8")
    assert published == carried
    assert json.loads(published)["title"].startswith("A reading")


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    names = {re.split(r"[<>=\[ ]", line)[0].lower() for line in wanted}
    assert not [name for name in sorted(names) if f"`{name}`" not in text]
