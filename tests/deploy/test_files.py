"""What a server is set up with: the files fit the program and the lock."""

import configparser
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
EXTRAS = ["en", "fr", "encoder", "vectors", "sources", "postgres", "web", "exports"]


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("name", ["dragoman-watch.service", "dragoman-watch-once.service"])
def test_units_call_the_command_as_it_is(name: str) -> None:
    from dragoman.cli.main import application

    call = unit(name)["Service"]["ExecStart"].split()
    assert call[:2] == ["/opt/dragoman/bin/dragoman", "watch"]
    assert call[-1].endswith("/sources.toml")
    told = CliRunner().invoke(application, ["watch", "--help"], env={"COLUMNS": "200"}).output
    assert all(word in told for word in call[2:-1] if word.startswith("--"))


def test_the_timer_calls_the_unit_that_ends() -> None:
    assert unit("dragoman-watch.timer")["Timer"]["Unit"] == "dragoman-watch-once.service"
    assert "--once" in unit("dragoman-watch-once.service")["Service"]["ExecStart"]
    assert unit("dragoman-watch-once.service")["Service"]["Type"] == "oneshot"


def test_both_units_are_locked_up_alike() -> None:
    one, other = (dict(unit(name)["Service"]) for name in ("dragoman-watch.service", "dragoman-watch-once.service"))
    differing = {key for key in one | other if one.get(key) != other.get(key)}
    assert differing == {"Type", "ExecStart", "Restart", "RestartSec", "TimeoutStartSec"}


def test_systemd_finds_nothing_wrong() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed, so the units were not verified by it")
    units = [str(DEPLOY / name) for name in ("dragoman-watch.service", "dragoman-watch-once.service", "dragoman-watch.timer")]
    told = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
    assert [line for line in told.stderr.splitlines() if "dragoman" in line and "is not executable" not in line] == []


def test_an_image_installs_what_running_needs_and_the_lock_pins() -> None:
    from importlib.metadata import requires

    from packaging.requirements import Requirement

    tool = runpy.run_path(str(DEPLOY / "needed.py"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = __import__("tomllib").loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    blocks = tool["needed"](lock, wanted)
    names = {tool["plain"](block.split("==")[0]) for block in blocks}
    assert all("--hash=sha256:" in block and "#" not in block for block in blocks)
    assert "torch" not in names
    assert "pytest" not in names
    for name in sorted(names):
        for line in requires(name) or []:
            one = Requirement(line)
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                # PyICU comes as a wheel of another name (docs/dependencies.md).
                assert tool["plain"](one.name).replace("pyicu", "pyicu-wheels") in names, f"{name} needs {one.name}"
    with pytest.raises(KeyError, match="nothing-of-the-kind"):
        tool["needed"](lock, ["nothing-of-the-kind>=1"])


def test_the_image_is_made_of_files_that_are_there() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split()[:-1]), line
    assert re.findall(r"needed\.py (.*) >", text) == [" ".join(EXTRAS)]
    assert "USER 10001" in text
