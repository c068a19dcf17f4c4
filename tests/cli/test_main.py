"""The command around its sub-commands: version, schema, languages, and errors that are one line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman import __version__
from dragoman.cli.main import main


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert not stopped.value.code
    return capsys.readouterr().out


def test_version_schema_and_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--version") == f"dragoman {__version__}\n"
    assert json.loads(printed(capsys, "schema"))["title"].startswith("A reading")
    languages = printed(capsys, "languages")
    assert "fr   full    French (français), fr_core_news_md" in languages
    assert "ar   full    Arabic (العربية)\n" in languages
    assert "de   partial German (Deutsch)\n" in languages


def test_a_broken_configuration_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dragoman.toml").write_text("[reading]\nmax_byte = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["read", "a.txt"])
    assert stopped.value.code == 2
    assert "dragoman.toml: unknown setting 'max_byte'; known are" in capsys.readouterr().err


def test_an_unknown_command_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["reed"])
    assert stopped.value.code == 2
    assert "reed" in capsys.readouterr().err


def test_help_loads_nothing_heavy() -> None:
    heavy = "numpy spacy sqlalchemy onnxruntime babel pyarrow httpx ray fastapi uvicorn jinja2 lxml trafilatura"
    code = f"import sys, dragoman.cli.main; print(sorted(set({heavy.split()}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
